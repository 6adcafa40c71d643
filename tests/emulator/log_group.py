"""Completes CloudWatch Logs: the log groups that user pools write to."""

from typing import Any

from moto.logs.models import LogGroup

from tests.emulator.completing import Original, completes


@completes(LogGroup)
def to_describe_dict(original: Original, group: LogGroup) -> dict[str, Any]:
    """Return the class of a log group; moto keeps none, so it is the default."""
    return {"logGroupClass": "STANDARD", **original(group)}
