"""What a rule is, and what it may answer."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, TypeVar

from constructs_auth.rules.profile import Profile
from constructs_auth.terraform.block import UnknownValueError
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource


class Family(StrEnum):
    """What a rule is about."""

    VALIDITY = "validity"
    """Cognito rejects this at apply, or quietly does something else."""
    SECURITY = "security"
    """It works, and somebody may abuse it."""


class Severity(StrEnum):
    """How bad a finding is, the worst first."""

    ERROR = "error"
    """Cognito rejects it; the apply fails."""
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    WARNING = "warning"
    """Cognito probably rejects it, or does something else than was written."""
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """How many severities are worse."""
        return _RANK[self]

    def is_at_least(self, other: "Severity") -> bool:
        """Say whether this is as bad as *other* or worse."""
        return self.rank <= other.rank


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule is broken.

    Attributes:
        text: What was found, with the value if it is no secret: `must be …, got …`.
        at: The argument, as `password_policy[0].minimum_length`; empty for the whole resource.
    """

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """Whether a rule is broken cannot be told.

    Attributes:
        why: What is not known.
        at: The argument.
        address: The resource of *at*, where it is not the one that is judged.
    """

    why: str
    at: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may look at besides the resource.

    Attributes:
        configuration: All resources.
        profile: What is asked for.
        remembered: What questions about all resources together gave, by the question.
    """

    configuration: Configuration
    profile: Profile
    remembered: dict[object, object] = field(default_factory=dict, repr=False, compare=False)


Answers: TypeAlias = Iterable[Violation | Undecided]
"""What a check yields; nothing at all is a pass."""

Check: TypeAlias = Callable[[Resource, Context], Answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is looked at in each resource of one type.

    Attributes:
        id: `CG104`; it never changes, for people accept findings by it.
        slug: Its readable name, accepted wherever the id is: `no-implicit-grant`.
        title: What has to hold, in a few words.
        family: Validity or security.
        severity: How bad a finding is.
        resource_type: Of which resources it is asked.
        why: What happens otherwise, and to whom.
        remedy: What to do.
        python_remedy: What to do in a program, where Python has other words for it than Terraform;
            shown when the program is synthesized.
        source: Where the rule is from: API shape, documentation page, issue number.
        baselines: Which controls of others it meets: `Security Hub Cognito.6`.
        needs_plus: Whether to meet it costs the feature plan Plus.
        check: The judge, a pure function.
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
        """Ask the rule of *resource*; a value that is not known ends the question as undecided."""
        for answer in asked(self.check, resource, context):
            if isinstance(answer, Undecided) and answer.address not in {"", resource.address}:
                yield Undecided(why=f"{answer.address}: {answer.at}: {answer.why}")
            else:
                yield answer


Answer = TypeVar("Answer")
Asked = TypeVar("Asked")
Around = TypeVar("Around")


def asked(
    check: Callable[[Asked, Around], Iterable[Answer | Undecided]], one: Asked, around: Around
) -> Iterator[Answer | Undecided]:
    """Ask *check* of *one*: a value that is not known ends the question.

    A check may read before it yields: that too is inside of its question.
    """
    try:
        yield from check(one, around)
    except UnknownValueError as error:
        yield _undecided(error)


def separately(*questions: Iterable[Answer | Undecided]) -> Iterator[Answer | Undecided]:
    """Ask each question by itself: a value that is not known ends that question only."""
    for question in questions:
        try:
            yield from question
        except UnknownValueError as error:
            yield _undecided(error)


def _undecided(error: UnknownValueError) -> Undecided:
    return Undecided(why=error.unknown.why, at=error.at, address=error.address)


def all_of(*conditions: Callable[[], bool]) -> bool:
    """Say whether all *conditions* hold; one that does not decides, whatever is unknown.

    Raises:
        UnknownValueError: None is known not to hold, and one is not known.
    """
    return not _any_is(conditions, wanted=False)


def any_of(*conditions: Callable[[], bool]) -> bool:
    """Say whether one of *conditions* holds; one that does decides, whatever is unknown.

    Raises:
        UnknownValueError: None is known to hold, and one is not known.
    """
    return _any_is(conditions, wanted=True)


def surely(condition: Callable[[], bool]) -> bool:
    """Say whether *condition* is known to hold; what is not known does not count."""
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
