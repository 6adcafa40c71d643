"""What is inspected when an app is synthesized: combinations, addresses and warnings."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from constructs_auth._construct import AuthConstruct
from constructs_auth._judgement import Judgement
from constructs_auth.engine import IConstruct, TerraformResource
from constructs_auth.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in a stack.

    Attributes:
        problems: What cannot work: first what constructs say themselves, in the order of the
            construct tree, then what the rules say.
        warnings: What works and deserves a warning, each as one line.
        judgement: What the rules say.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    judgement: Judgement

    def print_warnings(self) -> None:
        """Print the warnings to stderr; CDKTF keeps warnings in a file nobody opens."""
        for text in self.warnings:
            print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - what the user is to see
        self.judgement.print_findings()


def problems_of(constructs: Sequence[IConstruct]) -> Iterator[Problem]:
    """Ask each construct what cannot work, and look for addresses that two have."""
    for construct in _ours(constructs):
        for text in construct.find_problems():
            path, line = construct.node.path, construct.program_line
            yield Problem(path=path, text=text, source=line)
    yield from _equal_addresses(constructs)


def warnings_of(constructs: Sequence[IConstruct]) -> Iterator[str]:
    """Ask each construct what works and deserves a warning."""
    for construct in _ours(constructs):
        yield from (f"{construct.node.path}: {text}" for text in construct.find_warnings())


def lines_of(constructs: Sequence[IConstruct]) -> dict[str, str]:
    """Give, by the path of a construct, the line of the program that created it."""
    return {
        construct.node.path: construct.program_line
        for construct in _ours(constructs)
        if construct.program_line
    }


def _ours(constructs: Sequence[IConstruct]) -> Iterator[AuthConstruct]:
    return (construct for construct in constructs if isinstance(construct, AuthConstruct))


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
