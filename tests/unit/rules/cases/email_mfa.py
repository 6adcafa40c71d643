"""A second factor by e-mail."""

from tests.unit.rules.cases import UNKNOWN, Case, pool, recovery

CODE = {"message": "Your code: {####}", "subject": "Your code"}


CASES = (
    Case(
        rule="CVD04",
        bad=pool(email_mfa_configuration=CODE),
        says=(
            "aws_cognito_user_pool.users: email_mfa_configuration: must come with "
            "email_sending_account = DEVELOPER, got COGNITO_DEFAULT",
        ),
        good=pool(
            email_configuration={"email_sending_account": "DEVELOPER"}, email_mfa_configuration=CODE
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
            "aws_cognito_user_pool.users: account_recovery_setting: must offer another way "
            "than e-mail where e-mail is a second factor, got verified_email alone",
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
