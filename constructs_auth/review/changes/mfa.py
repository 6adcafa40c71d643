"""What becomes of multi-factor authentication."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_RANK = {"OFF": 0, "OPTIONAL": 1, "ON": 2}
_SOURCE = "developer guide, «Adding MFA to a user pool»; API, SetUserPoolMfaConfig"
_FACTORS = {
    "sms_configuration": "codes by SMS",
    "email_mfa_configuration": "codes by e-mail",
}


def _is_lowered(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, "mfa_configuration", default="OFF")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and _rank(moved.after) < _rank(moved.before):
        who = names.users(change.resource)
        if moved.after == "OFF":
            text = f"A stolen password is enough to sign in as any of {who}: MFA goes off"
        else:
            text = f"Of {who}, only those who choose a second factor still need one"
        severity = Severity.CRITICAL if moved.after == "OFF" else Severity.HIGH
        yield Meaning(text=f"{text}.", at=moved.at, severity=severity)


def _is_raised(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, "mfa_configuration", default="OFF")
    if isinstance(moved, AttributeChange) and moved.after == "ON":
        yield Meaning(
            text=f"Of {names.users(change.resource)}, those without a second factor must enrol "
            "one at their next sign-in, and programs that sign in by API stop at the challenge "
            "until they answer it.",
            at=moved.at,
        )


def _loses_a_factor(change: Change, _surroundings: Surroundings) -> Answers:
    if change.after is not None and change.after.body.peek_text("mfa_configuration") == "OFF":
        return
    software = compare.flag(change, "software_token_mfa_configuration.enabled", default=False)
    if isinstance(software, Undecided):
        yield software
    elif isinstance(software, AttributeChange) and software.before:
        yield _lost("codes of an authenticator app", software.at)
    for block, factor in _FACTORS.items():
        moved = compare.has_block(change, block)
        if isinstance(moved, Undecided):
            yield moved
        elif isinstance(moved, AttributeChange) and moved.before:
            yield _lost(factor, moved.at)


def _lost(factor: str, at: str) -> Meaning:
    return Meaning(
        text=f"Users whose second factor is {factor} can no longer pass it: they sign in without "
        "one, or not at all where MFA is ON.",
        at=at,
    )


def _rank(mode: str | None) -> int:
    return _RANK.get(mode or "OFF", 0)


MFA_LOWERED = ChangeRule(
    id="CH02",
    title="MFA is lowered",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="put the old mfa_configuration back; left out it is OFF",
    source=_SOURCE,
    check=_is_lowered,
)
MFA_RAISED = ChangeRule(
    id="CH03",
    title="MFA becomes compulsory",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="tell users first, or go through OPTIONAL; check that each application handles the "
    "challenges SOFTWARE_TOKEN_MFA and MFA_SETUP",
    source=_SOURCE,
    check=_is_raised,
)
MFA_FACTOR_REMOVED = ChangeRule(
    id="CH04",
    title="A second factor is removed",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="keep the factor until its users have enrolled another",
    source=_SOURCE,
    check=_loses_a_factor,
)
