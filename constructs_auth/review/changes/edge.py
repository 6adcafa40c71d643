"""What stands before a pool and what it writes down."""

from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.changes._types import WEB_ACL
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity

_LOGS = "aws_cognito_log_delivery_configuration"
_DELETES, _REPLACES = frozenset({Action.DELETE}), frozenset({Action.REPLACE})


def _is_for_a_pool(change: Change) -> bool:
    """Say whether a web ACL is for a user pool: by the ARN, or by what it refers to."""
    arn = change.resource.body.peek_text("resource_arn")
    return isinstance(arn, str) and ":cognito-idp:" in arn


def _web_acl_goes(change: Change, _surroundings: Surroundings) -> Answers:
    if _is_for_a_pool(change):
        yield Meaning(
            text="Bots and attackers reach the sign-in pages and the API of the pool: nothing "
            "filters their requests any more."
        )


def _web_acl_changes(change: Change, _surroundings: Surroundings) -> Answers:
    if _is_for_a_pool(change):
        yield Meaning(
            text="Nothing filters requests to the pool between the old web ACL and the new one.",
            at=names.listed(change.causes),
        )


def _logs_go(change: Change, _surroundings: Surroundings) -> Answers:
    again = "" if change.action is Action.DELETE else " until delivery is set up again"
    yield Meaning(
        text="Whoever looks into an attack or an undelivered code finds no logs of the pool"
        f"{again}."
    )


WEB_ACL_REMOVED = ChangeRule(
    id="CH44",
    title="The web ACL is taken away",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(WEB_ACL,),
    remedy="keep the association",
    source="developer guide, «Associate an AWS WAF web ACL with a user pool»",
    actions=_DELETES,
    check=_web_acl_goes,
)
WEB_ACL_REPLACED = ChangeRule(
    id="CR14",
    title="The web ACL is replaced",
    effect=Effect.WEAKENS,
    severity=Severity.MEDIUM,
    resource_types=(WEB_ACL,),
    remedy="change the rules of the old web ACL instead, or apply in a quiet hour",
    source="plan of provider 5.100.0",
    actions=_REPLACES,
    check=_web_acl_changes,
)
LOGS_REMOVED = ChangeRule(
    id="CH45",
    title="Log delivery is taken away or replaced",
    effect=Effect.WEAKENS,
    severity=Severity.MEDIUM,
    resource_types=(_LOGS,),
    remedy="keep the resource",
    source="API, SetLogDeliveryConfiguration; provider 6: user_pool_id replaces",
    actions=frozenset({Action.DELETE, Action.REPLACE}),
    check=_logs_go,
)
