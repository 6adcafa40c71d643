"""The deletion of users that Terraform created."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import USER
from constructs_auth.review import names
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
    again = ", and creates a new, empty account" if change.action is Action.REPLACE else ""
    yield Meaning(
        text=f"Terraform deletes the user {names.named(change.resource, 'username')}, with "
        f"password and second factors{again}.",
        at=names.listed(change.causes),
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR07",
        slug="user-deleted-or-replaced",
        title="A user is deleted or replaced",
        effect=Effect.DESTROYS,
        severity=Severity.HIGH,
        resource_types=(USER,),
        remedy="keep the user; disable it with enabled = false",
        source=f"terraform-provider-aws #38175; {PLANNED}",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
)
