"""The same place of a resource before and after, with its marks and its configuration."""

from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeAlias

from constructs_auth.terraform.sensitive import is_marked

SETS_OF_BLOCKS: Mapping[str, str] = {
    "cognito_identity_providers": "client_id",
    "recovery_mechanism": "name",
    "role_mapping": "identity_provider",
    "schema": "name",
    "scope": "scope_name",
}
"""Blocks without an order, and the argument that identifies each (provider 5.100.0)."""

EMPTY: tuple[object, ...] = (None, "", [], {})
"""What a plan may show for an argument that is not set."""

Parts: TypeAlias = tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]

_MISSING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The same place before and after.

    Attributes:
        before: The old value.
        after: The new value.
        unknown: The unknown parts of the new value.
        marks: Terraform's sensitivity marks, before and after.
        written: Its configuration, or `None` if that is not known.
    """

    before: object
    after: object
    unknown: object = None
    marks: tuple[object, object] = (None, None)
    written: object = None

    @property
    def parts(self) -> "Parts":
        """The values before and after, the unknown ones and the configuration, each as an object.

        A part that is none is an empty one.
        """
        return mapped(self.before), mapped(self.after), mapped(self.unknown), mapped(self.written)

    @property
    def both(self) -> tuple[object, object]:
        """Both values."""
        return self.before, self.after

    @property
    def differs(self) -> bool:
        """Whether the values differ or are unknown."""
        return self.before != self.after or bool(self.unknown)

    def holds_blocks(self) -> bool:
        """Return whether the values are lists of blocks."""
        found = [*listed(self.before), *listed(self.after)]
        return bool(found) and all(isinstance(item, dict) for item in found)

    def holds_object(self) -> bool:
        """Return whether the values are objects."""
        values = [value for value in (self.before, self.after) if value is not None]
        return bool(values) and all(isinstance(value, dict) for value in values)

    def names(self) -> Sequence[str]:
        """Return the names of the arguments of two objects that may differ in value or mark."""
        before, after, unknown, _ = self.parts
        # Most arguments stay, and equal values of a plan are mostly one object.
        names = {name for name, value in before.items() if after.get(name, _MISSING) is not value}
        names.update(after.keys() - before.keys(), unknown)
        old_marks, new_marks = self.marks
        if old_marks is not new_marks and old_marks != new_marks:
            names |= _with_other_marks({*before, *after}, old_marks, new_marks)
        return sorted(names)

    def keeps(self, name: str) -> bool:
        """Return whether the argument *name* is one object on both sides, with the same marks."""
        before, after, unknown, _ = self.parts
        return (
            before.get(name, _MISSING) is after.get(name)
            and name not in unknown
            and inner_mark(self.marks[0], name) is inner_mark(self.marks[1], name)
        )

    def argument(self, name: str) -> "Sides | None":
        """Return the argument *name* of two objects, `None` if it stays, with its mark."""
        before, after, unknown, _ = self.parts
        old, new, new_unknown = before.get(name), after.get(name), unknown.get(name)
        marks = (inner_mark(self.marks[0], name), inner_mark(self.marks[1], name))
        stays = (old is new or old == new) and (not new_unknown or _is_known(new, new_unknown))
        if stays and marks[0] == marks[1]:
            return None
        return Sides(
            before=old,
            after=new,
            unknown=new_unknown,
            marks=marks,
            written=_written(self.written, name),
        )

    def blocks(self, name: str) -> Iterator[tuple[str, "Sides"]]:
        """Pair the blocks *name*: in a set by their identifying argument, in a list by position."""
        before, after = listed(self.before), listed(self.after)
        key = SETS_OF_BLOCKS.get(name)
        old, new = _places(before, key, None), _places(after, key, self.unknown)
        if old is None or new is None:
            for at in range(max(len(before), len(after))):
                yield (
                    str(at),
                    self._pair(at if at < len(before) else None, at if at < len(after) else None),
                )
            return
        for label in dict.fromkeys((*old, *new)):
            yield f'"{label}"', self._pair(old.get(label), new.get(label))

    def _pair(self, old: int | None, new: int | None) -> "Sides":
        return Sides(
            before=None if old is None else listed(self.before)[old],
            after=None if new is None else listed(self.after)[new],
            unknown=None if new is None else inner_mark(self.unknown, new),
            marks=(
                None if old is None else inner_mark(self.marks[0], old),
                None if new is None else inner_mark(self.marks[1], new),
            ),
            written=None if new is None else inner_mark(self.written, new),
        )


def mapped(value: object) -> Mapping[str, Any]:
    """Return an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []


def _is_known(value: object, unknown: object) -> bool:
    """Return whether *unknown* contains no mark; it may have the shape of *value* without one."""
    return not unknown or (bool(value) and not is_marked(unknown))


def _places(blocks: Sequence[Any], key: str | None, unknown: object) -> Mapping[str, int] | None:
    """Return the place of each block by its identifying argument; `None` if one has none.

    A plan may show an empty block if the provider treats two blocks as the same.
    """
    filled = {
        at: block
        for at, block in enumerate(blocks)
        if is_marked(inner_mark(unknown, at)) or not is_blank(block)
    }
    if key is None or not _are_identified(list(filled.values()), key):
        return None
    return {block[key]: at for at, block in filled.items()}


def is_blank(block: object) -> bool:
    """Return whether *block* is one without any value."""
    return isinstance(block, dict) and all(value in EMPTY for value in block.values())


def _are_identified(blocks: list[Any], key: str) -> bool:
    names = [block.get(key) for block in blocks if isinstance(block, dict)]
    texts = {name for name in names if isinstance(name, str)}
    return len(texts) == len(names) == len(blocks)


def inner_mark(value: object, key: str | int) -> object:
    """Return the mark at *key* of nested marks; a single mark applies to all."""
    if value is True:
        return True
    if isinstance(value, dict):
        found: object = value.get(key)
        return found
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        item: object = value[key]
        return item
    return None


def _with_other_marks(names: AbstractSet[str], old: object, new: object) -> AbstractSet[str]:
    """Return the *names* whose marks may differ."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return names
    return {name for name in names if old.get(name) is not new.get(name)}


def _written(written: object, name: str) -> object:
    """Return the configuration of the blocks *name*; `None` for arguments and dynamic blocks."""
    found = mapped(written).get(name)
    if isinstance(found, dict):
        is_argument = bool({"constant_value", "references"} & found.keys())
        return None if is_argument or not found else [found]
    return found
