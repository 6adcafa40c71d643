"""How threat protection reacts to leaked passwords and suspicious sign-ins, and for whom."""

from collections.abc import Collection
from functools import partial

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.rules.ask import (
    KEEP_ONE_FOR_A_CLIENT,
    WHY_ONE_FOR_A_CLIENT,
    address_of_target,
    is_set,
    is_text,
    is_the_only_one,
    shown,
    user_pool_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    any_of,
    separately,
)
from constructs_auth.rules.threat_protection import is_protected, needs_no_threat_protection
from constructs_auth.rules.users_of_pool import has_no_passwords
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL

RISKS = types.RISK_CONFIGURATION
_COMPROMISED = "compromised_credentials_risk_configuration"
_TAKEOVER = "account_takeover_risk_configuration"
_EXCEPTIONS = "risk_exception_configuration"
_ACTIONS = ("BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED")
_ACCEPTED = {
    "high_action": _ACTIONS[:1],
    "medium_action": _ACTIONS[:2],
    "low_action": _ACTIONS,
}


def _has_add_ons(risks: Resource, context: Context) -> Answers:
    pool = user_pool_of(risks, context)
    if not is_protected(pool):
        add_ons = pool.body.given.block("user_pool_add_ons")
        mode = None if add_ons is None else add_ons.text("advanced_security_mode")
        yield Violation(
            text=f"must name a pool with threat protection, got {mode or 'none'}",
            at="user_pool_id",
        )


def _ip_ranges(risks: Resource, _context: Context) -> Answers:
    exceptions = risks.body.block(_EXCEPTIONS)
    if exceptions is not None:
        yield from separately(
            _number(exceptions, "blocked_ip_range_list"),
            _number(exceptions, "skipped_ip_range_list"),
        )


