"""How an application hands credentials to Cognito's API."""

from tests.unit.rules.cases import MACHINE, UNKNOWN, Case, client, client_of_pool

WEB = "aws_cognito_user_pool_client.web"
SRP, CUSTOM = "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"
REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
TRIGGERS = {"define_auth_challenge": "arn:aws:lambda:eu-west-1:123456789012:function:define"}
MIGRATING = {
    "lambda_config": {"user_migration": "arn:aws:lambda:eu-west-1:123456789012:function:migrate"}
}

CASES = (
    Case(
        rule="CVH09",
        bad=client(explicit_auth_flows=["USER_SRP_AUTH", "ALLOW_SOMETHING"]),
        says=(
            f"{WEB}: explicit_auth_flows: must be flows that Cognito knows, got 'USER_SRP_AUTH', "
            "whose setting is ALLOW_USER_SRP_AUTH",
            f"{WEB}: explicit_auth_flows: must be flows that Cognito knows, got 'ALLOW_SOMETHING'",
        ),
        good=client(explicit_auth_flows=[SRP, REFRESH, "ALLOW_TOKEN_EXCHANGE_DELEGATION"]),
        unknown=client(explicit_auth_flows=UNKNOWN),
    ),
    Case(
        rule="CVH09B",
        bad=client(explicit_auth_flows=[SRP, "ADMIN_NO_SRP_AUTH"]),
        says=(
            f"{WEB}: explicit_auth_flows: must not mix names with and without ALLOW_, got {SRP}, "
            "ADMIN_NO_SRP_AUTH",
        ),
        good=client(explicit_auth_flows=["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"]),
        unknown=client(explicit_auth_flows=[SRP, UNKNOWN]),
    ),
    Case(
        rule="CVF06B",
        bad=client_of_pool({}, explicit_auth_flows=[CUSTOM, REFRESH]),
        says=(
            f"{WEB}: explicit_auth_flows: must not contain ALLOW_CUSTOM_AUTH where the pool has no "
            "trigger define_auth_challenge",
        ),
        good=client_of_pool({"lambda_config": TRIGGERS}, explicit_auth_flows=[CUSTOM]),
        unknown=client(explicit_auth_flows=[CUSTOM]),
    ),
    Case(
        rule="CVF06B",
        bad=client_of_pool({"lambda_config": {}}, explicit_auth_flows=[CUSTOM]),
        says=(
            f"{WEB}: explicit_auth_flows: must not contain ALLOW_CUSTOM_AUTH where the pool has no "
            "trigger define_auth_challenge",
        ),
        good=client_of_pool(
            {"lambda_config": {"define_auth_challenge": "${aws_lambda_function.define.arn}"}},
            explicit_auth_flows=[CUSTOM],
        ),
        unknown=client_of_pool({}, explicit_auth_flows=[UNKNOWN]),
    ),
    Case(
        rule="CVF07",
        bad=client(explicit_auth_flows=[CUSTOM, REFRESH], allowed_oauth_flows=["code"]),
        says=(
            f"{WEB}: explicit_auth_flows: must not be only ALLOW_CUSTOM_AUTH for a client with "
            "sign-in pages, which never present its challenges",
        ),
        good=client(explicit_auth_flows=[CUSTOM, SRP], allowed_oauth_flows=["code"]),
        unknown=client(explicit_auth_flows=[CUSTOM], allowed_oauth_flows=UNKNOWN),
    ),
    Case(
        rule="CG202",
        bad=client(explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH", SRP]),
        says=(f"{WEB}: explicit_auth_flows: must not contain ALLOW_USER_PASSWORD_AUTH",),
        good=client(explicit_auth_flows=[SRP]),
        unknown=client(),
    ),
    Case(
        rule="CG202B",
        bad=client(explicit_auth_flows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]),
        says=(f"{WEB}: explicit_auth_flows: must not contain ALLOW_ADMIN_USER_PASSWORD_AUTH",),
        good=client(explicit_auth_flows=[]),
        unknown=client(explicit_auth_flows=[SRP, UNKNOWN]),
    ),
    Case(
        rule="CG202",
        bad=client_of_pool({}, explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH"]),
        says=(f"{WEB}: explicit_auth_flows: must not contain ALLOW_USER_PASSWORD_AUTH",),
        good=client_of_pool(MIGRATING, explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH"]),
        unknown=client_of_pool({}, explicit_auth_flows=UNKNOWN),
    ),
    Case(
        rule="CG202C",
        bad=client_of_pool(MIGRATING, explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH", SRP]),
        says=(
            f"{WEB}: explicit_auth_flows: must contain ALLOW_USER_PASSWORD_AUTH only while the "
            "trigger user_migration is set",
        ),
        good=client_of_pool(MIGRATING, explicit_auth_flows=[SRP]),
        unknown=client_of_pool(MIGRATING, explicit_auth_flows=UNKNOWN),
    ),
    Case(
        rule="CG203",
        bad=client(explicit_auth_flows=["ADMIN_NO_SRP_AUTH"]),
        says=(f"{WEB}: explicit_auth_flows: must not contain ADMIN_NO_SRP_AUTH",),
        good=client(explicit_auth_flows=[SRP]),
        unknown=client(),
    ),
    Case(
        rule="CVF06B",
        bad=client_of_pool({}, explicit_auth_flows=["ALLOW_CUSTOM_AUTH"]),
        says=(
            "aws_cognito_user_pool_client.web: explicit_auth_flows: must not contain "
            "ALLOW_CUSTOM_AUTH where the pool has no trigger define_auth_challenge",
        ),
        good=client_of_pool({}, explicit_auth_flows=["ALLOW_CUSTOM_AUTH"], **MACHINE),
        unknown=None,
    ),
)
