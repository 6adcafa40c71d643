"""One change of a configuration that Terraform is asked to plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A resource, as it is written and as the state knows it.

    Attributes:
        type: `aws_cognito_user_pool`.
        name: The second part of its address.
        arguments: What the configuration says; blocks are lists of objects.
        known: What the state holds besides, or instead where an argument is a reference.
        marked: Which values the state marks as sensitive.
    """

    type: str
    name: str
    arguments: Mapping[str, Any]
    known: Mapping[str, Any] = field(default_factory=dict)
    marked: tuple[str, ...] = ()

    def set(self, **arguments: object) -> Self:
        """Change arguments; `None` takes one away from the configuration."""
        return replace(self, arguments=_changed(self.arguments, arguments))

    def inner(self, block: str, **arguments: object) -> Self:
        """Change arguments of the only *block*."""
        return self.set(**{block: [_changed(self.arguments[block][0], arguments)]})

    def knows(self, **values: object) -> Self:
        """Change what the state holds."""
        return replace(self, known={**self.known, **values})

    def named(self, name: str) -> Self:
        """Give it another address."""
        return replace(self, name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCase:
    """A change.

    Attributes:
        name: What changes; the name of the recorded file too.
        before: What the state holds.
        after: What the configuration says; each has an equal address in *before* or is new.
        more: Top-level blocks of the configuration, such as `moved`.
        errored: Whether Terraform refuses the plan.
    """

    name: str
    before: tuple[Thing, ...]
    after: tuple[Thing, ...]
    more: Mapping[str, Any] = field(default_factory=dict)
    errored: bool = False

    @classmethod
    def of(cls, name: str, before: Thing, after: Thing | None) -> Self:
        """Make the case of one resource that changes, or goes away."""
        return cls(name=name, before=(before,), after=() if after is None else (after,))


def _changed(old: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    merged = {**old, **changes}
    return {name: value for name, value in merged.items() if value is not None}
