"""From where e-mail is sent."""

from tests.unit.rules.cases import FEDERATED, OWN, UNKNOWN, Case, Resources, client_of_pool, pool


def email(**values: object) -> Resources:
    """Make a pool with an `email_configuration`."""
    return pool(email_configuration=values)


CASES = (
    Case(
        rule="CVE05B",
        bad=email(email_sending_account="SES"),
        says=(
            "aws_cognito_user_pool.users: email_configuration[0].email_sending_account: must "
            "be one of COGNITO_DEFAULT, DEVELOPER, got 'SES'",
        ),
        good=email(email_sending_account="COGNITO_DEFAULT"),
        unknown=email(email_sending_account=UNKNOWN),
    ),
    Case(
        rule="CVE05",
        bad=email(email_sending_account="DEVELOPER", source_arn=""),
        says=(
            "aws_cognito_user_pool.users: email_configuration[0].source_arn: must be set "
            "where email_sending_account is DEVELOPER, got null",
        ),
        good=email(email_sending_account="DEVELOPER", source_arn=UNKNOWN),
        unknown=email(email_sending_account=UNKNOWN),
    ),
    Case(
        rule="CVE05",
        bad=email(email_sending_account="DEVELOPER"),
        says=(
            "aws_cognito_user_pool.users: email_configuration[0].source_arn: must be set "
            "where email_sending_account is DEVELOPER, got null",
        ),
        good=email(email_sending_account="COGNITO_DEFAULT"),
        unknown=None,
    ),
    Case(
        rule="CVE06",
        bad=email(configuration_set="arn:aws:ses:eu-west-1:123456789012:configuration-set/a"),
        says=(
            "aws_cognito_user_pool.users: email_configuration[0].configuration_set: must be "
            "1 to 64 characters, letters, digits, _ and -, got "
            "'arn:aws:ses:eu-west-1:123456789012:configuration-set/a'",
        ),
        good=email(configuration_set="transactional"),
        unknown=email(configuration_set=UNKNOWN),
    ),
    Case(
        rule="CVE06",
        bad=email(configuration_set="a" * 65),
        says=(
            "aws_cognito_user_pool.users: email_configuration[0].configuration_set: must be "
            "1 to 64 characters, got 65",
        ),
        good=email(configuration_set=""),
        unknown=None,
    ),
    Case(
        rule="CG118",
        bad=pool(),
        says=(
            "aws_cognito_user_pool.users: email_configuration: must have "
            "email_sending_account = DEVELOPER, got null",
        ),
        good=email(email_sending_account="DEVELOPER", source_arn=UNKNOWN),
        unknown=email(email_sending_account=UNKNOWN),
    ),
    Case(
        rule="CG118",
        bad=email(email_sending_account="COGNITO_DEFAULT"),
        says=(
            "aws_cognito_user_pool.users: email_configuration[0].email_sending_account: must "
            "be DEVELOPER, got 'COGNITO_DEFAULT'",
        ),
        good=pool(lambda_config={"custom_email_sender": {"lambda_arn": UNKNOWN}}),
        unknown=pool(email_configuration=UNKNOWN),
    ),
    Case(
        rule="CG118",
        bad=client_of_pool({}, **OWN),
        says=(
            "aws_cognito_user_pool.users: email_configuration: must have email_sending_account "
            "= DEVELOPER, got null",
        ),
        good=client_of_pool({}, **FEDERATED),
        unknown=None,
    ),
)
