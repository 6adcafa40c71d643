"""Users sign in by their aliases, each of which one user has."""

from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.browser import Browser
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import PASSWORD, People, refusal
from tests.emulator.tests.test_pages import open_pages

ALIASES: Any = ["email", "phone_number", "preferred_username"]


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool with each kind of alias, which verifies email."""
    return People(
        emulator,
        AliasAttributes=ALIASES,
        AutoVerifiedAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
    )


@pytest.mark.parametrize(
    ("attributes", "alias"),
    [
        ({"email": "a@example.com", "email_verified": "true"}, "A@example.com"),
        ({"phone_number": "+491701111111", "phone_number_verified": "true"}, "+491701111111"),
        ({"preferred_username": "anni"}, "Anni"),
    ],
)
def test_an_alias_signs_in(attributes: dict[str, str], alias: str, people: People) -> None:
    """And the token has the user's own name. Case does not matter, as the pool has it."""
    name = people.new_user(**attributes)
    token = people.access_token(alias)
    assert people.cognito.get_user(AccessToken=token)["Username"] == name
    assert people.access_token(name.upper())


@pytest.mark.parametrize(
    "attributes",
    [
        {"email": "unverified@example.com"},
        {"email": "unverified@example.com", "email_verified": "false"},
    ],
)
def test_an_address_that_is_not_verified_does_not(
    attributes: dict[str, str], people: People
) -> None:
    name = people.new_user(**attributes)
    assert refusal(lambda: people.access_token("unverified@example.com")) == "UserNotFoundException"
    assert people.access_token(name)


@pytest.mark.parametrize("name", ["plain@example.com", "plain"])
def test_an_attribute_that_is_no_alias_does_not(name: str, emulator: Emulator) -> None:
    others = People(emulator)
    others.new_user(email="plain@example.com", email_verified="true", preferred_username="plain")
    assert refusal(lambda: others.access_token(name)) == "UserNotFoundException"


@pytest.mark.parametrize("name", ["name@example.com", "+491702222222"])
def test_a_user_name_does_not_look_like_an_alias(name: str, people: People) -> None:
    def sign_up() -> object:
        return people.cognito.sign_up(ClientId=people.client_id, Username=name, Password=PASSWORD)

    assert refusal(sign_up) == "InvalidParameterException"


def test_an_alias_of_another_user_is_taken_by_force_alone(people: People) -> None:
    """The other user's address is no longer verified then."""
    first = people.new_user(email="shared@example.com", email_verified="true")
    second, _ = people.sign_up(email="shared@example.com")

    def confirm(*, force: bool) -> object:
        return people.cognito.confirm_sign_up(
            ClientId=people.client_id,
            Username=second,
            ConfirmationCode=people.emulator.code("shared@example.com"),
            ForceAliasCreation=force,
        )

    assert refusal(lambda: confirm(force=False)) == "AliasExistsException"
    people.cognito.resend_confirmation_code(ClientId=people.client_id, Username=second)
    confirm(force=True)
    assert people.attributes(first)["email_verified"] == "false"
    token = people.access_token("shared@example.com")
    assert people.cognito.get_user(AccessToken=token)["Username"] == second


def test_a_preferred_name_is_of_one_user(people: People) -> None:
    people.new_user(preferred_username="taken")
    token = people.access_token(people.new_user())

    def take(name: str) -> object:
        return people.cognito.update_user_attributes(
            AccessToken=token, UserAttributes=[{"Name": "preferred_username", "Value": name}]
        )

    assert refusal(lambda: take("taken")) == "AliasExistsException"
    take("free")
    assert people.access_token("free")


def test_an_alias_signs_in_on_the_pages(emulator: Emulator) -> None:
    people = People(emulator, AliasAttributes=ALIASES)
    people.new_user(email="page@example.com", email_verified="true")
    site = open_pages(people, "aliases", ["COGNITO"])
    browser = Browser(emulator, f"aliases.auth.{REGION}.amazoncognito.com")
    browser.open("/oauth2/authorize", site.request())
    assert "code" in browser.send(username="page@example.com", password=PASSWORD).query
