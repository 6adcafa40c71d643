"""Changes of multi-factor authentication."""

from collections.abc import Mapping

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import MfaConfiguration
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.compare import known
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_MFA = "mfa_configuration"
_RANK: Mapping[str, int] = {mode: rank for rank, mode in enumerate(MfaConfiguration)}
_SOURCE = "developer guide, «Adding MFA to a user pool»; API, SetUserPoolMfaConfig"
_FACTORS = {
    "sms_configuration": "codes by SMS",
    "email_mfa_configuration": "codes by e-mail",
}


def _is_lowered(change: Change, _surroundings: Surroundings) -> Answers:
    mfa = compare.text(change, _MFA, default=MfaConfiguration.OFF)
    if mfa is None or _RANK.get(mfa.after, 0) >= _RANK.get(mfa.before, 0):
        return
    who = names.users(change.resource)
    if mfa.after == MfaConfiguration.OFF:
        text = f"A stolen password is enough to sign in as any of {who}: MFA becomes OFF"
        severity = Severity.CRITICAL
    else:
        text = f"Of {who}, only those who choose a second factor still need one"
        severity = Severity.HIGH
    yield Meaning(text=f"{text}.", at=mfa.at, severity=severity)


def _is_raised(change: Change, _surroundings: Surroundings) -> Answers:
    mfa = compare.text(change, _MFA, default=MfaConfiguration.OFF)
    if mfa is not None and mfa.after == MfaConfiguration.ON:
        yield Meaning(
            text=f"Of {names.users(change.resource)}, those without a second factor must enroll "
            "one at their next sign-in. Programs that sign in through the API stop until they "
            "handle the challenge.",
            at=mfa.at,
        )


def _loses_a_factor(change: Change, _surroundings: Surroundings) -> Answers:
    if change.after is not None and known(change.after.body.text, _MFA) == MfaConfiguration.OFF:
        return ()
    return separately(
        _loses_authenticator_apps(change),
        *(_loses_codes(change, block, factor) for block, factor in _FACTORS.items()),
    )


def _loses_authenticator_apps(change: Change) -> Answers:
    enabled = compare.flag(change, "software_token_mfa_configuration.enabled", default=False)
    if enabled is not None and enabled.before:
        yield _lost("codes of an authenticator app", enabled.at)


def _loses_codes(change: Change, block: str, factor: str) -> Answers:
    found = compare.has_block(change, block)
    if found is not None and found.before:
        yield _lost(factor, found.at)


def _lost(factor: str, at: str) -> Meaning:
    return Meaning(
        text=f"Users whose second factor is {factor} can no longer use it: they sign in without "
        "one, or not at all if MFA is ON.",
        at=at,
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH02",
        slug="mfa-lowered",
        title="MFA is lowered",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="restore the old mfa_configuration; the default is OFF",
        source=_SOURCE,
        check=_is_lowered,
    ),
    ChangeRule(
        id="CH03",
        slug="mfa-required",
        title="MFA becomes required",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="tell users first, or go through OPTIONAL; check that each application handles the "
        "challenges SOFTWARE_TOKEN_MFA and MFA_SETUP",
        source=_SOURCE,
        undecided_by=("CH02",),
        check=_is_raised,
    ),
    ChangeRule(
        id="CH04",
        slug="mfa-factor-removed",
        title="A second factor is removed",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="keep the factor until its users have enrolled another",
        source=_SOURCE,
        check=_loses_a_factor,
    ),
)
