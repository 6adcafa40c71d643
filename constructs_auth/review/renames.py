"""Recognizes resources that only get another address."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from constructs_auth.facts.kept_arguments import READ_ONLY
from constructs_auth.facts.replacing import FIXED_ARGUMENTS
from constructs_auth.facts.resource_types import (
    CLIENTS,
    IDENTITY_POOL,
    IDENTITY_PROVIDER,
    LAMBDA_PERMISSION,
    RESOURCE_SERVER,
    USER,
    USER_GROUP,
    USER_IN_GROUP,
    USER_POOL,
    USER_POOL_DOMAIN,
)
from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import AFTER_APPLY, Comparisons
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.resource import Reference
from constructs_auth.terraform.sensitive import is_marked

_Comparison: TypeAlias = Callable[[Change, Change], bool]
_Settings: TypeAlias = frozenset[tuple[str, object]]

_IDENTITY: Mapping[str, tuple[str, ...]] = {
    IDENTITY_POOL: ("identity_pool_name",),
    IDENTITY_PROVIDER: ("provider_name",),
    LAMBDA_PERMISSION: ("function_name", "qualifier", "action"),
    RESOURCE_SERVER: ("identifier",),
    USER: ("username",),
    USER_GROUP: ("name",),
    USER_IN_GROUP: ("group_name", "username"),
    USER_POOL: ("name",),
    USER_POOL_DOMAIN: ("domain",),
    **dict.fromkeys(CLIENTS, ("name",)),
}
"""The arguments that identify a resource among those of its type."""

_NAMED_AFTER_ADDRESS = frozenset({USER_POOL, *CLIENTS})
"""Types whose name often repeats the address, and whose other settings identify a resource."""

_NAMES = frozenset({"name", "tags", "tags_all"})

_TOLD_APART = frozenset({"name", "user_pool_id"})
"""Fixed arguments that other comparisons judge: a name may follow the address."""

_OWNERS = ("user_pool_id", "source_arn")
"""The arguments that name the pool of a resource, by its id or its ARN."""


def find_renames(changes: Sequence[Change]) -> Mapping[str, str]:
    """Return the new address of each resource that is deleted and created again elsewhere.

    A resource that only the state drops counts as deleted. A deleted and a created resource of one
    type are the same if their identity is the same: the name of a group, the domain, the name of a
    pool. A pool and a client are also the same if only the name differs. Two resources are
    different if they belong to different pools, if they differ in a value that can never change, or
    if they are instances of one resource with different names. If several resources are alike, none
    of them is a rename.
    """
    old: dict[str, list[Change]] = defaultdict(list)
    new: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.type in _IDENTITY and not change.is_deposed:
            if change.action in {Action.DELETE, Action.FORGET}:
                old[change.type].append(change)
            elif change.action is Action.CREATE:
                new[change.type].append(change)
    pools = {
        was.address: will_be
        for was, will_be in _pairs(old.pop(USER_POOL, ()), new.get(USER_POOL, ()))
    }
    owners = _Owners(changes, pools)
    others = {
        was.address: will_be.address
        for kind, gone in old.items()
        for was, will_be in _pairs(gone, new.get(kind, ()), owners.may_be_same)
    }
    return {**{address: one.address for address, one in pools.items()}, **others}


class _Owners:
    """The pools to which resources belong, before and after."""

    __slots__ = ("_after", "_by_value")

    def __init__(self, changes: Sequence[Change], renamed: Mapping[str, Change]) -> None:
        pools = [one for one in changes if one.type == USER_POOL and not one.is_deposed]
        self._by_value = {
            value: pool
            for pool in pools
            if pool.before is not None
            for value in map(pool.before.body.values.get, ("id", "arn"))
            if isinstance(value, str)
        }
        self._after = {pool.address: renamed.get(pool.address, pool) for pool in pools}

    def may_be_same(self, was: Change, will_be: Change) -> bool:
        """Return whether both may belong to the same pool."""
        return all(self._may_be_owned_by_same(was, will_be, name) for name in _OWNERS)

    def _may_be_owned_by_same(self, was: Change, will_be: Change, argument: str) -> bool:
        before = was.resource.body.values.get(argument)
        after = will_be.resource.body.values.get(argument)
        if not isinstance(before, str) or not before:
            return True
        if isinstance(after, str) and after:
            return before == after
        pool = self._by_value.get(before)
        named = {
            reference.address
            for reference in will_be.resource.references.get(argument, ())
            if isinstance(reference, Reference)
        }
        if pool is None or not named:
            return True
        return self._after[pool.address].resource.static_address in named


def _pairs(
    old: Sequence[Change],
    new: Sequence[Change],
    may_be_same: _Comparison = lambda _was, _will_be: True,
) -> list[tuple[Change, Change]]:
    by_identity = _unambiguous(
        old,
        _of_one_identity(new),
        lambda was, will_be: _keeps_what_is_fixed(was, will_be) and may_be_same(was, will_be),
    )
    paired = {one for pair in by_identity for one in pair}
    by_settings = _unambiguous(
        [one for one in old if one not in paired and one.type in _NAMED_AFTER_ADDRESS],
        _of_equal_settings([one for one in new if one not in paired]),
        lambda was, will_be: (
            not _are_instances_of_one(was, will_be)
            and may_be_same(was, will_be)
            and _differ_in_name_only(was, will_be)
        ),
    )
    return [*by_identity, *by_settings]


def _are_instances_of_one(was: Change, will_be: Change) -> bool:
    """Return whether only the keys differ: tenants that go and come often have equal settings."""
    return was.resource.static_address == will_be.resource.static_address


class _Group:
    """Created resources that may be the same as one that goes.

    Attributes:
        open: Those that are not yet known to have two partners.
        closed: The others, which cannot be in a pair.
    """

    __slots__ = ("closed", "open")

    def __init__(self) -> None:
        self.open: list[Change] = []
        self.closed: list[Change] = []


_Candidates: TypeAlias = Callable[[Change], Sequence[_Group]]


def _unambiguous(
    old: Iterable[Change], candidates: _Candidates, is_same: _Comparison
) -> list[tuple[Change, Change]]:
    """Return the pairs in which neither has another partner.

    A resource with two partners is not compared again, so the time grows in proportion to the
    number of equal resources.
    """
    found: list[tuple[Change, Change]] = []
    partners: dict[Change, int] = defaultdict(int)
    for was in old:
        groups = candidates(was)
        same = [one for group in groups for one in group.open if is_same(was, one)]
        if not same:
            continue
        closed = [one for group in groups for one in group.closed]
        if len(same) == 1 and not any(is_same(was, one) for one in closed):
            found.append((was, same[0]))
        for one in same:
            partners[one] += 1
        for group in groups:
            group.closed += [one for one in group.open if partners[one] > 1]
            group.open = [one for one in group.open if partners[one] <= 1]
    return [(was, will_be) for was, will_be in found if partners[will_be] == 1]


def _of_one_identity(new: Iterable[Change]) -> _Candidates:
    groups: dict[tuple[str, ...], _Group] = defaultdict(_Group)
    for will_be in new:
        groups[_identity(will_be)].open.append(will_be)

    def candidates(was: Change) -> Sequence[_Group]:
        own = _identity(was)
        return (groups[own],) if any(own) and own in groups else ()

    return candidates


def _identity(change: Change) -> tuple[str, ...]:
    """Return the values that identify a resource among those of its type."""
    values = change.resource.body.values
    return tuple(str(values.get(name) or "") for name in _IDENTITY[change.type])


def _keeps_what_is_fixed(was: Change, will_be: Change) -> bool:
    """Return whether all other fixed values are equal; otherwise a move would replace it."""
    return all(
        _fixed(was.resource.body.values, one.path) == _fixed(will_be.resource.body.values, one.path)
        for one in FIXED_ARGUMENTS.get(was.type, ())
        if not (one.is_refused or one.is_brief or one.argument in _TOLD_APART)
        and not will_be.resource.body.unknown.get(one.argument)
    )


def _fixed(values: Mapping[str, object], path: str) -> object:
    """Return the value at *path*; `None` if it is not set."""
    found: object = values
    for name in path.split("."):
        block = found[0] if isinstance(found, list) and found else found
        found = block.get(name) if isinstance(block, Mapping) else None
    return sorted(map(repr, found)) if isinstance(found, list) and found else found or None


def _differ_in_name_only(was: Change, will_be: Change) -> bool:
    """Return whether all known values of both are equal, apart from names and tags."""
    body = will_be.resource.body
    differences = Comparisons().of(
        was.type,
        {
            "before": dict(was.resource.body.values),
            "after": dict(body.values),
            "after_unknown": dict(body.unknown),
        },
        written=body.written,
        replace_paths=(),
    )
    ignored = _ignored(was)
    return all(
        one.after is AFTER_APPLY or top_argument(one.path) in ignored for one in differences.found
    )


def _ignored(change: Change) -> frozenset[str]:
    return _NAMES | READ_ONLY.get(change.type, frozenset())


def _of_equal_settings(new: Iterable[Change]) -> _Candidates:
    """Group by the settings that are known; `_differ_in_name_only` is too slow for all pairs."""
    groups: dict[frozenset[str], dict[_Settings, _Group]] = {}
    for will_be in new:
        marks = will_be.resource.body.unknown
        unknown = frozenset(name for name, mark in marks.items() if is_marked(mark))
        settings = _without(_settings(will_be), unknown)
        groups.setdefault(unknown, {}).setdefault(settings, _Group()).open.append(will_be)

    def candidates(was: Change) -> Sequence[_Group]:
        own = _settings(was)
        found = ((by_settings, _without(own, names)) for names, by_settings in groups.items())
        return [by_settings[key] for by_settings, key in found if key in by_settings]

    return candidates


def _settings(change: Change) -> Mapping[str, object]:
    """Return each set argument, in a form that is equal if `compare` finds no difference."""
    ignored = _ignored(change)
    forms = (
        (name, _form(value))
        for name, value in change.resource.body.values.items()
        if name not in ignored
    )
    return {name: form for name, form in forms if form is not None}


def _without(settings: Mapping[str, object], names: frozenset[str]) -> _Settings:
    return frozenset(pair for pair in settings.items() if pair[0] not in names)


def _form(value: object) -> object:
    """Return a hashable form of *value* without order; `None` for an empty or false value."""
    if isinstance(value, list):
        return frozenset(form for form in map(_form, value) if form is not None) or None
    if isinstance(value, Mapping):
        forms = ((name, _form(inner)) for name, inner in value.items())
        return frozenset(pair for pair in forms if pair[1] is not None) or None
    return value or None
