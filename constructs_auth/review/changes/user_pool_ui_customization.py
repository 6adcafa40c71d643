"""The customization of the classic sign-in pages."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import USER_POOL_UI_CUSTOMIZATION
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import (
    GOES,
    IN_PLACE,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        yield Meaning(text="Users see Cognito's default sign-in pages: the branding is deleted.")


def _leaves_branding_behind(change: Change, _surroundings: Surroundings) -> Answers:
    for name in ("user_pool_id", "client_id"):
        if change.action is Action.UPDATE and any(
            difference.path == name for difference in change.differences
        ):
            yield Meaning(
                text="The old branding stays in AWS, and Terraform no longer manages it: the "
                "provider only creates another one.",
                at=name,
            )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR10",
        slug="classic-branding-deleted",
        title="The branding of classic sign-in pages is deleted",
        effect=Effect.BREAKS,
        severity=Severity.LOW,
        resource_types=(USER_POOL_UI_CUSTOMIZATION,),
        remedy="keep the branding",
        source=PLANNED,
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CR10B",
        slug="classic-branding-left-behind",
        title="The branding of classic sign-in pages changes its pool or client",
        effect=Effect.BREAKS,
        severity=Severity.LOW,
        resource_types=(USER_POOL_UI_CUSTOMIZATION,),
        remedy="delete the old branding first, in a separate apply",
        source=f"{PLANNED}: user_pool_id and client_id update in place",
        actions=IN_PLACE,
        check=_leaves_branding_behind,
    ),
)