def _number(exceptions: Block, name: str) -> Answers:
    number, most = len(exceptions.texts(name)), limits.IP_RANGES.maximum
    if number > most:
        yield Violation(
            text=f"must contain at most {most} IP ranges, got {number}",
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
    mode = user_pool_of(risks, context).body.text("mfa_configuration")
    for action in asking if mode in {None, "OFF"} else ():
        yield Violation(
            text="must not ask for MFA where MFA of the pool is OFF, got "
            f"{action.text('event_action')}",
            at=f"{action.path}event_action",
        )


def _one_for_a_client(risks: Resource, context: Context) -> Answers:
    at = "client_id" if is_set(risks.body, "client_id") else "user_pool_id"
    return is_the_only_one(risks, context, _whose, what="risk configuration", at=at)


def _whose(risks: Resource, context: Context) -> tuple[str, str | None] | None:
    pool = address_of_target(risks, context, "user_pool_id")
    return None if pool is None else (pool, _client_of(risks, context))


def _client_of(risks: Resource, context: Context) -> str | None:
    """Return the client that *risks* apply to; `None` for all clients without their own."""
    if not is_set(risks.body, "client_id"):
        return None
    client = address_of_target(risks, context, "client_id", types.USER_POOL_CLIENT)
    return risks.body.text("client_id") if client is None else client


def _has_compromised(pool: Resource, context: Context) -> Answers:
    if not has_no_passwords(pool, context):
        yield from _has(pool, context, _COMPROMISED)


def _has_takeover(pool: Resource, context: Context) -> Answers:
    return _has(pool, context, _TAKEOVER)


def _has(pool: Resource, context: Context, block: str) -> Answers:
    """Report a pool that has no risk configuration with *block* for all of its clients."""
    if needs_no_threat_protection(pool, context):
        return

    def has_block(risks: Resource) -> bool:
        return risks.body.block(block) is not None

    members = context.configuration.members(pool, RISKS)
    of_pool = [risks for risks in members.resources if not is_set(risks.body, "client_id")]
    if any_of(*(partial(has_block, risks) for risks in of_pool)):
        return
    if members.complete:
        yield Violation(text=f"must have a risk configuration with {block}, got none")
    else:
        yield Undecided(why="the user pool of some risk configuration is not known")


def _blocks_compromised(risks: Resource, _context: Context) -> Answers:
    settings = risks.body.block(_COMPROMISED)
    if settings is not None:
        yield from separately(_looks_at_sign_in(settings), _blocks(settings))


def _looks_at_sign_in(settings: Block) -> Answers:
    events = settings.texts("event_filter")
    if "SIGN_IN" not in events and events.all():
        yield Violation(
            text=f"must contain SIGN_IN, got {', '.join(events.all())}",
            at=f"{settings.path}event_filter",
        )


def _blocks(settings: Block) -> Answers:
    actions = settings.block("actions")
    if actions is not None:
        yield from is_text(actions, "event_action", "BLOCK")


def _reacts_to_takeover(risks: Resource, context: Context) -> Answers:
    settings = risks.body.block(_TAKEOVER)
    if settings is None:
        return
    actions = settings.block("actions")
    every = context.profile.block_every_risk
    yield from separately(
        *(
            _reacts(actions, level, _ACTIONS[:1] if every else accepted)
            for level, accepted in _ACCEPTED.items()
        )
    )


def _reacts(actions: Block | None, level: str, wanted: Collection[str]) -> Answers:
    action = None if actions is None else actions.block(level)
    word = None if action is None else action.text("event_action")
    path = f"{_TAKEOVER}[0]." if actions is None else actions.path
    if word not in wanted:
        yield Violation(
            text=f"must be {' or '.join(wanted)}, got {shown(word)}", at=f"{path}{level}"
        )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVG01D",
        slug="risk-configuration-needs-threat-protection",
        title="A risk configuration must belong to a pool with threat protection",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=RISKS,
        why="Without threat protection the configuration has no effect, and Cognito may refuse it: "
        "UserPoolAddOnNotEnabledException.",
        remedy='set advanced_security_mode = "ENFORCED" in user_pool_add_ons and user_pool_tier = '
        '"PLUS" on the pool, or remove the risk configuration',
        python_remedy="set "
        "user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED) "
        "and user_pool_tier=UserPoolTier.PLUS there, or remove the RiskConfiguration",
        source="API, SetRiskConfiguration and UserPoolAddOnNotEnabledException; the provider's "
        "acceptance tests apply one to a pool without add-ons",
        check=_has_add_ons,
    ),
    Rule(
        id="CVG05",
        slug="ip-range-number",
        title=f"A risk configuration must have at most {limits.IP_RANGES.maximum} IP ranges of a "
        "kind",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=RISKS,
        why="Cognito refuses the risk configuration at apply.",
        remedy="write wider ranges, or block them in a web ACL",
        source="API, BlockedIPRangeListType and SkippedIPRangeListType",
        check=_ip_ranges,
    ),
    Rule(
        id="CVD16",
        slug="adaptive-mfa-needs-mfa",
        title="Adaptive authentication must only ask for MFA where the pool has it",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=RISKS,
        why="With MFA off, no user can answer: MFA_REQUIRED blocks the sign-in and "
        "MFA_IF_CONFIGURED lets it pass.",
        remedy='set event_action = "BLOCK", or on the pool mfa_configuration = "OPTIONAL" with '
        "a factor",
        python_remedy="set AccountTakeoverEventAction.BLOCK, or "
        "mfa=Mfa.optional(SoftwareTokenMfa()) on "
        "the pool",
        source="API, SetUserPoolMfaConfig.MfaConfiguration and AccountTakeoverActionType",
        check=_mfa_can_be_asked_for,
    ),
    Rule(
        id="CVG06",
        slug="one-risk-configuration",
        title="A client or a pool must have one risk configuration",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=RISKS,
        why=WHY_ONE_FOR_A_CLIENT,
        remedy=KEEP_ONE_FOR_A_CLIENT,
        python_remedy="remove one of them",
        source="API, SetRiskConfiguration.ClientId",
        check=_one_for_a_client,
    ),
    Rule(
        id="CG111",
        slug="leaked-passwords-handled",
        title="A pool must configure a reaction to leaked passwords",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="Attackers try passwords that leaked elsewhere on every site within hours.",
        remedy="add an aws_cognito_risk_configuration without client_id whose "
        "compromised_credentials_risk_configuration blocks; it needs threat protection, and so the "
        "tier PLUS",
        python_remedy="add a RiskConfiguration of the pool with compromised_credentials, without "
        "client; it needs threat protection, and so UserPoolTier.PLUS",
        source="developer guide, «Working with compromised-credentials detection»; NIST SP "
        "800-63B-4 3.1.1.2, blocklist",
        baselines=(
            "Prowler cognito_user_pool_blocks_compromised_credentials_sign_in_attempts",
            "NIST SP 800-63B-4 3.1.1.2",
        ),
        needs_plus=True,
        check=_has_compromised,
    ),
    Rule(
        id="CG111B",
        slug="leaked-passwords-blocked",
        title="Cognito must block sign-in with a leaked password",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=RISKS,
        why="Attackers try passwords that leaked elsewhere on every site within hours.",
        remedy='set event_action = "BLOCK", and leave SIGN_IN in event_filter',
        python_remedy="set event_action=CompromisedCredentialsEventAction.BLOCK, and leave "
        "EventFilter.SIGN_IN in event_filter",
        source="developer guide, «Working with compromised-credentials detection»; NIST SP "
        "800-63B-4 3.1.1.2, blocklist",
        baselines=(
            "Prowler cognito_user_pool_blocks_compromised_credentials_sign_in_attempts",
            "NIST SP 800-63B-4 3.1.1.2",
        ),
        needs_plus=True,
        check=_blocks_compromised,
    ),
    Rule(
        id="CG112",
        slug="risky-sign-ins-handled",
        title="A pool must configure a reaction to suspicious sign-ins",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="A sign-in from a new device in another country succeeds like any other.",
        remedy="add an aws_cognito_risk_configuration without client_id that has "
        "account_takeover_risk_configuration; it needs threat protection, and so the tier PLUS",
        python_remedy="add a RiskConfiguration of the pool with account_takeover, without "
        "client; it "
        "needs threat protection, and so UserPoolTier.PLUS",
        source="developer guide, «Working with adaptive authentication»",
        baselines=("Prowler cognito_user_pool_blocks_potential_malicious_sign_in_attempts",),
        needs_plus=True,
        check=_has_takeover,
    ),
    Rule(
        id="CG112B",
        slug="risky-sign-ins-stopped",
        title="Cognito must block suspicious sign-ins or ask for a second factor",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=RISKS,
        why="A sign-in from a new device in another country succeeds like any other.",
        remedy="set event_action of high_action to BLOCK, of medium_action to MFA_REQUIRED and of "
        "low_action to MFA_IF_CONFIGURED; all to BLOCK where the profile is strict",
        python_remedy="set AccountTakeoverEventAction.BLOCK as high_action, MFA_REQUIRED as "
        "medium_action, MFA_IF_CONFIGURED as low_action; all BLOCK where the profile is "
        "strict",
        source="developer guide, «Working with adaptive authentication»",
        baselines=("Prowler cognito_user_pool_blocks_potential_malicious_sign_in_attempts",),
        needs_plus=True,
        check=_reacts_to_takeover,
    ),
)
