"""What is inspected when an app is synthesized: combinations, addresses and warnings."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from constructs_auth._construct import AuthConstruct, place_of
from constructs_auth.engine import IConstruct, TerraformResource
from constructs_auth.errors import Problem
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Finding, Report, judge
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report.text import print_table
from constructs_auth.rules.report.words import subject
from constructs_auth.rules.rule import Severity
from constructs_auth.rules.synthesized import Provenance, Synthesized
from constructs_auth.terraform.terraform_json import read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was said of one stack.

    Attributes:
        report: All of it.
        synthesized: What is written beside the Terraform JSON.
        fail_on: From which severity on the stack is not written.
    """

    report: Report
    synthesized: Synthesized
    fail_on: Severity

    def problems(self) -> Iterator[Problem]:
        """Give what stops the synthesis."""
        for finding in self.report.findings:
            origin = finding.resource.origin
            if finding.severity.is_at_least(self.fail_on):
                yield Problem(
                    path=origin.construct_path or finding.resource.address,
                    text=_sentence(finding),
                    source=origin.source,
                )

    def print_findings(self) -> None:
        """Print the findings as a table to stderr, where the user looks."""
        print_table(self.report, sys.stderr)


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


def problems_of(constructs: Sequence[IConstruct], document: Mapping[str, Any]) -> Iterator[Problem]:
    """Ask each construct what cannot work, and look for addresses that two have.

    Args:
        constructs: All of a stack.
        document: Its Terraform JSON.
    """
    for construct in _ours(constructs):
        for text in construct.find_problems():
            path, line = place_of(construct).path, construct.program_line
            yield Problem(path=path, text=text, source=line)
    resources = [each for each in constructs if isinstance(each, TerraformResource)]
    by_name = (of_type.values() for of_type in document.get("resource", {}).values())
    defined = sum("//" in body for bodies in by_name for body in bodies)
    if len(resources) != defined:  # CDKTF has merged two of one address
        yield from _equal_addresses(resources)


def warnings_of(constructs: Sequence[IConstruct]) -> Iterator[str]:
    """Ask each construct what works and deserves a warning."""
    for construct in _ours(constructs):
        path = place_of(construct).path
        yield from (f"{path}: {text}" for text in construct.find_warnings())


def lines_of(constructs: Sequence[IConstruct]) -> dict[str, str]:
    """Give, by the path of a construct, the line of the program that created it."""
    return {
        place_of(construct).path: construct.program_line
        for construct in _ours(constructs)
        if construct.program_line
    }


def _ours(constructs: Sequence[IConstruct]) -> Iterator[AuthConstruct]:
    return (construct for construct in constructs if isinstance(construct, AuthConstruct))


def _equal_addresses(resources: Sequence[TerraformResource]) -> Iterator[Problem]:
    by_address = defaultdict(list)
    for resource in resources:
        by_address[resource.terraform_resource_type, resource.friendly_unique_id].append(resource)
    for (kind, name), (first, *others) in by_address.items():
        for other in others:
            yield Problem(
                path=other.node.path,
                text=f"must have an address of its own, got {kind}.{name}, the address of "
                f"{first.node.path}; choose another id, or Terraform would never make one of "
                "the two",
            )


def judge_document(
    document: Mapping[str, object],
    *,
    lines: Mapping[str, str],
    profile: Profile,
    accepted: Sequence[Accepted],
    fail_on: Severity,
) -> Judgement:
    """Judge the Terraform JSON of a stack.

    Args:
        document: What is going to be written.
        lines: By the path of a construct, the line of the program that made it.
        profile: What is asked for.
        accepted: What the program accepts.
        fail_on: From which severity on the stack is not to be written.
    """
    configuration = read_document(document)
    made = {
        resource.static_address: _made(resource.origin.construct_path, lines)
        for resource in configuration.resources
    }
    synthesized = Synthesized(profile=profile.name, accepted=tuple(accepted), made=made)
    report = judge(
        synthesized.named(configuration),
        rules=RULES,
        profile=profile,
        accepted=accepted,
        today=datetime.now(tz=UTC).date(),
    )
    return Judgement(report=report, synthesized=synthesized, fail_on=fail_on)


def _made(path: str, lines: Mapping[str, str]) -> Provenance:
    """Find the construct that a resource belongs to: itself, or the nearest around it."""
    around = path
    while around and around not in lines:
        around = around.rpartition("/")[0]
    return Provenance(construct_path=around or path, source=lines.get(around, ""))


def _sentence(finding: Finding) -> str:
    """Say it in Python's words, where the rule has a remedy in these."""
    remedy = finding.rule.python_remedy or finding.rule.remedy
    return f"{finding.rule.id} {subject(finding)}; {remedy}"
