"""Secrets that everybody reads who reads the Terraform, a plan or its outputs."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone

USER = "aws_cognito_user"

PROVIDER = "aws_cognito_identity_provider"

MUST = "must come from a sensitive variable or a data source"


def variables(**bodies: dict[str, object]) -> Resources:
    """Declare variables."""
    return {"variable": bodies}


SECRET = variables(secret={"type": "string", "sensitive": True})

OPEN = variables(secret={"type": "string"})


def google(secret: str, **key: str) -> Resources:
    """Make a Google provider with a secret."""
    return alone(PROVIDER, provider_details={"client_id": "1", "client_secret": secret, **key})


def output(value: object, **values: object) -> Resources:
    """Make one output `it`."""
    return {"output": {"it": {"value": value, **values}}}


CASES = (
    Case(
        rule="CG301",
        bad=google("s3cret", private_key="-----BEGIN"),
        says=(
            f"{PROVIDER}.it: provider_details.client_secret: {MUST}, got a literal value",
            f"{PROVIDER}.it: provider_details.private_key: {MUST}, got a literal value",
        ),
        good={**google("${var.secret}"), **SECRET},
        unknown=google("${var.unknown}"),
    ),
    Case(
        rule="CG301",
        bad={**google("${var.secret}"), **OPEN},
        says=(
            f"{PROVIDER}.it: provider_details.client_secret: {MUST}, got var.secret, which is not "
            "sensitive: every plan shows it",
        ),
        good=google("${data.aws_secretsmanager_secret_version.google.secret_string}"),
        unknown=google("${local.secret}"),
    ),
    Case(
        rule="CG701",
        bad=alone(USER, temporary_password="Welcome-2026!", password="Welcome-2027!"),
        says=(
            f"{USER}.it: password: {MUST}, got a literal value",
            f"{USER}.it: temporary_password: {MUST}, got a literal value",
        ),
        good=alone(USER, temporary_password="${var.secret}"),
        unknown=alone(USER, password='${file("password")}'),
    ),
    Case(
        rule="CG701B",
        bad=alone(USER, password="Welcome-2026!"),
        says=(f"{USER}.it: password: must not be set for people",),
        good=alone(USER, temporary_password=UNKNOWN),
        unknown=alone(USER, password=UNKNOWN),
    ),
    Case(
        rule="CG701C",
        bad=output("${aws_cognito_user_pool_client.web.client_secret}"),
        says=(
            "output.it: sensitive: must be true for aws_cognito_user_pool_client.web."
            "client_secret, got false",
        ),
        good=output("${aws_cognito_user_pool_client.web.client_secret}", sensitive=True),
        unknown=output("${module.auth.client_secret}"),
    ),
    Case(
        rule="CG701C",
        bad=output({"google": '${aws_cognito_identity_provider.a["x"].provider_details}'}),
        says=(
            'output.it: sensitive: must be true for aws_cognito_identity_provider.a["x"].'
            "provider_details, got false",
        ),
        good=output("${aws_cognito_user_pool_client.client_secret.id}"),
        unknown=output("${local.db_password}"),
    ),
    Case(
        rule="CG701D",
        bad=variables(
            google_client_secret={"default": "s3cret"},
            anything={"sensitive": True, "default": {"a": ["s3cret"]}},
        ),
        says=(
            "var.google_client_secret: default: must not be set for a secret",
            "var.anything: default: must not be set for a secret",
        ),
        good=variables(
            client_secret={"type": "string", "sensitive": True},
            secret_arn={"default": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a"},
            password_minimum_length={"default": 15},
            empty_secret={"default": "", "sensitive": True},
        ),
        unknown=None,
        mended=variables(google_client_secret={}, anything={"sensitive": True}),
    ),
)
