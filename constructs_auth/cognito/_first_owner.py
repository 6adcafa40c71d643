"""Names that AWS has once, and which construct of an app was the first to take one."""

from weakref import WeakKeyDictionary

from constructs_auth.engine import Construct, IConstruct

_OWNERS: WeakKeyDictionary[IConstruct, dict[tuple[str, ...], Construct]] = WeakKeyDictionary()
"""By app: two apps of one process may define the same."""


def first_owner(construct: Construct, *name: str) -> Construct:
    """Give the first construct of the app that took *name*; now that is *construct*, if none."""
    return _OWNERS.setdefault(construct.node.root, {}).setdefault(name, construct)
