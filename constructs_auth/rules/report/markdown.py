"""Writes the results of the rules as Markdown, for a pull request or a README."""

from collections.abc import Iterator, Sequence

from constructs_auth.report.markdown import code, plain, table
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.report.sentences import verdict, whereabouts


def write(report: Report) -> str:
    """Return *report* as Markdown, the verdict first."""
    return "\n\n".join(_sections(report)) + "\n"


def _sections(report: Report) -> Iterator[str]:
    yield f"**{plain(verdict(report))}**"
    if report.findings:
        yield table(
            ("severity", "rule", "resource", "finding", "what to do"),
            [_row(finding) for finding in report.findings],
        )
    if report.accepted:
        yield "### Accepted"
        yield table(("rule", "resource", "finding", "reason", "until"), _accepted(report.accepted))
    if report.stale:
        yield "### Accepted findings to remove"
        yield table(
            ("rule", "resource", "why"),
            [
                (code(stale.accepted.rule), code(stale.accepted.address), plain(stale.why))
                for stale in report.stale
            ],
        )
    if report.undecided:
        yield f"<details><summary>{len(report.undecided)} unknown</summary>"
        yield table(
            ("rule", "resource", "why"),
            [
                (
                    f"{code(one.rule.id)} {plain(one.rule.title)}",
                    code(one.resource.address),
                    f"{code(one.at)}: {plain(one.why)}" if one.at else plain(one.why),
                )
                for one in report.undecided
            ],
        )
        yield "</details>"


def _row(finding: Finding) -> Sequence[str]:
    place = whereabouts(finding.resource)
    where = f"<br>{plain(place)}" if place else ""
    return (
        str(finding.severity),
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        f"{code(finding.resource.address)}{where}",
        _text(finding),
        plain(finding.rule.remedy),
    )


def _accepted(findings: Sequence[Finding]) -> Iterator[Sequence[str]]:
    for finding in findings:
        if finding.accepted is not None:
            yield (
                f"{code(finding.rule.id)} {plain(finding.rule.title)}",
                code(finding.resource.address),
                _text(finding),
                plain(finding.accepted.reason),
                str(finding.accepted.until or "—"),
            )


def _text(finding: Finding) -> str:
    return f"{code(finding.at)}: {plain(finding.text)}" if finding.at else plain(finding.text)
