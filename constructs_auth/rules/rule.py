"""What a rule is, and which answers it may give."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, TypeVar

from constructs_auth.rules.profile import Profile
from constructs_auth.terraform.block import UnknownValueError
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource


class Family(StrEnum):
    """The subject of a rule."""

    VALIDITY = "validity"
    """Cognito rejects this at apply, or silently does something else."""
    SECURITY = "security"
    """It works, but an attacker may abuse it."""


class Severity(StrEnum):
    """The severity of a finding, the worst first."""

    ERROR = "error"
    """Cognito or the provider rejects it, with evidence; the apply or the sign-in fails."""
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    WARNING = "warning"
    """Cognito probably rejects it, or does something else than the configuration states."""
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The number of severities that are worse."""
        return _RANK[self]

    def is_at_least(self, other: "Severity") -> bool:
        """Return whether this is as severe as *other* or more severe."""
        return self.rank <= other.rank


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A violation of a rule.

    Attributes:
        text: What is wrong, with the value unless it is secret: `must be …, got …`.
        at: The argument, as `password_policy[0].minimum_length`; empty for the whole resource.
    """

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """It is not known whether a rule is violated.

    Attributes:
        why: What is not known.
        at: The argument.
        address: The resource of *at*, if it is not the judged one.
    """

    why: str
    at: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may read besides the resource.

    Attributes:
        configuration: All resources.
        profile: The profile.
        remembered: Cached answers to questions about all resources together.
    """

    configuration: Configuration
    profile: Profile
    remembered: dict[object, object] = field(default_factory=dict, repr=False, compare=False)


Answers: TypeAlias = Iterable[Violation | Undecided]
"""An answer of a check. A check that yields nothing passes."""

Check: TypeAlias = Callable[[Resource, Context], Answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One requirement that is checked for each resource of one type.

    Attributes:
        id: `CG104`; it never changes, since users accept findings by it.
        slug: Its readable name, accepted wherever the id is: `no-implicit-grant`.
        title: The requirement, in a few words.
        family: Validity or security.
        severity: The severity of a finding.
        resource_type: The type of the resources to check.
        why: What happens otherwise, and to whom.
        remedy: What to do.
        python_remedy: What to do in a program, if Python has other names for it than Terraform;
            shown at synth.
        source: The evidence, separated by `;`: an API shape, a documentation page, an issue with
            AWS's message as «…», a check of the provider.
        baselines: The controls of other baselines that it meets: `Security Hub Cognito.6`.
        needs_plus: Whether only the PLUS tier can meet it.
        check: The check, a pure function.
    """

    id: str
    slug: str
    title: str
    family: Family
    severity: Severity
    resource_type: str
    why: str
    remedy: str
    source: str
    python_remedy: str = ""
    baselines: tuple[str, ...] = ()
    needs_plus: bool = False
    check: Check = field(repr=False)

    def ask(self, resource: Resource, context: Context) -> Iterator["Violation | Undecided"]:
        """Check *resource*; an unknown value makes the result undecided."""
        for answer in asked(self.check, resource, context):
            if (
                isinstance(answer, Undecided)
                and answer.address
                and answer.address != resource.address
            ):
                yield Undecided(why=f"{answer.address}: {answer.at}: {answer.why}")
            else:
                yield answer


Answer = TypeVar("Answer")
Asked = TypeVar("Asked")
Around = TypeVar("Around")


def asked(
    check: Callable[[Asked, Around], Iterable[Answer | Undecided]], one: Asked, around: Around
) -> Iterator[Answer | Undecided]:
    """Apply *check* to *one*; an unknown value ends the check, also before its first answer."""
    try:
        yield from check(one, around)
    except UnknownValueError as error:
        yield _undecided(error)


def separately(*questions: Iterable[Answer | Undecided]) -> Iterator[Answer | Undecided]:
    """Ask each question separately: an unknown value ends only that question."""
    for question in questions:
        try:
            yield from question
        except UnknownValueError as error:
            yield _undecided(error)


def _undecided(error: UnknownValueError) -> Undecided:
    return Undecided(why=error.unknown.why, at=error.at, address=error.address)


def all_of(*conditions: Callable[[], bool]) -> bool:
    """Return whether all *conditions* hold. If one does not hold, unknown ones do not matter.

    Raises:
        UnknownValueError: At least one is unknown, and all others hold.
    """
    return not _any_is(conditions, wanted=False)


def any_of(*conditions: Callable[[], bool]) -> bool:
    """Return whether one of *conditions* holds. If one holds, unknown ones do not matter.

    Raises:
        UnknownValueError: At least one is unknown, and no other holds.
    """
    return _any_is(conditions, wanted=True)


def surely(condition: Callable[[], bool]) -> bool:
    """Return whether *condition* is known to hold; unknown counts as no."""
    try:
        return condition()
    except UnknownValueError:
        return False


def _any_is(conditions: Iterable[Callable[[], bool]], *, wanted: bool) -> bool:
    unknown: UnknownValueError | None = None
    for condition in conditions:
        try:
            if condition() is wanted:
                return True
        except UnknownValueError as error:
            unknown = unknown or error
    if unknown is not None:
        raise unknown
    return False
