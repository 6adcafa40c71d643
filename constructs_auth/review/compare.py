"""One argument before and after, as change rules ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from constructs_auth.review.change import Change
from constructs_auth.rules.rule import Undecided
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange(Generic[Value]):
    """A value that is not what it was.

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
    """A set of texts that is not what it was.

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
        """What is new, sorted."""
        return tuple(sorted(self.after - self.before))

    @property
    def removed(self) -> tuple[str, ...]:
        """What is gone, sorted."""
        return tuple(sorted(self.before - self.after))


def text(
    change: Change, path: str, *, default: str | None = None
) -> AttributeChange[str | None] | Undecided | None:
    """Compare the text at *path*; what is not set, or empty, is *default*."""

    def read(block: Block, name: str) -> str | Unknown | None:
        found = block.peek_text(name)
        return found or default if not isinstance(found, Unknown) else found

    return _compare(change, path, read, default)


def flag(change: Change, path: str, *, default: bool) -> AttributeChange[bool] | Undecided | None:
    """Compare the flag at *path*; what is not set is *default*."""

    def read(block: Block, name: str) -> bool | Unknown:
        found = block.peek_flag(name)
        return default if found is None else found

    return _compare(change, path, read, default)


def number(
    change: Change, path: str, *, default: float | None = None
) -> AttributeChange[float | None] | Undecided | None:
    """Compare the number at *path*; what is not set is *default*."""

    def read(block: Block, name: str) -> float | Unknown | None:
        found = block.peek_number(name)
        return default if found is None else found

    return _compare(change, path, read, default)


def texts(change: Change, path: str) -> SetChange | Undecided | None:
    """Compare the set of texts at *path*; what is not set is empty."""

    def read(block: Block, name: str) -> frozenset[str] | Unknown:
        found = block.peek_texts(name)
        if isinstance(found, Unknown):
            return found
        unknown = next((item for item in found if isinstance(item, Unknown)), None)
        return unknown or frozenset(item for item in found if isinstance(item, str))

    nothing: frozenset[str] = frozenset()
    found = _compare(change, path, read, nothing)
    if not isinstance(found, AttributeChange):
        return found
    return SetChange(before=found.before, after=found.after, at=found.at)


def has_block(change: Change, name: str) -> AttributeChange[bool] | Undecided | None:
    """Compare whether there is a block *name* in which something is set."""

    def read(block: Block, inner: str) -> bool | Unknown:
        found = block.peek_block(inner)
        if isinstance(found, Unknown):
            return found
        return found is not None and any(
            value not in (None, "", []) for value in found.values.values()
        )

    return _compare(change, name, read, default=False)


def value_of(body: Block, path: str) -> tuple[Block, str] | Unknown | None:
    """Walk from *body* through the only block of each name to the last name of *path*."""
    *blocks, last = path.split(".")
    for name in blocks:
        found = body.peek_block(name)
        if found is None or isinstance(found, Unknown):
            return found
        body = found
    return body, last


def _compare(
    change: Change, path: str, read: Callable[[Block, str], Value | Unknown], default: Value
) -> AttributeChange[Value] | Undecided | None:
    if change.before is None or change.after is None:
        return None
    if path.partition(".")[0] not in change.touched:
        return None
    before = _read(change.before.body, path, read, default)
    after = _read(change.after.body, path, read, default)
    if after is LEFT_OUT or before == after:
        return None
    at = _written_path(path)
    for value in (before, after):
        if isinstance(value, Unknown):
            return Undecided(why=value.why, at=at)
    return AttributeChange(before=before, after=after, at=at)  # type: ignore[arg-type] # both are known


def _read(
    body: Block, path: str, read: Callable[[Block, str], Value | Unknown], default: Value
) -> Value | Unknown:
    place = value_of(body, path)
    if place is None:
        return default
    return place if isinstance(place, Unknown) else read(*place)


def _written_path(path: str) -> str:
    """Write `a.b.c` as Terraform does: `a[0].b[0].c`."""
    return path.replace(".", "[0].")
