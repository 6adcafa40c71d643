"""With what users may begin to sign in, passkeys among them."""

from collections.abc import Mapping

from tests.unit.rules.cases import (
    CLIENT,
    MACHINE,
    UNCLEAR,
    UNKNOWN,
    Case,
    Resources,
    client_of_pool,
    factors,
    pool,
)

PASSWORDLESS = {"sign_in_policy": factors("EMAIL_OTP", "PASSWORD")}


def passkeys(**values: object) -> Resources:
    """Make a pool with `web_authn_configuration`."""
    return pool(web_authn_configuration=values)


def with_domain(settings: Mapping[str, object], domain: str) -> Resources:
    """Make such a pool with a custom domain."""
    return {
        **passkeys(**settings),
        "aws_cognito_user_pool_domain": {
            "auth": {
                "certificate_arn": UNKNOWN,
                "domain": domain,
                "user_pool_id": "${aws_cognito_user_pool.users.id}",
            }
        },
    }


APP = {"software_token_mfa_configuration": {"enabled": True}}
"""A second factor."""

CASES = (
    Case(
        rule="CVD09",
        bad=pool(sign_in_policy=factors("PASSWORD", "SOFTWARE_TOKEN")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors[1]: "
            "must be one of EMAIL_OTP, PASSWORD, SMS_OTP, WEB_AUTHN, got 'SOFTWARE_TOKEN'",
        ),
        good=pool(sign_in_policy=factors("PASSWORD", "EMAIL_OTP", "WEB_AUTHN")),
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
        bad=pool(mfa_configuration="ON", sign_in_policy=factors("PASSWORD", "WEB_AUTHN"), **APP),
        says=(
            "aws_cognito_user_pool.users: mfa_configuration: must not be ON where passkeys "
            "are a first factor, got ON",
        ),
        good=pool(
            mfa_configuration="OPTIONAL", sign_in_policy=factors("PASSWORD", "WEB_AUTHN"), **APP
        ),
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
        bad=pool(mfa_configuration="ON", sign_in_policy=factors("PASSWORD", "EMAIL_OTP"), **APP),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must not "
            "contain EMAIL_OTP or SMS_OTP where MFA is ON, got one",
        ),
        good=pool(
            mfa_configuration="OPTIONAL", sign_in_policy=factors("PASSWORD", "EMAIL_OTP"), **APP
        ),
        unknown=pool(mfa_configuration=UNKNOWN, sign_in_policy=factors("EMAIL_OTP", "PASSWORD")),
    ),
    Case(
        rule="CVD14",
        bad=passkeys(relying_party_id="a" * 128),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be 1 to 127 characters, got 128",
        ),
        good=passkeys(relying_party_id="example.com"),
        unknown=passkeys(relying_party_id=UNKNOWN),
    ),
    Case(
        rule="CVD14B",
        bad=passkeys(relying_party_id="https://example.com/sign-in"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be a lower-case domain without scheme, port or path, got "
            "'https://example.com/sign-in'",
        ),
        good=passkeys(relying_party_id="localhost"),
        unknown=passkeys(relying_party_id=UNKNOWN),
    ),
    Case(
        rule="CVD14B",
        bad=passkeys(relying_party_id="Example.com"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be a lower-case domain without scheme, port or path, got 'Example.com'",
        ),
        good=passkeys(user_verification="required"),
        unknown=None,
    ),
    Case(
        rule="CVD14C",
        bad=with_domain({"relying_party_id": "example.com"}, "auth.example.com"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must be the "
            "custom domain auth.example.com, whose pages sign in with passkeys, got 'example.com'",
        ),
        good=with_domain({"relying_party_id": "auth.example.com"}, "auth.example.com"),
        unknown=with_domain({"relying_party_id": UNKNOWN}, "auth.example.com"),
    ),
    Case(
        rule="CVD14C",
        bad=with_domain({"relying_party_id": "example.com"}, "login.example.com"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must be the "
            "custom domain login.example.com, whose pages sign in with passkeys, got 'example.com'",
        ),
        good=with_domain(
            {"relying_party_id": "a.auth.eu-west-1.amazoncognito.com"}, "auth.example.com"
        ),
        unknown=with_domain({"relying_party_id": "example.com"}, UNKNOWN),
    ),
    Case(
        rule="CVD15",
        bad=passkeys(user_verification="REQUIRED"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].user_verification: must "
            "be one of required, preferred, got 'REQUIRED'",
        ),
        good=passkeys(user_verification="preferred"),
        unknown=passkeys(user_verification=UNKNOWN),
    ),
    Case(
        rule="CVD11",
        bad=client_of_pool(
            {"sign_in_policy": factors("PASSWORD", "EMAIL_OTP")}, explicit_auth_flows=[]
        ),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must "
            "come with an app client that has ALLOW_USER_AUTH, got none",
        ),
        good=client_of_pool(
            {"sign_in_policy": factors("PASSWORD", "EMAIL_OTP")}, explicit_auth_flows=[], **MACHINE
        ),
        unknown=None,
    ),
)
