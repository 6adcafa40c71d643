"""Writes SARIF 2.1.0 that GitHub code scanning accepts."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from constructs_auth.report.characters import json_of
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.report.sentences import subject
from constructs_auth.rules.rule import Rule, Severity
from constructs_auth.terraform.resource import Origin

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {
    Severity.ERROR: "error",
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.WARNING: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "1.0",
}
"""GitHub sorts security alerts by this (see `security-severity` in its documentation)."""
_MOST_TAGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SarifRule:
    """A rule in SARIF's terms.

    Attributes:
        id: The id.
        title: The requirement.
        why: The reason.
        remedy: What to do.
        severity: The default severity.
        tags: GitHub uses at most ten.
        is_security: Whether it is a security rule.
        slug: Its readable name; empty if it has none.
        page: The documentation page that has a heading for it; empty if there is none.
    """

    id: str
    title: str
    why: str
    remedy: str
    severity: Severity
    tags: Sequence[str] = ()
    is_security: bool = True
    slug: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SarifResult:
    """A finding in SARIF's terms.

    Attributes:
        rule: The id of its rule.
        severity: The severity.
        message: What is wrong, without secret values.
        address: The resource.
        at: The argument.
        origin: The source location.
        accepted: Why it is accepted, or `None`.
    """

    rule: str
    severity: Severity
    message: str
    address: str
    at: str
    origin: Origin
    accepted: str | None = None


def write(report: Report) -> str:
    """Return *report* as SARIF; accepted findings are suppressed results."""
    rules = {finding.rule.id: finding.rule for finding in (*report.findings, *report.accepted)}
    return write_sarif(
        [sarif_rule(rule) for rule in rules.values()],
        [sarif_result(finding) for finding in (*report.findings, *report.accepted)],
        category="check",
    )


MOST_RESULTS = 25_000
"""GitHub refuses a run with more, and shows the 5,000 most severe."""


def write_sarif(
    rules: Iterable[SarifRule], results: Sequence[SarifResult], *, category: str
) -> str:
    """Return a SARIF document with one run; if there are too many results, with the worst.

    Args:
        rules: The rules that *results* name.
        results: The findings.
        category: Distinguishes this run from others of the same commit on GitHub.
    """
    root = _root_of_pages()
    described = [_described(rule, root) for rule in sorted(rules, key=lambda rule: rule.id)]
    indexes = {str(rule["id"]): index for index, rule in enumerate(described)}
    kept = _worst(results)
    left_out = {"properties": {"resultsLeftOut": len(results) - len(kept)}}
    run: Mapping[str, object] = {
        **(left_out if len(kept) < len(results) else {}),
        "automationDetails": {"id": f"constructs-auth/{category}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_written(result, indexes) for result in kept],
        "tool": {"driver": {"name": "constructs-auth", "rules": described}},
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_of(document)


def _worst(results: Sequence[SarifResult]) -> Sequence[SarifResult]:
    if len(results) <= MOST_RESULTS:
        return results
    by_severity = sorted(results, key=lambda one: (one.accepted is not None, one.severity.rank))
    return by_severity[:MOST_RESULTS]


def sarif_rule(rule: Rule) -> SarifRule:
    """Return *rule* in SARIF's terms."""
    return SarifRule(
        id=rule.id,
        slug=rule.slug,
        title=rule.title,
        why=rule.why,
        remedy=rule.remedy,
        severity=rule.severity,
        tags=rule.baselines,
        is_security=rule.severity not in {Severity.ERROR, Severity.WARNING},
        page="docs/rules.md",
    )


def sarif_result(finding: Finding) -> SarifResult:
    """Return *finding* in SARIF's terms."""
    return SarifResult(
        rule=finding.rule.id,
        severity=finding.severity,
        message=subject(finding),
        address=finding.resource.address,
        at=finding.at,
        origin=finding.origin,
        accepted=finding.accepted.reason if finding.accepted else None,
    )


def _described(rule: SarifRule, root: str) -> dict[str, object]:
    properties: dict[str, object] = {"tags": list(rule.tags)[:_MOST_TAGS]}
    if rule.is_security and rule.severity in _SCORES:
        properties["security-severity"] = _SCORES[rule.severity]
        properties["tags"] = ["security", *rule.tags][:_MOST_TAGS]
    described: dict[str, object] = {
        "id": rule.id,
        "name": rule.slug or rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} {rule.remedy}."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }
    if rule.page:
        described["helpUri"] = f"{root}{rule.page}#{rule.id.lower()}"
    return described


def _root_of_pages() -> str:
    """Return the URL below which the repository shows its files; empty if none is configured.

    An empty URL makes URIs relative to the repository, which works on every machine.
    """
    from importlib.metadata import (  # noqa: PLC0415 - only for this format
        PackageNotFoundError,
        metadata,
    )

    try:
        urls = metadata("constructs-auth").get_all("Project-URL", [])
    except PackageNotFoundError:  # from a clone
        return ""
    for entry in urls:
        label, _, url = entry.partition(",")
        if label.strip().lower() == "homepage":
            return f"{url.strip().rstrip('/')}/blob/HEAD/"
    return ""


def _written(result: SarifResult, indexes: Mapping[str, int]) -> dict[str, object]:
    written: dict[str, object] = {
        "ruleId": result.rule,
        "ruleIndex": indexes[result.rule],
        "level": _LEVELS[result.severity],
        "message": {"text": f"{result.address}: {result.message}"},
        "locations": [_location(result)],
        "partialFingerprints": {"constructsAuth/v1": _fingerprint(result)},
    }
    if result.accepted is not None:
        written["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": result.accepted}
        ]
    return written


def _location(result: SarifResult) -> dict[str, object]:
    origin = result.origin
    name = origin.construct_path or result.address
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _relative_uri(origin.file or "main.tf.json")},
            "region": {"startLine": max(origin.line, 1)},
        },
        "logicalLocations": [
            {"fullyQualifiedName": name, "name": result.address, "kind": "resource"}
        ],
    }


def _relative_uri(file: str) -> str:
    """Return the path from the current folder, the checkout; GitHub accepts no other."""
    path = Path(os.path.relpath(file)) if Path(file).is_absolute() else Path(file)
    return quote(path.as_posix(), errors="replace")


def _fingerprint(result: SarifResult) -> str:
    """Identify an alert by rule, resource and argument, so that it survives moved lines."""
    return sha256(f"{result.rule}\0{result.address}\0{result.at}".encode()).hexdigest()
