"""Users sign in on the pages without a password, by what they have and the pool allows."""

import json
import re
from html import unescape
from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.authenticator import Authenticator
from tests.emulator.tests.browser import Browser
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import PASSWORD, People, other_code
from tests.emulator.tests.test_pages import Site, open_pages
from tests.emulator.tests.test_passkeys import add

HOST = f"passwordless.auth.{REGION}.amazoncognito.com"
LINK = "Sign in without a password"


@pytest.fixture(scope="module")
def site(emulator: Emulator) -> Site:
    """A pool with every first factor, whose relying party is its own domain."""
    factors: Any = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
    people = People(emulator, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": factors}})
    return open_pages(
        people,
        "passwordless",
        ["COGNITO"],
        flows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
        scopes=["openid", "email", "aws.cognito.signin.user.admin"],
    )


def begin(site: Site, name: str) -> Browser:
    """Says who signs in without a password."""
    browser = Browser(site.people.emulator, HOST)
    browser.open("/oauth2/authorize", site.request())
    browser.click(LINK)
    browser.send(username=name)
    return browser


@pytest.mark.parametrize(
    ("factor", "address", "attributes"),
    [
        ("EMAIL_OTP", "p@example.com", {"email": "p@example.com", "email_verified": "true"}),
        (
            "SMS_OTP",
            "+491703333333",
            {"phone_number": "+491703333333", "phone_number_verified": "true"},
        ),
    ],
)
def test_a_code_signs_in(factor: str, address: str, attributes: dict[str, str], site: Site) -> None:
    """A wrong one can be tried again."""
    browser = begin(site, site.people.new_user(**attributes))
    browser.send(answer=factor)
    code = site.people.emulator.code(address)
    assert "Invalid" in browser.send(authentication_code=other_code(code)).alert
    back = browser.send(authentication_code=code)
    assert site.exchange(back.query["code"], host=HOST)["id_token"]


def test_a_passkey_signs_in(site: Site) -> None:
    people = site.people
    name = people.new_user()
    authenticator = Authenticator(f"https://{HOST}", HOST)
    add(people, people.access_token(name), authenticator)
    browser = begin(site, name)
    page = browser.send(answer="WEB_AUTHN")
    found = re.search(r'<script type="application/json" id="options">(.*?)</script>', page.text)
    assert found is not None
    credential = authenticator.get(json.loads(unescape(found[1])))
    again = Browser(people.emulator, HOST)
    assert "code" in browser.send(credential=json.dumps(credential)).query
    again.open("/passwordless", site.request())
    again.send(username=name)
    again.send(answer="WEB_AUTHN")
    # The answer to another challenge.
    page = again.send(credential=json.dumps(credential))
    assert page.alert == "Incorrect username or password."


def test_a_user_is_offered_what_the_user_has(site: Site) -> None:
    """And the password where there is nothing else, as if there was no such user."""
    email = site.people.new_user(email="only@example.com", email_verified="true")
    page = begin(site, email).page
    assert re.findall(r'<option value="(\w+)">', page.text) == ["EMAIL_OTP"]
    browser = begin(site, site.people.new_user())
    assert 'name="password"' in browser.page.text


def test_a_factor_that_the_user_does_not_have_is_refused(site: Site) -> None:
    browser = begin(site, site.people.new_user(email="no@example.com", email_verified="true"))
    page = browser.send(answer="SMS_OTP")
    assert page.alert == "Challenge is not available"
    assert "code" not in page.query


def test_a_password_still_signs_in(site: Site) -> None:
    browser = Browser(site.people.emulator, HOST)
    browser.open("/oauth2/authorize", site.request())
    name = site.people.new_user()
    assert "code" in browser.send(username=name, password=PASSWORD).query


def test_a_client_without_the_flow_does_not_offer_it(emulator: Emulator) -> None:
    factors: Any = ["PASSWORD", "EMAIL_OTP"]
    people = People(emulator, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": factors}})
    site = open_pages(people, "with-password", ["COGNITO"], flows=["ALLOW_USER_SRP_AUTH"])
    browser = Browser(emulator, HOST.replace("passwordless", "with-password"))
    assert LINK not in browser.open("/oauth2/authorize", site.request()).text
    assert browser.open("/passwordless", site.request()).status == 400
