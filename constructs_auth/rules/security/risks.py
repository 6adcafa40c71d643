"""What threat protection does with leaked passwords and with sign-ins that look wrong."""

from collections.abc import Collection, Iterator

from constructs_auth.rules._pool import POOL, given, holds
from constructs_auth.rules.ask import is_text, shown, undecided
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_RISKS = "aws_cognito_risk_configuration"
_COMPROMISED = "compromised_credentials_risk_configuration"
_TAKEOVER = "account_takeover_risk_configuration"
_ACTIONS = ("BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED")
_ACCEPTED = {
    "high_action": _ACTIONS[:1],
    "medium_action": _ACTIONS[:2],
    "low_action": _ACTIONS,
}


def _has_compromised(pool: Resource, context: Context) -> Answers:
    return _has(pool, context, _COMPROMISED)


def _has_takeover(pool: Resource, context: Context) -> Answers:
    return _has(pool, context, _TAKEOVER)


def _has(pool: Resource, context: Context, block: str) -> Iterator[Violation | Undecided]:
    """Ask for a risk configuration of the whole pool that has *block*."""
    found = context.configuration.members(pool, _RISKS)
    of_pool = [risks for risks in found.resources if given(risks.body, "client_id") is None]
    blocks = [risks.body.peek_block(block) for risks in of_pool]
    if any(isinstance(one, Block) for one in blocks):
        return
    unknown = next((one for one in blocks if isinstance(one, Unknown)), None)
    if unknown is not None:
        yield Undecided(why=unknown.why)
    elif not found.complete:
        yield Undecided(why="of some risk configuration it is not known whose it is")
    else:
        yield Violation(text=f"must have a risk configuration with {block}, got none")


def _blocks_compromised(risks: Resource, _context: Context) -> Answers:
    settings = risks.body.peek_block(_COMPROMISED)
    if settings is None:
        return
    if isinstance(settings, Unknown):
        yield undecided(risks.body, _COMPROMISED, settings)
        return
    events = settings.peek_texts("event_filter")
    signs_in = holds(events, "SIGN_IN")
    if isinstance(events, Unknown):
        yield undecided(settings, "event_filter", events)
    elif isinstance(signs_in, Unknown):
        yield undecided(settings, "event_filter", signs_in)
    elif not signs_in and events:
        yield Violation(
            text=f"must hold SIGN_IN, got {', '.join(map(str, events))}",
            at=f"{settings.path}event_filter",
        )
    actions = settings.peek_block("actions")
    if isinstance(actions, Block):
        yield from is_text(actions, "event_action", "BLOCK")
    elif actions is not None:
        yield undecided(settings, "actions", actions)


def _reacts_to_takeover(risks: Resource, context: Context) -> Answers:
    settings = risks.body.peek_block(_TAKEOVER)
    if settings is None:
        return
    actions = settings if isinstance(settings, Unknown) else settings.peek_block("actions")
    if isinstance(actions, Unknown):
        yield undecided(risks.body, _TAKEOVER, actions)
        return
    for level, accepted in _ACCEPTED.items():
        wanted = _ACTIONS[:1] if context.profile.block_every_risk else accepted
        yield from _reacts(actions, level, wanted)


def _reacts(actions: Block | None, level: str, wanted: Collection[str]) -> Answers:
    action = None if actions is None else actions.peek_block(level)
    word = action.peek_text("event_action") if isinstance(action, Block) else action
    path = f"{_TAKEOVER}[0]." if actions is None else actions.path
    if isinstance(word, Unknown):
        yield Undecided(why=word.why, at=f"{path}{level}")
    elif word not in wanted:
        yield Violation(
            text=f"must be {' or '.join(wanted)}, got {shown(word)}", at=f"{path}{level}"
        )


COMPROMISED_CREDENTIALS = Rule(
    id="CG111",
    title="It is said what happens with leaked passwords",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="Passwords that leaked elsewhere are tried on every site within hours.",
    remedy="add an aws_cognito_risk_configuration without client_id whose "
    "compromised_credentials_risk_configuration blocks",
    source="developer guide, compromised credentials; NIST SP 800-63B-4 3.1.1.2, blocklist",
    baselines=(
        "Prowler cognito_user_pool_blocks_compromised_credentials_sign_in_attempts",
        "NIST SP 800-63B-4 3.1.1.2",
    ),
    needs_plus=True,
    check=_has_compromised,
)
COMPROMISED_CREDENTIALS_BLOCKED = Rule(
    id="CG111B",
    title="Sign-in with a leaked password is blocked",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=_RISKS,
    why="Passwords that leaked elsewhere are tried on every site within hours.",
    remedy='set event_action = "BLOCK", and leave SIGN_IN in event_filter',
    source="developer guide, compromised credentials; NIST SP 800-63B-4 3.1.1.2, blocklist",
    baselines=(
        "Prowler cognito_user_pool_blocks_compromised_credentials_sign_in_attempts",
        "NIST SP 800-63B-4 3.1.1.2",
    ),
    needs_plus=True,
    check=_blocks_compromised,
)
ACCOUNT_TAKEOVER = Rule(
    id="CG112",
    title="It is said what happens with sign-ins that look wrong",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="A sign-in from a new device in another country goes through like any other.",
    remedy="add an aws_cognito_risk_configuration without client_id that has "
    "account_takeover_risk_configuration",
    source="developer guide, adaptive authentication",
    baselines=("Prowler cognito_user_pool_blocks_potential_malicious_sign_in_attempts",),
    needs_plus=True,
    check=_has_takeover,
)
ACCOUNT_TAKEOVER_REACTION = Rule(
    id="CG112B",
    title="Sign-ins that look wrong are stopped or asked for a second factor",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=_RISKS,
    why="A sign-in from a new device in another country goes through like any other.",
    remedy="set high_action to BLOCK, medium_action to MFA_REQUIRED, low_action to "
    "MFA_IF_CONFIGURED; all to BLOCK where the profile is strict",
    source="developer guide, adaptive authentication",
    baselines=("Prowler cognito_user_pool_blocks_potential_malicious_sign_in_attempts",),
    needs_plus=True,
    check=_reacts_to_takeover,
)
