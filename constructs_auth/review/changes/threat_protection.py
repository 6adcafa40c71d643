"""What becomes of threat protection."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_RANK = {"OFF": 0, "AUDIT": 1, "ENFORCED": 2}
_TIERS = {"LITE": 0, "ESSENTIALS": 1, "PLUS": 2}
_MODES = {
    "user_pool_add_ons.advanced_security_mode": "sign-ins",
    "user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode": "custom sign-ins",
}
_SOURCE = "developer guide, «Threat protection» and «User pool feature plans»"


def _is_lowered(change: Change, _surroundings: Surroundings) -> Answers:
    for path, what in _MODES.items():
        moved = compare.text(change, path, default="OFF")
        if isinstance(moved, Undecided):
            yield moved
        elif isinstance(moved, AttributeChange) and _rank(moved.after) < _rank(moved.before):
            done = "are only logged" if moved.after == "AUDIT" else "are neither blocked nor logged"
            yield Meaning(
                text=f"Risky {what} of {names.users(change.resource)} {done}: threat protection "
                f"goes from {moved.before} to {moved.after}.",
                at=moved.at,
            )
    tier = compare.text(change, "user_pool_tier")
    if isinstance(tier, Undecided):
        yield tier
    elif isinstance(tier, AttributeChange) and _tier(tier.after) < _tier(tier.before):
        lost = "threat protection" if tier.before == "PLUS" else "passkeys, codes and e-mail MFA"
        yield Meaning(
            text=f"{names.users(change.resource).capitalize()} lose {lost}: the feature plan goes "
            f"from {tier.before} to {tier.after}.",
            at=tier.at,
        )


def _is_enforced(change: Change, _surroundings: Surroundings) -> Answers:
    for path, what in _MODES.items():
        moved = compare.text(change, path, default="OFF")
        if isinstance(moved, AttributeChange) and moved.after == "ENFORCED":
            yield Meaning(
                text=f"From now on {what} that look risky are blocked or challenged, also those "
                "of users who only travel or changed their phone.",
                at=moved.at,
            )


def _rank(mode: str | None) -> int:
    return _RANK.get(mode or "OFF", 0)


def _tier(tier: str | None) -> int:
    return _TIERS.get(tier or "ESSENTIALS", 1)


THREAT_PROTECTION_LOWERED = ChangeRule(
    id="CH05",
    title="Threat protection is lowered",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="put the old mode and feature plan back; user_pool_add_ons left out is off",
    source=_SOURCE,
    check=_is_lowered,
)
THREAT_PROTECTION_ENFORCED = ChangeRule(
    id="CH06",
    title="Threat protection is enforced",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(USER_POOL,),
    remedy="run AUDIT for two weeks first and look at what it would have blocked",
    source=_SOURCE,
    check=_is_enforced,
)
