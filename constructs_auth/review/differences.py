"""Compares a resource before and after, and folds differences without meaning."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from constructs_auth.facts.resource_types import COGNITO_PREFIX, IDENTITY_PROVIDER
from constructs_auth.facts.secret_names import PROVIDER_DETAILS, may_hold_secret, shows_values
from constructs_auth.review.equal_values import is_same_connection, is_same_policy
from constructs_auth.terraform import block
from constructs_auth.terraform.block import UnknownValueError, top_argument
from constructs_auth.terraform.sensitive import (
    is_marked,
    secret_parts,
    texts_in,
    value_of_secret_pair,
    without_logins,
)

Path: TypeAlias = tuple[str, ...]

SETS_OF_BLOCKS: Mapping[str, str] = {
    "cognito_identity_providers": "client_id",
    "recovery_mechanism": "name",
    "role_mapping": "identity_provider",
    "schema": "name",
    "scope": "scope_name",
}
"""Blocks without an order, and the argument that identifies each (provider 5.100.0)."""

ORDERED_LISTS = frozenset({"idp_identifiers", "saml_provider_arns"})
"""Cognito's only lists of texts that have an order (provider 5.100.0)."""

_EMPTY: tuple[object, ...] = (None, "", [], {})
_SCHEMA = "schema["


class AfterApply:
    """A value that is known only after apply."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the text that reports show."""
        return "(known after apply)"


AFTER_APPLY = AfterApply()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One argument that changes.

    Attributes:
        path: `password_policy[0].minimum_length`; a member of a set by its name: `schema["team"]`.
        before: The old value, `None` if it was not set.
        after: The new value, `None` if it is not set, `AFTER_APPLY` if it is not known yet.
        is_hidden: Whether it is a secret; then it has no values.
        shown_as: The path that reports show instead of *path* and the values, which only rules
            read: the argument that is not known to be public, or the container that is a secret as
            a whole. Empty if reports show the difference itself.
        is_set: Whether the values are sets of texts.
        replaces: Whether it makes Terraform replace the resource.
    """

    path: str
    before: object = field(default=None, repr=False)
    after: object = field(default=None, repr=False)
    is_hidden: bool = False
    shown_as: str = ""
    is_set: bool = False
    replaces: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the new value is known."""
        return self.after is not AFTER_APPLY

    def end_unless_known(self) -> None:
        """End a change rule that needs the new value, if it is not known.

        Raises:
            UnknownValueError: The new value is known only after apply.
        """
        if not self.is_known:
            raise UnknownValueError(block.AFTER_APPLY, at=self.path)

    @property
    def added(self) -> tuple[object, ...]:
        """The new members of a set."""
        return tuple(item for item in _items(self.after) if item not in _items(self.before))

    @property
    def removed(self) -> tuple[object, ...]:
        """The removed members of a set."""
        return tuple(item for item in _items(self.before) if item not in _items(self.after))


@dataclass(slots=True, kw_only=True)
class Differences:
    """The result of a comparison.

    Attributes:
        found: The differences, by path.
        folded: The paths of differences without meaning: empty for unset, another order, unknown
            and not configured, sensitivity marks.
    """

    found: list[Difference] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)


