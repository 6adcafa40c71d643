"""A user signs up, gets a code at the right address, and confirms with it."""

from itertools import count

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import PASSWORD, People, other_code, refusal

_numbers = count(1000)


def address() -> str:
    """An address that nobody else has."""
    return f"ann{next(_numbers)}@example.com"


def phone() -> str:
    """A number that nobody else has."""
    return f"+49170{next(_numbers):07}"


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool that verifies addresses and phone numbers."""
    return People(emulator, AutoVerifiedAttributes=["email", "phone_number"])


def test_a_client_with_a_secret_proves_it(emulator: Emulator, pool_id: str) -> None:
    """Signing up without the proof is refused."""
    cognito = emulator.cognito(REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="client", GenerateSecret=True
    )["UserPoolClient"]
    with pytest.raises(ClientError, match="Unable to verify secret hash for client"):
        cognito.sign_up(ClientId=client["ClientId"], Username="jane", Password="Passw0rd!")


def test_the_phone_gets_the_code_where_both_are_verified(people: People) -> None:
    """And only the phone number is verified by it."""
    email, number = address(), phone()
    name, answer = people.sign_up(email=email, phone_number=number)
    assert answer["CodeDeliveryDetails"] == {
        "AttributeName": "phone_number",
        "DeliveryMedium": "SMS",
        "Destination": f"+*******{number[-4:]}",
    }
    assert people.emulator.messages(email) == []
    people.confirm(name, people.emulator.code(number))
    attributes = people.attributes(name)
    assert attributes["phone_number_verified"] == "true"
    assert "email_verified" not in attributes


def test_the_address_gets_the_code_of_a_user_without_a_phone(people: People) -> None:
    email = address()
    name, answer = people.sign_up(email=email)
    assert answer["CodeDeliveryDetails"] == {
        "AttributeName": "email",
        "DeliveryMedium": "EMAIL",
        "Destination": "a***@e***",
    }
    people.confirm(name, people.emulator.code(email))
    attributes = people.attributes(name)
    assert attributes["email_verified"] == "true"
    assert "phone_number_verified" not in attributes


def test_a_user_without_an_address_gets_no_code(people: People) -> None:
    name, answer = people.sign_up()
    assert "CodeDeliveryDetails" not in answer
    assert refusal(lambda: people.confirm(name, "123456")) == "ExpiredCodeException"


def test_a_wrong_code_does_not_confirm(people: People) -> None:
    email = address()
    name, _ = people.sign_up(email=email)
    code = people.emulator.code(email)
    assert refusal(lambda: people.confirm(name, other_code(code))) == "CodeMismatchException"
    assert refusal(lambda: people.sign_in(name)) == "UserNotConfirmedException"
    people.confirm(name, code)
    assert refusal(lambda: people.confirm(name, code)) == "NotAuthorizedException"


def test_a_code_that_is_sent_again_replaces_the_first(people: People) -> None:
    email = address()
    name, _ = people.sign_up(email=email)
    answer = people.cognito.resend_confirmation_code(ClientId=people.client_id, Username=name)
    assert answer["CodeDeliveryDetails"]["Destination"] == "a***@e***"
    first, second = (message["code"] for message in people.emulator.messages(email))
    if first != second:
        assert refusal(lambda: people.confirm(name, first)) == "CodeMismatchException"
    people.confirm(name, second)
    again = refusal(
        lambda: people.cognito.resend_confirmation_code(ClientId=people.client_id, Username=name)
    )
    assert again == "InvalidParameterException"


def test_nobody_signs_up_where_administrators_create_users(emulator: Emulator) -> None:
    people = People(emulator, AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    with pytest.raises(ClientError, match="SignUp is not permitted for this user pool"):
        people.sign_up()


def test_a_user_signs_up_where_only_administrators_reset(emulator: Emulator) -> None:
    people = People(
        emulator,
        AutoVerifiedAttributes=["email"],
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
    )
    email = address()
    name, _ = people.sign_up(email=email)
    people.confirm(name, people.emulator.code(email))
    assert people.access_token(name)


@pytest.mark.parametrize(
    ("factors", "expected"),
    [(["PASSWORD", "EMAIL_OTP"], "was not refused"), (["PASSWORD"], "InvalidParameterException")],
)
def test_a_password_can_be_left_out_where_codes_sign_in(
    factors: list[str], expected: str, emulator: Emulator
) -> None:
    people = People(emulator, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": factors}})
    name = f"user{next(_numbers)}"
    got = refusal(lambda: people.cognito.sign_up(ClientId=people.client_id, Username=name))
    assert got == expected
    assert refusal(lambda: people.sign_in(name, PASSWORD)) in {
        "NotAuthorizedException",
        "UserNotFoundException",
    }


@pytest.mark.parametrize(
    ("setting", "sent_again", "confirmed"),
    [
        ("ENABLED", "was not refused", "ExpiredCodeException"),
        ("LEGACY", "UserNotFoundException", "UserNotFoundException"),
    ],
)
def test_a_client_says_who_exists_or_does_not(
    setting: str, sent_again: str, confirmed: str, emulator: Emulator
) -> None:
    people = People(emulator, client={"PreventUserExistenceErrors": setting})
    again = refusal(
        lambda: people.cognito.resend_confirmation_code(
            ClientId=people.client_id, Username="nobody"
        )
    )
    assert again == sent_again
    assert refusal(lambda: people.confirm("nobody", "123456")) == confirmed
