"""The sign-in pages take users in and back to the application, and to nowhere else."""

import base64
import hashlib
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.emulator import Emulator
from tests.emulator.machine import ask_for_token
from tests.emulator.tests.browser import Browser, Page
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import PASSWORD, People, other_code, totp

HOST = f"pages.auth.{REGION}.amazoncognito.com"
TOKEN_URL = f"https://{HOST}/oauth2/token"
CALLBACK = "https://app.example/callback"
LOGOUT = "https://app.example/"
VERIFIER = "a" * 43
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A pool with a domain and a client without a secret.

    Attributes:
        people: The pool, its client and its users.
    """

    people: People

    def request(self, **changed: str) -> dict[str, str]:
        """What an application asks for; an empty text leaves a parameter out."""
        asked = {
            "client_id": self.people.client_id,
            "response_type": "code",
            "redirect_uri": CALLBACK,
            "scope": "openid email",
            "state": "a state",
            "nonce": "a nonce",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        } | changed
        return {name: value for name, value in asked.items() if value}

    def browser(self) -> Browser:
        """A browser without cookies."""
        return Browser(self.people.emulator, HOST)

    def sign_in(self, name: str, **changed: str) -> Page:
        """Signs a user in in a new browser."""
        browser = self.browser()
        browser.open("/oauth2/authorize", self.request(**changed))
        return browser.send(username=name, password=PASSWORD)

    def exchange(self, code: str, *, host: str = HOST, **changed: str) -> dict[str, Any]:
        """Exchanges a code; an empty text leaves a parameter out."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self.people.client_id,
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        } | changed
        form = {name: value for name, value in form.items() if value}
        url = TOKEN_URL.replace(HOST, host)
        return ask_for_token(self.people.emulator, url, form, client=None)

    def claims(self, token: str) -> dict[str, Any]:
        """What a token says, checked with the keys of the pool."""
        keys = self.people.emulator.keys(f"https://host/{self.people.pool_id}/x")
        return jwt.decode(token, KeySet.import_key_set(keys), algorithms=["RS256"]).claims


def open_pages(
    people: People,
    domain: str,
    providers: list[str],
    *,
    flows: list[Any] | None = None,
    scopes: list[str] | None = None,
) -> Site:
    """Gives a pool a domain, and its client identity providers, flows and scopes."""
    people.cognito.create_user_pool_domain(Domain=domain, UserPoolId=people.pool_id)
    people.cognito.update_user_pool_client(
        UserPoolId=people.pool_id,
        ClientId=people.client_id,
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=scopes or ["openid", "email", "profile"],
        CallbackURLs=[CALLBACK],
        ExplicitAuthFlows=flows or ["ALLOW_USER_SRP_AUTH"],
        LogoutURLs=[LOGOUT],
        SupportedIdentityProviders=providers,
    )
    return Site(people=people)


@pytest.fixture(scope="module")
def site(emulator: Emulator) -> Site:
    """A site where users sign up, with an optional app as the second factor."""
    client = {
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthScopes": ["openid", "email", "profile"],
        "CallbackURLs": [CALLBACK],
        "LogoutURLs": [LOGOUT],
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
    }
    people = People(
        emulator,
        client=client,
        AutoVerifiedAttributes=["email"],
        UsernameAttributes=["email"],
        Schema=[{"Name": "email", "AttributeDataType": "String", "Required": True}],
    )
    people.cognito.create_user_pool_domain(Domain="pages", UserPoolId=people.pool_id)
    people.cognito.set_user_pool_mfa_config(
        UserPoolId=people.pool_id,
        MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
    )
    return Site(people=people)


@pytest.fixture
def email(site: Site) -> str:
    """A user who can sign in."""
    address = f"pages{next(_numbers)}@example.com"
    cognito = site.people.cognito
    cognito.admin_create_user(
        UserPoolId=site.people.pool_id,
        Username=address,
        UserAttributes=[
            {"Name": "email_verified", "Value": "true"},
            {"Name": "nickname", "Value": "P"},
        ],
    )
    cognito.admin_set_user_password(
        UserPoolId=site.people.pool_id, Username=address, Password=PASSWORD, Permanent=True
    )
    return address


