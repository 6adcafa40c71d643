"""Threat protection: its modes, what it does with risks, and whom it leaves alone."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import AdvancedSecurityMode, CustomAuthMode
from constructs_auth.rules._pool import POOL, given_block, pool_of
from constructs_auth.rules.ask import one_of, undecided
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

RISKS = "aws_cognito_risk_configuration"
_ADD_ONS = "user_pool_add_ons"
_FLOWS = "advanced_security_additional_flows"
_TAKEOVER = "account_takeover_risk_configuration"
_EXCEPTIONS = "risk_exception_configuration"


def _modes(pool: Resource, _context: Context) -> Answers:
    add_ons = pool.body.peek_block(_ADD_ONS)
    if isinstance(add_ons, Unknown):
        yield undecided(pool.body, _ADD_ONS, add_ons)
    elif add_ons is not None:
        yield from one_of(add_ons, "advanced_security_mode", tuple(AdvancedSecurityMode))
        flows = given_block(add_ons, _FLOWS)
        if isinstance(flows, Unknown):
            yield undecided(add_ons, _FLOWS, flows)
        elif flows is not None:
            yield from one_of(flows, "custom_auth_mode", tuple(CustomAuthMode))


def _has_add_ons(risks: Resource, context: Context) -> Answers:
    pool = pool_of(risks, context)
    if isinstance(pool, Unknown):
        yield Undecided(why=pool.why, at="user_pool_id")
        return
    add_ons = pool.body.peek_block(_ADD_ONS)
    mode = add_ons.peek_text("advanced_security_mode") if isinstance(add_ons, Block) else add_ons
    if mode in {"AUDIT", "ENFORCED"}:
        return
    flows = add_ons.peek_block(_FLOWS) if isinstance(add_ons, Block) else None
    custom = flows.peek_text("custom_auth_mode") if isinstance(flows, Block) else flows
    if custom in {"AUDIT", "ENFORCED"}:
        return
    unknown = next(
        (one for one in (mode, custom) if isinstance(one, Unknown) and one is not LEFT_OUT), None
    )
    if unknown is not None:
        yield Undecided(why=unknown.why, at="user_pool_id")
    else:
        yield Violation(
            text=f"must name a pool with threat protection, got {mode or 'none'}",
            at="user_pool_id",
        )


def _ip_ranges(risks: Resource, _context: Context) -> Answers:
    exceptions = risks.body.peek_block(_EXCEPTIONS)
    if isinstance(exceptions, Unknown):
        yield undecided(risks.body, _EXCEPTIONS, exceptions)
        return
    if exceptions is None:
        return
    for name in ("blocked_ip_range_list", "skipped_ip_range_list"):
        ranges = exceptions.peek_texts(name)
        if isinstance(ranges, Unknown):
            yield undecided(exceptions, name, ranges)
        elif len(ranges) > limits.IP_RANGES.maximum:
            yield Violation(
                text=f"must hold at most {limits.IP_RANGES.maximum} IP ranges, got {len(ranges)}",
                at=f"{exceptions.path}{name}",
            )


def _mfa_can_be_asked_for(risks: Resource, context: Context) -> Answers:
    takeover = risks.body.peek_block(_TAKEOVER)
    actions = takeover.peek_block("actions") if isinstance(takeover, Block) else takeover
    if not isinstance(actions, Block):
        return
    asking = [
        action
        for level in ("low_action", "medium_action", "high_action")
        if isinstance(action := actions.peek_block(level), Block)
        and action.peek_text("event_action") in {"MFA_IF_CONFIGURED", "MFA_REQUIRED"}
    ]
    if not asking:
        return
    pool = pool_of(risks, context)
    mode = pool if isinstance(pool, Unknown) else pool.body.peek_text("mfa_configuration")
    if isinstance(mode, Unknown):
        yield Undecided(why=mode.why, at="user_pool_id")
    elif mode in {None, "OFF"}:
        for action in asking:
            yield Violation(
                text=f"must not ask for MFA where the pool's is OFF, got "
                f"{action.text('event_action')}",
                at=f"{action.path}event_action",
            )


THREAT_PROTECTION_MODES = Rule(
    id="CVG01C",
    title="The modes of threat protection are ones that Cognito has",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="set advanced_security_mode to OFF, AUDIT or ENFORCED; custom_auth_mode has no OFF",
    source="API, AdvancedSecurityModeType and AdvancedSecurityEnabledModeType",
    check=_modes,
)
RISKS_NEED_ADD_ONS = Rule(
    id="CVG01D",
    title="A risk configuration has a pool with threat protection",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=RISKS,
    why="Cognito refuses the risk configuration: UserPoolAddOnNotEnabledException.",
    remedy='set advanced_security_mode = "ENFORCED" in user_pool_add_ons of the pool',
    source="API, SetRiskConfiguration, errors; CG802",
    check=_has_add_ons,
)
IP_RANGES = Rule(
    id="CVG05",
    title="A risk configuration has at most 200 IP ranges of a kind",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=RISKS,
    why="Cognito refuses the risk configuration at apply.",
    remedy="write wider ranges, or block them in a web ACL",
    source="API, BlockedIPRangeListType and SkippedIPRangeListType",
    check=_ip_ranges,
)
RISKS_NEED_MFA = Rule(
    id="CVD16",
    title="Adaptive authentication asks for MFA only where the pool has it",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=RISKS,
    why="With MFA off nobody can answer: MFA_REQUIRED blocks the sign-in and MFA_IF_CONFIGURED "
    "lets it pass.",
    remedy='set mfa_configuration = "OPTIONAL" on the pool, or event_action = "BLOCK"',
    source="API, SetUserPoolMfaConfig.MfaConfiguration and AccountTakeoverActionType",
    check=_mfa_can_be_asked_for,
)
