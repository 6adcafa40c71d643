"""Whether the role that sends SMS can be used by somebody else's pool."""

import json
from collections.abc import Iterator, Mapping

from constructs_auth.rules._pool import POOL, given, given_block
from constructs_auth.rules.ask import undecided
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_SMS = "sms_configuration"
_SERVICE = "cognito-idp.amazonaws.com"
_EXTERNAL_ID = "sts:externalid"
_SOURCES = ("aws:sourceaccount", "aws:sourcearn")


def _is_ours_alone(pool: Resource, context: Context) -> Answers:
    sms = given_block(pool.body, _SMS)
    if sms is None:
        return
    if isinstance(sms, Unknown):
        yield undecided(pool.body, _SMS, sms)
        return
    external_id = given(sms, "external_id")
    if external_id is None:
        yield Violation(text="must be set, got null", at=f"{sms.path}external_id")
    at = f"{sms.path}sns_caller_arn"
    role = _role(pool, context)
    if role is None:
        yield Undecided(why="the role cannot be seen in this configuration", at=at)
        return
    statements = _statements(role)
    if isinstance(statements, Unknown):
        yield Undecided(why=statements.why, at=at)
        return
    for statement in statements:
        if not _lets_cognito_in(statement):
            continue
        keys = set(_condition_keys(statement))
        missing = [] if _EXTERNAL_ID in keys else ["sts:ExternalId"]
        if keys.isdisjoint(_SOURCES):
            missing.append("aws:SourceAccount")
        if missing:
            yield Violation(
                text=f"must name a role that asks Cognito for {' and '.join(missing)}, "
                f"got {role.address}",
                at=at,
            )


def _role(pool: Resource, context: Context) -> Resource | None:
    found = context.configuration.target(pool, _SMS, "aws_iam_role", by="arn")
    return found if isinstance(found, Resource) else None


def _statements(role: Resource) -> tuple[Mapping[str, object], ...] | Unknown:
    """Read the trust policy; templates within its texts do no harm here."""
    if role.body.unknown.get("assume_role_policy"):
        return Unknown("known after apply")
    written = role.body.values.get("assume_role_policy")
    try:
        policy = json.loads(written) if isinstance(written, str) else None
    except (ValueError, RecursionError):
        policy = None
    if not isinstance(policy, Mapping):
        return Unknown(f"the trust policy of {role.address} is not written out")
    found = policy.get("Statement")
    listed = found if isinstance(found, list) else [found]
    return tuple(statement for statement in listed if isinstance(statement, Mapping))


def _lets_cognito_in(statement: Mapping[str, object]) -> bool:
    principal = statement.get("Principal")
    services = principal.get("Service") if isinstance(principal, Mapping) else principal
    named = services if isinstance(services, list) else [services]
    return statement.get("Effect") == "Allow" and (_SERVICE in named or "*" in named)


def _condition_keys(statement: Mapping[str, object]) -> Iterator[str]:
    condition = statement.get("Condition")
    for tested in condition.values() if isinstance(condition, Mapping) else ():
        if isinstance(tested, Mapping):
            yield from (str(key).lower() for key in tested)


SMS_ROLE = Rule(
    id="CG119",
    title="The role for SMS serves this account's pools alone",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="A role that trusts Cognito without a condition sends SMS for anybody's pool, at your "
    "cost (the confused deputy).",
    remedy="add the conditions sts:ExternalId and aws:SourceAccount, or aws:SourceArn, to the "
    "role's trust policy",
    source="IAM user guide, the confused deputy problem; API, SmsConfigurationType.ExternalId",
    check=_is_ours_alone,
)