def ask(
    site: Site, path: str, token: str = "", form: dict[str, str] | None = None
) -> tuple[int, Any]:
    """Calls an endpoint of the domain; gives status and answer."""
    request = urllib.request.Request(  # noqa: S310 - the emulator's
        f"{site.people.emulator.endpoint}{path}",
        data=None if form is None else urlencode(form).encode(),
        headers={"Host": HOST} | ({"Authorization": f"Bearer {token}"} if token else {}),
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the emulator's
            body = answer.read()
            return answer.status, json.loads(body) if body else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_a_user_comes_back_with_a_code_for_tokens(site: Site, email: str) -> None:
    back = site.sign_in(email)
    assert back.url.startswith(f"{CALLBACK}?")
    assert {*back.query} == {"code", "state"}
    assert back.query["state"] == "a state"
    tokens = site.exchange(back.query["code"])
    identity, access = site.claims(tokens["id_token"]), site.claims(tokens["access_token"])
    assert (identity["nonce"], identity["aud"]) == ("a nonce", site.people.client_id)
    assert (identity["email"], identity["email_verified"]) == (email, True)
    assert "nickname" not in identity
    assert access["scope"] == "openid email"
    assert site.exchange(back.query["code"]) == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "b" * 43},
        {"code_verifier": ""},
        {"redirect_uri": "https://elsewhere.example/"},
        {"client_id": "other"},
    ],
)
def test_a_code_is_worthless_to_others(changed: dict[str, str], site: Site, email: str) -> None:
    """With another verifier or none, for another URL, and to another client."""
    if "client_id" in changed:
        other = site.people.cognito.create_user_pool_client(
            UserPoolId=site.people.pool_id, ClientName="other"
        )
        changed = {"client_id": other["UserPoolClient"]["ClientId"]}
    code = site.sign_in(email).query["code"]
    assert site.exchange(code, **changed) == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "changed",
    [{"redirect_uri": "https://evil.example/"}, {"redirect_uri": ""}, {"client_id": "none"}],
)
def test_nobody_is_sent_to_a_foreign_url(changed: dict[str, str], site: Site) -> None:
    page = site.browser().open("/oauth2/authorize", site.request(**changed))
    assert page.status == 400
    assert page.url.startswith(f"https://{HOST}/error?error=")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "other"}, "invalid_request"),
        ({"scope": "openid phone"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_an_application_is_told_what_is_wrong(
    changed: dict[str, str], error: str, site: Site
) -> None:
    page = site.browser().open("/oauth2/authorize", site.request(**changed))
    assert page.url.startswith(f"{CALLBACK}?")
    assert page.query == {"error": error, "state": "a state"}


def test_a_wrong_password_stays_on_the_page(site: Site, email: str) -> None:
    """And says the same for a user who does not exist."""
    for name in (email, "nobody@example.com"):
        browser = site.browser()
        browser.open("/oauth2/authorize", site.request())
        page = browser.send(username=name, password="Wrong-Horse-1")
        assert page.alert == "Incorrect username or password."
        assert page.url.startswith(f"https://{HOST}/login?")


def test_a_form_of_another_page_is_refused(site: Site, email: str) -> None:
    browser = site.browser()
    browser.open("/oauth2/authorize", site.request())
    browser.forget_cookies()
    page = browser.send(username=email, password=PASSWORD)
    assert (page.status, page.query["error"]) == (400, "Invalid CSRF token")


def test_a_signed_in_browser_needs_no_form_until_the_sign_out(site: Site, email: str) -> None:
    browser = site.browser()
    browser.open("/oauth2/authorize", site.request())
    browser.send(username=email, password=PASSWORD)
    again = browser.open("/oauth2/authorize", site.request(prompt="none"))
    assert "code" in again.query
    assert browser.open("/oauth2/authorize", site.request(prompt="login")).status == 200
    query = {"client_id": site.people.client_id, "logout_uri": LOGOUT}
    assert browser.open("/logout", query).url == LOGOUT
    assert browser.open("/oauth2/authorize", site.request(prompt="none")).query == {
        "error": "login_required",
        "state": "a state",
    }
    foreign = browser.open("/logout", query | {"logout_uri": "https://evil.example/"})
    assert foreign.status == 400


def test_an_app_is_asked_for_as_the_second_factor(site: Site, email: str) -> None:
    people = site.people
    token = people.access_token(email)
    secret = people.cognito.associate_software_token(AccessToken=token)["SecretCode"]
    people.cognito.verify_software_token(AccessToken=token, UserCode=totp(secret))
    people.cognito.set_user_mfa_preference(
        AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    browser = site.browser()
    browser.open("/oauth2/authorize", site.request())
    browser.send(username=email, password=PASSWORD)
    code = totp(secret, steps=1)
    page = browser.send(authentication_code=other_code(code))
    assert page.alert == "Invalid code received for user"
    assert site.exchange(browser.send(authentication_code=code).query["code"])["id_token"]


def test_a_user_signs_up_on_the_pages(site: Site) -> None:
    address = "new-on-pages@example.com"
    browser = site.browser()
    browser.open("/signup", site.request())
    assert "requiredAttributes" not in browser.page.text  # the name is the address
    assert "policy" in browser.send(username=address, password="weak").alert
    browser.send(username=address, password=PASSWORD)
    code = site.people.emulator.code(address)
    assert "Invalid verification code" in browser.send(code=other_code(code)).alert
    assert site.exchange(browser.send(code=code).query["code"])["id_token"]


def test_the_pages_lead_to_each_other_and_to_the_mailbox(site: Site) -> None:
    """With the query of the sign-in, without which no page opens."""
    browser = site.browser()
    browser.open("/oauth2/authorize", site.request())
    assert [*links(browser)] == ["/signup", "/forgotPassword"]
    browser.open(links(browser)["/signup"])
    assert "At least 8 characters" in browser.page.text
    address = "link-on-pages@example.com"
    browser.send(username=address, password=PASSWORD)
    shown = browser.open(links(browser)["/_mailbox"])
    assert f"<td>{address}</td><td>SignUp</td>" in shown.text
    assert f"<td>{site.people.emulator.code(address)}</td>" in shown.text


def test_nobody_is_led_to_a_sign_up_that_is_refused(emulator: Emulator) -> None:
    people = People(
        emulator,
        client={
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthScopes": ["openid"],
            "CallbackURLs": [CALLBACK],
        },
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
    )
    people.cognito.create_user_pool_domain(Domain="closed", UserPoolId=people.pool_id)
    browser = Browser(emulator, HOST.replace("pages", "closed"))
    browser.open(
        "/login",
        {"client_id": people.client_id, "redirect_uri": CALLBACK, "response_type": "code"},
    )
    assert [*links(browser)] == ["/forgotPassword"]


def links(browser: Browser) -> dict[str, str]:
    """The links of the page that is shown, by their paths."""
    found = re.findall(r'<a href="([^"]*)"', browser.page.text)
    return {urlsplit(link).path: unescape(link) for link in found}


def test_a_user_resets_the_password_on_the_pages(site: Site, email: str) -> None:
    browser = site.browser()
    browser.open("/forgotPassword", site.request())
    browser.send(username=email)
    code = site.people.emulator.code(email)
    wrong = browser.send(code=other_code(code), password="Another-Horse-2")
    assert "Invalid verification code" in wrong.alert
    assert "code" in browser.send(code=code, password="Another-Horse-2").query
    assert site.people.sign_in(email, "Another-Horse-2")["AuthenticationResult"]


def test_a_temporary_password_is_replaced_on_the_pages(site: Site) -> None:
    address = "temporary@example.com"
    site.people.cognito.admin_create_user(
        UserPoolId=site.people.pool_id, Username=address, TemporaryPassword="Temporary-1"
    )
    browser = site.browser()
    browser.open("/oauth2/authorize", site.request())
    browser.send(username=address, password="Temporary-1")
    assert "policy" in browser.send(new_password="weak").alert
    assert "code" in browser.send(new_password=PASSWORD).query


def test_a_refresh_keeps_the_scopes_and_rotates(site: Site, email: str) -> None:
    tokens = site.exchange(site.sign_in(email).query["code"])
    form = {
        "grant_type": "refresh_token",
        "client_id": site.people.client_id,
        "refresh_token": tokens["refresh_token"],
    }
    fresh = ask_for_token(site.people.emulator, TOKEN_URL, form, client=None)
    assert site.claims(fresh["access_token"])["scope"] == "openid email"
    assert fresh["refresh_token"] != tokens["refresh_token"]
    again = ask_for_token(site.people.emulator, TOKEN_URL, form, client=None)
    assert again == {"error": "invalid_grant"}


def test_user_info_has_what_the_scopes_allow(site: Site, email: str) -> None:
    tokens = site.exchange(site.sign_in(email).query["code"])
    status, claims = ask(site, "/oauth2/userInfo", tokens["access_token"])
    assert status == 200
    assert {*claims} == {"sub", "username", "email", "email_verified"}
    assert claims["email_verified"] == "true"
    assert ask(site, "/oauth2/userInfo", "none")[0] == 401
    narrow = site.exchange(site.sign_in(email, scope="email").query["code"])
    assert "id_token" not in narrow
    assert ask(site, "/oauth2/userInfo", narrow["access_token"])[0] == 403


def test_a_refresh_token_is_revoked_with_what_came_from_it(site: Site, email: str) -> None:
    tokens = site.exchange(site.sign_in(email).query["code"])
    form = {"client_id": site.people.client_id}
    access = ask(site, "/oauth2/revoke", form=form | {"token": tokens["access_token"]})
    assert access == (400, {"error": "unsupported_token_type"})
    assert ask(site, "/oauth2/revoke", form=form | {"token": tokens["refresh_token"]}) == (
        200,
        None,
    )
    assert ask(site, "/oauth2/userInfo", tokens["access_token"])[0] == 401


def test_tokens_come_back_at_once_where_the_client_has_the_implicit_grant(
    emulator: Emulator, site: Site, email: str
) -> None:
    client = site.people.cognito.create_user_pool_client(
        UserPoolId=site.people.pool_id,
        ClientName="implicit",
        AllowedOAuthFlows=["implicit"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["openid", "profile"],
        CallbackURLs=[CALLBACK],
    )["UserPoolClient"]
    request = site.request(
        client_id=client["ClientId"],
        response_type="token",
        scope="openid profile",
        code_challenge="",
        code_challenge_method="",
    )
    browser = Browser(emulator, HOST)
    browser.open("/oauth2/authorize", request)
    back = browser.send(username=email, password=PASSWORD)
    assert {*back.fragment} == {"access_token", "expires_in", "id_token", "state", "token_type"}
    assert site.claims(back.fragment["id_token"])["nickname"] == "P"


def test_the_issuer_names_the_endpoints_of_its_domain(site: Site) -> None:
    path = f"/{site.people.pool_id}/.well-known/openid-configuration"
    host = f"cognito-idp.{REGION}.amazonaws.com"
    request = urllib.request.Request(  # noqa: S310 - the emulator's
        f"{site.people.emulator.endpoint}{path}", headers={"Host": host}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the emulator's
        document = json.load(answer)
    issuer = f"https://{host}/{site.people.pool_id}"
    assert document == {
        "authorization_endpoint": f"https://{HOST}/oauth2/authorize",
        "end_session_endpoint": f"https://{HOST}/logout",
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "revocation_endpoint": f"https://{HOST}/oauth2/revoke",
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": TOKEN_URL,
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": f"https://{HOST}/oauth2/userInfo",
    }
