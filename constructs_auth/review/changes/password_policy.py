"""What passwords have to be."""

from collections.abc import Iterator

from constructs_auth.review import compare
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_CLASSES = {
    "require_lowercase": "a lower-case letter",
    "require_uppercase": "an upper-case letter",
    "require_numbers": "a digit",
    "require_symbols": "a symbol",
}
_SOURCE = "API, PasswordPolicyType"


def _is_weakened(change: Change, _surroundings: Surroundings) -> Answers:
    yield from _if_lower(
        change,
        "minimum_length",
        "New passwords may have {after:g} characters, not {before:g}.",
    )
    yield from _if_lower(
        change,
        "password_history_size",
        "Users may take an old password again: the last {before:g} were refused, now the last "
        "{after:g} are.",
    )
    for moved in _numbers(change, "temporary_password_validity_days"):
        if isinstance(moved, Undecided):
            yield moved
        elif moved.after > moved.before:
            yield Meaning(
                text=f"Whoever finds an invitation can use it for {moved.after:g} days, not "
                f"{moved.before:g}.",
                at=moved.at,
            )
    for name, what in _CLASSES.items():
        required = compare.flag(change, f"password_policy.{name}", default=False)
        if isinstance(required, Undecided):
            yield required
        elif isinstance(required, AttributeChange) and required.before:
            yield Meaning(text=f"New passwords need not have {what} any more.", at=required.at)


def _if_lower(change: Change, name: str, text: str) -> Iterator[Meaning | Undecided]:
    for moved in _numbers(change, name):
        if isinstance(moved, Undecided):
            yield moved
        elif moved.after < moved.before:
            yield Meaning(text=text.format(before=moved.before, after=moved.after), at=moved.at)


def _is_tightened(change: Change, _surroundings: Surroundings) -> Answers:
    for moved in _numbers(change, "minimum_length"):
        if isinstance(moved, AttributeChange) and moved.after > moved.before:
            yield Meaning(
                text=f"Whoever chooses a new password needs {moved.after:g} characters, not "
                f"{moved.before:g}; passwords in use stay valid.",
                at=moved.at,
            )
    for name, what in _CLASSES.items():
        required = compare.flag(change, f"password_policy.{name}", default=False)
        if isinstance(required, AttributeChange) and required.after:
            yield Meaning(
                text=f"Whoever chooses a new password needs {what} in it; passwords in use stay "
                "valid.",
                at=required.at,
            )


def _numbers(change: Change, name: str) -> Iterator[AttributeChange[float] | Undecided]:
    moved = compare.number(change, f"password_policy.{name}", default=0)
    if isinstance(moved, Undecided):
        yield moved
    elif moved is not None and moved.before is not None and moved.after is not None:
        yield AttributeChange(before=moved.before, after=moved.after, at=moved.at)


PASSWORDS_WEAKENED = ChangeRule(
    id="CH08",
    title="The password policy is weakened",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="put the old password_policy back",
    source=_SOURCE,
    check=_is_weakened,
)
PASSWORDS_TIGHTENED = ChangeRule(
    id="CH09",
    title="The password policy is tightened",
    effect=Effect.BREAKS,
    severity=Severity.LOW,
    resource_types=(USER_POOL,),
    remedy="tell applications that show the rules to their users",
    source=_SOURCE,
    check=_is_tightened,
)
