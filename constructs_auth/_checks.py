"""Checks of single values; most accept tokens."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Set as AbstractSet
from datetime import timedelta
from enum import Enum, StrEnum
from types import NoneType
from typing import TypeVar

from constructs_auth._tokens import (
    Flag,
    Number,
    holds_list_token,
    is_concrete,
    is_resolvable,
    is_token,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits, words
from constructs_auth.facts.limits import Range, Text
from constructs_auth.facts.templates import interpolated

_NO_KEY = "__proto__"
"""The key of a map that jsii rejects."""

_HALF = re.compile(r"[\ud800-\udfff]")

Member = TypeVar("Member", bound=StrEnum)
Item = TypeVar("Item")
Word = TypeVar("Word", bound=str)


def whole_number(subject: str, value: Number, limit: Range | None, *, remedy: str) -> None:
    """Reject anything but a whole number within *limit* or a number token; reject bools and enums.

    Without a *limit*, any whole number is accepted. jsii fails for the member of an `IntEnum`.
    """
    if isinstance(value, float) and is_token(value):
        return
    in_range = "" if limit is None else f" from {limit.minimum} to {limit.maximum} {limit.unit}"
    in_range = in_range.rstrip()
    if isinstance(value, bool | Enum) or not isinstance(value, int):
        remedy = "pass the value of the member" if isinstance(value, Enum) else remedy
        raise InvalidValueError(
            subject,
            f"must be a whole number{in_range}",
            got=value,
            remedy=_wrap(value, "as_number") or remedy,
        )
    if limit is not None and not limit.minimum <= value <= limit.maximum:
        raise InvalidValueError(subject, f"must be{in_range}", got=value, remedy=remedy)


def finite(subject: str, value: object) -> None:
    """Reject a number that JSON does not have, also inside a list or a mapping."""
    if isinstance(value, Mapping):
        for item in value.values():
            finite(subject, item)
    elif isinstance(value, list | tuple):
        for item in value:
            finite(subject, item)
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidValueError(
            subject, "must be a finite number", got=value, remedy="write a number of digits"
        )


def flag(subject: str, value: Flag) -> None:
    """Reject anything but `True`, `False` or a token object for one of them."""
    if isinstance(value, bool) or is_resolvable(value):
        return
    remedy = _wrap(value, "as_any") or "write one of them"
    raise InvalidValueError(subject, "must be True or False", got=value, remedy=remedy)


def known_flag(subject: str, value: bool) -> None:  # noqa: FBT001 - the value is what is checked
    """Reject anything but `True` and `False`, also tokens, for decisions before Terraform runs."""
    if not isinstance(value, bool):
        raise InvalidValueError(
            subject, "must be True or False", got=value, remedy="write one of them"
        )


def text(subject: str, value: str, limit: Text, *, remedy: str) -> None:
    """Reject anything but a text that *limit* accepts or a text token."""
    if not isinstance(value, str):
        raise InvalidValueError(
            subject, "must be a text", got=value, remedy=_wrap(value, "as_string") or remedy
        )
    if not is_concrete(value):
        return
    if _HALF.search(value):
        raise InvalidValueError(
            subject,
            "must not contain half of a character, which no file can contain",
            got=value,
            remedy=remedy,
        )
    if limit.accepts(value):
        return
    size = f"{limit.minimum} to {limit.maximum} characters"
    if not limit.minimum <= len(value) <= limit.maximum:
        rule = f"must be {size}, not {len(value)}"
        raise InvalidValueError(subject, rule, got=value, remedy=remedy)
    raise InvalidValueError(subject, f"must be {size}, {limit.allowed}", got=value, remedy=remedy)


def filled_text(subject: str, value: str, *, remedy: str) -> None:
    """Reject anything but a text that is not empty or a text token."""
    if not isinstance(value, str) or not value:
        raise InvalidValueError(
            subject,
            "must be a text that is not empty",
            got=value,
            remedy=_wrap(value, "as_string") or remedy,
        )


def secret(subject: str, value: str) -> None:
    """Reject anything but one text token, with an error that does not contain the value.

    A secret as plain text would appear in the program's history, in the Terraform JSON and in every
    plan.
    """
    remedy = "use the string_value of a sensitive Variable, or an attribute of a data source"
    if not isinstance(value, str):
        raise InvalidValueError(
            subject,
            "must be a text token",
            got=type(value),
            remedy=_wrap(value, "as_string") or remedy,
        )
    if (interpolated(value) or '"').startswith('"'):
        raise InvalidValueError(
            subject, "must come from outside the program", got="***", remedy=remedy
        )


def arn(subject: str, value: str, *, service: str, remedy: str) -> None:
    """Reject anything but an ARN of *service*, in any partition, or a text token."""
    text(subject, value, limits.ARN, remedy=remedy)
    if is_concrete(value) and value.split(":")[2] != service:
        raise InvalidValueError(
            subject, f"must be an ARN of the service {service}", got=value, remedy=remedy
        )


def region(subject: str, value: str) -> None:
    """Reject anything but the name of an AWS region or a text token."""
    if isinstance(value, str) and (is_token(value) or re.fullmatch(limits.REGION, value)):
        return
    raise InvalidValueError(
        subject,
        "must be the name of an AWS region",
        got=value,
        remedy=_wrap(value, "as_string") or "write one such as 'eu-west-1'",
    )


def kind(subject: str, value: Item, *kinds: type) -> Item:
    """Reject anything but an instance of one of *kinds*; the error does not mention `NoneType`."""
    if isinstance(value, kinds):
        return value
    raise wrong_kind(subject, value, *(each.__name__ for each in kinds if each is not NoneType))


def wrong_kind(subject: str, value: object, *names: str) -> InvalidValueError:
    """Return the error for a value that is of none of the types *names*."""
    return InvalidValueError(
        subject,
        f"must be of type {' or '.join(names)}",
        got=value,
        remedy=f"write {' or '.join(f'{name}(…)' for name in names)}",
    )


def member(subject: str, value: Member, kind: type[Member]) -> Member:
    """Reject anything but a member of the enum *kind*, its value as text, or a text token."""
    if isinstance(value, str) and is_token(value):
        return value
    return known_member(subject, value, kind)


def known_member(subject: str, value: Member, kind: type[Member]) -> Member:
    """Reject anything but a member of *kind*, also tokens, for values that select blocks."""
    try:
        return kind(value)
    except ValueError:
        names = ", ".join(f"{kind.__name__}.{item.name}" for item in kind)
        known = " and not a token" if is_token(value) else ""
        raise InvalidValueError(
            subject,
            f"must be a member of {kind.__name__}{known}",
            got=value,
            remedy=f"choose from {names}",
        ) from None


def members(
    subject: str, values: Collection[Member], kind: type[Member], *, remedy: str
) -> tuple[Member, ...]:
    """Reject anything but members of *kind* without repetition, and return them sorted."""
    return in_order(
        items(subject, values, lambda label, value: member(label, value, kind), remedy=remedy)
    )


def items(
    subject: str,
    values: Collection[Item],
    check: Callable[[str, Item], Item],
    *,
    remedy: str,
) -> tuple[Item, ...]:
    """Reject anything but a collection, check each item, and reject repetition."""
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Collection):
        if isinstance(values, str):
            remedy = "put it into a list"
        raise InvalidValueError(
            subject,
            "must be a list, a tuple or a set",
            got=values,
            remedy=_wrap(values, "as_list") or remedy,
        )
    # A set has no order, but the same program must write and report the same each time.
    ordered = sorted(values, key=repr) if isinstance(values, AbstractSet) else values
    kept = tuple(check(f"{subject}[{index}]", value) for index, value in enumerate(ordered))
    for index, value in enumerate(kept):
        if value in kept[:index] and is_concrete(value):
            raise InvalidValueError(
                f"{subject}[{index}]", "must not repeat", got=value, remedy="name it once"
            )
    return kept


def known_items(subject: str, values: Collection[str], *, remedy: str) -> None:
    """Reject a list token where each item becomes a block."""
    if holds_list_token(values):
        raise InvalidValueError(
            subject,
            "must be a list of known items, because each becomes a block",
            got="a list token",
            remedy=remedy,
        )


def not_empty(subject: str, values: tuple[Item, ...], *, remedy: str) -> None:
    """Reject an empty collection."""
    if not values:
        raise InvalidValueError(subject, "must not be empty", got=[], remedy=remedy)


def texts(subject: str, values: Collection[str], limit: Text, *, remedy: str) -> tuple[str, ...]:
    """Reject anything but texts that *limit* accepts; return them sorted, tokens last."""

    def check(label: str, value: str) -> str:
        text(label, value, limit, remedy=remedy)
        return value

    return in_order(items(subject, values, check, remedy=remedy))


def in_order(values: Collection[Word]) -> tuple[Word, ...]:
    """Return the values sorted, then the tokens, whose text means nothing, in their order."""
    tokens = [value for value in values if not is_concrete(value)]
    return (*sorted(value for value in values if value not in tokens), *tokens)


def duration(subject: str, value: timedelta, limit: Range, *, remedy: str) -> None:
    """Reject anything but a `timedelta` of whole seconds within *limit*, a range of seconds."""
    allowed = f"from {words.duration_text(limit.minimum)} to {words.duration_text(limit.maximum)}"
    if not isinstance(value, timedelta):
        raise InvalidValueError(subject, f"must be a timedelta {allowed}", got=value, remedy=remedy)
    if value.microseconds:
        raise InvalidValueError(subject, "must be whole seconds", got=value, remedy=remedy)
    if not limit.minimum <= value.total_seconds() <= limit.maximum:
        raise InvalidValueError(subject, f"must be {allowed}", got=describe(value), remedy=remedy)


def in_largest_unit(value: timedelta) -> tuple[int, str]:
    """Return *value* in the largest unit that gives a whole number: 90 minutes, not 1.5 hours."""
    return words.in_largest_unit(int(value.total_seconds()))


def describe(value: timedelta) -> str:
    """Return *value* as readable text: `1 day`, `90 minutes`."""
    return words.duration_text(int(value.total_seconds()))


def _wrap(value: object, method: str) -> str | None:
    """Return the remedy for a token of the wrong type, or `None` if *value* is not a token."""
    return f"wrap it in Token.{method}(…)" if is_token(value) else None


def known_region(subject: str, value: str) -> None:
    """Reject anything but the name of an AWS region, also tokens."""
    region(subject, value)
    if not is_concrete(value):
        raise InvalidValueError(
            subject,
            "must not be a token, because it selects a provider",
            got=value,
            remedy="write one such as 'eu-west-1'",
        )


def tags(subject: str, tags: Mapping[str, str] | None) -> dict[str, str]:
    """Check *tags*, and return them in the order of their keys.

    Raises:
        InvalidValueError: A key or a value that AWS does not accept.
    """
    if tags is None:
        return {}
    if not isinstance(tags, Mapping):
        raise InvalidValueError(
            subject, "must be a mapping", got=tags, remedy="write {'team': 'identity'}"
        )
    if _NO_KEY in tags:
        raise InvalidValueError(
            f"{subject}, key",
            "must be one that jsii can pass on to Node",
            got=_NO_KEY,
            remedy="choose another key",
        )
    for key, value in tags.items():
        text(f"{subject}, key", key, limits.TAG_KEY, remedy="choose another key")
        text(f"{subject}[{key!r}]", value, limits.TAG_VALUE, remedy="shorten it")
    return {key: tags[key] for key in in_order(tags)}
