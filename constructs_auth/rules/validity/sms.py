"""Through which role, and from which region, a pool sends SMS."""

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
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown
from constructs_auth.terraform.resource import Resource

_SEOUL, _TOKYO = "ap-northeast-2", "ap-northeast-1"


def _complete(pool: Resource, _context: Context) -> Answers:
    sms = given_block(pool.body, "sms_configuration")
    if isinstance(sms, Unknown):
        yield undecided(pool.body, "sms_configuration", sms)
    elif sms is not None:
        for name in ("external_id", "sns_caller_arn"):
            if given(sms, name) is None:
                yield Violation(text="must be set, got null", at=f"{sms.path}{name}")


def _seoul_sends_from_tokyo(pool: Resource, context: Context) -> Answers:
    sms = given_block(pool.body, "sms_configuration")
    if not isinstance(sms, Block):
        return
    region = _region_of(pool, context)
    sender = sms.peek_text("sns_region")
    if sender == _TOKYO or (isinstance(region, str) and region != _SEOUL):
        return
    if isinstance(region, Unknown):
        yield undecided(pool.body, "region", region)
    elif sender is LEFT_OUT or sender is None:
        yield Undecided(why="left out: Cognito chooses the region", at=f"{sms.path}sns_region")
    elif isinstance(sender, Unknown):
        yield undecided(sms, "sns_region", sender)
    else:
        yield Violation(
            text=f"must be {_TOKYO} for a pool in {_SEOUL}, got {sender!r}",
            at=f"{sms.path}sns_region",
        )


def _region_of(pool: Resource, context: Context) -> str | Unknown:
    """Give the pool's own region (provider 6), or that of the only provider."""
    region = pool.body.peek_text("region")
    if region is None and len(context.configuration.providers) == 1:
        region = context.configuration.providers[0].peek_text("region")
    return Unknown("the region of the provider is not told") if region is None else region


SMS_ROLE_AND_ID = Rule(
    id="CVE08",
    title="SMS is sent by a role, under an external id",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply; the provider asks for both.",
    remedy="set external_id and sns_caller_arn",
    source="provider schema, aws_cognito_user_pool.sms_configuration; API, SmsConfigurationType",
    check=_complete,
)
SEOUL_SENDS_FROM_TOKYO = Rule(
    id="CVE09",
    title="A pool in Seoul sends SMS from Tokyo",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito has no SNS in Seoul, so no SMS would be sent.",
    remedy='set sns_region = "ap-northeast-1"',
    source="API, SmsConfigurationType.SnsRegion",
    check=_seoul_sends_from_tokyo,
)
