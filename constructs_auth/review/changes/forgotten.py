"""What stays in AWS and nobody manages any more."""

from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.configuration import USER_POOL


def _is_forgotten(_change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Nothing happens to users, but nobody manages this any more: it stays in AWS, and "
        "this state forgets it."
    )


FORGOTTEN = ChangeRule(
    id="CR18",
    title="Terraform forgets a resource that stays",
    effect=Effect.WEAKENS,
    severity=Severity.LOW,
    resource_types=(USER_POOL, "aws_cognito_user_pool_client", "aws_cognito_identity_pool"),
    remedy="make sure that another state takes it over",
    source="Terraform, removed block with destroy = false",
    actions=frozenset({Action.FORGET}),
    check=_is_forgotten,
)
