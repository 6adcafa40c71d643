"""Writes reviews as SARIF, so that code scanning shows what is new."""

from collections.abc import Iterator, Sequence

from constructs_auth.review.findings import ChangeFinding
from constructs_auth.review.reviewer import Review
from constructs_auth.review.rule import ChangeRule, Effect
from constructs_auth.rules.report.sarif import (
    SarifResult,
    SarifRule,
    sarif_result,
    sarif_rule,
    write_sarif,
)


def write(reviews: Sequence[Review]) -> str:
    """Return *reviews* as one run; accepted findings are suppressed results."""
    rules: dict[str, SarifRule] = {}
    results: list[SarifResult] = []
    for review in reviews:
        for finding in (*review.findings, *review.accepted):
            rules.setdefault(finding.rule.id, _change_rule(finding.rule))
            results.append(_change_result(finding))
        for found in (*review.checks.new, *review.checks.accepted):
            rules.setdefault(found.rule.id, sarif_rule(found.rule))
            results.append(sarif_result(found))
    return write_sarif(rules.values(), results, category=f"review-{_labels(reviews)}")


def _labels(reviews: Sequence[Review]) -> str:
    """Distinguish the stacks of one commit; a slash would start a second part of the category."""
    return "-".join(review.label.replace("/", "-") for review in reviews)


def _change_rule(rule: ChangeRule) -> SarifRule:
    return SarifRule(
        id=rule.id,
        slug=rule.slug,
        page="docs/change_rules.md",
        title=rule.title,
        why=f"{rule.title}: {rule.effect}.",
        remedy=rule.remedy,
        severity=rule.severity,
        tags=(str(rule.effect),),
        is_security=rule.effect is Effect.WEAKENS,
    )


def _change_result(finding: ChangeFinding) -> SarifResult:
    return SarifResult(
        rule=finding.rule.id,
        severity=finding.severity,
        message=" ".join(_message(finding)),
        address=finding.change.address,
        at=finding.at,
        origin=finding.change.resource.origin,
        accepted=finding.accepted.reason if finding.accepted else None,
    )


def _message(finding: ChangeFinding) -> Iterator[str]:
    yield finding.text
    if finding.dependents:
        yield f"Consequences: {len(finding.dependents)}."
    yield f"Instead: {finding.remedy}."
