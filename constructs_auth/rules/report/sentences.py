"""The sentences that all reports for people share."""

from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.resource import Resource


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
    resources = counted(report.resources, "resource")
    return f"{'; '.join(parts)} ({resources}, profile {report.profile.name})"


def counted(count: int, noun: str) -> str:
    """Return `1 resource`, `2 resources`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


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


def whereabouts(resource: Resource) -> str:
    """Return the construct and the source line that define *resource*."""
    origin = resource.origin
    place = origin.source or (f"{origin.file}:{origin.line}" if origin.line else "")
    return ", ".join(part for part in (origin.construct_path, place) if part)


def _counted(count: int, severity: Severity) -> str:
    """Return `2 errors`, `1 warning`, `3 high`."""
    is_noun = severity in {Severity.ERROR, Severity.WARNING}
    return f"{count} {severity}{'s' if is_noun and count > 1 else ''}"
