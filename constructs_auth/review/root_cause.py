"""Finds changes that are only consequences of others: the clients of a pool that is replaced."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs_auth.facts.resource_types import (
    IDENTITY_POOL,
    USER,
    USER_GROUP,
    USER_POOL,
    USER_POOL_CLIENT,
)
from constructs_auth.review.change import Action, Change, top_argument
from constructs_auth.review.differences import AFTER_APPLY
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Reference, Resource

OWNERS = (
    ("user_pool_id", USER_POOL, "id"),
    ("resource_arn", USER_POOL, "arn"),
    ("client_id", USER_POOL_CLIENT, "id"),
    ("identity_pool_id", IDENTITY_POOL, "id"),
)
"""The arguments by which a resource belongs to another one, larger owners first."""

_BELONGS = (
    *OWNERS,
    ("group_name", USER_GROUP, "name"),
    ("username", USER, "username"),
)
"""The same, and the arguments by which a membership depends on others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """Which changes are consequences of which others.

    Attributes:
        root: The address of the original cause of a change, by the address of the change.
        followers: The consequences of each cause, in the order of the plan, by its address.
        arguments: The arguments that only change as a consequence, by the address of the change.
    """

    root: Mapping[str, str]
    followers: Mapping[str, tuple[Change, ...]]
    arguments: Mapping[str, frozenset[str]]


def find_causes(changes: Mapping[str, Change], before: Configuration) -> Causes:
    """Determine for each of *changes* whether it is only a consequence of another one."""
    going = {
        address: change
        for address, change in changes.items()
        if change.goes and not change.is_deposed
    }
    static: dict[str, list[Change]] = defaultdict(list)
    for change in going.values():
        static[change.resource.static_address].append(change)
    parents: dict[str, str] = {}
    arguments: dict[str, frozenset[str]] = {}
    for address, change in changes.items():
        if change.goes:
            parent = _parent(change, going, before)
            if parent is not None:
                parents[address] = parent
        elif change.action is Action.UPDATE:
            followed = dict(_followed(change, static))
            if followed:
                parents[address] = next(iter(followed.values()))
                arguments[address] = frozenset(followed)
    root = {address: _root(address, parents) for address in parents}
    followers: dict[str, list[Change]] = defaultdict(list)
    for address, top in root.items():
        followers[top].append(changes[address])
    return Causes(
        root=root,
        followers={address: tuple(found) for address, found in followers.items()},
        arguments=arguments,
    )


def _parent(change: Change, going: Mapping[str, Change], before: Configuration) -> str | None:
    for argument, kind, by in _BELONGS:
        if change.action is Action.REPLACE and argument not in change.causes:
            continue
        target = before.target(change.resource, argument, kind, by=by)
        if isinstance(target, Resource) and target.address != change.address:
            parent = going.get(target.address)
            if parent is not None and parent.action is change.action:
                return parent.address
    return None


def _followed(change: Change, going: Mapping[str, Sequence[Change]]) -> Iterator[tuple[str, str]]:
    """Walk through the arguments that are unknown because they reference a replaced resource.

    Args:
        change: The update.
        going: The replacements and deletions, by address without instance keys.
    """
    if change.after is None or not going:
        return
    for difference in change.differences:
        if difference.after is not AFTER_APPLY:
            continue
        argument = top_argument(difference.path)
        for reference in change.after.references.get(argument, ()):
            if isinstance(reference, Reference):
                meant = _instance(going.get(reference.address, ()), reference, change.after)
                if meant is not None:
                    yield argument, meant.address
                    break


def _instance(found: Sequence[Change], reference: Reference, referrer: Resource) -> Change | None:
    """Choose among the instances of one resource; `None` if the reference is ambiguous."""
    if len(found) > 1:
        key = referrer.key if reference.key is None else reference.key
        found = [
            one
            for one in found
            if one.resource.key == key and one.resource.module == referrer.module
        ]
    return found[0] if len(found) == 1 else None


def _root(address: str, parents: Mapping[str, str]) -> str:
    seen = {address}
    while address in parents and parents[address] not in seen:
        address = parents[address]
        seen.add(address)
    return address
