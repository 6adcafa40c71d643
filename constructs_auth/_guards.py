"""What is looked at when an app is synthesized: combinations, addresses, and what to say aloud."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from constructs_auth._judgement import Judgement, judge_document
from constructs_auth._program_lines import line_of
from constructs_auth.engine import (
    IConstruct,
    IValidation,
    TerraformResource,
    jsii,
)
from constructs_auth.errors import Problem

if TYPE_CHECKING:
    from constructs_auth.stack import AuthStack


@runtime_checkable
class Guarded(Protocol):
    """A construct that knows what cannot work, and what should be said of it."""

    def find_problems(self) -> Sequence[str]:
        """Name what cannot work, each with what to do."""
        ...

    def find_warnings(self) -> Sequence[str]:
        """Name what works and deserves a word."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in a stack.

    Attributes:
        problems: What cannot work: first what constructs say themselves, in the order of the
            construct tree, then what the rules say.
        warnings: What works and deserves a word, each as one line.
        judgement: What the rules say.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    judgement: Judgement

    def print_warnings(self) -> None:
        """Write to stderr what deserves a word; CDKTF keeps warnings in a file nobody opens."""
        for text in self.warnings:
            print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - what the user is to see
        self.judgement.print_findings()


def inspect_stack(stack: "AuthStack") -> Inspection:
    """Ask every construct of *stack*, and the rules, what cannot work and what deserves a word.

    Cross-stack references must have been prepared.
    """
    constructs = stack.node.find_all()
    lines = {construct.node.path: line for construct in constructs if (line := line_of(construct))}
    guarded = [construct for construct in constructs if isinstance(construct, Guarded)]
    told = [
        Problem(path=construct.node.path, text=text, source=line_of(construct))
        for construct in guarded
        for text in construct.find_problems()
    ]
    problems = [*told, *_equal_addresses(constructs)]
    warnings = [
        f"{construct.node.path}: {text}"
        for construct in guarded
        for text in construct.find_warnings()
    ]
    judgement = judge_document(
        stack.to_terraform(),
        lines=lines,
        profile=stack.profile,
        accepted=stack.accepted_findings,
        fail_on=stack.fail_on,
    )
    return Inspection(
        problems=(*problems, *judgement.problems(known=problems)),
        warnings=tuple(warnings),
        judgement=judgement,
    )


@jsii.implements(IValidation)
class StackValidation:
    """Hands the problems of a stack to CDKTF, for apps that are not an `AuthApp`."""

    def __init__(self, stack: "AuthStack") -> None:
        self._stack = stack

    def validate(self) -> list[str]:
        """Name the problems, and print the warnings if there are none."""
        if self._stack.inspected:
            return []
        inspection = inspect_stack(self._stack)
        if not inspection.problems:
            inspection.print_warnings()
        return [str(problem) for problem in inspection.problems]


def _equal_addresses(constructs: Sequence[IConstruct]) -> Iterator[Problem]:
    resources = defaultdict(list)
    for construct in constructs:
        if isinstance(construct, TerraformResource):
            resources[_resource_type(construct), construct.friendly_unique_id].append(construct)
    for (kind, name), (first, *others) in resources.items():
        for other in others:
            yield Problem(
                path=other.node.path,
                text=f"must have an address of its own, got {kind}.{name}, the address of "
                f"{first.node.path}; choose another id, or Terraform would never make one of "
                "the two",
            )


def _resource_type(resource: TerraformResource) -> str:
    """Ask Node once for each class of the bindings; only CDKTF's own class has many types."""
    if type(resource) is TerraformResource:
        return resource.terraform_resource_type
    return _type_of_class(type(resource))


@cache
def _type_of_class(kind: type[TerraformResource]) -> str:
    known: str = getattr(kind, "TF_RESOURCE_TYPE")  # noqa: B009 - the bindings' classes have it
    return known
