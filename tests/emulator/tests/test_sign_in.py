"""Users sign in by the flows of the client alone, with a password or with a code."""

from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import PASSWORD, People, other_code, refusal


def test_a_client_signs_in_by_its_own_flows_only(emulator: Emulator, pool_id: str) -> None:
    """A client that allows SRP does not take a plain password."""
    cognito = emulator.cognito(REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="client", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"]
    )["UserPoolClient"]
    with pytest.raises(ClientError, match="USER_PASSWORD_AUTH flow not enabled for this client"):
        cognito.initiate_auth(
            ClientId=client["ClientId"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "jane", "PASSWORD": "Passw0rd!"},
        )


@pytest.mark.parametrize(
    ("setting", "error"),
    [("ENABLED", "NotAuthorizedException"), ("LEGACY", "UserNotFoundException")],
)
def test_a_client_says_who_exists_or_does_not(setting: str, error: str, emulator: Emulator) -> None:
    people = People(emulator, client={"PreventUserExistenceErrors": setting})
    assert refusal(lambda: people.sign_in("nobody")) == error


def test_a_temporary_password_is_replaced(emulator: Emulator) -> None:
    """And what the pool requires of a user is asked for."""
    people = People(
        emulator, Schema=[{"Name": "email", "AttributeDataType": "String", "Required": True}]
    )
    people.cognito.admin_create_user(
        UserPoolId=people.pool_id, Username="new", TemporaryPassword="Temporary-1"
    )
    asked = people.sign_in("new", "Temporary-1")
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert asked["ChallengeParameters"]["requiredAttributes"] == '["userAttributes.email"]'
    email = {"userAttributes.email": "new@example.com"}
    short = refusal(lambda: people.answer("new", asked, NEW_PASSWORD="short", **email))
    assert short == "InvalidPasswordException"
    missing = refusal(lambda: people.answer("new", asked, NEW_PASSWORD=PASSWORD))
    assert missing == "InvalidParameterException"
    answer = people.answer("new", asked, NEW_PASSWORD=PASSWORD, **email)
    assert answer["AuthenticationResult"]["AccessToken"]
    assert people.attributes("new")["email"] == "new@example.com"
    assert people.access_token("new")


def test_an_administrator_signs_a_user_in_by_a_flow_of_the_client(emulator: Emulator) -> None:
    people = People(emulator, client={"ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]})
    name = people.new_user()

    def sign_in(password: str) -> Any:
        return people.cognito.admin_initiate_auth(
            UserPoolId=people.pool_id,
            ClientId=people.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password},
        )

    assert sign_in(PASSWORD)["AuthenticationResult"]["AccessToken"]
    assert refusal(lambda: sign_in("Wrong-Horse-1")) == "NotAuthorizedException"
    assert refusal(lambda: people.sign_in(name)) == "InvalidParameterException"


@pytest.fixture(scope="module")
def passwordless(emulator: Emulator) -> People:
    """A pool where a code signs in."""
    factors: Any = ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]
    return People(emulator, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": factors}})


def begin(people: People, name: str, **parameters: str) -> Any:
    """Begins a sign-in where the user chooses the first factor."""
    return people.cognito.initiate_auth(
        ClientId=people.client_id,
        AuthFlow="USER_AUTH",
        AuthParameters={"USERNAME": name, **parameters},
    )


@pytest.mark.parametrize(
    ("challenge", "address", "attributes"),
    [
        ("EMAIL_OTP", "otp@example.com", {"email": "otp@example.com", "email_verified": "true"}),
        (
            "SMS_OTP",
            "+491705555555",
            {"phone_number": "+491705555555", "phone_number_verified": "true"},
        ),
    ],
)
def test_a_code_alone_signs_in(
    challenge: str, address: str, attributes: dict[str, str], passwordless: People
) -> None:
    """It has eight digits; a wrong one is refused, and the right one is good once."""
    name = passwordless.new_user(**attributes)
    asked = begin(passwordless, name, PREFERRED_CHALLENGE=challenge)
    assert asked["ChallengeName"] == challenge
    code = passwordless.emulator.code(address)
    assert len(code) == 8
    answer = f"{challenge}_CODE"
    wrong = refusal(lambda: passwordless.answer(name, asked, **{answer: other_code(code)}))
    assert wrong == "CodeMismatchException"
    tokens = passwordless.answer(name, asked, **{answer: code})["AuthenticationResult"]
    assert tokens["IdToken"]
    again = refusal(lambda: passwordless.answer(name, asked, **{answer: code}))
    assert again == "NotAuthorizedException"


def test_a_user_chooses_among_the_own_first_factors(passwordless: People) -> None:
    """An address that is not verified is none of them."""
    name = passwordless.new_user(
        email="chosen@example.com", email_verified="true", phone_number="+491706666666"
    )
    asked = begin(passwordless, name)
    assert asked["ChallengeName"] == "SELECT_CHALLENGE"
    assert asked["AvailableChallenges"] == ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]
    sms = refusal(lambda: passwordless.answer(name, asked, ANSWER="SMS_OTP"))
    assert sms == "InvalidParameterException"
    answer = passwordless.answer(name, asked, ANSWER="PASSWORD", PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]["AccessToken"]


def test_a_password_is_the_only_first_factor_by_default(emulator: Emulator) -> None:
    people = People(emulator)
    name = people.new_user(email="only@example.com", email_verified="true")
    asked = begin(people, name, PREFERRED_CHALLENGE="EMAIL_OTP")
    assert asked["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]
    assert people.emulator.messages("only@example.com") == []


def test_a_new_user_goes_on_to_the_sign_in(passwordless: People) -> None:
    """With the session of the confirmation, which is good once."""
    cognito = passwordless.cognito
    people = People(passwordless.emulator, AutoVerifiedAttributes=["email"])
    name, _ = people.sign_up(email="goes-on@example.com")
    session = cognito.confirm_sign_up(
        ClientId=people.client_id,
        Username=name,
        ConfirmationCode=people.emulator.code("goes-on@example.com"),
    )["Session"]

    def go_on(name: str) -> Any:
        return cognito.initiate_auth(
            ClientId=people.client_id,
            AuthFlow="USER_AUTH",
            AuthParameters={"USERNAME": name},
            Session=session,
        )

    assert go_on(name)["AuthenticationResult"]["AccessToken"]
    assert refusal(lambda: go_on(name)) == "NotAuthorizedException"
