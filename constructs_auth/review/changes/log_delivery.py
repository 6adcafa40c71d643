"""The log delivery of a pool."""

from constructs_auth.facts.resource_types import LOG_DELIVERY_CONFIGURATION
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import (
    GOES,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    again = "" if change.action is Action.DELETE else " until Terraform creates the delivery again"
    yield Meaning(
        text=f"Investigations of attacks and of undelivered codes find no logs of the pool{again}."
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH45",
        slug="log-delivery-deleted-or-replaced",
        title="Log delivery is deleted or replaced",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=(LOG_DELIVERY_CONFIGURATION,),
        remedy="keep the resource",
        source="API, SetLogDeliveryConfiguration; provider 6: user_pool_id replaces",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
)
