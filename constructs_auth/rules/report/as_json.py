"""Writes the results of the rules as JSON, for programs."""

from collections.abc import Mapping

from constructs_auth.report.characters import json_of
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Finding, Report, Stale, UndecidedRule
from constructs_auth.rules.rule import Rule, Severity
from constructs_auth.terraform.resource import Resource

FORMAT_VERSION = 1
"""Increases when a key is removed or changes its meaning, not when a key is added."""


def write(report: Report) -> str:
    """Return *report* as JSON."""
    document = {
        "format_version": FORMAT_VERSION,
        "profile": report.profile.name,
        "summary": summary(report),
        "findings": [finding_as_json(finding) for finding in report.findings],
        "accepted": [finding_as_json(finding) for finding in report.accepted],
        "stale": [_stale(stale) for stale in report.stale],
        "unknown": [_undecided(undecided) for undecided in report.undecided],
        "left_out": [{"file": one.file, "instead": one.instead} for one in report.left_out],
        "not_read": [
            {"address": module.address, "source": module.source} for module in report.unread
        ],
    }
    return json_of(document)


def summary(report: Report) -> Mapping[str, int]:
    """Count the resources, the findings of each severity, and the rest."""
    severities = [finding.severity for finding in report.findings]
    return {
        "resources": report.resources,
        **({"files": report.files} if report.files else {}),
        **{str(severity): severities.count(severity) for severity in Severity},
        "accepted": len(report.accepted),
        "stale": len(report.stale),
        "unknown": len(report.undecided),
    }


def finding_as_json(finding: Finding) -> dict[str, object]:
    """Return all facts about a finding."""
    written = {
        **_subject(finding.rule, finding.resource, finding.at),
        "severity": finding.severity,
        "text": finding.text,
        "why": finding.rule.why,
        "remedy": finding.rule.remedy,
        "baselines": list(finding.rule.baselines),
    }
    if finding.accepted is not None:
        written["accepted"] = accepted_as_json(finding.accepted)
    return written


def _undecided(undecided: UndecidedRule) -> dict[str, object]:
    return {
        **_subject(undecided.rule, undecided.resource, undecided.at),
        "why": undecided.why,
    }


def _stale(stale: Stale) -> dict[str, object]:
    return {**accepted_as_json(stale.accepted), "why": stale.why}


def _subject(rule: Rule, resource: Resource, at: str) -> dict[str, object]:
    origin = resource.origin_of(at)
    return {
        "rule": rule.id,
        "title": rule.title,
        "family": rule.family,
        "address": resource.address,
        "at": at,
        "file": origin.file,
        "line": origin.line,
        "construct_path": origin.construct_path,
        "source": origin.source,
    }


def accepted_as_json(accepted: Accepted) -> dict[str, object]:
    """Return an accepted finding."""
    return {
        "rule": accepted.rule,
        "address": accepted.address,
        "reason": accepted.reason,
        "until": None if accepted.until is None else accepted.until.isoformat(),
    }
