"""What was defined for each user pool of the program, so that its parts can be checked together."""

from typing import TypeVar
from weakref import WeakKeyDictionary

from constructs_auth._engine import Construct

Member = TypeVar("Member", bound=Construct)

_MEMBERS: WeakKeyDictionary[object, list[Construct]] = WeakKeyDictionary()


def add_member(user_pool: object, member: Construct) -> None:
    """Remember that *member* belongs to *user_pool*."""
    _MEMBERS.setdefault(user_pool, []).append(member)


def members_of(user_pool: object, kind: type[Member]) -> list[Member]:
    """Give what of *kind* was defined for *user_pool* so far, in any stack of the program."""
    return [member for member in _MEMBERS.get(user_pool, ()) if isinstance(member, kind)]