def compare(
    kind: str,
    change: Mapping[str, Any],
    *,
    written: Mapping[str, object] | None,
    replace_paths: Sequence[Path],
) -> Differences:
    """Compare both sides of *change*, the `change` of one of a plan's `resource_changes`.

    Args:
        kind: The type of the resource.
        change: The values before and after, with their marks.
        written: The configuration of the resource's arguments.
        replace_paths: The arguments that make Terraform replace the resource.
    """
    comparison = _Comparison(kind=kind, replaced_by=frozenset(replace_paths), result=Differences())
    comparison.arguments(
        _Side(
            before=_mapped(change.get("before")),
            after=_mapped(change.get("after")),
            unknown=change.get("after_unknown"),
            marks=(change.get("before_sensitive"), change.get("after_sensitive")),
            written=written,
        ),
        (),
        "",
    )
    result = comparison.result
    result.found.sort(key=lambda difference: difference.path)
    _fold_copies_of_tags(result)
    _fold(result, lambda one: is_same_policy(one.path, one.before, one.after))
    if kind == IDENTITY_PROVIDER:
        after, unknown = _mapped(change.get("after")), _mapped(change.get("after_unknown"))
        details = {
            name
            for part in (after, unknown)
            for name, value in _mapped(part.get(PROVIDER_DETAILS)).items()
            if value
        }
        provider = str(after.get("provider_type"))
        _fold(
            result,
            lambda one: is_same_connection(
                one.path, one.before, one.after, kind=provider, details=details
            ),
        )
    result.found = [_public(kind, one) for one in result.found]
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
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
    def both(self) -> tuple[object, object]:
        """Both values."""
        return self.before, self.after

    @property
    def differs(self) -> bool:
        """Whether the values differ or are unknown."""
        return self.before != self.after or bool(self.unknown)

    def holds_blocks(self) -> bool:
        """Return whether the values are lists of blocks."""
        found = [*_listed(self.before), *_listed(self.after)]
        return bool(found) and all(isinstance(item, dict) for item in found)

    def holds_object(self) -> bool:
        """Return whether the values are objects."""
        values = [value for value in (self.before, self.after) if value is not None]
        return bool(values) and all(isinstance(value, dict) for value in values)

    def arguments(self) -> Iterator[tuple[str, "_Side"]]:
        """Walk through the arguments of two objects that differ in value or mark, by name."""
        before, after, unknown = _mapped(self.before), _mapped(self.after), _mapped(self.unknown)
        old_marks, new_marks = self.marks
        same_marks = old_marks is new_marks or old_marks == new_marks
        for name in sorted({*before, *after, *unknown}):
            old, new, new_unknown = before.get(name), after.get(name), unknown.get(name)
            stays = (old is new or old == new) and (not new_unknown or _is_known(new, new_unknown))
            if stays and same_marks:
                continue
            marks = (_inner(old_marks, name), _inner(new_marks, name))
            if stays and marks[0] == marks[1]:
                continue
            yield (
                name,
                _Side(
                    before=old,
                    after=new,
                    unknown=new_unknown,
                    marks=marks,
                    written=_written(self.written, name),
                ),
            )

    def blocks(self, name: str) -> Iterator[tuple[str, "_Side"]]:
        """Pair the blocks *name*: in a set by their identifying argument, in a list by position."""
        before, after = _listed(self.before), _listed(self.after)
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

    def _pair(self, old: int | None, new: int | None) -> "_Side":
        return _Side(
            before=None if old is None else _listed(self.before)[old],
            after=None if new is None else _listed(self.after)[new],
            unknown=None if new is None else _inner(self.unknown, new),
            marks=(
                None if old is None else _inner(self.marks[0], old),
                None if new is None else _inner(self.marks[1], new),
            ),
            written=None if new is None else _inner(self.written, new),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    kind: str
    replaced_by: frozenset[Path]
    result: Differences
    within: str = ""
    """The path of the secret container that is compared; empty outside of one."""

    def arguments(self, side: _Side, names: Path, path: str) -> None:
        """Compare two objects."""
        secrets = {value_of_secret_pair(_mapped(value)) for value in side.both}
        for name, inner in side.arguments():
            way = f"{path}.{name}" if path else name
            if inner.differs:
                left_out = isinstance(side.written, dict) and name not in side.written
                if name in secrets:
                    inner = replace(inner, marks=(True, True))  # noqa: PLW2901 - the same place
                self.value(inner, (*names, name), way, left_out=left_out)
            else:
                self.result.folded.append(way)

    def value(self, side: _Side, names: Path, path: str, *, left_out: bool) -> None:
        """Compare one argument."""
        if _is_empty(side, path) or (left_out and side.unknown is True):
            self.result.folded.append(path)
        elif side.unknown is True:
            self._add(side, names, path, after=AFTER_APPLY)
        elif self._is_hidden(names, side) and not self.within:
            # Rules see what changes in it; reports show the container.
            replace(self, within=path).value(side, names, path, left_out=left_out)
        elif side.holds_blocks():
            for label, inner in side.blocks(names[-1]):
                way = f"{path}[{label}]"
                if path.startswith(_SCHEMA) and _is_blank_or_missing(inner):
                    # The provider takes an empty block of constraints for a change.
                    before, after = (_emptied(one) for one in inner.both)
                    self._add(_Side(before=before, after=after), names, way, after=after)
                elif inner.differs:
                    self._around(inner, path).arguments(inner, names, way)
        elif side.holds_object():
            self.arguments(side, names, path)
        else:
            self._plain(side, names, path)

    def _around(self, block: _Side, path: str) -> "_Comparison":
        """Return the comparison of *block*; if its name in *path* is secret, the whole block is."""
        key = SETS_OF_BLOCKS.get(top_argument(path.rpartition(".")[2]), "")
        is_secret = any(is_marked(_inner(marks, key)) for marks in block.marks)
        return replace(self, within=path) if is_secret and not self.within else self

    def _plain(self, side: _Side, names: Path, path: str) -> None:
        after = _with_unknown(side.after, side.unknown)
        if side.before == after:
            return
        if self._is_set(names, side) and _have_same_members(side.before, after):
            self.result.folded.append(path)
        else:
            self._add(side, names, path, after=after)

    def _add(self, side: _Side, names: Path, path: str, *, after: object) -> None:
        old, new = without_logins(side.before), without_logins(after)
        hidden = self._is_hidden(names, side) or old == new or _has_secret_part(old, new)
        self.result.found.append(
            Difference(
                path=path,
                before=None if hidden else old,
                after=None if hidden else new,
                is_hidden=hidden,
                is_set=not hidden and self._is_set(names, side),
                shown_as=self.within,
                replaces=any(names[: len(cause)] == cause for cause in self.replaced_by),
            )
        )

    def _is_set(self, names: Path, side: _Side) -> bool:
        if not self.kind.startswith(COGNITO_PREFIX) or names[-1] in ORDERED_LISTS:
            return False
        return isinstance(side.before, list) or isinstance(side.after, list)

    def _is_hidden(self, names: Path, side: _Side) -> bool:
        """Return whether the values are secrets; for containers, whether the whole is one."""
        if self.within:
            return True
        if may_hold_secret(self.kind, names):
            return True
        if side.holds_blocks() or side.holds_object():
            return True in side.marks
        return is_marked(side.marks[0]) or is_marked(side.marks[1])


def _has_secret_part(*values: object) -> bool:
    """Return whether a text contains a secret outside a URL, where reports replace it."""
    return any(secret_parts(text) for value in values for text in texts_in(value))


def _is_empty(side: _Side, path: str) -> bool:
    """Return whether both sides are empty, possibly in different ways.

    A flag of an attribute that is not set is false, because the provider reads it as false.
    """
    empty = (*_EMPTY, False) if path.startswith(_SCHEMA) else _EMPTY
    return side.before in empty and side.after in empty and not is_marked(side.unknown)


def _with_unknown(after: object, unknown: object) -> object:
    """Replace each unknown member of a list with `AFTER_APPLY`."""
    marks = _listed(unknown)
    if not isinstance(after, list) or True not in marks:
        return after
    return [
        AFTER_APPLY if at < len(marks) and marks[at] is True else item
        for at, item in enumerate(after)
    ]


def _have_same_members(before: object, after: object) -> bool:
    return (
        isinstance(before, list)
        and isinstance(after, list)
        and sorted(map(repr, before)) == sorted(map(repr, after))
    )


def shown(differences: Sequence[Difference]) -> Iterator[Difference]:
    """Yield *differences* as reports show them: one for each `shown_as`, without values.

    It is hidden if a part of it is secret, and known after apply if all parts are.
    """
    joined: dict[str, list[Difference]] = {}
    for one in differences:
        if one.shown_as:
            joined.setdefault(one.shown_as, []).append(one)
        else:
            yield one
    for path, inner in joined.items():
        yield Difference(
            path=path,
            after=None if any(one.is_known for one in inner) else AFTER_APPLY,
            is_hidden=any(one.is_hidden for one in inner),
            replaces=any(one.replaces for one in inner),
            shown_as=path,
        )


def _public(kind: str, difference: Difference) -> Difference:
    """Let reports show only the argument, if its values are not known to be public."""
    argument = top_argument(difference.path)
    return difference if shows_values(kind, argument) else replace(difference, shown_as=argument)


def _fold_copies_of_tags(result: Differences) -> None:
    """Fold the differences in `tags_all` that repeat those in `tags`."""
    own = {(one.path.removeprefix("tags"), str(one.after)) for one in result.found}
    _fold(
        result,
        lambda one: (
            one.path.startswith("tags_all")
            and (one.path.removeprefix("tags_all"), str(one.after)) in own
        ),
    )


def _fold(result: Differences, is_without_meaning: Callable[[Difference], bool]) -> None:
    """Move differences without meaning from *found* to *folded*."""
    result.folded += [one.path for one in result.found if is_without_meaning(one)]
    result.found = [one for one in result.found if not is_without_meaning(one)]


def _mapped(value: object) -> Mapping[str, Any]:
    """Return an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[Any]:
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
        if is_marked(_inner(unknown, at)) or not _is_blank(block)
    }
    if key is None or not _are_identified(list(filled.values()), key):
        return None
    return {block[key]: at for at, block in filled.items()}


def _emptied(block: object) -> object:
    """Return a block without its empty values, `None` if there is no block."""
    return None if block is None else {}


def _is_blank_or_missing(side: _Side) -> bool:
    """Return whether one side has a block without a value, and the other has none."""
    found = [one for one in side.both if one is not None]
    return len(found) == 1 and _is_blank(found[0]) and not is_marked(side.unknown)


def _is_blank(block: object) -> bool:
    return isinstance(block, dict) and all(value in _EMPTY for value in block.values())


def _are_identified(blocks: list[Any], key: str) -> bool:
    names = [block.get(key) for block in blocks if isinstance(block, dict)]
    texts = {name for name in names if isinstance(name, str)}
    return len(texts) == len(names) == len(blocks)


def _inner(value: object, key: str | int) -> object:
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


def _written(written: object, name: str) -> object:
    """Return the configuration of the blocks *name*; `None` for arguments and dynamic blocks."""
    found = _mapped(written).get(name)
    if isinstance(found, dict):
        is_argument = bool({"constant_value", "references"} & found.keys())
        return None if is_argument or not found else [found]
    return found


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
