"""Writes the results of the rules as Markdown, for a pull request or a README."""

from collections.abc import Callable, Iterator, Sequence

from constructs_auth.report.counts import counted
from constructs_auth.report.markdown import code, plain, table
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.report.sentences import verdict, whereabouts


def write(report: Report) -> str:
    """Return *report* as Markdown, the verdict first."""
    return "\n\n".join((f"**{plain(verdict(report))}**", *tables(report))) + "\n"


def tables(report: Report, *, words: Callable[[str], str] = plain) -> Iterator[str]:
    """Yield the tables of *report*, each after its heading.

    Args:
        report: The results.
        words: Escapes the words of a cell.
    """
    if report.findings:
        yield table(
            ("severity", "rule", "resource", "finding", "what to do"),
            [_row(finding, words) for finding in report.findings],
        )
    if report.accepted:
        yield "### Accepted"
        yield table(
            ("rule", "resource", "finding", "reason", "until"), _accepted(report.accepted, words)
        )
    if report.stale:
        yield "### Accepted findings to remove"
        yield table(
            ("rule", "resource", "why"),
            [
                (code(stale.accepted.rule), code(stale.accepted.address), words(stale.why))
                for stale in report.stale
            ],
        )
    if report.undecided:
        yield f"<details><summary>{counted(len(report.undecided), 'unknown result')}</summary>"
        yield table(
            ("rule", "resource", "why"),
            [
                (
                    f"{code(one.rule.id)} {words(one.rule.title)}",
                    code(one.resource.address),
                    f"{code(one.at)}: {words(one.why)}" if one.at else words(one.why),
                )
                for one in report.undecided
            ],
        )
        yield "</details>"


def _row(finding: Finding, words: Callable[[str], str]) -> Sequence[str]:
    place = whereabouts(finding.origin)
    where = f"<br>{words(place)}" if place else ""
    return (
        str(finding.severity),
        f"{code(finding.rule.id)} {words(finding.rule.title)}",
        f"{code(finding.resource.address)}{where}",
        _text(finding, words),
        words(finding.rule.remedy),
    )


def _accepted(findings: Sequence[Finding], words: Callable[[str], str]) -> Iterator[Sequence[str]]:
    for finding in findings:
        if finding.accepted is not None:
            yield (
                f"{code(finding.rule.id)} {words(finding.rule.title)}",
                code(finding.resource.address),
                _text(finding, words),
                words(finding.accepted.reason),
                str(finding.accepted.until or "—"),
            )


def _text(finding: Finding, words: Callable[[str], str]) -> str:
    return f"{code(finding.at)}: {words(finding.text)}" if finding.at else words(finding.text)
