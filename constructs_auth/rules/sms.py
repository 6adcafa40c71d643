"""What needs SMS, the role with which a pool sends it, and the region."""

import json
from collections.abc import Iterator, Mapping

from constructs_auth.facts import resource_types as types
from constructs_auth.facts.words import ContactAttribute, FirstAuthFactor
from constructs_auth.rules.ask import (
    is_set,
)
from constructs_auth.rules.first_factors import AT as FIRST_FACTORS_AT, first_factors
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    all_of,
)
from constructs_auth.terraform.block import Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL

_SMS = "sms_configuration"
_ADD_SMS = (
    "add sms_configuration with external_id, and sns_caller_arn of a role that may publish to SNS"
)
_SEOUL, _TOKYO = "ap-northeast-2", "ap-northeast-1"
_SERVICE = "cognito-idp.amazonaws.com"
_EXTERNAL_ID = "sts:externalid"
_SOURCES = ("aws:sourceaccount", "aws:sourcearn")


def _phone_needs_sms(pool: Resource, _context: Context) -> Answers:
    if (
        ContactAttribute.PHONE_NUMBER in pool.body.given.texts("auto_verified_attributes")
        and pool.body.given.block(_SMS) is None
    ):
        yield Violation(
            text="must come with sms_configuration where it names phone_number, got none",
            at="auto_verified_attributes",
        )


def _sms_codes(pool: Resource, _context: Context) -> Answers:
    if all_of(
        lambda: FirstAuthFactor.SMS_OTP in first_factors(pool),
        lambda: pool.body.given.block(_SMS) is None,
    ):
        yield Violation(
            text="must come with sms_configuration where it contains SMS_OTP, got none",
            at=FIRST_FACTORS_AT,
        )


def _complete(pool: Resource, _context: Context) -> Answers:
    sms = pool.body.given.block(_SMS)
    for name in ("external_id", "sns_caller_arn"):
        if sms is not None and not is_set(sms, name):
            yield Violation(text="must be set, got null", at=f"{sms.path}{name}")


def _seoul_sends_from_tokyo(pool: Resource, _context: Context) -> Answers:
    sms = pool.body.given.block(_SMS)
    if sms is None or not all_of(
        lambda: _region_of(pool) == _SEOUL,
        lambda: sms.text("sns_region") != _TOKYO,
    ):
        return
    sender, at = sms.text("sns_region"), f"{sms.path}sns_region"
    if sender is None:
        yield Undecided(why="not set, so Cognito chooses the region", at=at)
    else:
        yield Violation(text=f"must be {_TOKYO} for a pool in {_SEOUL}, got {sender!r}", at=at)


def _region_of(pool: Resource) -> str:
    """Return the region of the pool: its own (provider 6), that in its id, or its provider's."""
    region = pool.body.text("region")
    if region is None and pool.exists:
        region = (pool.body.text("id") or "").partition("_")[0] or None
    if region is None and pool.provider is not None:
        region = pool.provider.text("region")
    if region is None:
        raise UnknownValueError(Unknown("the region of the provider is not known"), at="region")
    return region


def _is_for_this_account(pool: Resource, context: Context) -> Answers:
    sms = pool.body.given.block(_SMS)
    if sms is None:
        return
    if not is_set(sms, "external_id"):
        yield Violation(text="must be set, got null", at=f"{sms.path}external_id")
    at = f"{sms.path}sns_caller_arn"
    arn = sms.peek_text("sns_caller_arn")
    role = context.configuration.target(pool, _SMS, types.IAM_ROLE, by="arn", value=arn)
    if not isinstance(role, Resource):
        yield Undecided(why="the role is not in this configuration", at=at)
        return
    for statement in filter(_trusts_cognito, _statements(role, at)):
        keys = set(_condition_keys(statement))
        missing = [] if _EXTERNAL_ID in keys else ["sts:ExternalId"]
        if keys.isdisjoint(_SOURCES):
            missing.append("aws:SourceAccount")
        if missing:
            yield Violation(
                text=f"must name a role with the conditions {' and '.join(missing)}, "
                f"got {role.address}",
                at=at,
            )


def _statements(role: Resource, at: str) -> tuple[Mapping[str, object], ...]:
    """Read the trust policy; expressions within its texts do not matter here."""
    if role.body.unknown.get("assume_role_policy"):
        raise UnknownValueError(Unknown("known after apply"), at=at)
    written = role.body.values.get("assume_role_policy")
    try:
        policy = json.loads(written) if isinstance(written, str) else None
    except (ValueError, RecursionError):
        policy = None
    if not isinstance(policy, Mapping):
        why = f"the trust policy of {role.address} is not literal JSON"
        raise UnknownValueError(Unknown(why), at=at)
    statements = policy.get("Statement")
    listed = statements if isinstance(statements, list) else [statements]
    return tuple(statement for statement in listed if isinstance(statement, Mapping))


def _trusts_cognito(statement: Mapping[str, object]) -> bool:
    principal = statement.get("Principal")
    services = principal.get("Service") if isinstance(principal, Mapping) else principal
    named = services if isinstance(services, list) else [services]
    return statement.get("Effect") == "Allow" and (_SERVICE in named or "*" in named)


def _condition_keys(statement: Mapping[str, object]) -> Iterator[str]:
    condition = statement.get("Condition")
    for tested in condition.values() if isinstance(condition, Mapping) else ():
        if isinstance(tested, Mapping):
            yield from (str(key).lower() for key in tested)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVA08",
        slug="phone-verification-needs-sms",
        title="A pool that verifies phone numbers must be able to send SMS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool: «SMS configuration is required when phone_number is "
        "selected for auto verification».",
        remedy=_ADD_SMS,
        source="«SMS configuration is required when phone_number is selected for auto "
        "verification», hashicorp/terraform-provider-aws #28294",
        check=_phone_needs_sms,
    ),
    Rule(
        id="CVD17",
        slug="sms-codes-need-sms",
        title="A pool with codes by SMS must be able to send SMS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool: it cannot send the code.",
        remedy=_ADD_SMS,
        source="go-to-k/cdkd #1975, an answer of the API",
        check=_sms_codes,
    ),
    Rule(
        id="CVE08",
        slug="sms-role-and-external-id",
        title="A pool that sends SMS must have a role and an external id",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply; Terraform's provider requires both.",
        remedy="set external_id and sns_caller_arn",
        source="AWS provider 5.100.0, sms_configuration, both arguments required; API, "
        "SmsConfigurationType.SnsCallerArn",
        check=_complete,
    ),
    Rule(
        id="CVE09",
        slug="seoul-sends-sms-from-tokyo",
        title="A pool in Seoul must send SMS from Tokyo",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito has no SNS in Seoul, so users get no SMS.",
        remedy='set sns_region = "ap-northeast-1"',
        source="API, SmsConfigurationType.SnsRegion; «Invalid snsRegion. Allowed SNS region "
        "for … is …», badmintoncryer/cdk-preflight, "
        "pf-cognito-sms-configuration-sns-region",
        check=_seoul_sends_from_tokyo,
    ),
    Rule(
        id="CG119",
        slug="sms-role-of-this-account",
        title="The role for SMS must only serve pools of this account",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="If a role trusts Cognito without a condition, anybody's pool can send SMS at your "
        "cost (the confused deputy).",
        remedy="add the conditions sts:ExternalId and aws:SourceAccount, or aws:SourceArn, to "
        "assume_role_policy of the role",
        source="IAM user guide, «The confused deputy problem»; API, "
        "SmsConfigurationType.ExternalId",
        check=_is_for_this_account,
    ),
)
