"""The sentences that all reports for people share."""

from constructs_auth.report.counts import counted
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.resource import Origin


def verdict(report: Report) -> str:
    """Return a summary of *report* in one line."""
    parts = [by_severity(report) or "no findings"]
    parts += [
        f"{len(items)} {word}"
        for items, word in (
            (report.accepted, "accepted"),
            (report.stale, "stale"),
            (report.undecided, "unknown"),
        )
        if items
    ]
    return f"{'; '.join(parts)} ({what_was_read(report)}, profile {report.profile.name})"


def what_was_read(report: Report) -> str:
    """Return `12 resources in 5 files, 1 file left out, 1 module not read`."""
    read = counted(report.resources, "resource")
    if report.files:
        read += f" in {counted(report.files, 'file')}"
    if report.left_out:
        read += f", {counted(len(report.left_out), 'file')} left out"
    if report.unread:
        read += f", {counted(len(report.unread), 'module')} not read"
    return read


def by_severity(report: Report) -> str:
    """Return the number of findings of each severity: `1 low, 4 info`; empty without findings."""
    severities = [finding.severity for finding in report.findings]
    return ", ".join(
        _counted(severities.count(severity), severity)
        for severity in Severity
        if severity in severities
    )


def subject(finding: Finding) -> str:
    """Return the argument and what is wrong with it."""
    return f"{finding.at}: {finding.text}" if finding.at else finding.text


def whereabouts(origin: Origin) -> str:
    """Return the construct and the source line of *origin*."""
    place = origin.source or (f"{origin.file}:{origin.line}" if origin.line else "")
    return ", ".join(part for part in (origin.construct_path, place) if part)


def _counted(count: int, severity: Severity) -> str:
    """Return `2 errors`, `1 warning`, `3 high`."""
    is_noun = severity in {Severity.ERROR, Severity.WARNING}
    return f"{count} {severity}{'s' if is_noun and count > 1 else ''}"
