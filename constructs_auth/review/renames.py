"""Recognizes resources that only get another address."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from constructs_auth.facts.kept_arguments import READ_ONLY
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
from constructs_auth.review.change import Action, Change, top_argument
from constructs_auth.review.differences import AFTER_APPLY, compare

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


def find_renames(changes: Sequence[Change]) -> Mapping[str, str]:
    """Return the new address of each resource that is deleted and created again elsewhere.

    A deleted and a created resource of one type are the same if their identity is the same: the
    name of a group, the domain, the name of a pool. A pool and a client are also the same if
    nothing but the name differs. If several resources are alike, none of them is a rename.
    """
    old: dict[str, list[Change]] = defaultdict(list)
    new: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.type in _IDENTITY and not change.is_deposed:
            if change.action is Action.DELETE:
                old[change.type].append(change)
            elif change.action is Action.CREATE:
                new[change.type].append(change)
    return {
        was.address: will_be.address
        for kind, gone in old.items()
        for was, will_be in _pairs(gone, new.get(kind, ()))
    }


def _pairs(old: Sequence[Change], new: Sequence[Change]) -> Iterator[tuple[Change, Change]]:
    by_identity = _matched(old, new, _have_same_identity)
    yield from by_identity
    paired = {one for pair in by_identity for one in pair}
    rest = [one for one in old if one not in paired and one.type in _NAMED_AFTER_ADDRESS]
    yield from _matched(rest, [one for one in new if one not in paired], _differ_in_name_only)


def _matched(
    old: Sequence[Change], new: Sequence[Change], are_same: _Comparison
) -> list[tuple[Change, Change]]:
    """Return the pairs that are the same, and of which neither has another partner."""
    found = [(was, will_be) for was in old for will_be in new if are_same(was, will_be)]
    partners: dict[Change, int] = defaultdict(int)
    for pair in found:
        for one in pair:
            partners[one] += 1
    return [pair for pair in found if all(partners[one] == 1 for one in pair)]


def _have_same_identity(was: Change, will_be: Change) -> bool:
    before, after = was.resource.body.values, will_be.resource.body.values
    values = [(before.get(name) or None, after.get(name) or None) for name in _IDENTITY[was.type]]
    return all(one == other for one, other in values) and any(one for one, _ in values)


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
    ignored = _NAMES | READ_ONLY.get(was.type, frozenset())
    return all(
        one.after is AFTER_APPLY or top_argument(one.path) in ignored for one in differences.found
    )
