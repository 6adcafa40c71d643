"""One argument that is not what it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field


class AfterApply:
    """A value that only the apply will tell."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Write it as reports do."""
        return "(known after apply)"


AFTER_APPLY = AfterApply()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One argument that is not what it was.

    Attributes:
        path: `password_policy[0].minimum_length`; a member of a set by its name: `schema["team"]`.
        before: The old value, `None` where there was none.
        after: The new value, `None` where there is none, `AFTER_APPLY` where it is not known yet.
        is_hidden: Whether it is a secret; then there are no values here.
        is_set: Whether the values are sets of texts.
        replaces: Whether it is why the resource is replaced.
    """

    path: str
    before: object = field(default=None, repr=False)
    after: object = field(default=None, repr=False)
    is_hidden: bool = False
    is_set: bool = False
    replaces: bool = False

    @property
    def added(self) -> tuple[object, ...]:
        """What a set has that it had not."""
        return tuple(item for item in _items(self.after) if item not in _items(self.before))

    @property
    def removed(self) -> tuple[object, ...]:
        """What a set had that it has not."""
        return tuple(item for item in _items(self.before) if item not in _items(self.after))


@dataclass(slots=True, kw_only=True)
class Differences:
    """What a comparison finds.

    Attributes:
        found: The differences, by path.
        folded: Where there is only noise: empty for not set, another order, unknown and left out,
            marks.
    """

    found: list[Difference] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
