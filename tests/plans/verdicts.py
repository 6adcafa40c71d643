"""What the review must say of each recorded plan: `verdicts.md`, written by hand."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from constructs_auth.review.plan import Plan, read
from constructs_auth.review.reviewer import Review, review
from constructs_auth.rules.profile import STANDARD
from tests.plans.record import RECORDED

VERDICTS = Path(__file__).with_name("verdicts.md")
TODAY = date(2026, 1, 1)


def recorded(name: str) -> dict[str, Any]:
    """Give the recorded plan *name*."""
    document: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return document


@cache
def plan_of(name: str) -> Plan:
    """Read the recorded plan *name*."""
    return read(recorded(name), name=name)


@cache
def reviewed(name: str) -> Review:
    """Review the recorded plan *name*."""
    return review(plan_of(name), profile=STANDARD, today=TODAY)


def verdicts() -> dict[str, str]:
    """Read what must be said, by the name of the plan."""
    _, *parts = VERDICTS.read_text(encoding="utf-8").split("\n## ")
    return {
        name.strip(): text.strip() for name, _, text in (part.partition("\n") for part in parts)
    }


def described(result: Review) -> str:
    """Write what change rules say, as `verdicts.md` does."""
    return "\n".join(_lines(result)) or "Nothing."


def _lines(result: Review) -> Iterator[str]:
    for finding in result.findings:
        at = f" {finding.at}" if finding.at else ""
        yield (
            f"- {finding.rule.id} {finding.severity}, {finding.effect}: "
            f"`{finding.change.address}{at}`"
        )
        yield f"  {finding.text}"
        if finding.remedy != finding.rule.remedy:
            yield f"  Instead: {finding.remedy}."
        for one in finding.dependents:
            yield f"  - {one.change.action} `{one.change.address}` {one.text}"
    for undecided in result.undecided:
        place = f"{undecided.change.address} {undecided.at}"
        yield f"- {undecided.rule.id} unknown: `{place}`"
        yield f"  {undecided.why}"
