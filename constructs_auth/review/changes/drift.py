"""Resources that the plan does not find: deleted outside of Terraform, or looked for elsewhere."""

from collections.abc import Mapping

from constructs_auth.facts.resource_types import (
    CLIENTS,
    IDENTITY_POOL,
    IDENTITY_POOL_ROLES_ATTACHMENT,
    IDENTITY_PROVIDER,
    LAMBDA_PERMISSION,
    RESOURCE_SERVER,
    RISK_CONFIGURATION,
    USER,
    USER_GROUP,
    USER_IN_GROUP,
    USER_POOL,
    USER_POOL_DOMAIN,
    WEB_ACL_ASSOCIATION,
)
from constructs_auth.report.counts import counted
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.place import Where, where
from constructs_auth.review.provider_settings import settings_changed
from constructs_auth.review.rule import About, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity

_POOLS = (USER_POOL, IDENTITY_POOL)
_KINDS = dict.fromkeys(_POOLS, "the pool")
_THERE = frozenset({Action.NOTHING, Action.UPDATE, Action.GONE})
_LOST: Mapping[str, tuple[Severity, str]] = {
    **dict.fromkeys(
        CLIENTS,
        (Severity.HIGH, "Its users cannot sign in"),
    ),
    IDENTITY_POOL_ROLES_ATTACHMENT: (Severity.HIGH, "Nobody gets AWS credentials without it"),
    IDENTITY_PROVIDER: (
        Severity.HIGH,
        "The users who came through it cannot sign in until it exists again",
    ),
    LAMBDA_PERMISSION: (Severity.HIGH, "Cognito cannot call the function until it exists again"),
    RESOURCE_SERVER: (
        Severity.HIGH,
        "Clients cannot request its scopes until it exists again",
    ),
    RISK_CONFIGURATION: (Severity.MEDIUM, "Cognito does not block risky sign-ins without it"),
    USER: (Severity.HIGH, "The user loses password and second factor"),
    USER_GROUP: (Severity.HIGH, "All its members lose the group, also after it exists again"),
    USER_IN_GROUP: (Severity.MEDIUM, "The user is not in the group until it exists again"),
    USER_POOL_DOMAIN: (
        Severity.HIGH,
        "Nobody reaches the sign-in pages and the token endpoint until it exists again",
    ),
    WEB_ACL_ASSOCIATION: (Severity.HIGH, "The web ACL does not protect the pool without it"),
}
_COMPARE = (
    "do not apply; compare the region, the profile and the account of this plan (aws sts "
    "get-caller-identity) with those of the last apply"
)
_DELETED = (
    "do not apply before you know who deleted it (CloudTrail has the event); a deleted pool cannot "
    "be restored: its users must be imported from a copy, or sign up again"
)


def _pool_is_gone(change: Change, surroundings: Surroundings) -> Answers:
    own = where(change.resource)
    if change.action is not Action.GONE:
        looked = surroundings.place.certain_region_of(change.resource)
        has_own = change.resource.body.values.get("region")  # provider 6
        if own.region and not has_own and looked and own.region != looked:
            yield Meaning(
                text=f"This plan is made for {looked}, but {_pool(change)} is in {own.region}: the "
                "apply does not find it there.",
                at="region",
                effect=Effect.NOT_FOUND,
                about=About.PLACE,
                remedy=_restored(own),
            )
            return
        account = surroundings.place.certain_account_of(change.resource)
        if own.account and account and own.account != account:
            yield Meaning(
                text=f"This plan is made for the account {account}, but {_pool(change)} is in "
                f"{own.account}: the apply does not find it there.",
                effect=Effect.NOT_FOUND,
                about=About.PLACE,
                remedy=_own_account(own),
            )
        return
    others = surroundings.followers.get(change.address, ())
    why, remedy = _explained(change, own, surroundings)
    parts = (_missing(change, len(others)), why, _next(change, surroundings))
    yield Meaning(text=" ".join(parts), remedy=remedy)


def _pool(change: Change) -> str:
    users = f" with {names.users(change.resource)}" if change.type == USER_POOL else ""
    return f"{_name(change)}{users}"


def _name(change: Change) -> str:
    if change.type == USER_POOL:
        return names.pool(change.resource)
    return f"the identity pool {names.named(change.resource, 'identity_pool_name')}"


def _missing(change: Change, others: int) -> str:
    more = ""
    if others:
        depend = "depends" if others == 1 else "depend"
        more = f", nor {counted(others, 'resource')} that {depend} on it"
    return f"The state holds {_pool(change)}, but the provider does not find it{more}."


def _explained(change: Change, own: Where, surroundings: Surroundings) -> tuple[str, str]:
    """Return the probable reason why the resource is missing, and the remedy."""
    elsewhere = _elsewhere(change, own, surroundings)
    if elsewhere is not None:
        return elsewhere
    remaining = _still_there(own, surroundings)
    if not remaining:
        why = (
            "Either the plan looks in another region or account, or somebody deleted everything "
            "outside of Terraform: the provider finds nothing else there."
        )
        return why, _COMPARE
    there = (
        "one other resource that is"
        if remaining == 1
        else f"{remaining:,} other resources that are"
    )
    why = f"Somebody deleted it outside of Terraform: the provider still finds {there} there."
    return why, _DELETED


