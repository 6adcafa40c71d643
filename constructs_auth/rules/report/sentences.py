"""The sentences that all reports for people share."""

from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.resource import Resource


def verdict(report: Report) -> str:
    """Return a summary of *report* in one line."""
    severities = [finding.severity for finding in report.findings]
    counts = [
        _counted(severities.count(severity), severity)
        for severity in Severity
        if severity in severities
    ]
    parts = [", ".join(counts) if counts else "no findings"]
    parts += [
        f"{len(items)} {word}"
        for items, word in (
            (report.accepted, "accepted"),
            (report.stale, "stale"),
            (report.undecided, "unknown"),
        )
        if items
    ]
    resources = "1 resource" if report.resources == 1 else f"{report.resources} resources"
    return f"{'; '.join(parts)} ({resources}, profile {report.profile.name})"


def subject(finding: Finding) -> str:
    """Return the argument and what is wrong with it."""
    return f"{finding.at}: {finding.text}" if finding.at else finding.text


def whereabouts(resource: Resource) -> str:
    """Return the construct and the source line that define *resource*."""
    origin = resource.origin
    place = origin.source or (f"{origin.file}:{origin.line}" if origin.line else "")
    return ", ".join(part for part in (origin.construct_path, place) if part)


def _counted(count: int, severity: Severity) -> str:
    """Return `2 errors`, `1 warning`, `3 high`."""
    is_noun = severity in {Severity.ERROR, Severity.WARNING}
    return f"{count} {severity}{'s' if is_noun and count > 1 else ''}"
