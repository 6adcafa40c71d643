"""What a pool writes down, and where."""

from constructs_auth.facts.resource_types import LOG_DELIVERY_CONFIGURATION
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import GOES, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    again = "" if change.action is Action.DELETE else " until delivery is set up again"
    yield Meaning(
        text="Whoever looks into an attack or an undelivered code finds no logs of the pool"
        f"{again}."
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH45",
        slug="log-delivery-deleted-or-replaced",
        title="Log delivery is taken away or replaced",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=(LOG_DELIVERY_CONFIGURATION,),
        remedy="keep the resource",
        source="API, SetLogDeliveryConfiguration; provider 6: user_pool_id replaces",
        actions=GOES,
        check=_goes,
    ),
)
