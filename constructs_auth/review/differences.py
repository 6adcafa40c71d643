"""Compares a resource before and after, and folds differences without meaning."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from constructs_auth.facts.resource_types import COGNITO_PREFIX, IDENTITY_PROVIDER
from constructs_auth.facts.secret_names import PROVIDER_DETAILS, may_hold_secret, shows_values
from constructs_auth.review.equal_values import is_same_connection, is_same_policy
from constructs_auth.review.sides import (
    EMPTY,
    SETS_OF_BLOCKS,
    Parts,
    Sides,
    inner_mark,
    is_blank,
    listed,
    mapped,
)
from constructs_auth.terraform import block
from constructs_auth.terraform.block import UnknownValueError, top_argument
from constructs_auth.terraform.plan_values import differing
from constructs_auth.terraform.sensitive import (
    is_marked,
    secret_parts,
    texts_in,
    value_of_secret_pair,
    without_logins,
)

Path: TypeAlias = tuple[str, ...]

ORDERED_LISTS = frozenset({"idp_identifiers", "saml_provider_arns"})
"""Cognito's only lists of texts that have an order (provider 5.100.0)."""

_COPIES_OF_TAGS = "tags_all"
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


_Around: TypeAlias = tuple[str, frozenset[Path], bool, str | None, str | None]


