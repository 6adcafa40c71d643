"""Recognizes resources that only get another address."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from constructs_auth.review.differences import AFTER_APPLY, compare
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.resource import Reference

_Comparison: TypeAlias = Callable[[Change, Change], bool]

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
"""The arguments that tell the resources of a type apart."""

_NAMED_AFTER_ADDRESS = frozenset({USER_POOL, *CLIENTS})
"""Types whose name often repeats the address, and whose other settings identify a resource."""

_NAMES = frozenset({"name", "tags", "tags_all"})

_TOLD_APART = frozenset({"name", "user_pool_id"})
"""Fixed arguments that other comparisons judge: a name may follow the address."""

_OWNERS = ("user_pool_id", "source_arn")
"""The arguments that name the pool of a resource, by its id or its ARN."""


def find_renames(changes: Sequence[Change]) -> Mapping[str, str]:
    """Return the new address of each resource that is deleted and created again elsewhere.

    A deleted and a created resource of one type are the same if their identity is the same: the
    name of a group, the domain, the name of a pool. A pool and a client are also the same if
    nothing but the name differs. What belongs to another pool is another resource, and so is what
    has another value that can never change, and another instance of the same resource with another
    name. If several resources are alike, none of them is a rename.
    """
    old: dict[str, list[Change]] = defaultdict(list)
    new: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.type in _IDENTITY and not change.is_deposed:
            if change.action is Action.DELETE:
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
        """Return whether nothing says that both belong to different pools."""
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
        (was, will_be)
        for was, will_be in _of_one_identity(old, new)
        if _keeps_what_is_fixed(was, will_be) and may_be_same(was, will_be)
    )
    paired = {one for pair in by_identity for one in pair}
    rest = [one for one in old if one not in paired and one.type in _NAMED_AFTER_ADDRESS]
    left = [one for one in new if one not in paired]
    by_settings = _unambiguous(
        (was, will_be)
        for was, will_be in _plainly_alike(rest, left)
        if not _are_instances_of_one(was, will_be)
        and may_be_same(was, will_be)
        and _differ_in_name_only(was, will_be)
    )
    return [*by_identity, *by_settings]


def _are_instances_of_one(was: Change, will_be: Change) -> bool:
    """Return whether only the keys differ: tenants that go and come often have equal settings."""
    return was.resource.static_address == will_be.resource.static_address


def _unambiguous(pairs: Iterable[tuple[Change, Change]]) -> list[tuple[Change, Change]]:
    """Return the pairs of which neither has another partner."""
    found = list(pairs)
    partners: dict[Change, int] = defaultdict(int)
    for pair in found:
        for one in pair:
            partners[one] += 1
    return [pair for pair in found if all(partners[one] == 1 for one in pair)]


def _of_one_identity(
    old: Sequence[Change], new: Sequence[Change]
) -> Iterator[tuple[Change, Change]]:
    created: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for will_be in new:
        created[_identity(will_be)].append(will_be)
    for was in old:
        own = _identity(was)
        if any(own):
            yield from ((was, will_be) for will_be in created.get(own, ()))


def _identity(change: Change) -> tuple[str, ...]:
    """Return what tells a resource from others of its type; empty texts for what is not set."""
    values = change.resource.body.values
    return tuple(str(values.get(name) or "") for name in _IDENTITY[change.type])


def _keeps_what_is_fixed(was: Change, will_be: Change) -> bool:
    """Return whether no other value that cannot change differs: a move would replace it."""
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
    """Return whether all that is known of both is equal, apart from names and tags."""
    body = will_be.resource.body
    differences = compare(
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


def _plainly_alike(old: Sequence[Change], new: Sequence[Change]) -> Iterator[tuple[Change, Change]]:
    """Walk through the pairs whose plain values are equal; to compare all takes minutes."""
    created: dict[tuple[str, ...], dict[tuple[object, ...], list[Change]]] = {}
    for will_be in new:
        names = _plain_names(will_be)
        created.setdefault(names, {}).setdefault(_plain_values(will_be, names), []).append(will_be)
    for was in old:
        for names, by_values in created.items():
            for will_be in by_values.get(_plain_values(was, names), ()):
                yield was, will_be


def _plain_names(change: Change) -> tuple[str, ...]:
    """Return the arguments that are a known text, a number or a list of texts, and set."""
    body, ignored = change.resource.body, _ignored(change)
    return tuple(
        name
        for name, value in sorted(body.values.items())
        if value and name not in ignored and not body.unknown.get(name) and _plain(value)
    )


def _plain_values(change: Change, names: Sequence[str]) -> tuple[object, ...]:
    values = change.resource.body.values
    return tuple(_plain(values.get(name)) for name in names)


def _plain(value: object) -> object:
    """Return a text, a number, or the texts of a list without their order; `None` for others."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(sorted(value))
    return value if isinstance(value, str | int | float) else None
