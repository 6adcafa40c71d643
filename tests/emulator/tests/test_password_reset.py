"""A forgotten password is reset by the code that was sent, and by no other."""

from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.people import PASSWORD, People, other_code, refusal

NEW = "Another-Horse-2"


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool that resets by email."""
    return People(
        emulator,
        AccountRecoverySetting={
            "RecoveryMechanisms": [
                {"Name": "verified_email", "Priority": 1},
                {"Name": "verified_phone_number", "Priority": 2},
            ]
        },
    )


def forget(people: People, name: str) -> Any:
    """Asks for a code."""
    return people.cognito.forgot_password(ClientId=people.client_id, Username=name)


def reset(people: People, name: str, code: str, password: str = NEW) -> None:
    """Resets a password."""
    people.cognito.confirm_forgot_password(
        ClientId=people.client_id, Username=name, ConfirmationCode=code, Password=password
    )


def test_the_code_that_was_sent_resets_once(people: People) -> None:
    name = people.new_user(email="reset@example.com", email_verified="true")
    sent = forget(people, name)["CodeDeliveryDetails"]
    assert sent == {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "r***@e***"}
    code = people.emulator.code("reset@example.com")
    wrong = other_code(code)
    assert refusal(lambda: reset(people, name, wrong)) == "CodeMismatchException"
    assert refusal(lambda: reset(people, name, code, "weak")) == "InvalidPasswordException"
    assert people.access_token(name)
    reset(people, name, code)
    assert refusal(lambda: people.sign_in(name, PASSWORD)) == "NotAuthorizedException"
    assert people.sign_in(name, NEW)["AuthenticationResult"]
    assert refusal(lambda: reset(people, name, code)) == "ExpiredCodeException"


def test_a_code_that_was_never_sent_resets_nothing(people: People) -> None:
    name = people.new_user(email="never@example.com", email_verified="true")
    assert refusal(lambda: reset(people, name, "123456")) == "ExpiredCodeException"


def test_the_code_goes_to_a_verified_address_alone(people: People) -> None:
    """To the second of the pool's ways, where the first is not verified; else to none."""
    name = people.new_user(
        email="unverified@example.com", phone_number="+491701111111", phone_number_verified="true"
    )
    assert forget(people, name)["CodeDeliveryDetails"]["DeliveryMedium"] == "SMS"
    other = people.new_user(email="unverified@example.com")
    assert refusal(lambda: forget(people, other)) == "InvalidParameterException"
    assert people.emulator.messages("unverified@example.com") == []


def test_only_an_administrator_resets_where_the_pool_says_so(emulator: Emulator) -> None:
    people = People(
        emulator,
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
    )
    name = people.new_user(email="admin@example.com", email_verified="true")
    assert refusal(lambda: forget(people, name)) == "NotAuthorizedException"


@pytest.mark.parametrize(
    ("setting", "asked", "confirmed"),
    [
        ("ENABLED", "was not refused", "CodeMismatchException"),
        ("LEGACY", "UserNotFoundException", "UserNotFoundException"),
    ],
)
def test_a_client_says_who_exists_or_does_not(
    setting: str, asked: str, confirmed: str, emulator: Emulator
) -> None:
    people = People(emulator, client={"PreventUserExistenceErrors": setting})
    assert refusal(lambda: forget(people, "nobody")) == asked
    assert refusal(lambda: reset(people, "nobody", "123456")) == confirmed
