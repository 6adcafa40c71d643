"""The web ACL in front of a pool."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import WEB_ACL_ASSOCIATION
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.rule import About, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity


def _is_for_a_pool(change: Change) -> bool:
    """Return whether the ARN is that of a user pool."""
    return ":cognito-idp:" in (known(change.resource.body.text, "resource_arn") or "")


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    if _is_for_a_pool(change):
        yield Meaning(
            text="Bots and attackers reach the sign-in pages and the API of the pool: nothing "
            "filters their requests any more."
        )


def _is_replaced(change: Change, _surroundings: Surroundings) -> Answers:
    if _is_for_a_pool(change):
        yield Meaning(
            text="Nothing filters requests to the pool between the old web ACL and the new one.",
            at=names.listed(change.causes),
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH44",
        slug="web-acl-removed",
        title="The web ACL is removed",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(WEB_ACL_ASSOCIATION,),
        remedy="keep the association",
        source="developer guide, «Associate an AWS WAF web ACL with a user pool»",
        actions=frozenset({Action.DELETE}),
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CR14",
        slug="web-acl-replaced",
        title="The web ACL is replaced",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=(WEB_ACL_ASSOCIATION,),
        remedy="change the rules of the old web ACL, or apply when few users are active",
        source=PLANNED,
        actions=frozenset({Action.REPLACE}),
        about=About.LOSS,
        check=_is_replaced,
    ),
)
