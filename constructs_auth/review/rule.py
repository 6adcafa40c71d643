"""What a change rule is, and which answers it may give."""

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
    """The effect of a change on users and applications, the worst first."""

    DESTROYS = "destroys"
    """Users, identities or memberships are deleted, and cannot be restored."""
    FAILS = "fails at apply"
    """Cognito rejects it at apply; earlier changes of the apply stay."""
    BREAKS = "breaks"
    """Users can no longer sign in, or an application no longer works."""
    WEAKENS = "weakens"
    """It works, but a protection is removed or weakened."""
    DIFFERS = "does something else"
    """Cognito or the provider does not do what the plan shows."""

    @property
    def rank(self) -> int:
        """How many effects are worse."""
        return _RANK[self]


_RANK = {effect: rank for rank, effect in enumerate(Effect)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The meaning of a change.

    Attributes:
        text: What happens, and to whom.
        at: The argument, or empty for the whole resource.
        effect: The effect, if it is not that of the rule.
        severity: The severity, if it is not that of the rule.
        remedy: The remedy, if it is not that of the rule.
        follows: The rule and the address of the finding whose consequence it is; reports list it
            under that one.
        quotes: Whether *text* may quote the value at *at*; if that is sensitive, reports show the
            title of the rule instead.
    """

    text: str
    at: str = ""
    effect: Effect | None = None
    severity: Severity | None = None
    remedy: str | None = None
    follows: tuple[str, str] | None = None
    quotes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a rule may read besides the change.

    Attributes:
        before: All resources before the apply.
        after: All resources after the apply.
        changes: All changes, by address.
        followers: The consequences of each deletion or replacement, by its address.
        base: The Terraform JSON that is deployed, if given.
        source: The Terraform JSON of the plan, if given.
    """

    before: Configuration
    after: Configuration
    changes: Mapping[str, Change]
    followers: Mapping[str, tuple[Change, ...]]
    base: TerraformSource = field(default=TerraformSource())
    source: TerraformSource = field(default=TerraformSource())

    def moved_block(self, change: Change, argument: str) -> str:
        """Return the `moved` block that prevents a deletion, if another change creates the same.

        Args:
            change: The change that may be a deletion.
            argument: The argument that must be equal in both resources.
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
"""What a check yields; nothing if the change has no meaning for its rule."""

Check: TypeAlias = Callable[[Change, Surroundings], Answers]


IN_PLACE = frozenset({Action.UPDATE, Action.REPLACE})
GOES = frozenset({Action.DELETE, Action.REPLACE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """One kind of change that a review reports.

    Attributes:
        id: `CH02`; it never changes, since users accept findings by it.
        slug: Its readable name, accepted wherever the id is: `mfa-lowered`.
        title: What happens, in a few words and without values.
        effect: The effect on users and applications.
        severity: The severity of most findings.
        resource_types: The types of the resources to check.
        remedy: What to do instead.
        source: The source of this knowledge.
        actions: The actions to check. For a replaced resource, only settings that become weaker are
            findings: the replacement itself is one already.
        undecided_by: The rules that report an unknown value of the same arguments as undecided;
            this rule then does not report it again.
        check: The check, a pure function.
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
