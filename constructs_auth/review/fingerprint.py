"""A fingerprint of what a plan means: equal for equal plans, and no oracle for secrets."""

import json
from hashlib import sha256

from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.differences import AFTER_APPLY, Difference
from constructs_auth.review.plan import Plan

_VERSION = "v1"
_LENGTH = 32
_QUIET = frozenset({Action.NOTHING, Action.READ})


def fingerprint(plan: Plan) -> str:
    """Give the fingerprint of *plan*.

    It covers what happens to which resource and why, whether a guard protects what goes, every
    value that is shown, and the names of outputs. Of a secret it covers only whether it changes:
    neither the value nor anything made of it. It does not cover noise, times, versions and
    unchanged resources.
    """
    meaning = {
        "changes": [_meaning(change) for change in plan.changes if _counts(change)],
        "outputs": plan.outputs,
        "errored": plan.errored,
    }
    written = json.dumps(meaning, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{_VERSION}:{sha256(written.encode()).hexdigest()[:_LENGTH]}"


def _counts(change: Change) -> bool:
    return change.action not in _QUIET and not change.is_noise


def _meaning(change: Change) -> dict[str, object]:
    return {
        "address": change.address,
        "action": change.action,
        "creates_first": change.creates_first,
        "is_deposed": change.is_deposed,
        "previous_address": change.previous_address,
        "causes": sorted(change.causes),
        "guard": str(_guard(change)) if change.goes else "",
        "differences": [_difference(difference) for difference in change.differences],
    }


def _guard(change: Change) -> str | None:
    return known(change.resource.body.text, "deletion_protection")


def _difference(difference: Difference) -> list[object]:
    if difference.is_hidden:
        return [difference.path, "hidden"]
    return [difference.path, _plain(difference.before), _plain(difference.after)]


def _plain(value: object) -> object:
    if value is AFTER_APPLY:
        return {"after_apply": True}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
