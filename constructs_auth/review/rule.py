"""What a change rule is, and what it may answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.terraform_source import TerraformSource
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import Configuration


class Effect(StrEnum):
    """What a change does to people, the worst first."""

    DESTROYS = "destroys"
    """Users, identities or memberships are gone; there is no way back."""
    FAILS = "fails at apply"
    """Terraform plans it, and Cognito refuses it; what came before is done."""
    BREAKS = "breaks"
    """Somebody who signs in today cannot, or an application does not work."""
    WEAKENS = "weakens"
    """It works, and a protection is gone or lower."""

    @property
    def rank(self) -> int:
        """How many effects are worse."""
        return _RANK[self]


_RANK = {effect: rank for rank, effect in enumerate(Effect)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a change means.

    Attributes:
        text: One sentence: what happens to whom.
        at: The argument, or empty for the whole resource.
        effect: Where it is not that of the rule.
        severity: Where it is not that of the rule.
        remedy: Where it is not that of the rule.
        quotes: Whether *text* may quote what stands at *at*; where that is sensitive, the title of
            the rule is shown instead.
    """

    text: str
    at: str = ""
    effect: Effect | None = None
    severity: Severity | None = None
    remedy: str | None = None
    quotes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a rule may look at besides the change.

    Attributes:
        before: All resources as they are.
        after: All resources as they will be.
        changes: All changes, by address.
        followers: By the address of what goes, the changes that follow from it.
        base: The Terraform JSON before, where it was handed over.
        source: The Terraform JSON of the plan, where it was handed over.
    """

    before: Configuration
    after: Configuration
    changes: Mapping[str, Change]
    followers: Mapping[str, tuple[Change, ...]]
    base: TerraformSource = field(default=TerraformSource())
    source: TerraformSource = field(default=TerraformSource())

    def moved_block(self, change: Change, argument: str) -> str:
        """Give the `moved` block that would keep what *change* deletes, if another one creates it.

        Args:
            change: What may be deleted here and created at another address.
            argument: What has to be equal for it to be the same thing.
        """
        if change.action is not Action.DELETE or change.is_deposed:
            return ""
        own = known(change.resource.body.text, argument)
        same = [
            other.address
            for other in self.changes.values()
            if other.action is Action.CREATE
            and other.type == change.type
            and known(other.resource.body.text, argument) == own
        ]
        if len(same) != 1:
            return ""
        return (
            f"it looks like {same[0]}, which is new: keep it with "
            f"moved {{ from = {change.address}, to = {same[0]} }}"
        )


Answers: TypeAlias = Iterable[Meaning | Undecided]
"""What a check yields; nothing at all is: nothing to tell."""

Check: TypeAlias = Callable[[Change, Surroundings], Answers]


IN_PLACE = frozenset({Action.UPDATE, Action.REPLACE})
GOES = frozenset({Action.DELETE, Action.REPLACE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """One kind of change that people have to know of.

    Attributes:
        id: `CH02`; it never changes, for people accept findings by it.
        slug: Its readable name, accepted wherever the id is: `mfa-lowered`.
        title: What happens, in a few words and without values.
        effect: What it does to people.
        severity: How bad it is.
        resource_types: Of which resources it is asked.
        remedy: What to do instead.
        source: Where this is known from.
        actions: Of which changes it is asked. For a replaced resource, only settings that become
            weaker are findings: the replacement itself is one already.
        undecided_by: The rules that record an unknown value of the same arguments as undecided;
            this one then does not say it again.
        check: What it asks, a pure function.
    """

    id: str
    slug: str
    title: str
    effect: Effect
    severity: Severity
    resource_types: tuple[str, ...]
    remedy: str
    source: str
    actions: frozenset[Action] = IN_PLACE
    undecided_by: tuple[str, ...] = ()
    check: Check = field(repr=False)
