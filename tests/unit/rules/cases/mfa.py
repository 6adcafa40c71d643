"""Multi-factor authentication."""

from tests.unit.rules.cases import UNKNOWN, Case, pool

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
)
