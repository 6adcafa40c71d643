"""What the classic sign-in pages look like."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import USER_POOL_UI_CUSTOMIZATION
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import (
    GOES,
    IN_PLACE,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        yield Meaning(text="Whoever signs in sees Cognito's own pages: the style is deleted.")


def _leaves_one_behind(change: Change, _surroundings: Surroundings) -> Answers:
    for name in ("user_pool_id", "client_id"):
        if change.action is Action.UPDATE and any(
            difference.path == name for difference in change.differences
        ):
            yield Meaning(
                text="The old style stays where it is and nobody manages it: Terraform only puts "
                "one more at the new place.",
                at=name,
            )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR10",
        slug="classic-branding-deleted",
        title="The style of sign-in pages is deleted",
        effect=Effect.BREAKS,
        severity=Severity.LOW,
        resource_types=(USER_POOL_UI_CUSTOMIZATION,),
        remedy="keep the style",
        source=PLANNED,
        actions=GOES,
        check=_goes,
    ),
    ChangeRule(
        id="CR10B",
        slug="classic-branding-left-behind",
        title="The style of sign-in pages moves and leaves one behind",
        effect=Effect.BREAKS,
        severity=Severity.LOW,
        resource_types=(USER_POOL_UI_CUSTOMIZATION,),
        remedy="delete the old style in an apply of its own first",
        source=f"{PLANNED}: user_pool_id and client_id update in place",
        actions=IN_PLACE,
        check=_leaves_one_behind,
    ),
)