class Comparisons:
    """Compares resources of one document; what many resources have alike is compared once.

    Arguments are known by their identity, so this keeps them.
    """

    def __init__(self) -> None:
        self._kept: list[Sides] = []
        self._known: dict[object, Differences] = {}
        self._examples: dict[object, _Example] = {}

    def of(
        self,
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
        sides = Sides(
            before=mapped(change.get("before")),
            after=mapped(change.get("after")),
            unknown=change.get("after_unknown"),
            marks=(change.get("before_sensitive"), change.get("after_sensitive")),
            written=written,
        )
        self._kept.append(sides)
        result = Differences()
        for one in self._arguments(kind, sides, frozenset(replace_paths)):
            result.found += one.found
            result.folded += one.folded
        result.found.sort(key=lambda difference: difference.path)
        if any(one.path.startswith(_COPIES_OF_TAGS) for one in result.found):
            _fold_copies_of_tags(result)
        _fold(result, lambda one: is_same_policy(one.path, one.before, one.after))
        if kind == IDENTITY_PROVIDER:
            after, unknown = mapped(change.get("after")), mapped(change.get("after_unknown"))
            details = {
                name
                for part in (after, unknown)
                for name, value in mapped(part.get(PROVIDER_DETAILS)).items()
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

    def _arguments(
        self, kind: str, sides: Sides, replaced_by: frozenset[Path]
    ) -> Iterable[Differences]:
        """Compare each argument, in the order of the names."""
        parts = sides.parts
        around: _Around = (
            kind,
            replaced_by,
            sides.written is None,
            # The name and the value of one pair: both decide whether the value is secret.
            value_of_secret_pair(parts[0]),
            value_of_secret_pair(parts[1]),
        )
        form = (*around, *map(id, sides.marks), *map(tuple, parts))
        example = self._examples.get(form)
        if example is None:
            found = {name: self._argument(around, sides, name) for name in sides.names()}
            self._examples[form] = _Example(parts, found)
            return found.values()
        others = example.others(parts)
        found = {name: known for name, known in example.found.items() if name not in others}
        found |= {
            name: self._argument(around, sides, name) for name in others if not sides.keeps(name)
        }
        return [found[name] for name in sorted(found)]

    def _argument(self, around: _Around, sides: Sides, name: str) -> Differences:
        """Compare the argument *name*.

        Args:
            around: What else decides the result: first the type, and what replaces the resource.
            sides: The resource before and after.
            name: The argument.
        """
        *_, configured = sides.parts
        question = (
            *(around, name, name in configured),
            *(id(part.get(name)) for part in sides.parts),
            *(id(inner_mark(marks, name)) for marks in sides.marks),
        )
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = Differences()
            kind, replaced_by, *_ = around
            comparison = _Comparison(kind=kind, replaced_by=replaced_by, result=known)
            comparison.arguments(sides, (), "", only=(name,))
        return known


@dataclass(frozen=True, slots=True)
class _Example:
    """A resource with which others are compared that have the same arguments.

    Attributes:
        parts: Its values before and after, the unknown ones, and its configuration.
        found: The result for each argument that may differ, in the order of the names.
    """

    parts: Parts
    found: Mapping[str, Differences]

    def others(self, parts: Parts) -> AbstractSet[str]:
        """Return the arguments of another resource that may differ from those of this one."""
        pairs = zip(self.parts, parts, strict=True)
        return {name for old, new in pairs if old is not new for name in differing(old, new)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    kind: str
    replaced_by: frozenset[Path]
    result: Differences
    within: str = ""
    """The path of the secret container that is compared; empty outside of one."""

    def arguments(
        self, sides: Sides, names: Path, path: str, only: Iterable[str] | None = None
    ) -> None:
        """Compare the arguments *only* of two objects, by default all."""
        secrets = {value_of_secret_pair(mapped(value)) for value in sides.both}
        for name in sides.names() if only is None else only:
            inner = sides.argument(name)
            if inner is None:
                continue
            way = f"{path}.{name}" if path else name
            if inner.differs:
                left_out = isinstance(sides.written, dict) and name not in sides.written
                if name in secrets:
                    inner = replace(inner, marks=(True, True))
                self.value(inner, (*names, name), way, left_out=left_out)
            else:
                self.result.folded.append(way)

    def value(self, sides: Sides, names: Path, path: str, *, left_out: bool) -> None:
        """Compare one argument."""
        if _is_empty(sides, path) or (left_out and sides.unknown is True):
            self.result.folded.append(path)
        elif sides.unknown is True:
            self._add(sides, names, path, after=AFTER_APPLY)
        elif self._is_hidden(names, sides) and not self.within:
            # Rules see what changes in it; reports show the container.
            replace(self, within=path).value(sides, names, path, left_out=left_out)
        elif sides.holds_blocks():
            for label, inner in sides.blocks(names[-1]):
                way = f"{path}[{label}]"
                if path.startswith(_SCHEMA) and _is_blank_or_missing(inner):
                    # The provider takes an empty block of constraints for a change.
                    before, after = (_emptied(one) for one in inner.both)
                    self._add(Sides(before=before, after=after), names, way, after=after)
                elif inner.differs:
                    self._around(inner, path).arguments(inner, names, way)
        elif sides.holds_object():
            self.arguments(sides, names, path)
        else:
            self._plain(sides, names, path)

    def _around(self, block: Sides, path: str) -> "_Comparison":
        """Return the comparison of *block*; if its name in *path* is secret, the whole block is."""
        key = SETS_OF_BLOCKS.get(top_argument(path.rpartition(".")[2]), "")
        is_secret = any(is_marked(inner_mark(marks, key)) for marks in block.marks)
        return replace(self, within=path) if is_secret and not self.within else self

    def _plain(self, sides: Sides, names: Path, path: str) -> None:
        after = _with_unknown(sides.after, sides.unknown)
        if sides.before == after:
            return
        if self._is_set(names, sides) and _have_same_members(sides.before, after):
            self.result.folded.append(path)
        else:
            self._add(sides, names, path, after=after)

    def _add(self, sides: Sides, names: Path, path: str, *, after: object) -> None:
        old, new = without_logins(sides.before), without_logins(after)
        hidden = self._is_hidden(names, sides) or old == new or _has_secret_part(old, new)
        self.result.found.append(
            Difference(
                path=path,
                before=None if hidden else old,
                after=None if hidden else new,
                is_hidden=hidden,
                is_set=not hidden and self._is_set(names, sides),
                shown_as=self.within,
                replaces=any(names[: len(cause)] == cause for cause in self.replaced_by),
            )
        )

    def _is_set(self, names: Path, sides: Sides) -> bool:
        if not self.kind.startswith(COGNITO_PREFIX) or names[-1] in ORDERED_LISTS:
            return False
        return isinstance(sides.before, list) or isinstance(sides.after, list)

    def _is_hidden(self, names: Path, sides: Sides) -> bool:
        """Return whether the values are secrets; for containers, whether the whole is one."""
        if self.within:
            return True
        if may_hold_secret(self.kind, names):
            return True
        if sides.holds_blocks() or sides.holds_object():
            return True in sides.marks
        return is_marked(sides.marks[0]) or is_marked(sides.marks[1])


def _has_secret_part(*values: object) -> bool:
    """Return whether a text contains a secret outside a URL, where reports replace it."""
    return any(secret_parts(text) for value in values for text in texts_in(value))


def _is_empty(sides: Sides, path: str) -> bool:
    """Return whether both sides are empty, possibly in different ways.

    A flag of an attribute that is not set is false, because the provider reads it as false.
    """
    empty = (*EMPTY, False) if path.startswith(_SCHEMA) else EMPTY
    return sides.before in empty and sides.after in empty and not is_marked(sides.unknown)


def _with_unknown(after: object, unknown: object) -> object:
    """Replace each unknown member of a list with `AFTER_APPLY`."""
    marks = listed(unknown)
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
            one.path.startswith(_COPIES_OF_TAGS)
            and (one.path.removeprefix(_COPIES_OF_TAGS), str(one.after)) in own
        ),
    )


def _fold(result: Differences, is_without_meaning: Callable[[Difference], bool]) -> None:
    """Move differences without meaning from *found* to *folded*."""
    result.folded += [one.path for one in result.found if is_without_meaning(one)]
    result.found = [one for one in result.found if not is_without_meaning(one)]


def _emptied(block: object) -> object:
    """Return a block without its empty values, `None` if there is no block."""
    return None if block is None else {}


def _is_blank_or_missing(sides: Sides) -> bool:
    """Return whether one sides has a block without a value, and the other has none."""
    found = [one for one in sides.both if one is not None]
    return len(found) == 1 and is_blank(found[0]) and not is_marked(sides.unknown)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
