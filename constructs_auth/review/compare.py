"""Compares one argument before and after, for change rules.

Each function returns `None` if the argument does not change, and raises `UnknownValueError` if
that is not known; the caller then records the rule as undecided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

from constructs_auth.review.change import Change
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown, UnknownValueError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange(Generic[Value]):
    """A value that changes.

    Attributes:
        before: The old value.
        after: The new value.
        at: The argument.
    """

    before: Value
    after: Value
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChange:
    """A set of texts that changes.

    Attributes:
        before: The old texts.
        after: The new texts.
        at: The argument.
    """

    before: frozenset[str]
    after: frozenset[str]
    at: str

    @property
    def added(self) -> tuple[str, ...]:
        """The new members, sorted."""
        return tuple(sorted(self.after - self.before))

    @property
    def removed(self) -> tuple[str, ...]:
        """The removed members, sorted."""
        return tuple(sorted(self.before - self.after))


@overload
def text(change: Change, path: str, *, default: str) -> AttributeChange[str] | None: ...
@overload
def text(change: Change, path: str) -> AttributeChange[str | None] | None: ...
def text(change: Change, path: str, *, default: str | None = None) -> object:
    """Compare the text at *path*; an unset or empty one is *default*."""
    return _compare(change, path, lambda block, name: block.text(name) or default, default)


@overload
def number(change: Change, path: str, *, default: float) -> AttributeChange[float] | None: ...
@overload
def number(change: Change, path: str) -> AttributeChange[float | None] | None: ...
def number(change: Change, path: str, *, default: float | None = None) -> object:
    """Compare the number at *path*; an unset one is *default*."""

    def read(block: Block, name: str) -> float | None:
        found = block.number(name)
        return default if found is None else found

    return _compare(change, path, read, default)


def flag(change: Change, path: str, *, default: bool) -> AttributeChange[bool] | None:
    """Compare the flag at *path*; an unset one is *default*."""

    def read(block: Block, name: str) -> bool:
        found = block.flag(name)
        return default if found is None else found

    return _compare(change, path, read, default)


def texts(change: Change, path: str) -> SetChange | None:
    """Compare the set of texts at *path*; an unset one is empty."""

    def read(block: Block, name: str) -> frozenset[str]:
        return frozenset(block.texts(name).all())

    nothing: frozenset[str] = frozenset()
    found = _compare(change, path, read, nothing)
    if found is None:
        return None
    return SetChange(before=found.before, after=found.after, at=found.at)


def has_block(change: Change, name: str) -> AttributeChange[bool] | None:
    """Compare whether the resource has a block *name* with a set argument."""

    def read(block: Block, inner: str) -> bool:
        found = block.block(inner)
        return found is not None and any(
            value not in (None, "", []) for value in found.values.values()
        )

    return _compare(change, name, read, default=False)


def known(read: Callable[[str], Value | None], name: str) -> Value | None:
    """Return what *read* returns for *name*, or `None` if that is not known.

    For rules that only consider known values.
    """
    try:
        return read(name)
    except UnknownValueError:
        return None


def _compare(
    change: Change, path: str, read: Callable[[Block, str], Value], default: Value
) -> AttributeChange[Value] | None:
    """Compare what *read* returns for the last block of *path*.

    Raises:
        UnknownValueError: Whether it changes, or the new value, is known only after apply.
    """
    if change.before is None or change.after is None:
        return None
    if path.partition(".")[0] not in change.touched:
        return None
    before = _read(change.before.body, path, read, default)
    after = _read(change.after.body, path, read, default)
    if after is LEFT_OUT or before == after:
        return None
    at = path.replace(".", "[0].")
    if isinstance(before, Unknown):
        raise UnknownValueError(before, at=at)
    if isinstance(after, Unknown):
        raise UnknownValueError(after, at=at)
    return AttributeChange(before=before, after=after, at=at)


def _read(
    body: Block, path: str, read: Callable[[Block, str], Value], default: Value
) -> Value | Unknown:
    """Follow the single blocks of *path* to its last name, and read that."""
    *blocks, last = path.split(".")
    try:
        for name in blocks:
            found = body.block(name)
            if found is None:
                return default
            body = found
        return read(body, last)
    except UnknownValueError as error:
        return error.unknown
