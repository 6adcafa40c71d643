"""What is looked at when an app is synthesized: combinations, addresses, and what to say aloud."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from constructs_auth._engine import (
    IConstruct,
    IValidation,
    TerraformResource,
    TerraformStack,
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


def find_problems(stack: TerraformStack) -> list[Problem]:
    """Find all that cannot work in *stack*, in the order of the construct tree."""
    constructs = stack.node.find_all()
    problems = [
        Problem(path=construct.node.path, text=text)
        for construct in constructs
        if isinstance(construct, Guarded)
        for text in construct.find_problems()
    ]
    return [*problems, *_equal_addresses(constructs)]


def print_warnings(stack: TerraformStack) -> None:
    """Write to stderr what deserves a word; CDKTF keeps warnings in a file nobody opens."""
    for construct in stack.node.find_all():
        if isinstance(construct, Guarded):
            for text in construct.find_warnings():
                print(f"warning: {construct.node.path}: {text}", file=sys.stderr)  # noqa: T201


@jsii.implements(IValidation)
class StackValidation:
    """Hands the problems of a stack to CDKTF, for apps that are not an `AuthApp`."""

    def __init__(self, stack: "AuthStack") -> None:
        self._stack = stack

    def validate(self) -> list[str]:
        """Name the problems, and print the warnings if there are none."""
        if self._stack.inspected:
            return []
        problems = find_problems(self._stack)
        if not problems:
            print_warnings(self._stack)
        return [str(problem) for problem in problems]


def _equal_addresses(constructs: Sequence[IConstruct]) -> Iterator[Problem]:
    paths = defaultdict(list)
    for construct in constructs:
        if isinstance(construct, TerraformResource):
            address = f"{construct.terraform_resource_type}.{construct.friendly_unique_id}"
            paths[address].append(construct.node.path)
    for address, (first, *others) in paths.items():
        for other in others:
            yield Problem(
                path=other,
                text=f"must have an address of its own, got {address}, the address of {first}; "
                "choose another id, or Terraform would never make one of the two",
            )
