"""Users sign in through providers of OpenID Connect and social ones, which stand-ins are here."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from tests.emulator import Emulator
from tests.emulator.tests.browser import Browser, Page
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.openid_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OpenIdProvider,
    running_provider,
)
from tests.emulator.tests.people import People
from tests.emulator.tests.test_pages import open_pages

HOST = f"openid.auth.{REGION}.amazoncognito.com"
APPLE_KEY = ECKey.generate_key("P-256")
SECRET = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
HOSTS = {
    "login": "login.example",
    "Google": "accounts.google.com",
    "Facebook": "graph.facebook.com",
    "SignInWithApple": "appleid.apple.com",
}
DETAILS: dict[str, dict[str, str]] = {
    "login": SECRET
    | {
        "oidc_issuer": "https://login.example",
        "authorize_scopes": "openid email",
        "attributes_request_method": "GET",
    },
    "Google": SECRET
    | {"authorize_scopes": "openid email", "token_url": "https://accounts.google.com/token"},
    "Facebook": SECRET
    | {
        "authorize_scopes": "email",
        "attributes_url": "https://graph.facebook.com/me?fields=",
        "token_url": "https://graph.facebook.com/oauth/access_token",
    },
    "SignInWithApple": {
        "client_id": CLIENT_ID,
        "team_id": "team",
        "key_id": "key",
        "private_key": APPLE_KEY.as_pem(private=True).decode(),
        "authorize_scopes": "email name",
    },
}
_numbers = count(1)


class Market:
    """A pool whose users sign in with other accounts that they have.

    Attributes:
        site: The pool with its pages.
        providers: The providers, by their names in the pool.
    """

    def __init__(self, emulator: Emulator) -> None:
        people = People(
            emulator,
            Schema=[{"Name": "email", "AttributeDataType": "String", "Required": True}],
        )
        self.providers = {name: OpenIdProvider(host) for name, host in HOSTS.items()}
        self.providers["SignInWithApple"].public_key = APPLE_KEY
        for name, details in DETAILS.items():
            kind: Any = "OIDC" if name == "login" else name
            people.cognito.create_identity_provider(
                UserPoolId=people.pool_id,
                ProviderName=name,
                ProviderType=kind,
                ProviderDetails=details,
                AttributeMapping={"email": "email", "email_verified": "email_verified"},
            )
        self.site = open_pages(people, "openid", list(DETAILS))

    def begin(self, name: str) -> Browser:
        """Sends a new browser to a provider."""
        browser = Browser(self.site.people.emulator, HOST)
        browser.open("/oauth2/authorize", self.site.request())
        browser.click(name)
        return browser

    def sign_in(self, name: str, **changed: str) -> Page:
        """Signs in, and comes back with what the provider says or with changes of that."""
        browser = self.begin(name)
        said = self.providers[name].sign_in(browser.page.url) | changed
        if name == "SignInWithApple":
            return browser.post("/oauth2/idpresponse", said)
        return browser.open("/oauth2/idpresponse", said)


@pytest.fixture(scope="module")
def market(emulator: Emulator) -> Iterator[Market]:
    """The pool, and its providers, which run."""
    market = Market(emulator)
    with ExitStack() as stack:
        for provider in market.providers.values():
            emulator.stand_in(provider.host, stack.enter_context(running_provider(provider)))
        yield market


@pytest.fixture
def login(market: Market) -> Iterator[OpenIdProvider]:
    """The provider of OpenID Connect, with another user for each test."""
    login = market.providers["login"]
    subject = f"login{next(_numbers)}"
    login.user = {"sub": subject, "email": f"{subject}@example.com", "email_verified": True}
    yield login
    login.changed, login.token_error, login.signing_key = {}, None, login.key


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("login", {"sub": "7", "email": "l@example.com", "email_verified": True}),
        ("Google", {"sub": "7", "email": "g@example.com", "email_verified": True}),
        ("Facebook", {"id": "7", "email": "f@example.com", "email_verified": "true"}),
        ("SignInWithApple", {"sub": "7", "email": "a@example.com", "email_verified": "true"}),
    ],
)
def test_a_user_of_a_provider_gets_tokens(name: str, user: dict[str, Any], market: Market) -> None:
    market.providers[name].user = user
    page = market.sign_in(name)
    tokens = market.site.exchange(page.query["code"], host=HOST)
    claims = market.site.claims(tokens["id_token"])
    assert claims["cognito:username"] == f"{name}_7"
    assert (claims["email"], claims["email_verified"]) == (user["email"], True)
    (identity,) = claims["identities"]
    assert (identity["providerName"], identity["userId"]) == (name, "7")


def test_the_endpoints_come_from_the_document_of_the_provider(
    market: Market, login: OpenIdProvider
) -> None:
    login.requests.clear()
    market.sign_in("login")
    assert {*login.requests} == {"/.well-known/openid-configuration", "/token", "/keys", "/me"}


def test_only_the_providers_of_the_client_are_offered(market: Market) -> None:
    """There is no form for a password where the pool itself is none of them."""
    browser = Browser(market.site.people.emulator, HOST)
    page = browser.open("/oauth2/authorize", market.site.request())
    assert "<form" not in page.text
    assert all(f">{name}</a>" in page.text for name in DETAILS)
    refused = browser.open("/signup", market.site.request())
    assert refused.query["error"] == "Login option is not available. Please try another one"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"iss": "https://evil.example"}, "Bad id_token: "),
        ({"aud": "another client"}, "Bad id_token: "),
        ({"exp": 1}, "Bad id_token: "),
        ({"nonce": "another"}, "Bad id_token nonce"),
        ({"sub": "another"}, "The user info is about another user"),
    ],
)
def test_a_wrong_id_token_is_refused(
    changed: dict[str, Any], error: str, market: Market, login: OpenIdProvider
) -> None:
    login.changed = changed
    page = market.sign_in("login")
    assert page.query["error"] == "invalid_request"
    assert page.query["error_description"].startswith(error)


def test_an_id_token_of_another_key_is_refused(market: Market, login: OpenIdProvider) -> None:
    login.signing_key = RSAKey.generate_key(2048, {"kid": "1"}, auto_kid=False)
    page = market.sign_in("login")
    assert page.query["error_description"].startswith("Bad id_token: ")


def test_an_error_of_the_provider_reaches_the_application(
    market: Market, login: OpenIdProvider
) -> None:
    """With the name of the provider, where Cognito itself asked."""
    login.token_error = {"error": "invalid_client", "error_description": "Unknown"}
    page = market.sign_in("login")
    assert page.query == {
        "error": "invalid_client",
        "error_description": "login Error - 400 invalid_client Unknown",
        "state": "a state",
    }
    denied = market.sign_in("login", error="access_denied", error_description="No")
    assert (denied.query["error"], denied.query["error_description"]) == ("access_denied", "No")


def test_a_state_is_good_once_and_in_one_browser(market: Market, login: OpenIdProvider) -> None:
    browser = market.begin("login")
    said = login.sign_in(browser.page.url)
    stranger = Browser(market.site.people.emulator, HOST)
    assert stranger.open("/oauth2/idpresponse", said).status == 400
    assert "code" in browser.open("/oauth2/idpresponse", said).query
    assert browser.open("/oauth2/idpresponse", said).status == 400


def test_a_missing_attribute_is_refused(market: Market, login: OpenIdProvider) -> None:
    del login.user["email"]
    page = market.sign_in("login")
    assert page.query["error_description"].endswith("email: The attribute is required")


def test_a_host_that_nobody_stands_for_is_not_reached(emulator: Emulator) -> None:
    people = People(emulator)
    people.cognito.create_identity_provider(
        UserPoolId=people.pool_id,
        ProviderName="nowhere",
        ProviderType="OIDC",
        ProviderDetails=SECRET | {"oidc_issuer": "https://nowhere.example"},
    )
    site = open_pages(people, "nowhere", ["nowhere"])
    browser = Browser(emulator, HOST.replace("openid", "nowhere"))
    page = browser.open("/oauth2/authorize", site.request())
    assert page.status == 400
    assert "https://nowhere.example" in page.query["error"]
