"""Removes sensitive values from the results of the rules, after the rules have seen them."""

from collections.abc import Iterator
from dataclasses import replace

from constructs_auth.facts.secret_names import SECRET_ARGUMENTS
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.sensitive import NOT_SHOWN, Scrubber, is_marked, secrets_in


def hidden(report: Report, configuration: Configuration) -> Report:
    """Return *report* without the values that Terraform marks as sensitive in *configuration*."""
    scrubber = Scrubber(_secrets(configuration)).limited_to(tuple(_texts(report)))
    return replace(
        report,
        findings=tuple(hidden_finding(one, scrubber) for one in report.findings),
        accepted=tuple(hidden_finding(one, scrubber) for one in report.accepted),
        undecided=tuple(
            replace(one, why=scrubber.clean(one.why), at=scrubber.clean(one.at))
            for one in report.undecided
        ),
    )


def hidden_finding(finding: Finding, scrubber: Scrubber) -> Finding:
    """Return *finding* without sensitive values; a sensitive argument is not quoted at all."""
    argument = top_argument(finding.at)
    if is_marked(finding.resource.body.sensitive.get(argument)):
        return replace(finding, text=f"violates the rule; {NOT_SHOWN}", at=argument)
    return replace(finding, text=scrubber.clean(finding.text), at=scrubber.clean(finding.at))


def _secrets(configuration: Configuration) -> Iterator[str]:
    for resource in configuration.resources:
        body = resource.body
        if body.sensitive or resource.type in SECRET_ARGUMENTS:
            yield from secrets_in(resource.type, body.values, body.sensitive)
    for output in configuration.outputs:
        if output.sensitive:
            yield from secrets_in("", {output.name: output.value}, {output.name: True})


def _texts(report: Report) -> Iterator[str]:
    for finding in (*report.findings, *report.accepted):
        yield finding.text
        yield finding.at
    for undecided in report.undecided:
        yield undecided.why
        yield undecided.at
