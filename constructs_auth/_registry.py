"""What belongs to one pool, to one directory or to one name of an app, to be checked together."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar
from weakref import WeakKeyDictionary

from constructs_auth._construct import root_of
from constructs_auth.engine import Construct, IConstruct

Member = TypeVar("Member", bound=Construct)


@dataclass(slots=True)
class _Defined:
    """What one app has defined, in the order of its definition, by the owner."""

    members: dict[Hashable, list[Construct]] = field(default_factory=dict)
    visits: dict[Hashable, list[Callable[[Construct], None]]] = field(default_factory=dict)


_APPS: WeakKeyDictionary[IConstruct, _Defined] = WeakKeyDictionary()
"""By app: two apps of one process may refer to the same pool of somebody else."""


def add_member(owner: Hashable, member: Construct) -> None:
    """Remember that *member* belongs to *owner*, and tell who waits for such members.

    Args:
        owner: A pool or a directory, of this program or of somebody else; or a name that AWS has
            once, as a tuple.
        member: What belongs to it.
    """
    defined = _of_app(member)
    defined.members.setdefault(owner, []).append(member)
    for visit in defined.visits.get(owner, ()):
        visit(member)


def members_of(owner: Hashable, kind: type[Member], *, near: Construct) -> list[Member]:
    """Give what of *kind* was defined so far for *owner* in the app of *near*."""
    members = _of_app(near).members.get(owner, ())
    return [member for member in members if isinstance(member, kind)]


def members_before(owner: Hashable, kind: type[Member], member: Member) -> list[Member]:
    """Give what of *kind* was defined for *owner* before *member*."""
    members = members_of(owner, kind, near=member)
    return members[: members.index(member)]


def for_each_member(
    owner: Hashable, kind: type[Member], visit: Callable[[Member], None], *, near: Construct
) -> None:
    """Call *visit* with each member of *kind* that is there, and later with each that comes."""

    def visit_kind(member: Construct) -> None:
        if isinstance(member, kind):
            visit(member)

    _of_app(near).visits.setdefault(owner, []).append(visit_kind)
    for member in members_of(owner, kind, near=near):
        visit(member)


def first_owner(construct: Construct, *name: str) -> Construct:
    """Give the first construct of the app that took *name*; now that is *construct*, if none."""
    members = _of_app(construct).members.setdefault(name, [])
    if not members:
        members.append(construct)
    return members[0]


def _of_app(construct: Construct) -> _Defined:
    return _APPS.setdefault(root_of(construct), _Defined())
