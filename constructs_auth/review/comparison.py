"""Compares a resource before and after, argument by argument, and folds noise away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from constructs_auth.review._sides import Side, listed, mapped
from constructs_auth.review.difference import AFTER_APPLY, Difference, Differences
from constructs_auth.review.secrets import is_marked, is_secret, without_logins

Path: TypeAlias = tuple[str, ...]

_EMPTY: tuple[object, ...] = (None, "", [], {})
_LISTS = frozenset({"idp_identifiers", "saml_provider_arns"})
"""Of Cognito's lists of texts the only ones with an order (provider 5.100.0)."""


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
        change: Both sides, with their marks.
        written: What the configuration says of the resource's arguments.
        replace_paths: Which arguments make Terraform replace the resource.
    """
    comparison = _Comparison(kind=kind, replaced_by=frozenset(replace_paths), result=Differences())
    comparison.arguments(
        Side(
            before=mapped(change.get("before")),
            after=mapped(change.get("after")),
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
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    kind: str
    replaced_by: frozenset[Path]
    result: Differences

    def arguments(self, side: Side, names: Path, path: str) -> None:
        """Compare two objects."""
        for name, inner in side.arguments():
            way = f"{path}.{name}" if path else name
            if inner.differs:
                left_out = isinstance(side.written, dict) and name not in side.written
                self._value(inner, (*names, name), way, left_out=left_out)
            else:
                self.result.folded.append(way)

    def _value(self, side: Side, names: Path, path: str, *, left_out: bool) -> None:
        if _is_empty(side) or (left_out and side.unknown is True):
            self.result.folded.append(path)
        elif side.unknown is True:
            self._add(side, names, path, after=AFTER_APPLY)
        elif self._is_hidden(names, side):
            if side.before != side.after or is_marked(side.unknown):
                self._add(side, names, path, after=side.after)
        elif side.holds_blocks():
            for label, inner in side.blocks(names[-1]):
                if inner.differs:
                    self.arguments(inner, names, f"{path}[{label}]")
        elif side.holds_object():
            self.arguments(side, names, path)
        else:
            self._plain(side, names, path)

    def _plain(self, side: Side, names: Path, path: str) -> None:
        after = _with_unknown(side.after, side.unknown)
        if side.before == after:
            return
        if self._is_set(names, side) and _have_same_members(side.before, after):
            self.result.folded.append(path)
        else:
            self._add(side, names, path, after=after)

    def _add(self, side: Side, names: Path, path: str, *, after: object) -> None:
        old, new = without_logins(side.before), without_logins(after)
        hidden = self._is_hidden(names, side) or old == new
        self.result.found.append(
            Difference(
                path=path,
                before=None if hidden else old,
                after=None if hidden else new,
                is_hidden=hidden,
                is_set=not hidden and self._is_set(names, side),
                replaces=any(names[: len(cause)] == cause for cause in self.replaced_by),
            )
        )

    def _is_set(self, names: Path, side: Side) -> bool:
        if not self.kind.startswith("aws_cognito_") or names[-1] in _LISTS:
            return False
        return isinstance(side.before, list) or isinstance(side.after, list)

    def _is_hidden(self, names: Path, side: Side) -> bool:
        """Say whether the values are secrets; of what holds others, whether all of them are."""
        if is_secret(self.kind, names):
            return True
        if side.holds_blocks() or side.holds_object():
            return True in side.marks
        return is_marked(side.marks[0]) or is_marked(side.marks[1])


def _is_empty(side: Side) -> bool:
    """Say whether both sides are nothing, each in its own way."""
    return side.before in _EMPTY and side.after in _EMPTY and not is_marked(side.unknown)


def _with_unknown(after: object, unknown: object) -> object:
    """Put a mark in the place of each member of a list that is not known yet."""
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


def _fold_copies_of_tags(result: Differences) -> None:
    """Take out what `tags_all` only repeats."""
    own = {(one.path.removeprefix("tags"), str(one.after)) for one in result.found}
    kept = [
        one
        for one in result.found
        if not one.path.startswith("tags_all")
        or (one.path.removeprefix("tags_all"), str(one.after)) not in own
    ]
    result.folded += [one.path for one in result.found if one not in kept]
    result.found = kept
