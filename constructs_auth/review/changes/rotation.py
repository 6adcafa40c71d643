"""Whether a refresh token works once or for as long as it lasts."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided

_FEATURE = "refresh_token_rotation.feature"
_SOURCE = "API, RefreshTokenRotationType"


def _goes_on(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, _FEATURE, default="DISABLED")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.after == "ENABLED":
        yield Meaning(
            text=f"Each refresh gives {names.client(change.resource)} another refresh token: an "
            "application that keeps the first one signs people out.",
            at=moved.at,
        )


def _goes_off(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, _FEATURE, default="DISABLED")
    if isinstance(moved, AttributeChange) and moved.before == "ENABLED":
        yield Meaning(
            text=f"A stolen refresh token of {names.client(change.resource)} works as long as it "
            "lasts, and nobody notices.",
            at=moved.at,
        )


ROTATION_ON = ChangeRule(
    id="CH34",
    title="Refresh tokens rotate",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="make sure that each application keeps the refresh token it got last, and calls "
    "GetTokensFromRefreshToken",
    source=_SOURCE,
    check=_goes_on,
)
ROTATION_OFF = ChangeRule(
    id="CH35",
    title="Refresh tokens rotate no longer",
    effect=Effect.WEAKENS,
    severity=Severity.MEDIUM,
    resource_types=CLIENTS,
    remedy="keep refresh_token_rotation; left out it is off",
    source=f"{_SOURCE}; RFC 9700 2.2.2",
    check=_goes_off,
)
