"""Writes reviews as JSON, for programs."""

from collections.abc import Mapping, Sequence

from constructs_auth.report.characters import json_of
from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import AFTER_APPLY, Difference
from constructs_auth.review.findings import ChangeFinding, ChangeUndecided
from constructs_auth.review.report.sentences import SHOWN_ACTIONS, verdict
from constructs_auth.review.reviewer import Review
from constructs_auth.rules.report.as_json import accepted_as_json, finding_as_json
from constructs_auth.terraform.resource import Resource

FORMAT_VERSION = 1
"""Increases when a key is removed or changes its meaning, not when a key is added."""


def write(reviews: Sequence[Review]) -> str:
    """Return *reviews* as JSON."""
    document = {"format_version": FORMAT_VERSION, "reviews": [_review(one) for one in reviews]}
    return json_of(document)


def _review(review: Review) -> dict[str, object]:
    plan, checks = review.plan, review.checks
    changes = [one for one in plan.changes if one.action not in {Action.NOTHING, Action.READ}]
    return {
        "root": review.label,
        "plan": plan.name,
        "terraform_version": plan.terraform_version,
        "errored": plan.errored,
        "complete": plan.complete,
        "profile": review.profile.name,
        "fingerprint": review.fingerprint,
        "verdict": verdict(review),
        "summary": {
            "findings": {str(name): count for name, count in review.severities().items()},
            "actions": {str(action): len(review.of(action)) for action in SHOWN_ACTIONS},
            "updates_without_meaning": review.noise,
            "differences_without_meaning": review.folded,
            "check": {
                "new": len(checks.new),
                "old": checks.old,
                "unknown": checks.unknown,
            },
        },
        "findings": [_finding(finding) for finding in review.findings],
        "check": [finding_as_json(finding) for finding in checks.new],
        "accepted": [
            *(_finding(finding) for finding in review.accepted),
            *(finding_as_json(finding) for finding in checks.accepted),
        ],
        "expired": [
            accepted_as_json(one.accepted) for one in review.stale if one.why.startswith("expired")
        ],
        "stale": [{**accepted_as_json(one.accepted), "why": one.why} for one in review.stale],
        "unknown": [_undecided(one) for one in review.undecided],
        "changes": [_change(change) for change in changes],
        "outputs": list(plan.outputs),
        "removed_outputs": list(plan.removed_outputs),
        "drift": [change.address for change in plan.drift],
    }


def _finding(finding: ChangeFinding) -> dict[str, object]:
    entry = {
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "severity": finding.severity,
        "effect": finding.effect,
        **_place(finding.change.resource, finding.at),
        "action": finding.change.action,
        "is_drift": finding.is_drift,
        "text": finding.text,
        "remedy": finding.remedy,
        "source_of_rule": finding.rule.source,
        "dependents": [
            {
                "address": one.change.address,
                "type": one.change.type,
                "action": one.change.action,
                "text": one.text,
            }
            for one in finding.dependents
        ],
    }
    if finding.accepted is not None:
        entry["accepted"] = accepted_as_json(finding.accepted)
    return entry


def _undecided(one: ChangeUndecided) -> dict[str, object]:
    return {
        "rule": one.rule.id,
        "title": one.rule.title,
        **_place(one.change.resource, one.at),
        "why": one.why,
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "address": change.address,
        "type": change.type,
        "action": change.action,
        "reason": change.reason,
        "causes": list(change.causes),
        "previous_address": change.previous_address,
        "is_deposed": change.is_deposed,
        "is_imported": change.is_imported,
        "is_noise": change.is_noise,
        "differences": [_difference(one) for one in change.shown],
    }


def _difference(difference: Difference) -> dict[str, object]:
    entry: dict[str, object] = {"path": difference.path, "replaces": difference.replaces}
    if difference.is_hidden or difference.shown_as:
        return {**entry, "hidden": True}
    if difference.after is AFTER_APPLY:
        return {**entry, "before": difference.before, "after_unknown": True}
    return {**entry, "before": difference.before, "after": _plain(difference.after)}


def _plain(value: object) -> object:
    """Replace unknown members of a list with null."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if value is AFTER_APPLY else value


def _place(resource: Resource, at: str) -> Mapping[str, object]:
    origin = resource.origin
    return {
        "address": resource.address,
        "at": at,
        "file": origin.file,
        "line": origin.line,
        "construct_path": origin.construct_path,
        "source": origin.source,
    }
