"""The members of each pool or directory and the owners of unique names, by app."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar
from weakref import WeakKeyDictionary

from constructs_auth._place import check_same_app, root_of
from constructs_auth.engine import Construct, IConstruct

Member = TypeVar("Member", bound=Construct)


@dataclass(slots=True)
class _Defined:
    """The definitions of one app, in their order, by the owner."""

    members: dict[Hashable, list[Construct]] = field(default_factory=dict)
    visits: dict[Hashable, list[Callable[[Construct], None]]] = field(default_factory=dict)


_APPS: WeakKeyDictionary[IConstruct, _Defined] = WeakKeyDictionary()
"""By app, because two apps of one process may refer to the same existing pool."""


def add_member(owner: Hashable, member: Construct) -> None:
    """Register that *member* belongs to *owner*, and call the visitors for such members.

    Args:
        owner: A pool or a directory, also an existing one; or a unique name, as a tuple.
        member: The construct that belongs to it.

    Raises:
        InvalidValueError: *owner* is a construct of another app.
    """
    check_same_app(member, owner)
    defined = _of_app(member)
    defined.members.setdefault(owner, []).append(member)
    for visit in defined.visits.get(owner, ()):
        visit(member)


def members_of(owner: Hashable, kind: type[Member], *, near: Construct) -> list[Member]:
    """Return the members of *kind* that the app of *near* has defined so far for *owner*."""
    members = _of_app(near).members.get(owner, ())
    return [member for member in members if isinstance(member, kind)]


def members_before(owner: Hashable, kind: type[Member], member: Member) -> list[Member]:
    """Return the members of *kind* that were defined for *owner* before *member*."""
    members = members_of(owner, kind, near=member)
    return members[: members.index(member)]


def for_each_member(
    owner: Hashable, kind: type[Member], visit: Callable[[Member], None], *, near: Construct
) -> None:
    """Call *visit* with each present and each future member of *kind*."""

    def visit_kind(member: Construct) -> None:
        if isinstance(member, kind):
            visit(member)

    _of_app(near).visits.setdefault(owner, []).append(visit_kind)
    for member in members_of(owner, kind, near=near):
        visit(member)


def first_owner(construct: Construct, *name: str) -> Construct:
    """Return the first construct of the app with *name*; register *construct* if there is none."""
    members = _of_app(construct).members.setdefault(name, [])
    if not members:
        members.append(construct)
    return members[0]


def _of_app(construct: Construct) -> _Defined:
    return _APPS.setdefault(root_of(construct), _Defined())
