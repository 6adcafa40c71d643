"""What the rules say of a stack when it is synthesized."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from constructs_auth.errors import Problem
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Finding, Report, judge
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report.table import print_table
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

    def problems(self, *, known: Sequence[Problem]) -> Iterator[Problem]:
        """Give what stops the synthesis.

        Args:
            known: What the constructs said themselves. What a rule says of one of them is left
                out: it would be the same in other words.
        """
        told = {problem.path for problem in known}
        for finding in self.report.findings:
            origin = finding.resource.origin
            if finding.severity.is_at_least(self.fail_on) and origin.construct_path not in told:
                yield Problem(
                    path=origin.construct_path or finding.resource.address,
                    text=_sentence(finding),
                    source=origin.source,
                )

    def print_findings(self) -> None:
        """Print the findings as a table to stderr, where the user looks."""
        print_table(self.report, sys.stderr)


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
    return f"{finding.rule.id} {subject(finding)}; {finding.rule.remedy}"
