"""The checks of an app at synthesis: combinations, addresses, warnings and rules."""

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
from constructs_auth.rules.hiding import hidden
from constructs_auth.rules.judge import Finding, Report, judge
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report.sentences import subject
from constructs_auth.rules.report.text import print_table
from constructs_auth.rules.rule import Severity
from constructs_auth.rules.synthesized import Provenance, Synthesized
from constructs_auth.terraform.counterpart import secrets_of_configuration
from constructs_auth.terraform.terraform_json import read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The result of the rules for one stack.

    Attributes:
        report: The report of the rules.
        synthesized: The data for the file next to the Terraform JSON.
        fail_on: The lowest severity that stops the synthesis.
    """

    report: Report
    synthesized: Synthesized
    fail_on: Severity

    def problems(self) -> Iterator[Problem]:
        """Yield the findings that stop the synthesis."""
        for finding in self.report.findings:
            origin = finding.resource.origin
            if finding.severity.is_at_least(self.fail_on):
                yield Problem(
                    path=origin.construct_path or finding.resource.address,
                    text=_sentence(finding),
                    source=origin.source,
                )

    def print_findings(self) -> None:
        """Print the findings as a table to stderr, where the user sees them."""
        print_table(self.report, sys.stderr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The problems, warnings and findings of a stack.

    Attributes:
        problems: What cannot work: first the problems of constructs, in the order of the construct
            tree, then those of the rules.
        warnings: The warnings, each as one line.
        judgement: The result of the rules.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    judgement: Judgement

    def print_warnings(self) -> None:
        """Print the warnings to stderr, because CDKTF only writes warnings to a file."""
        for text in self.warnings:
            print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - output for the user
        self.judgement.print_findings()


def problems_of(constructs: Sequence[IConstruct], document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of each construct, and repeated Terraform addresses.

    Args:
        constructs: All constructs of a stack.
        document: The stack's Terraform JSON.
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
    if "moved" in document:
        yield from _moved_from_existing(resources, document["moved"])


def warnings_of(constructs: Sequence[IConstruct]) -> Iterator[str]:
    """Yield the warnings of each construct."""
    for construct in _ours(constructs):
        path = place_of(construct).path
        yield from (f"{path}: {text}" for text in construct.find_warnings())


def lines_of(constructs: Sequence[IConstruct]) -> dict[str, str]:
    """Return the source line of each construct, by the construct's path."""
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
                text=f"must have a unique address, got {kind}.{name}, the address of "
                f"{first.node.path}; choose another id, otherwise Terraform never creates one of "
                "the two",
            )


def _moved_from_existing(
    resources: Sequence[TerraformResource], moved: Sequence[Mapping[str, str]]
) -> Iterator[Problem]:
    """Yield the moves that Terraform rejects, because a resource still has the old address."""
    by_address = {
        f"{resource.terraform_resource_type}.{resource.friendly_unique_id}": resource
        for resource in resources
    }
    for block in moved:
        old, new = block["from"], block["to"]
        if old in by_address and new in by_address:
            yield Problem(
                path=by_address[new].node.path,
                text=f"renamed_from: must name an address that no resource has, got {old}, the "
                f"address of {by_address[old].node.path}; give the new construct another id, or "
                "remove renamed_from",
            )


def judge_document(
    document: Mapping[str, object],
    *,
    lines: Mapping[str, str],
    profile: Profile,
    accepted: Sequence[Accepted],
    accepted_changes: Sequence[Accepted],
    fail_on: Severity,
) -> Judgement:
    """Judge the Terraform JSON of a stack.

    Args:
        document: The Terraform JSON.
        lines: The source line of each construct, by the construct's path.
        profile: The profile of the stack.
        accepted: The findings of `check` that the program accepts.
        accepted_changes: The findings of change rules that the program accepts, for `review`.
        fail_on: The lowest severity that stops the synthesis.
    """
    configuration = read_document(document)
    provenances = {
        resource.static_address: _provenance(resource.origin.construct_path, lines)
        for resource in configuration.resources
    }
    synthesized = Synthesized(
        profile=profile.name,
        accepted=tuple(accepted),
        accepted_changes=tuple(accepted_changes),
        made=provenances,
    )
    configuration = synthesized.named(configuration)
    report = judge(
        configuration,
        rules=RULES,
        profile=profile,
        accepted=accepted,
        today=datetime.now(tz=UTC).date(),
    )
    report = hidden(report, configuration, secrets_of_configuration(configuration))
    return Judgement(report=report, synthesized=synthesized, fail_on=fail_on)


def _provenance(path: str, lines: Mapping[str, str]) -> Provenance:
    """Return the construct of a resource: itself, or its nearest parent with a source line."""
    around = path
    while around and around not in lines:
        around = around.rpartition("/")[0]
    return Provenance(construct_path=around or path, source=lines.get(around, ""))


def _sentence(finding: Finding) -> str:
    """Return the finding as a sentence, with the remedy for Python if the rule has one."""
    remedy = finding.rule.python_remedy or finding.rule.remedy
    return f"{finding.rule.id} {subject(finding)}; {remedy}"