def _elsewhere(change: Change, own: Where, surroundings: Surroundings) -> tuple[str, str] | None:
    """Return in which other place the plan looks, and the remedy; `None` if nothing shows it."""
    what = _KINDS.get(change.type, "the resource")
    looked = surroundings.place.region_of(change.resource)
    account = surroundings.place.account_of(change.resource)
    if own.region and looked and own.region != looked:
        why = f"The plan looks in another region: {looked}, and {what} is in {own.region}."
        return why, _restored(own)
    if own.account and account and own.account != account:
        why = f"The plan looks in another account: {account}, and {what} is in {own.account}."
        return why, _own_account(own)
    other = _other_provider(change, surroundings)
    return (f"The plan looks elsewhere: {other}.", _COMPARE) if other else None


def _next(change: Change, surroundings: Surroundings) -> str:
    planned = surroundings.planned.get(change.address)
    if planned is not None and planned.action is Action.CREATE:
        return (
            "The apply creates a new, empty pool with another id"
            f"{', issuer and clients' if change.type == USER_POOL else ''}."
        )
    return "The apply only removes it from the state."


def _restored(own: Where) -> str:
    return (
        f"do not apply; restore the region {own.region} of the provider: a pool cannot move to "
        "another region"
    )


def _own_account(own: Where) -> str:
    return f"do not apply; use credentials of the account {own.account}"


def _other_provider(change: Change, surroundings: Surroundings) -> str:
    """Describe how the provider differs from the one that is deployed."""
    address = change.resource.static_address
    before = surroundings.base.providers.get(address)
    after = surroundings.source.providers.get(address)
    if before is None or after is None:
        return ""
    return settings_changed(before, after, "provider")


def _still_there(own: Where, surroundings: Surroundings) -> int:
    """Count the other resources in the same place that the provider still finds."""
    return sum(
        count for found, count in surroundings.place.still_there.items() if found.may_be_beside(own)
    )


def _is_gone(change: Change, surroundings: Surroundings) -> Answers:
    severity, loss = _LOST[change.type]
    elsewhere = _elsewhere(change, where(change.resource), surroundings)
    planned = surroundings.planned.get(change.address)
    again = (
        f"The apply creates it again{_with_another_id(change)}."
        if planned is not None and planned.action is Action.CREATE
        else "The apply only removes it from the state."
    )
    if elsewhere is None:
        what = f"Somebody deleted {change.address} outside of Terraform."
        yield Meaning(text=f"{what} {loss}. {again}", severity=severity)
    else:
        why, remedy = elsewhere
        what = f"The provider does not find {change.address}. {why}"
        yield Meaning(text=f"{what} {again}", severity=severity, remedy=remedy)


def _with_another_id(change: Change) -> str:
    return ", with an id that no application knows" if change.type in CLIENTS else ""


def _is_in_another_state(change: Change, surroundings: Surroundings) -> Answers:
    base = surroundings.base
    static = change.resource.static_address
    if static not in base.origins or change.address in surroundings.renamed_to:
        return
    if any(one.static_address == static for one in surroundings.recorded.of_type(change.type)):
        return
    first = min(
        one.address
        for one in surroundings.planned.values()
        if one.type in _POOLS
        and one.action is Action.CREATE
        and one.resource.static_address in base.origins
    )
    if change.address != first:
        return
    other = _other_backend(surroundings)
    second = (
        f"The apply creates {_name(change)} a second time, empty and with another id; the pool "
        "that people use stays in AWS, and this state does not hold it."
    )
    if other:
        yield Meaning(text=f"The state is another one: {other}. {second}")
    elif not surroundings.recorded.resources:
        yield Meaning(
            text="The state is empty, but --base shows that the pool is deployed: this is "
            f"probably the state of another workspace. {second}",
            severity=Severity.HIGH,
            remedy="select the workspace of the deployed pool, and plan again; if nothing is "
            "deployed yet, leave out --base",
        )


def _other_backend(surroundings: Surroundings) -> str:
    """Describe how the backend differs from the one that is deployed."""
    if not surroundings.source.origins:
        return ""
    return settings_changed(surroundings.base.backend, surroundings.source.backend, "backend")


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR19",
        slug="pool-not-found",
        title="The provider does not find a pool that the state holds",
        effect=Effect.NOT_FOUND,
        severity=Severity.CRITICAL,
        resource_types=_POOLS,
        remedy=_COMPARE,
        source="Terraform, resource_drift of a plan: the provider reads nothing for an id, so it "
        "plans to create the resource",
        actions=_THERE,
        about=About.LOSS,
        check=_pool_is_gone,
    ),
    ChangeRule(
        id="CR20",
        slug="resource-not-found",
        title="A resource was deleted outside of Terraform",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=tuple(sorted(_LOST)),
        remedy="find out who deleted it and why, before you apply",
        source="Terraform, resource_drift of a plan",
        actions=frozenset({Action.GONE}),
        about=About.LOSS,
        check=_is_gone,
    ),
    ChangeRule(
        id="CR21",
        slug="pool-in-another-state",
        title="The plan creates a pool that another state holds",
        effect=Effect.NOT_FOUND,
        severity=Severity.CRITICAL,
        resource_types=_POOLS,
        remedy="do not apply; restore the backend, or move the state with terraform init "
        "-migrate-state, and plan again",
        source="Terraform, backends: each key, bucket or workspace is another state; the Terraform "
        "JSON of --base and --synth",
        actions=frozenset({Action.CREATE}),
        about=About.PLACE,
        check=_is_in_another_state,
    ),
)
