"""One place on both sides of a change, and how to walk into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_auth.review.secrets import is_marked

_SETS_OF_BLOCKS: Mapping[str, str] = {
    "cognito_identity_providers": "client_id",
    "recovery_mechanism": "name",
    "role_mapping": "identity_provider",
    "schema": "name",
    "scope": "scope_name",
}
"""Blocks without an order, and what tells one from the other (provider 5.100.0)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The same place before and after.

    Attributes:
        before: The old value.
        after: The new value.
        unknown: What of the new value is not known.
        marks: What Terraform marks as sensitive, before and after.
        written: What the configuration says of it, or `None` where that is not known.
    """

    before: object
    after: object
    unknown: object = None
    marks: tuple[object, object] = (None, None)
    written: object = None

    @property
    def differs(self) -> bool:
        """Whether there is anything to look at."""
        return self.before != self.after or bool(self.unknown)

    def holds_blocks(self) -> bool:
        """Say whether the values are lists of blocks."""
        found = [*listed(self.before), *listed(self.after)]
        return bool(found) and all(isinstance(item, dict) for item in found)

    def holds_object(self) -> bool:
        """Say whether the values are objects."""
        values = [value for value in (self.before, self.after) if value is not None]
        return bool(values) and all(isinstance(value, dict) for value in values)

    def arguments(self) -> Iterator[tuple[str, "Side"]]:
        """Walk through the arguments of two objects that differ in value or mark, by name."""
        before, after, unknown = mapped(self.before), mapped(self.after), mapped(self.unknown)
        old_marks, new_marks = self.marks
        same_marks = old_marks == new_marks
        for name in sorted({*before, *after, *unknown}):
            old, new, new_unknown = before.get(name), after.get(name), unknown.get(name)
            stays = old == new and _is_known(new, new_unknown)
            if stays and same_marks:
                continue
            marks = (_inner(old_marks, name), _inner(new_marks, name))
            if stays and marks[0] == marks[1]:
                continue
            yield (
                name,
                Side(
                    before=old,
                    after=new,
                    unknown=new_unknown,
                    marks=marks,
                    written=_written(self.written, name),
                ),
            )

    def blocks(self, name: str) -> Iterator[tuple[str, "Side"]]:
        """Pair the blocks *name*: of a set by what tells them apart, of a list by place."""
        before, after = listed(self.before), listed(self.after)
        key = _SETS_OF_BLOCKS.get(name)
        if key is None or not (_are_told_apart(before, key) and _are_told_apart(after, key)):
            for at in range(max(len(before), len(after))):
                old = at if at < len(before) else None
                yield str(at), self._pair(old, at if at < len(after) else None)
            return
        places = {item[key]: at for at, item in enumerate(after)}
        for at, item in enumerate(before):
            yield f'"{item[key]}"', self._pair(at, places.pop(item[key], None))
        for label, at in places.items():
            yield f'"{label}"', self._pair(None, at)

    def _pair(self, old: int | None, new: int | None) -> "Side":
        return Side(
            before=None if old is None else listed(self.before)[old],
            after=None if new is None else listed(self.after)[new],
            unknown=None if new is None else _inner(self.unknown, new),
            marks=(
                None if old is None else _inner(self.marks[0], old),
                None if new is None else _inner(self.marks[1], new),
            ),
            written=None if new is None else _inner(self.written, new),
        )


def mapped(value: object) -> Mapping[str, Any]:
    """Give an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Give a list, or an empty one."""
    return value if isinstance(value, list) else []


def _is_known(value: object, unknown: object) -> bool:
    """Say whether *unknown* says nothing of *value*; it may follow its shape without a mark."""
    return not unknown or (bool(value) and not is_marked(unknown))


def _are_told_apart(blocks: list[Any], key: str) -> bool:
    names = [block.get(key) for block in blocks if isinstance(block, dict)]
    texts = {name for name in names if isinstance(name, str)}
    return len(texts) == len(names) == len(blocks)


def _inner(value: object, key: str | int) -> object:
    """Give what is at *key* of marks that follow the shape of their value; one mark is for all."""
    if value is True:
        return True
    if isinstance(value, dict):
        found: object = value.get(key)
        return found
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        item: object = value[key]
        return item
    return None


def _written(written: object, name: str) -> object:
    """Give what is written of the blocks *name*; nothing of an argument or a dynamic block."""
    found = mapped(written).get(name)
    if isinstance(found, dict):
        is_argument = bool({"constant_value", "references"} & found.keys())
        return None if is_argument or not found else [found]
    return found
