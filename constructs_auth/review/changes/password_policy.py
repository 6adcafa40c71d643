"""The requirements for passwords."""

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.review import compare
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_POLICY = "password_policy"
_CLASSES = {
    "require_lowercase": "a lower-case letter",
    "require_uppercase": "an upper-case letter",
    "require_numbers": "a digit",
    "require_symbols": "a symbol",
}
_SOURCE = "API, PasswordPolicyType"


def _is_weakened(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(
        _is_lower(
            change,
            "minimum_length",
            "New passwords need only {after:g} characters, not {before:g}.",
        ),
        _is_lower(
            change,
            "password_history_size",
            "Users can reuse older passwords: Cognito rejects only the last {after:g}, not the "
            "last {before:g}.",
        ),
        _invites_for_longer(change),
        *(_needs_no_longer(change, name) for name in _CLASSES),
    )


def _is_lower(change: Change, name: str, text: str) -> Answers:
    number = compare.number(change, f"{_POLICY}.{name}", default=0)
    if number is not None and number.after < number.before:
        yield Meaning(text=text.format(before=number.before, after=number.after), at=number.at)


def _invites_for_longer(change: Change) -> Answers:
    days = compare.number(change, f"{_POLICY}.temporary_password_validity_days", default=0)
    if days is not None and days.after > days.before:
        yield Meaning(
            text=f"An attacker who finds an invitation can use it for {days.after:g} days, not "
            f"{days.before:g}.",
            at=days.at,
        )


def _needs_no_longer(change: Change, name: str) -> Answers:
    required = compare.flag(change, f"{_POLICY}.{name}", default=False)
    if required is not None and required.before:
        yield Meaning(text=f"New passwords no longer need {_CLASSES[name]}.", at=required.at)


def _is_tightened(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(_is_longer(change), *(_needs_from_now_on(change, name) for name in _CLASSES))


def _is_longer(change: Change) -> Answers:
    length = compare.number(change, f"{_POLICY}.minimum_length", default=0)
    if length is not None and length.after > length.before:
        yield Meaning(
            text=f"New passwords need {length.after:g} characters, not {length.before:g}; "
            "passwords in use stay valid.",
            at=length.at,
        )


def _needs_from_now_on(change: Change, name: str) -> Answers:
    required = compare.flag(change, f"{_POLICY}.{name}", default=False)
    if required is not None and required.after:
        yield Meaning(
            text=f"New passwords need {_CLASSES[name]}; passwords in use stay valid.",
            at=required.at,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH08",
        slug="password-policy-weakened",
        title="The password policy is weakened",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="restore the old password_policy",
        source=_SOURCE,
        check=_is_weakened,
    ),
    ChangeRule(
        id="CH09",
        slug="password-policy-tightened",
        title="The password policy is tightened",
        effect=Effect.BREAKS,
        severity=Severity.LOW,
        resource_types=(USER_POOL,),
        remedy="update applications that show the rules to their users",
        source=_SOURCE,
        undecided_by=("CH08",),
        check=_is_tightened,
    ),
)
