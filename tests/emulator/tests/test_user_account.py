"""Users read, change and delete their own account."""

from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.people import PASSWORD, People, refusal


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool that verifies addresses."""
    return People(emulator, AutoVerifiedAttributes=["email"])


def update(people: People, token: str, **attributes: str) -> Any:
    """Updates attributes of whoever has the token."""
    return people.cognito.update_user_attributes(
        AccessToken=token,
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )


def test_a_user_deletes_the_own_account(people: People) -> None:
    """In a region that is not the first, as all here."""
    name = people.new_user()
    token = people.access_token(name)
    people.cognito.delete_user(AccessToken=token)
    assert refusal(lambda: people.sign_in(name)) == "UserNotFoundException"
    assert refusal(lambda: people.cognito.get_user(AccessToken=token)) == "NotAuthorizedException"


def test_a_password_is_changed_by_whoever_knows_it(people: People) -> None:
    name = people.new_user()
    token = people.access_token(name)

    def change(old: str, new: str) -> None:
        people.cognito.change_password(
            AccessToken=token, PreviousPassword=old, ProposedPassword=new
        )

    assert refusal(lambda: change("Wrong-Horse-1", "Another-Horse-2")) == "NotAuthorizedException"
    assert refusal(lambda: change(PASSWORD, "weak")) == "InvalidPasswordException"
    change(PASSWORD, "Another-Horse-2")
    assert people.sign_in(name, "Another-Horse-2")["AuthenticationResult"]


def test_a_new_address_is_verified_by_its_code(people: People) -> None:
    name = people.new_user(email="old@example.com", email_verified="true")
    token = people.access_token(name)
    sent = update(people, token, email="new@example.com", name="Ann")["CodeDeliveryDetailsList"]
    assert [one["Destination"] for one in sent] == ["n***@e***"]
    before = people.attributes(name)
    assert (before["email"], before["email_verified"], before["name"]) == (
        "new@example.com",
        "false",
        "Ann",
    )
    people.cognito.verify_user_attribute(
        AccessToken=token, AttributeName="email", Code=people.emulator.code("new@example.com")
    )
    assert people.attributes(name)["email_verified"] == "true"


def test_an_address_stays_until_the_new_one_is_verified(emulator: Emulator) -> None:
    people = People(
        emulator,
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    )
    name = people.new_user(email="kept@example.com", email_verified="true")
    token = people.access_token(name)
    update(people, token, email="later@example.com")
    assert people.attributes(name)["email"] == "kept@example.com"
    people.cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    code = people.emulator.code("later@example.com")
    people.cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code)
    after = people.attributes(name)
    assert (after["email"], after["email_verified"]) == ("later@example.com", "true")


def test_attributes_are_deleted_with_what_was_verified(people: People) -> None:
    name = people.new_user(phone_number="+491702222222", phone_number_verified="true")
    token = people.access_token(name)
    people.cognito.delete_user_attributes(AccessToken=token, UserAttributeNames=["phone_number"])
    assert {*people.attributes(name)} == {"sub"}


def test_a_client_writes_its_own_attributes_only(emulator: Emulator) -> None:
    people = People(emulator, client={"WriteAttributes": ["name"]})
    token = people.access_token(people.new_user())
    update(people, token, name="Ann")
    assert refusal(lambda: update(people, token, nickname="A")) == "NotAuthorizedException"
    verified = refusal(lambda: update(people, token, email_verified="true"))
    assert verified == "NotAuthorizedException"
