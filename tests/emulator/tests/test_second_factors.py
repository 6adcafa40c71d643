"""Users have second factors: an app with a secret of their own, email and SMS."""

import json
from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.people import People, other_code, refusal, totp

ROLE = "arn:aws:iam::123456789012:role/sms"
SMS = {"SmsConfiguration": {"SnsCallerArn": ROLE}}
EMAIL = {"Message": "{####}", "Subject": "Code"}


def with_factors(emulator: Emulator, mode: str) -> People:
    """A pool with all second factors."""
    people = People(emulator)
    settings: Any = {
        "MfaConfiguration": mode,
        "SmsMfaConfiguration": SMS,
        "SoftwareTokenMfaConfiguration": {"Enabled": True},
        "EmailMfaConfiguration": EMAIL,
    }
    people.cognito.set_user_pool_mfa_config(UserPoolId=people.pool_id, **settings)
    return people


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool where users may have a second factor."""
    return with_factors(emulator, "OPTIONAL")


def prefer(people: People, token: str, **settings: Any) -> None:
    """Changes the second factors of whoever has the token."""
    people.cognito.set_user_mfa_preference(AccessToken=token, **settings)


def add_app(people: People, token: str) -> str:
    """Gives a user an app, and prefers it; returns its secret."""
    secret = people.cognito.associate_software_token(AccessToken=token)["SecretCode"]
    people.cognito.verify_software_token(AccessToken=token, UserCode=totp(secret))
    prefer(people, token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
    return secret


def test_each_user_has_a_secret(people: People) -> None:
    tokens = [people.access_token(people.new_user()) for _ in range(2)]
    first, second = (
        people.cognito.associate_software_token(AccessToken=token)["SecretCode"] for token in tokens
    )
    assert first != second


def test_an_app_is_verified_by_its_own_code(people: People) -> None:
    """`000000` is one of a million wrong ones; without the code the app cannot be preferred."""
    token = people.access_token(people.new_user())
    cognito = people.cognito

    def verify(code: str) -> str:
        return refusal(lambda: cognito.verify_software_token(AccessToken=token, UserCode=code))

    assert verify("000001") == "InvalidParameterException"
    secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]
    right = totp(secret)
    assert verify("000000" if right != "000000" else "000001") == "EnableSoftwareTokenMFAException"
    wanted = {"Enabled": True, "PreferredMfa": True}
    assert (
        refusal(lambda: prefer(people, token, SoftwareTokenMfaSettings=wanted))
        == "InvalidParameterException"
    )
    assert verify(right) == "was not refused"


def test_the_code_of_the_app_signs_in_once(people: People) -> None:
    name = people.new_user()
    secret = add_app(people, people.access_token(name))
    asked = people.sign_in(name)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"

    def answer(asked: Any, code: str) -> Any:
        return people.answer(name, asked, SOFTWARE_TOKEN_MFA_CODE=code)

    code = totp(secret, steps=1)
    assert refusal(lambda: answer(asked, other_code(code))) == "CodeMismatchException"
    assert answer(asked, code)["AuthenticationResult"]["AccessToken"]
    assert refusal(lambda: answer(asked, code)) == "NotAuthorizedException"
    again = people.sign_in(name)
    assert refusal(lambda: answer(again, code)) == "ExpiredCodeException"


def test_a_user_who_switches_the_app_off_needs_it_no_more(people: People) -> None:
    name = people.new_user()
    token = people.access_token(name)
    add_app(people, token)
    assert people.cognito.get_user(AccessToken=token)["UserMFASettingList"] == [
        "SOFTWARE_TOKEN_MFA"
    ]
    prefer(people, token, SoftwareTokenMfaSettings={"Enabled": False})
    assert people.access_token(name)


@pytest.mark.parametrize(
    ("setting", "challenge", "attribute", "address"),
    [
        ("SMSMfaSettings", "SMS_MFA", "phone_number", "+491703333333"),
        ("EmailMfaSettings", "EMAIL_OTP", "email", "second@example.com"),
    ],
)
def test_a_code_is_sent_as_the_second_factor(
    setting: str, challenge: str, attribute: str, address: str, people: People
) -> None:
    name = people.new_user(**{attribute: address})
    prefer(people, people.access_token(name), **{setting: {"Enabled": True, "PreferredMfa": True}})
    asked = people.sign_in(name)
    assert asked["ChallengeName"] == challenge
    code = people.emulator.code(address)
    assert len(code) == 6
    wrong = other_code(code)
    answer = {f"{challenge}_CODE": wrong}
    assert refusal(lambda: people.answer(name, asked, **answer)) == "CodeMismatchException"
    assert people.answer(name, asked, **{f"{challenge}_CODE": code})["AuthenticationResult"]


def test_a_factor_needs_an_address(people: People) -> None:
    token = people.access_token(people.new_user())
    for setting in ("SMSMfaSettings", "EmailMfaSettings"):
        wanted = {setting: {"Enabled": True}}
        assert refusal(lambda: prefer(people, token, **wanted)) == "InvalidParameterException"  # noqa: B023 - called at once


def test_a_user_chooses_between_two_factors(people: People) -> None:
    name = people.new_user(email="choose@example.com", phone_number="+491704444444")
    token = people.access_token(name)
    prefer(people, token, SMSMfaSettings={"Enabled": True}, EmailMfaSettings={"Enabled": True})
    asked = people.sign_in(name)
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    assert json.loads(asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"]) == ["SMS_MFA", "EMAIL_OTP"]
    assert (
        refusal(lambda: people.answer(name, asked, ANSWER="SOFTWARE_TOKEN_MFA"))
        == "InvalidParameterException"
    )
    next_one = people.answer(name, asked, ANSWER="EMAIL_OTP")
    code = people.emulator.code("choose@example.com")
    assert people.answer(name, next_one, EMAIL_OTP_CODE=code)["AuthenticationResult"]


def test_an_app_is_set_up_where_the_pool_requires_one(emulator: Emulator) -> None:
    people = with_factors(emulator, "ON")
    name = people.new_user()
    asked = people.sign_in(name)
    assert asked["ChallengeName"] == "MFA_SETUP"
    assert "SOFTWARE_TOKEN_MFA" in json.loads(asked["ChallengeParameters"]["MFAS_CAN_SETUP"])
    assert refusal(lambda: people.answer(name, asked)) == "InvalidParameterException"
    given = people.cognito.associate_software_token(Session=asked["Session"])
    verified = people.cognito.verify_software_token(
        Session=given["Session"], UserCode=totp(given["SecretCode"])
    )
    tokens = people.answer(name, {**asked, "Session": verified["Session"]})["AuthenticationResult"]
    assert tokens["AccessToken"]
    assert people.sign_in(name)["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_a_pool_without_apps_has_no_secrets(emulator: Emulator) -> None:
    people = People(emulator)
    token = people.access_token(people.new_user())
    got = refusal(lambda: people.cognito.associate_software_token(AccessToken=token))
    assert got == "SoftwareTokenMFANotFoundException"
