"""What is lost with a pool."""

from collections.abc import Iterator

from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.changes._moved import moved_block
from constructs_auth.review.rule import GOES, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.configuration import USER_POOL

_KEEP = (
    "put the old value back; if the change is meant, make a second pool beside this one, move "
    "the users (CSV import or a migration trigger), and delete this one last"
)
_ADDED_BLOCK = (
    "take username_configuration out again: this pool was made without it, and stays as it is"
)
_REASONS = {
    "replace_because_tainted": "it is marked as tainted",
    "replace_by_request": "-replace asks for it",
    "replace_by_triggers": "replace_triggered_by asks for it",
}


def _goes(change: Change, surroundings: Surroundings) -> Answers:
    count = names.number_of_users(change.resource)
    severity = Severity.HIGH if count == 0 else Severity.CRITICAL
    remedy = _remedy(change, surroundings)
    at = names.listed(change.causes)
    if change.resource.body.peek_text("deletion_protection") == "ACTIVE":
        yield Meaning(
            text="".join(_stopped_halfway(change, surroundings)),
            at=at,
            effect=Effect.FAILS,
            severity=severity,
            remedy=remedy,
        )
    else:
        yield Meaning(text="".join(_lost(change)), at=at, severity=severity, remedy=remedy)


def _lost(change: Change) -> Iterator[str]:
    yield f"Deletes {names.users(change.resource)}, with passwords and second factors, and "
    yield names.pool(change.resource)
    if change.action is Action.REPLACE:
        yield f" because {_cause(change)}; a new, empty pool has another id, issuer and clients"
    elif change.is_deposed:
        yield ", which a replacement left behind"
    yield "."


def _stopped_halfway(change: Change, surroundings: Surroundings) -> Iterator[str]:
    followers = surroundings.followers.get(change.address, ())
    first = sum(one.goes for one in followers)
    yield "The apply fails: Cognito refuses to delete "
    yield f"{names.pool(change.resource)} with {names.users(change.resource)}"
    yield " while its deletion protection is ACTIVE"
    if change.action is Action.REPLACE:
        yield f" (it is to be replaced because {_cause(change)})"
    if first:
        those = "what depends on it is" if first == 1 else f"the {first:,} that depend on it are"
        yield f"; {those} deleted before that"
    yield "."


def _cause(change: Change) -> str:
    if change.causes:
        return f"{names.listed(change.causes)} cannot be changed"
    return _REASONS.get(change.reason, "Terraform does not say why")


def _remedy(change: Change, surroundings: Surroundings) -> str:
    moved = moved_block(change, surroundings, "name")
    if moved:
        return moved
    if change.action is Action.DELETE:
        return (
            "keep the pool; to hand it to another state, use a removed block with destroy = false"
        )
    is_case = change.causes == ("username_configuration.case_sensitive",)
    is_new = not change.resource.body.values.get("username_configuration")
    return _ADDED_BLOCK if is_case and is_new else _KEEP


POOL_GOES = ChangeRule(
    id="CR01",
    title="A user pool is deleted or replaced",
    effect=Effect.DESTROYS,
    severity=Severity.CRITICAL,
    resource_types=(USER_POOL,),
    remedy=_KEEP,
    source="developer guide, «Updating user pool configuration»; terraform-provider-aws #42627, "
    "#43544; plan of provider 5.100.0",
    actions=GOES,
    check=_goes,
)
