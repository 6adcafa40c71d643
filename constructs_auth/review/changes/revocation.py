"""Whether sessions can be ended, and whether strangers learn who has an account."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided


def _goes_off(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.flag(change, "enable_token_revocation", default=False)
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before:
        yield Meaning(
            text=f"Nobody can end a stolen session of {names.client(change.resource)} any more: "
            "its tokens work until they expire.",
            at=moved.at,
        )


def _shows_users(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, "prevent_user_existence_errors")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before == "ENABLED":
        yield Meaning(
            text=f"Strangers can find out at {names.client(change.resource)} who has an account: "
            "errors say whether a user exists.",
            at=moved.at,
        )


REVOCATION_OFF = ChangeRule(
    id="CH32",
    title="Token revocation goes off",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="keep enable_token_revocation = true",
    source="API, UserPoolClientType.EnableTokenRevocation",
    check=_goes_off,
)
USER_EXISTENCE_SHOWN = ChangeRule(
    id="CH33",
    title="Errors tell who has an account",
    effect=Effect.WEAKENS,
    severity=Severity.MEDIUM,
    resource_types=CLIENTS,
    remedy='keep prevent_user_existence_errors = "ENABLED"',
    source="API, UserPoolClientType.PreventUserExistenceErrors",
    check=_shows_users,
)
