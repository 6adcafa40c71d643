"""What was defined for each user pool of an app, so that its parts can be checked together."""

from typing import TypeVar
from weakref import WeakKeyDictionary

from constructs_auth._engine import Construct, IConstruct
from constructs_auth.cognito._user_pool_ref import UserPoolRef

Member = TypeVar("Member", bound=Construct)

_MEMBERS: WeakKeyDictionary[IConstruct, dict[UserPoolRef, list[Construct]]] = WeakKeyDictionary()
"""By app: two apps of one process may refer to the same pool of somebody else."""


def add_member(user_pool: UserPoolRef, member: Construct) -> None:
    """Remember that *member* belongs to *user_pool*."""
    _MEMBERS.setdefault(member.node.root, {}).setdefault(user_pool, []).append(member)


def members_of(user_pool: UserPoolRef, kind: type[Member], *, near: Construct) -> list[Member]:
    """Give what of *kind* was defined so far for *user_pool* in the app of *near*."""
    members = _MEMBERS.get(near.node.root, {}).get(user_pool, ())
    return [member for member in members if isinstance(member, kind)]
