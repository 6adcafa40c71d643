"""What was defined for each pool or directory of an app, so that it can be checked together."""

from collections.abc import Hashable
from typing import TypeVar
from weakref import WeakKeyDictionary

from constructs_auth.engine import Construct, IConstruct

Member = TypeVar("Member", bound=Construct)

_MEMBERS: WeakKeyDictionary[IConstruct, dict[Hashable, list[Construct]]] = WeakKeyDictionary()
"""By app: two apps of one process may refer to the same pool of somebody else."""


def add_member(owner: Hashable, member: Construct) -> None:
    """Remember that *member* belongs to *owner*."""
    _MEMBERS.setdefault(member.node.root, {}).setdefault(owner, []).append(member)


def members_of(owner: Hashable, kind: type[Member], *, near: Construct) -> list[Member]:
    """Give what of *kind* was defined so far for *owner* in the app of *near*."""
    members = _MEMBERS.get(near.node.root, {}).get(owner, ())
    return [member for member in members if isinstance(member, kind)]
