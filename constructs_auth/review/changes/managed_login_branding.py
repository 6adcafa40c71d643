"""The branding of managed login."""

from constructs_auth.facts.replacing import PROVIDER_6
from constructs_auth.facts.resource_types import MANAGED_LOGIN_BRANDING
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
    if change.action is Action.DELETE:
        text = (
            "Users of the client get an error instead of managed login: the client has no branding"
        )
    else:
        text = "Users get no branded page while Terraform deletes the branding and creates it again"
    yield Meaning(text=f"{text}.", at=names.listed(change.causes))


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR15",
        slug="branding-deleted-or-replaced",
        title="The branding of managed login is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(MANAGED_LOGIN_BRANDING,),
        remedy="keep one branding for each client as long as its domain has managed login",
        source=PROVIDER_6,
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
)
