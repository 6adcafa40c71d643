"""Whether the server-side guard of a pool goes off."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL


def _goes_off(change: Change, surroundings: Surroundings) -> Answers:
    moved = compare.text(change, "deletion_protection", default="INACTIVE")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before == "ACTIVE":
        who = names.users(change.resource)
        deleted = _deleted_beside(change, surroundings)
        if change.action is Action.REPLACE:
            text = (
                "The new pool is made without deletion protection, in the very plan that replaces "
                f"the old one with {who}"
            )
        elif deleted:
            text = (
                f"The only guard in AWS of {names.pool(change.resource)} with {who} goes off, in "
                f"a plan that also deletes {names.listed(deleted)}"
            )
        else:
            text = (
                f"The only guard in AWS of {names.pool(change.resource)} goes off: from then on "
                f"one API call or one mistaken plan deletes {who}"
            )
        yield Meaning(text=f"{text}.", at=moved.at)


def _deleted_beside(change: Change, surroundings: Surroundings) -> tuple[str, ...]:
    return tuple(
        other.address
        for other in surroundings.changes.values()
        if other.goes and other is not change and other.type.startswith("aws_cognito_")
    )


DELETION_PROTECTION_OFF = ChangeRule(
    id="CH01",
    title="Deletion protection goes off",
    effect=Effect.WEAKENS,
    severity=Severity.CRITICAL,
    resource_types=(USER_POOL,),
    remedy='keep deletion_protection = "ACTIVE"; it hinders no other change',
    source="developer guide, «User pool deletion protection»; left out it is INACTIVE (provider)",
    check=_goes_off,
)
