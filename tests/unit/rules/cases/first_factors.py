"""With what users may begin to sign in."""

from tests.unit.rules.cases import (
    CLIENT,
    SMS,
    UNCLEAR,
    UNKNOWN,
    Case,
    client_of_pool,
    factors,
    pool,
)

PASSWORDLESS = {"sign_in_policy": factors("EMAIL_OTP", "PASSWORD")}

CASES = (
    Case(
        rule="CVD09",
        bad=pool(sign_in_policy=factors("PASSWORD", "SOFTWARE_TOKEN")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors[1]: "
            "must be one of EMAIL_OTP, PASSWORD, SMS_OTP, WEB_AUTHN, got 'SOFTWARE_TOKEN'",
        ),
        good=pool(sign_in_policy=factors("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")),
        unknown=pool(sign_in_policy=factors(UNKNOWN)),
    ),
    Case(
        rule="CVD10",
        bad=pool(sign_in_policy=factors("EMAIL_OTP", "WEB_AUTHN")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "include PASSWORD, got EMAIL_OTP, WEB_AUTHN",
        ),
        good=pool(sign_in_policy=factors("EMAIL_OTP", "PASSWORD")),
        unknown=pool(sign_in_policy=factors("EMAIL_OTP", UNKNOWN)),
    ),
    Case(
        rule="CVD10",
        bad=pool(sign_in_policy=factors("SMS_OTP")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "include PASSWORD, got SMS_OTP",
        ),
        good=pool(),
        unknown=pool(sign_in_policy={"allowed_first_auth_factors": UNKNOWN}),
    ),
    Case(
        rule="CVD11",
        bad=client_of_pool(PASSWORDLESS, explicit_auth_flows=["ALLOW_USER_SRP_AUTH"]),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "come with an app client that has ALLOW_USER_AUTH, got none",
        ),
        good=client_of_pool(PASSWORDLESS, explicit_auth_flows=["ALLOW_USER_AUTH"]),
        unknown=client_of_pool(PASSWORDLESS),
    ),
    Case(
        rule="CVD11",
        bad=client_of_pool(PASSWORDLESS, explicit_auth_flows=[]),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "come with an app client that has ALLOW_USER_AUTH, got none",
        ),
        good=pool(**PASSWORDLESS),
        unknown={
            **client_of_pool(PASSWORDLESS, explicit_auth_flows=[]),
            CLIENT: {
                "web": {
                    "explicit_auth_flows": [],
                    "user_pool_id": "${aws_cognito_user_pool.users.id}",
                },
                "other": {"explicit_auth_flows": [], "user_pool_id": UNCLEAR},
            },
        },
    ),
    Case(
        rule="CVD12",
        bad=pool(mfa_configuration="ON", sign_in_policy=factors("PASSWORD", "WEB_AUTHN")),
        says=(
            "aws_cognito_user_pool.users: mfa_configuration: must not be ON where passkeys "
            "are a first factor, got ON",
        ),
        good=pool(mfa_configuration="OPTIONAL", sign_in_policy=factors("PASSWORD", "WEB_AUTHN")),
        unknown=pool(mfa_configuration=UNKNOWN, sign_in_policy=factors("PASSWORD", "WEB_AUTHN")),
    ),
    Case(
        rule="CVD12",
        bad=pool(
            mfa_configuration="ON",
            sign_in_policy=factors("PASSWORD", "WEB_AUTHN"),
            web_authn_configuration={"factor_configuration": "SINGLE_FACTOR"},
        ),
        says=(
            "aws_cognito_user_pool.users: mfa_configuration: must not be ON where passkeys "
            "are a first factor, got ON",
        ),
        good=pool(
            mfa_configuration="ON",
            sign_in_policy=factors("PASSWORD", "WEB_AUTHN"),
            web_authn_configuration={"factor_configuration": "MULTI_FACTOR_WITH_USER_VERIFICATION"},
        ),
        unknown=pool(mfa_configuration="ON", sign_in_policy=factors(UNKNOWN)),
    ),
    Case(
        rule="CVD13",
        bad=pool(mfa_configuration="ON", sign_in_policy=factors("PASSWORD", "SMS_OTP")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "not hold EMAIL_OTP or SMS_OTP where MFA is ON, got one",
        ),
        good=pool(mfa_configuration="OPTIONAL", sign_in_policy=factors("EMAIL_OTP", "PASSWORD")),
        unknown=pool(mfa_configuration=UNKNOWN, sign_in_policy=factors("EMAIL_OTP", "PASSWORD")),
    ),
    Case(
        rule="CVD17",
        bad=pool(sign_in_policy=factors("PASSWORD", "SMS_OTP")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "come with sms_configuration where it holds SMS_OTP, got none",
        ),
        good=pool(sign_in_policy=factors("PASSWORD", "SMS_OTP"), sms_configuration=SMS),
        unknown=pool(sign_in_policy=factors("PASSWORD", UNKNOWN)),
    ),
)
