"""Multi-factor authentication, and factors that are no message."""

from tests.unit.rules.cases import (
    FEDERATED,
    MACHINE,
    OWN,
    SMS,
    UNKNOWN,
    Case,
    both,
    client_of_pool,
    factors,
    pool,
    recovery,
)

CODE = {"message": "Your code: {####}", "subject": "Your code"}
BY_EMAIL_ALONE = recovery(
    ("verified_email", 1), email_mfa_configuration=CODE, mfa_configuration="ON"
)

CASES = (
    Case(
        rule="CVD01",
        bad=pool(mfa_configuration="ON"),
        says=(
            "aws_cognito_user_pool.users: mfa_configuration: must come with a factor where it is "
            "ON, got none",
        ),
        good=pool(mfa_configuration="ON", software_token_mfa_configuration={"enabled": True}),
        unknown=pool(mfa_configuration=UNKNOWN),
    ),
    Case(
        rule="CVD01",
        bad=pool(
            mfa_configuration="OPTIONAL",
            software_token_mfa_configuration={"enabled": False},
            sms_configuration=[],
        ),
        says=(
            "aws_cognito_user_pool.users: mfa_configuration: must come with a factor where it is "
            "OPTIONAL, got none",
        ),
        good=pool(mfa_configuration="OFF"),
        unknown=pool(
            mfa_configuration="OPTIONAL", software_token_mfa_configuration={"enabled": UNKNOWN}
        ),
    ),
    Case(
        rule="CVD01B",
        bad=pool(mfa_configuration="REQUIRED"),
        says=(
            "aws_cognito_user_pool.users: mfa_configuration: must be one of OFF, OPTIONAL, "
            "ON, got 'REQUIRED'",
        ),
        good=pool(mfa_configuration="OFF"),
        unknown=pool(mfa_configuration=UNKNOWN),
    ),
    Case(
        rule="CVD02",
        bad=pool(mfa_configuration="OFF", software_token_mfa_configuration={"enabled": True}),
        says=(
            "aws_cognito_user_pool.users: software_token_mfa_configuration: must not be set where "
            "MFA is OFF, got a block",
        ),
        good=pool(mfa_configuration="OFF", sms_configuration=SMS),
        unknown=pool(mfa_configuration=UNKNOWN, software_token_mfa_configuration={"enabled": True}),
        mended=pool(mfa_configuration="OFF"),
    ),
    Case(
        rule="CVD02",
        bad=pool(
            email_mfa_configuration={"message": "{####}!!"},
            software_token_mfa_configuration={"enabled": False},
        ),
        says=(
            (
                "aws_cognito_user_pool.users: software_token_mfa_configuration: must not be set "
                "where MFA is OFF, got a block"
            ),
            (
                "aws_cognito_user_pool.users: email_mfa_configuration: must not be set where MFA "
                "is OFF, got a block"
            ),
        ),
        good=pool(mfa_configuration="ON", software_token_mfa_configuration={"enabled": True}),
        unknown=pool(software_token_mfa_configuration=UNKNOWN),
    ),
    Case(
        rule="CG102",
        bad=pool(),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON or OPTIONAL, got null",),
        good=pool(mfa_configuration="OPTIONAL", software_token_mfa_configuration={"enabled": True}),
        unknown=pool(mfa_configuration=UNKNOWN),
    ),
    Case(
        rule="CG102",
        bad=pool(mfa_configuration="OFF", sign_in_policy=factors("PASSWORD", "EMAIL_OTP")),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON or OPTIONAL, got 'OFF'",),
        good=pool(mfa_configuration="OFF", sign_in_policy=factors("EMAIL_OTP", "WEB_AUTHN")),
        unknown=None,
    ),
    Case(
        rule="CG102",
        profile="strict",
        bad=pool(mfa_configuration="OPTIONAL"),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON, got 'OPTIONAL'",),
        good=pool(mfa_configuration="ON"),
        unknown=pool(mfa_configuration=UNKNOWN),
    ),
    Case(
        rule="CG102",
        profile="strict",
        bad=pool(mfa_configuration="OFF", sign_in_policy=factors("EMAIL_OTP")),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON, got 'OFF'",),
        good=pool(mfa_configuration="ON"),
        unknown=None,
    ),
    Case(
        rule="CG103",
        bad=pool(mfa_configuration="ON", sms_configuration=SMS),
        says=(
            "aws_cognito_user_pool.users: software_token_mfa_configuration: must be enabled "
            "where MFA is ON, got null",
        ),
        good=pool(mfa_configuration="OFF"),
        unknown=pool(mfa_configuration=UNKNOWN, sms_configuration=SMS),
        mended=pool(
            mfa_configuration="ON",
            sms_configuration=SMS,
            software_token_mfa_configuration={"enabled": True},
        ),
    ),
    Case(
        rule="CG103",
        bad=pool(
            email_mfa_configuration={},
            mfa_configuration="OPTIONAL",
            software_token_mfa_configuration={"enabled": False},
        ),
        says=(
            "aws_cognito_user_pool.users: software_token_mfa_configuration: must be enabled "
            "where MFA is OPTIONAL, got false",
        ),
        good=pool(
            mfa_configuration="OPTIONAL", web_authn_configuration={"relying_party_id": "a.example"}
        ),
        unknown=pool(
            mfa_configuration="OPTIONAL", software_token_mfa_configuration={"enabled": UNKNOWN}
        ),
    ),
    Case(
        rule="CVD04",
        bad=pool(email_mfa_configuration=CODE),
        says=(
            "aws_cognito_user_pool.users: email_mfa_configuration: must come with "
            "email_sending_account = DEVELOPER, got COGNITO_DEFAULT",
        ),
        good=pool(
            email_configuration={"email_sending_account": "DEVELOPER", "source_arn": UNKNOWN},
            email_mfa_configuration=CODE,
        ),
        unknown=pool(
            email_configuration={"email_sending_account": UNKNOWN}, email_mfa_configuration=CODE
        ),
    ),
    Case(
        rule="CVD04",
        bad=pool(
            email_configuration={"email_sending_account": "COGNITO_DEFAULT"},
            email_mfa_configuration=CODE,
        ),
        says=(
            "aws_cognito_user_pool.users: email_mfa_configuration: must come with "
            "email_sending_account = DEVELOPER, got COGNITO_DEFAULT",
        ),
        good=pool(),
        unknown=pool(email_configuration=UNKNOWN, email_mfa_configuration=CODE),
    ),
    Case(
        rule="CVD05",
        bad=recovery(("verified_email", 1), email_mfa_configuration=CODE, mfa_configuration="ON"),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must offer a mechanism other "
            "than e-mail where e-mail is a second factor, got only verified_email",
        ),
        good=recovery(
            ("verified_email", 1),
            ("verified_phone_number", 2),
            email_mfa_configuration=CODE,
            mfa_configuration="ON",
        ),
        unknown=recovery(
            ("verified_email", 1), email_mfa_configuration=CODE, mfa_configuration=UNKNOWN
        ),
    ),
    Case(
        rule="CG102",
        bad=client_of_pool({"mfa_configuration": "OFF"}, **OWN),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON or OPTIONAL, got 'OFF'",),
        good=client_of_pool({"mfa_configuration": "OFF"}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG102",
        bad=client_of_pool({}, **OWN),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON or OPTIONAL, got null",),
        good=client_of_pool({}, **MACHINE),
        unknown=None,
    ),
    Case(
        rule="CG102",
        profile="strict",
        bad=client_of_pool({}, **FEDERATED),
        says=("aws_cognito_user_pool.users: mfa_configuration: must be ON, got null",),
        good=client_of_pool({"mfa_configuration": "ON"}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG103",
        bad=client_of_pool({"mfa_configuration": "ON", "sms_configuration": SMS}, **OWN),
        says=(
            "aws_cognito_user_pool.users: software_token_mfa_configuration: must be enabled "
            "where MFA is ON, got null",
        ),
        good=client_of_pool({"mfa_configuration": "ON", "sms_configuration": SMS}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CVD05",
        bad=both(client_of_pool({}, **OWN), BY_EMAIL_ALONE),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must offer a mechanism "
            "other than e-mail where e-mail is a second factor, got only verified_email",
        ),
        good=both(client_of_pool({}, **FEDERATED), BY_EMAIL_ALONE),
        unknown=None,
    ),
)
