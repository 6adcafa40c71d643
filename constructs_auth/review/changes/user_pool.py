"""The deletion or replacement of a user pool, and its deletion protection."""

from collections.abc import Iterator

from constructs_auth.facts.replacing import FIXED_ARGUMENTS, PLANNED
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

_MAIN = (USER_POOL, USER_POOL_CLIENT, IDENTITY_POOL)
_WITH_USERS = (USER_POOL, IDENTITY_POOL)
_KEEP = (
    "restore the old value; if you want the change, create a second pool, move the users (CSV "
    "import or a migration trigger), and delete this one last"
)
_ADDED_BLOCK = (
    "remove username_configuration again: this pool was created without it, and cannot get it"
)
_REASONS = {
    "replace_because_tainted": "it is tainted",
    "replace_by_request": "the option -replace requires it",
    "replace_by_triggers": "replace_triggered_by requires it",
}


_REMEDIES = {
    "replace_because_tainted": "run `terraform untaint` for the pool, and plan again: a pool that "
    "exists needs no replacement",
    "replace_by_request": "plan without -replace for the pool",
    "replace_by_triggers": "remove replace_triggered_by from the lifecycle of the pool",
}


def _goes(change: Change, surroundings: Surroundings) -> Answers:
    count = names.number_of_users(change.resource)
    severity = Severity.HIGH if count == 0 else Severity.CRITICAL
    remedy = _remedy(change)
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
    yield f"Terraform deletes {names.users(change.resource)}, with passwords and second factors, "
    yield f"and {names.pool(change.resource)}"
    if change.action is Action.REPLACE:
        yield f" because {_cause(change)}; a new, empty pool has another id, issuer and clients"
    elif change.is_deposed:
        yield ", which an earlier replacement left behind"
    yield "."


def _stopped_halfway(change: Change, surroundings: Surroundings) -> Iterator[str]:
    followers = surroundings.followers.get(change.address, ())
    first = sum(one.goes for one in followers)
    yield "The apply fails: Cognito refuses to delete "
    yield f"{names.pool(change.resource)} with {names.users(change.resource)}"
    yield " while its deletion protection is ACTIVE"
    if change.action is Action.REPLACE:
        yield f" (Terraform replaces it because {_cause(change)})"
    if first:
        those, they = (
            ("one resource that depends on it is", "it is")
            if first == 1
            else (f"{first:,} resources that depend on it are", "they are")
        )
        yield f"; {those} deleted before that"
        if surroundings.rename(change) or change.creates_first:
            yield ", and those that the plan creates again belong to a new pool without users"
        elif change.action is Action.REPLACE:
            yield f", and {they} not created again"
    yield "."


def _cause(change: Change) -> str:
    if change.causes:
        return f"{names.listed(change.causes)} cannot be changed"
    return _REASONS.get(change.reason, "Terraform gives no reason")


def _remedy(change: Change) -> str:
    if change.action is Action.DELETE:
        return (
            "keep the pool; to move it to another state, use a removed block with destroy = false"
        )
    if not change.causes and change.reason in _REMEDIES:
        return _REMEDIES[change.reason]
    is_case = change.causes == ("username_configuration.case_sensitive",)
    is_new = not change.resource.body.values.get("username_configuration")
    return _ADDED_BLOCK if is_case and is_new else _KEEP


def _replica_goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Users cannot sign in in the other region: Terraform deletes the replica of the pool"
        f"{'' if change.action is Action.DELETE else ' and creates it again'}.",
        at=names.listed(change.causes),
    )


def _is_superseded(change: Change, _surroundings: Surroundings) -> Answers:
    if change.type == USER_POOL:
        new = "a new, empty pool takes its place, with another id, issuer and clients"
    else:
        new = "Terraform creates another one in its place"
    yield Meaning(
        text=f"Terraform drops {_with_users(change)} from the state without deleting it, and "
        f"{new}.",
        at=names.listed(change.causes),
        severity=Severity.CRITICAL if change.type in _MAIN else Severity.HIGH,
    )


