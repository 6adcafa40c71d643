"""Plans made by hand, for what no recorded plan shows."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from constructs_auth.cli import main
from constructs_auth.review.plan import read
from constructs_auth.review.reviewer import Review, review
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.profile import STANDARD

TODAY = date(2026, 1, 1)
POOL = "aws_cognito_user_pool"
CLIENT = "aws_cognito_user_pool_client"


def change(
    kind: str,
    name: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    actions: tuple[str, ...] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Make one of a plan's `resource_changes`; *more* is of its `change`."""
    if actions is None:
        actions = ("create",) if before is None else ("delete",) if after is None else ("update",)
    return {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "change": {"actions": list(actions), "before": before, "after": after, **more},
    }


def plan(*changes: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Make a plan."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "resource_changes": list(changes),
        **more,
    }


def reviewed(document: Mapping[str, Any], *, accepted: tuple[Accepted, ...] = ()) -> Review:
    """Review a plan."""
    return review(
        read(document, name="plan.json"), profile=STANDARD, accepted=accepted, today=TODAY
    )


def said(document: Mapping[str, Any]) -> list[str]:
    """Give what change rules say of a plan: the rule and the sentence."""
    return [f"{finding.rule.id}: {finding.text}" for finding in reviewed(document).findings]


def written(folder: Path, document: object, name: str = "plan.json") -> str:
    """Write a plan into a file, and give its path."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> int:
    """Run the command, and give its exit code."""
    try:
        return main(["review", *arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)
