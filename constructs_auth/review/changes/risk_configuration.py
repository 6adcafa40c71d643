"""What Cognito no longer does about risky sign-ins."""

from collections.abc import Iterator

from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import AttributeChange, SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided

_TYPE = "aws_cognito_risk_configuration"
_ACTIONS = "account_takeover_risk_configuration.actions"
_COMPROMISED = "compromised_credentials_risk_configuration"
_RANK = {"NO_ACTION": 0, "MFA_IF_CONFIGURED": 1, "MFA_REQUIRED": 2, "BLOCK": 3}
_ALL_EVENTS = frozenset({"SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"})
_SOURCE = "API, SetRiskConfiguration; developer guide, «Threat protection»"


def _is_lowered(change: Change, _surroundings: Surroundings) -> Answers:
    for level in ("high", "medium", "low"):
        yield from _lowered(
            change,
            f"{_ACTIONS}.{level}_action.event_action",
            f"Sign-ins of {level} risk meet {{after}} where they met {{before}} before.",
        )
    yield from _lowered(
        change,
        f"{_COMPROMISED}.actions.event_action",
        "Users may keep a password that is known to be stolen: the reaction goes from {before} "
        "to {after}.",
    )
    yield from _fewer_events(change)
    skipped = compare.texts(change, "risk_exception_configuration.skipped_ip_range_list")
    if isinstance(skipped, Undecided):
        yield skipped
    elif isinstance(skipped, SetChange) and skipped.added:
        yield Meaning(
            text="Whoever signs in from "
            f"{names.listed(skipped.added)} is no longer looked at by threat protection.",
            at=skipped.at,
        )


def _lowered(change: Change, path: str, text: str) -> Iterator[Meaning | Undecided]:
    moved = compare.text(change, path, default="NO_ACTION")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and _rank(moved.after) < _rank(moved.before):
        yield Meaning(text=text.format(before=moved.before, after=moved.after), at=moved.at)


def _fewer_events(change: Change) -> Iterator[Meaning | Undecided]:
    moved = compare.texts(change, f"{_COMPROMISED}.event_filter")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange):
        gone = sorted((moved.before or _ALL_EVENTS) - (moved.after or _ALL_EVENTS))
        if gone:
            yield Meaning(
                text=f"A password that is known to be stolen is no longer noticed at "
                f"{names.listed(gone)}.",
                at=moved.at,
            )


def _is_deleted(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        yield Meaning(
            text="Risky sign-ins and stolen passwords are no longer blocked: the reactions of "
            "threat protection are deleted."
        )


def _is_replaced(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Risky sign-ins are not blocked between the deletion of the reactions and their "
        f"creation: {names.listed(change.causes) or 'the resource'} cannot be changed.",
    )


def _rank(action: str | None) -> int:
    return _RANK.get(action or "NO_ACTION", 0)


RISK_REACTIONS_LOWERED = ChangeRule(
    id="CH07",
    title="Reactions to risk are lowered",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(_TYPE,),
    remedy="put the old reaction back",
    source=_SOURCE,
    check=_is_lowered,
)
RISK_REACTIONS_DELETED = ChangeRule(
    id="CH07B",
    title="Reactions to risk are deleted",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(_TYPE,),
    remedy="keep the resource, or say why nobody needs it",
    source=_SOURCE,
    actions=frozenset({Action.DELETE}),
    check=_is_deleted,
)
RISK_REACTIONS_REPLACED = ChangeRule(
    id="CR09",
    title="Reactions to risk are replaced",
    effect=Effect.WEAKENS,
    severity=Severity.MEDIUM,
    resource_types=(_TYPE,),
    remedy="apply in a quiet hour, or set create_before_destroy",
    source="plan of provider 5.100.0: user_pool_id and client_id replace",
    actions=frozenset({Action.REPLACE}),
    check=_is_replaced,
)
