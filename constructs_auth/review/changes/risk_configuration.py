"""The reactions of threat protection to risky sign-ins."""

from collections.abc import Mapping

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import RISK_CONFIGURATION, USER_POOL
from constructs_auth.facts.words import (
    AccountTakeoverEventAction,
    AdvancedSecurityMode,
    EventFilter,
    UserPoolTier,
)
from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import (
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_SOURCE = "API, SetRiskConfiguration; developer guide, «Threat protection»"
_MODES = {
    "user_pool_add_ons.advanced_security_mode": "sign-ins",
    "user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode": "custom sign-ins",
}
_MODE_RANK: Mapping[str, int] = {mode: rank for rank, mode in enumerate(AdvancedSecurityMode)}
_TIER_RANK: Mapping[str, int] = {tier: rank for rank, tier in enumerate(UserPoolTier)}
_PLANS = "developer guide, «Threat protection» and «User pool feature plans»"
_ACTIONS = "account_takeover_risk_configuration.actions"
_COMPROMISED = "compromised_credentials_risk_configuration"
_ACTION_RANK: Mapping[str, int] = {
    AccountTakeoverEventAction.NO_ACTION: 0,
    AccountTakeoverEventAction.MFA_IF_CONFIGURED: 1,
    AccountTakeoverEventAction.MFA_REQUIRED: 2,
    AccountTakeoverEventAction.BLOCK: 3,
}
_ALL_EVENTS = frozenset(map(str, EventFilter))


def _protection_is_lowered(change: Change, _surroundings: Surroundings) -> Answers:
    modes = (_mode_is_lowered(change, path) for path in _MODES)
    return separately(*modes, _tier_is_lowered(change))


def _mode_is_lowered(change: Change, path: str) -> Answers:
    mode = compare.text(change, path, default=AdvancedSecurityMode.OFF)
    if mode is not None and _MODE_RANK.get(mode.after, 0) < _MODE_RANK.get(mode.before, 0):
        is_logged = mode.after == AdvancedSecurityMode.AUDIT
        done = "are only logged" if is_logged else "are neither blocked nor logged"
        yield Meaning(
            text=f"Risky {_MODES[path]} of {names.users(change.resource)} {done}: threat "
            f"protection changes from {mode.before} to {mode.after}.",
            at=mode.at,
        )


def _tier_is_lowered(change: Change) -> Answers:
    tier = compare.text(change, "user_pool_tier")
    if tier is not None and _tier_rank(tier.after) < _tier_rank(tier.before):
        had_plus = tier.before == UserPoolTier.PLUS
        lost = "threat protection" if had_plus else "passkeys, codes and e-mail MFA"
        yield Meaning(
            text=f"{names.users(change.resource).capitalize()} lose {lost}: the tier changes "
            f"from {tier.before} to {tier.after}.",
            at=tier.at,
        )


def _tier_rank(tier: str | None) -> int:
    default = _TIER_RANK[UserPoolTier.ESSENTIALS]
    return _TIER_RANK.get(tier or UserPoolTier.ESSENTIALS, default)


def _protection_is_enforced(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(*(_mode_is_enforced(change, path) for path in _MODES))


def _mode_is_enforced(change: Change, path: str) -> Answers:
    mode = compare.text(change, path, default=AdvancedSecurityMode.OFF)
    if mode is not None and mode.after == AdvancedSecurityMode.ENFORCED:
        yield Meaning(
            text=f"Cognito starts to block or challenge {_MODES[path]} that look risky, also those "
            "of users who only travel or have a new phone.",
            at=mode.at,
        )


def _reactions_are_lowered(change: Change, _surroundings: Surroundings) -> Answers:
    levels = (
        _reaction_is_lowered(
            change,
            f"{_ACTIONS}.{level}_action.event_action",
            f"The reaction to sign-ins of {level} risk changes from {{before}} to {{after}}.",
        )
        for level in ("high", "medium", "low")
    )
    return separately(
        *levels,
        _reaction_is_lowered(
            change,
            f"{_COMPROMISED}.actions.event_action",
            "Users may keep a password that is known to be stolen: the reaction changes from "
            "{before} to {after}.",
        ),
        _fewer_events(change),
        _skips_addresses(change),
    )


def _reaction_is_lowered(change: Change, path: str, text: str) -> Answers:
    action = compare.text(change, path, default=AccountTakeoverEventAction.NO_ACTION)
    if action is None:
        return
    if _ACTION_RANK.get(action.after, 0) < _ACTION_RANK.get(action.before, 0):
        yield Meaning(text=text.format(before=action.before, after=action.after), at=action.at)


def _fewer_events(change: Change) -> Answers:
    events = compare.texts(change, f"{_COMPROMISED}.event_filter")
    if events is None:
        return
    unnoticed = sorted((events.before or _ALL_EVENTS) - (events.after or _ALL_EVENTS))
    if unnoticed:
        yield Meaning(
            text=f"Cognito no longer checks for stolen passwords at {names.listed(unnoticed)}.",
            at=events.at,
        )


def _skips_addresses(change: Change) -> Answers:
    skipped = compare.texts(change, "risk_exception_configuration.skipped_ip_range_list")
    if skipped is not None and skipped.added:
        yield Meaning(
            text=f"Threat protection no longer checks sign-ins from {names.listed(skipped.added)}.",
            at=skipped.at,
        )


def _is_deleted(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        yield Meaning(
            text="Cognito no longer blocks risky sign-ins and stolen passwords: the risk "
            "configuration is deleted."
        )


def _is_replaced(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Cognito does not block risky sign-ins while Terraform deletes and creates the risk "
        f"configuration: {names.listed(change.causes) or 'the resource'} cannot be changed.",
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR09",
        slug="risk-configuration-replaced",
        title="A risk configuration is replaced",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=(RISK_CONFIGURATION,),
        remedy="apply when few users are active, or set create_before_destroy",
        source=f"{PLANNED}: user_pool_id and client_id replace",
        actions=frozenset({Action.REPLACE}),
        about=About.LOSS,
        check=_is_replaced,
    ),
    ChangeRule(
        id="CH07B",
        slug="risk-configuration-deleted",
        title="A risk configuration is deleted",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(RISK_CONFIGURATION,),
        remedy="keep the resource, or explain why nobody needs it",
        source=_SOURCE,
        actions=frozenset({Action.DELETE}),
        about=About.LOSS,
        check=_is_deleted,
    ),
    ChangeRule(
        id="CH05",
        slug="threat-protection-lowered",
        title="Threat protection is weakened",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="restore the old mode and tier; without user_pool_add_ons threat protection is off",
        source=_PLANS,
        check=_protection_is_lowered,
    ),
    ChangeRule(
        id="CH06",
        slug="threat-protection-begins-to-block",
        title="Threat protection is enforced",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="run AUDIT for two weeks first and check what it would have blocked",
        source=_PLANS,
        undecided_by=("CH05",),
        check=_protection_is_enforced,
    ),
    ChangeRule(
        id="CH07",
        slug="risk-reaction-lowered",
        title="Reactions to risk are weakened",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(RISK_CONFIGURATION,),
        remedy="restore the old reaction",
        source=_SOURCE,
        check=_reactions_are_lowered,
    ),
)