def _is_forgotten(change: Change, surroundings: Surroundings) -> Answers:
    new = surroundings.rename(change)
    another = surroundings.first_created.get(change.type, "")
    if new:
        yield Meaning(
            text=f"Terraform drops {_with_users(change)} from the state without deleting it, and "
            f"creates another one in its place, {new}, with another id{_and_empty(change)}.",
            effect=Effect.NOT_FOUND,
            severity=Severity.CRITICAL,
            remedy=surroundings.moved_blocks(change),
        )
    elif another and change.type in _WITH_USERS:
        yield Meaning(
            text=f"Terraform drops {_with_users(change)} from the state without deleting it, and "
            f"creates {another}. If that is to take its place, it has another id"
            f"{_and_empty(change)}.",
            effect=Effect.NOT_FOUND,
            severity=Severity.HIGH,
        )
    else:
        yield Meaning(
            text="Users are not affected, but Terraform no longer manages this resource: it stays "
            "in AWS, and only this state drops it."
        )


def _with_users(change: Change) -> str:
    if change.type != USER_POOL:
        return change.address
    return f"{names.pool(change.resource)} with {names.users(change.resource)}"


def _and_empty(change: Change) -> str:
    return ", issuer and clients, and no users" if change.type == USER_POOL else ""


def _loses_protection(change: Change, surroundings: Surroundings) -> Answers:
    protection = compare.text(change, "deletion_protection", default="INACTIVE")
    if protection is None or protection.before != "ACTIVE":
        return
    who = names.users(change.resource)
    deleted = _other_deletions(change, surroundings)
    if change.action is Action.REPLACE:
        text = (
            "Terraform creates the new pool without deletion protection, in the same plan that "
            f"replaces the old one with {who}"
        )
    elif deleted:
        text = (
            f"{names.pool(change.resource)} with {who} loses its only protection in AWS, in a plan "
            f"that also deletes {names.listed(deleted)}"
        )
    else:
        text = (
            f"{names.pool(change.resource)} loses its only protection in AWS: from now on, one API "
            f"call or one mistaken plan can delete {who}"
        )
    yield Meaning(text=f"{text}.", at=protection.at)


def _other_deletions(change: Change, surroundings: Surroundings) -> tuple[str, ...]:
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
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CR16",
        slug="replica-deleted-or-replaced",
        title="A replica of a pool is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL_REPLICA,),
        remedy="keep the replica until no application uses its region",
        source="provider hashicorp/awscc; CloudFormation, AWS::Cognito::UserPoolReplica",
        actions=GOES,
        about=About.LOSS,
        check=_replica_goes,
    ),
    ChangeRule(
        id="CR17",
        slug="resource-superseded",
        title="Another resource takes the place of one that stays in AWS",
        effect=Effect.NOT_FOUND,
        severity=Severity.CRITICAL,
        resource_types=tuple(FIXED_ARGUMENTS),
        remedy="restore the old value; destroy = false of the lifecycle keeps the old resource, "
        "but nothing uses it any more",
        source="Terraform and OpenTofu, lifecycle { destroy = false }: actions forget and create",
        actions=frozenset({Action.SUPERSEDE}),
        about=About.LOSS,
        check=_is_superseded,
    ),
    ChangeRule(
        id="CR18",
        slug="resource-forgotten",
        title="Terraform stops managing a resource that stays",
        effect=Effect.WEAKENS,
        severity=Severity.LOW,
        resource_types=_MAIN,
        remedy="make sure that another state manages it",
        source="Terraform, removed block with destroy = false",
        actions=frozenset({Action.FORGET}),
        check=_is_forgotten,
    ),
    ChangeRule(
        id="CH01",
        slug="deletion-protection-off",
        title="Deletion protection is disabled",
        effect=Effect.WEAKENS,
        severity=Severity.CRITICAL,
        resource_types=(USER_POOL,),
        remedy='keep deletion_protection = "ACTIVE"; it blocks no other change',
        source="developer guide, «User pool deletion protection»; the default is INACTIVE "
        "(provider)",
        check=_loses_protection,
    ),
)
