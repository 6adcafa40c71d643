"""What a change rule is, and which answers it may give."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from constructs_auth.facts.replacing import FIXED_ARGUMENTS
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.place import Place
from constructs_auth.review.provider_settings import ProviderChange
from constructs_auth.review.source import TerraformSource
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import Configuration


class Effect(StrEnum):
    """The effect of a change on users and applications, the worst first."""

    NOT_FOUND = "not found"
    """Terraform does not find what people use: the apply creates an empty copy beside it."""
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


class About(StrEnum):
    """What a finding is about; it decides where reports show it.

    A finding reports the removal of a resource once, with all consequences. Findings about the
    settings of a replaced resource are therefore left out, unless a setting becomes weaker.
    """

    LOSS = "loss"
    """The resource as a whole, which is removed or missing."""
    SETTINGS = "settings"
    """The settings of a resource that stays."""
    PLACE = "place"
    """Where Terraform looks for the resource, and with which provider."""


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
        about: What it is about, if it is not that of the rule.
    """

    text: str
    at: str = ""
    effect: Effect | None = None
    severity: Severity | None = None
    remedy: str | None = None
    follows: tuple[str, str] | None = None
    about: About | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a rule may read besides the change.

    Attributes:
        before: All resources before the apply.
        after: All resources after the apply.
        changes: All changes, by address.
        followers: The consequences of each deletion or replacement, by its address.
        planned: The changes of the plan, by address; for drift not the same as *changes*.
        recorded: The resources as the state recorded them.
        renames: The new address of each resource that only gets another one, by the old address.
        place: Where the plan looks for its resources.
        provider_changes: What changes in the provider of a planned resource, by address.
        first_of_provider: The first planned resource of each provider, by the provider's key.
        base: The Terraform JSON that is deployed, if given.
        source: The Terraform JSON of the plan, if given.
        is_drift: Whether the changes were made outside of Terraform: no apply of them can fail.
        first_created: The first created resource of each type that is not a rename, by its type.
    """

    before: Configuration
    after: Configuration
    changes: Mapping[str, Change]
    followers: Mapping[str, tuple[Change, ...]]
    planned: Mapping[str, Change]
    recorded: Configuration
    renames: Mapping[str, str]
    place: Place
    provider_changes: Mapping[str, ProviderChange] = field(default_factory=dict)
    first_of_provider: Mapping[str, str] = field(default_factory=dict)
    base: TerraformSource = field(default=TerraformSource())
    source: TerraformSource = field(default=TerraformSource())
    is_drift: bool = False
    first_created: Mapping[str, str] = field(default_factory=dict)

    @property
    def renamed_to(self) -> frozenset[str]:
        """The addresses that existing resources get."""
        return frozenset(self.renames.values())

    def rename(self, change: Change) -> str:
        """Return the address that the deleted resource gets; empty if it is really deleted."""
        return "" if change.is_deposed else self.renames.get(change.address, "")

    def moved_blocks(self, change: Change) -> str:
        """Return the remedy that prevents the deletion of a renamed resource, or an empty text.

        It names the `moved` block of the resource, and of each of its renamed consequences; for a
        construct it names the method that writes them.
        """
        new = self.rename(change)
        if not new:
            return ""
        followers = self.followers.get(change.address, ())
        pairs = [(change.address, new)]
        pairs += [(one.address, to) for one in followers if (to := self.rename(one))]
        blocks = " and ".join(f"moved {{ from = {old}, to = {to} }}" for old, to in pairs)
        path = self.planned[new].resource.origin.construct_path
        if path:
            old = change.resource.static_address.rpartition(".")[2]
            blocks = f'renamed_from("{old}") of the construct {path}, which writes {blocks}'
        condition = "if it is the same, " if self.gets_another_name(change) else ""
        return f"{condition}keep it with {blocks}{self._kept_name(change)}; plan again"

    def gets_another_name(self, change: Change) -> bool:
        """Return whether the renamed resource gets another name too, and may be another one."""
        new = self.rename(change)
        if not new:
            return False
        old_name = known(change.resource.body.text, "name")
        return old_name not in {None, known(self.planned[new].resource.body.text, "name")}

    def _kept_name(self, change: Change) -> str:
        """Return the rest of the remedy if the name follows the address, and would replace it."""
        fixed = {one.argument for one in FIXED_ARGUMENTS.get(change.type, ())}
        if "name" not in fixed or not self.gets_another_name(change):
            return ""
        old_name = known(change.resource.body.text, "name")
        return f', and set name = "{old_name}", because another name replaces it'


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
        actions: The actions to check.
        about: What its findings are about.
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
    about: About = About.SETTINGS
    undecided_by: tuple[str, ...] = ()
    check: Check = field(repr=False)
