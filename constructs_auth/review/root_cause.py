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
from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import AFTER_APPLY
from constructs_auth.terraform.block import top_argument
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
    ("source_arn", USER_POOL, "arn"),
    ("group_name", USER_GROUP, "name"),
    ("username", USER, "username"),
)
"""The same, and the arguments by which permissions and memberships depend on others."""


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
        if _is_cause(change) and not change.is_deposed
    }
    static: dict[str, list[Change]] = defaultdict(list)
    for change in going.values():
        static[change.resource.static_address].append(change)
    owners = _Owners(before)
    parents: dict[str, str] = {}
    arguments: dict[str, frozenset[str]] = {}
    for address, change in changes.items():
        if _is_cause(change):
            parent = _parent(change, going, owners)
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


def _is_cause(change: Change) -> bool:
    return change.goes or change.action in {Action.GONE, Action.SUPERSEDE}


def _parent(change: Change, going: Mapping[str, Change], owners: "_Owners") -> str | None:
    for argument, kind, by in _BELONGS:
        if change.action is Action.REPLACE and argument not in change.causes:
            continue
        target = owners.of(change.resource, argument, kind, by)
        if target is not None and target.address != change.address:
            parent = going.get(target.address)
            if parent is not None and _explains(parent, change):
                return parent.address
    return None


class _Owners:
    """The resources before the apply, by the values with which other resources refer to them."""

    __slots__ = ("_before", "_by_value")

    def __init__(self, before: Configuration) -> None:
        self._before = before
        self._by_value: dict[tuple[str, str], Mapping[str, Resource]] = {}

    def of(self, resource: Resource, argument: str, kind: str, by: str) -> Resource | None:
        """Return the owner that *argument* of *resource* names, by its value if that is known.

        The references in a plan are those after the apply.
        """
        value = resource.body.values.get(argument)
        if isinstance(value, str) and value:
            known = self._by_value.get((kind, by))
            if known is None:
                known = {
                    name: one
                    for one in self._before.of_type(kind)
                    if isinstance(name := one.body.values.get(by), str)
                }
                self._by_value[kind, by] = known
            if value in known:
                return known[value]
        found = self._before.target(resource, argument, kind, by=by)
        return found if isinstance(found, Resource) else None


def _explains(parent: Change, change: Change) -> bool:
    """Return whether *change* is a consequence of *parent*, on which it depends.

    A replacement follows a deletion too: the pool that the configuration names now is another one.
    """
    if change.action is Action.REPLACE:
        return parent.goes or parent.action is Action.SUPERSEDE
    return parent.action is change.action


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
