"""What becomes of a user pool as a whole, and of the guard that keeps it."""

from collections.abc import Iterator

from constructs_auth.facts.replacing import PLANNED, PROVIDER_6
from constructs_auth.facts.resource_types import (
    COGNITO_PREFIX,
    IDENTITY_POOL,
    USER_POOL,
    USER_POOL_CLIENT,
    USER_POOL_REPLICA,
)
from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.rule import GOES, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity

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
    if known(change.resource.body.text, "deletion_protection") == "ACTIVE":
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
    moved_block = surroundings.moved_block(change, "name")
    if moved_block:
        return moved_block
    if change.action is Action.DELETE:
        return (
            "keep the pool; to hand it to another state, use a removed block with destroy = false"
        )
    is_case = change.causes == ("username_configuration.case_sensitive",)
    is_new = not change.resource.body.values.get("username_configuration")
    return _ADDED_BLOCK if is_case and is_new else _KEEP


def _replica_goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Nobody can sign in in the other region: the replica of the pool is deleted"
        f"{'' if change.action is Action.DELETE else ' and built anew'}.",
        at=names.listed(change.causes),
    )


def _is_forgotten(_change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Nothing happens to users, but nobody manages this any more: it stays in AWS, and "
        "this state forgets it."
    )


def _loses_its_protection(change: Change, surroundings: Surroundings) -> Answers:
    protection = compare.text(change, "deletion_protection", default="INACTIVE")
    if protection is None or protection.before != "ACTIVE":
        return
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
    yield Meaning(text=f"{text}.", at=protection.at)


def _deleted_beside(change: Change, surroundings: Surroundings) -> tuple[str, ...]:
    return tuple(
        other.address
        for other in surroundings.changes.values()
        if other.goes and other is not change and other.type.startswith(COGNITO_PREFIX)
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR01",
        slug="user-pool-deleted-or-replaced",
        title="A user pool is deleted or replaced",
        effect=Effect.DESTROYS,
        severity=Severity.CRITICAL,
        resource_types=(USER_POOL,),
        remedy=_KEEP,
        source="developer guide, «Updating user pool configuration»; terraform-provider-aws "
        f"#42627, #43544; {PLANNED}",
        actions=GOES,
        check=_goes,
    ),
    ChangeRule(
        id="CR16",
        slug="replica-deleted-or-replaced",
        title="A replica of a pool is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL_REPLICA,),
        remedy="keep user_pool_id and region_name",
        source=PROVIDER_6,
        actions=GOES,
        check=_replica_goes,
    ),
    ChangeRule(
        id="CR18",
        slug="resource-forgotten",
        title="Terraform forgets a resource that stays",
        effect=Effect.WEAKENS,
        severity=Severity.LOW,
        resource_types=(USER_POOL, USER_POOL_CLIENT, IDENTITY_POOL),
        remedy="make sure that another state takes it over",
        source="Terraform, removed block with destroy = false",
        actions=frozenset({Action.FORGET}),
        check=_is_forgotten,
    ),
    ChangeRule(
        id="CH01",
        slug="deletion-protection-off",
        title="Deletion protection goes off",
        effect=Effect.WEAKENS,
        severity=Severity.CRITICAL,
        resource_types=(USER_POOL,),
        remedy='keep deletion_protection = "ACTIVE"; it hinders no other change',
        source="developer guide, «User pool deletion protection»; left out it is INACTIVE "
        "(provider)",
        check=_loses_its_protection,
    ),
)
