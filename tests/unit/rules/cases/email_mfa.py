"""The message of a second factor by e-mail."""

from tests.unit.rules.cases import UNKNOWN, Case, pool

CASES = (
    Case(
        rule="CVD06",
        bad=pool(email_mfa_configuration={"message": "Your code", "subject": "s" * 141}),
        says=(
            (
                "aws_cognito_user_pool.users: email_mfa_configuration[0].message: must "
                "contain {####}, got 'Your code'"
            ),
            (
                "aws_cognito_user_pool.users: email_mfa_configuration[0].subject: must be 1 "
                "to 140 characters, got 141"
            ),
        ),
        good=pool(email_mfa_configuration={"message": "Your code: {####}", "subject": "Code"}),
        unknown=pool(email_mfa_configuration={"message": UNKNOWN}),
    ),
)
