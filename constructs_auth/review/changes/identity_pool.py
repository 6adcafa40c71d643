"""Which users get AWS credentials from an identity pool, and with which role."""

from collections.abc import Mapping, Sequence

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import (
    IDENTITY_POOL,
    IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG,
    IDENTITY_POOL_ROLES_ATTACHMENT,
)
from constructs_auth.facts.words import AmbiguousRoleResolution
from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.differences import Difference
from constructs_auth.review.rule import (
    GOES,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.block import Block, UnknownValueError
from constructs_auth.terraform.resource import Resource

_PROVIDERS = "cognito_identity_providers"
_SOURCE = "API, CreateIdentityPool; developer guide, «Identity pools»"
_LOGINS = "supported_login_providers"
_MAPPING = "role_mapping"
_AMBIGUOUS = "ambiguous_role_resolution"


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text=f"All identities of {names.named(change.resource, 'identity_pool_name')} are lost: "
        "users get new identity ids without their data, and roles that trust the old pool id give "
        "no access.",
        at=names.listed(change.causes),
    )


def _opens(change: Change, _surroundings: Surroundings) -> Answers:
    pool = names.named(change.resource, "identity_pool_name")
    return separately(
        _allows_guests(change, pool),
        _allows_the_classic_flow(change, pool),
        _checks_less(change, pool),
    )


def _allows_guests(change: Change, pool: str) -> Answers:
    guests = compare.flag(change, "allow_unauthenticated_identities", default=False)
    if guests is not None and guests.after:
        yield Meaning(
            text=f"Anybody on the internet gets AWS credentials from {pool} without an account.",
            at=guests.at,
            severity=Severity.CRITICAL,
        )


def _allows_the_classic_flow(change: Change, pool: str) -> Answers:
    classic = compare.flag(change, "allow_classic_flow", default=False)
    if classic is not None and classic.after:
        yield Meaning(
            text=f"Users of {pool} can request any role that trusts it, without the limits of the "
            "enhanced flow.",
            at=classic.at,
        )


def _checks_less(change: Change, pool: str) -> Answers:
    try:
        before, after = _providers(change)
    except UnknownValueError:  # CH41 records it as undecided
        return
    for provider in sorted(name for name in before if before[name] and after.get(name) is False):
        yield Meaning(
            text=f"Users who are signed out or disabled in {provider} still get credentials from "
            f"{pool} until their token expires.",
            at=f"{_PROVIDERS}.server_side_token_check",
            severity=Severity.MEDIUM,
        )


def _loses_a_provider(change: Change, _surroundings: Surroundings) -> Answers:
    pool = names.named(change.resource, "identity_pool_name")
    return separately(
        _loses_a_client(change, pool),
        _loses_arns(change, "saml_provider_arns", pool),
        _loses_arns(change, "openid_connect_provider_arns", pool),
        _loses_login_providers(change, pool),
    )


def _loses_a_client(change: Change, pool: str) -> Answers:
    before, after = _providers(change)
    removed = sorted(before.keys() - after.keys())
    if removed:
        yield _lost(removed, pool, _PROVIDERS)


def _loses_arns(change: Change, argument: str, pool: str) -> Answers:
    arns = compare.texts(change, argument)
    if arns is not None and arns.removed:
        yield _lost(arns.removed, pool, arns.at)


def _loses_login_providers(change: Change, pool: str) -> Answers:
    removed = _removed_logins(change)
    if removed:
        yield _lost(removed, pool, _LOGINS)


def _removed_logins(change: Change) -> Sequence[str]:
    if change.before is None or change.after is None or _LOGINS not in change.touched:
        return ()
    before, after = change.before.body.entries(_LOGINS), change.after.body.entries(_LOGINS)
    return sorted(before.keys() - after.keys())


def _lost(providers: Sequence[str], pool: str, at: str) -> Meaning:
    return Meaning(
        text=f"Users of {names.listed(providers)} no longer get AWS credentials from {pool}.",
        at=at,
    )


def _providers(change: Change) -> tuple[Mapping[str, bool], Mapping[str, bool]]:
    """Return the user pool clients before and after; empty if they do not change."""
    if change.before is None or change.after is None or _PROVIDERS not in change.touched:
        return {}, {}
    return _checked(change.before.body), _checked(change.after.body)


def _checked(body: Block) -> Mapping[str, bool]:
    """Return for each user pool client whether its tokens are checked at the server."""
    return {
        f"{block.text('provider_name')} (client {block.text('client_id')})": bool(
            block.flag("server_side_token_check")
        )
        for block in body.blocks(_PROVIDERS)
    }


def _roles_go(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        text = (
            "Users of the identity pool no longer get AWS credentials: Terraform removes its roles."
        )
    else:
        text = (
            "Requests for AWS credentials fail while Terraform removes the roles of the identity "
            "pool and sets them again."
        )
    yield Meaning(text=text, at=names.listed(change.causes))


def _mapping_changes(change: Change, surroundings: Surroundings) -> Answers:
    differences = [one for one in change.differences if one.path.startswith(_MAPPING)]
    following = {
        f'{_MAPPING}["{name}"]': address
        for name, address in _lost_providers(change, surroundings).items()
        if name not in _mapped(change)
    }
    own = [one for one in differences if _mapping_of(one) not in following]
    gone = {place for one in differences if (place := _mapping_of(one)) in following}
    return separately(
        *map(_allows_unmapped, own),
        _rules_change(own),
        *(_goes_along(place, following[place]) for place in sorted(gone)),
    )


def _mapped(change: Change) -> frozenset[str | None]:
    """Return the providers that have a role mapping after the change."""
    blocks = change.after.body.blocks(_MAPPING) if change.after is not None else ()
    return frozenset(block.text("identity_provider") for block in blocks)


def _mapping_of(difference: Difference) -> str:
    return f"{difference.path.partition(']')[0]}]"


def _goes_along(place: str, pool: str) -> Answers:
    yield Meaning(
        text="The rules that select roles for users of that provider are removed too.",
        at=place,
        follows=("CH41", pool),
    )


def _lost_providers(change: Change, surroundings: Surroundings) -> Mapping[str, str]:
    """Return the providers that the identity pool of the roles loses, with its address."""
    found: dict[str, str] = {}
    own = known(change.resource.body.text, "identity_pool_id")
    for pool in surroundings.changes.values():
        if pool.type != IDENTITY_POOL or known(pool.resource.body.text, "id") != own:
            continue
        try:
            before, after = (_names(side) for side in (pool.before, pool.after))
        except UnknownValueError:  # CH41 records it as undecided
            continue
        if pool.action is Action.UPDATE:
            found |= dict.fromkeys(before - after, pool.address)
    return found


def _names(pool: Resource | None) -> frozenset[str]:
    """Return all providers of *pool* by the names that role mappings use."""
    if pool is None:
        return frozenset()
    body = pool.body
    return frozenset(
        (
            *(
                f"{one.text('provider_name')}:{one.text('client_id')}"
                for one in body.blocks(_PROVIDERS)
            ),
            *body.texts("saml_provider_arns").all(),
            *body.texts("openid_connect_provider_arns").all(),
            *body.entries(_LOGINS),
        )
    )


def _allows_unmapped(difference: Difference) -> Answers:
    if _is_opened(difference):
        yield Meaning(
            text="Users for whom no rule selects a role get the default role of signed-in users; "
            "before they got none.",
            at=difference.path,
        )


def _rules_change(differences: Sequence[Difference]) -> Answers:
    changed = {_mapping_of(one) for one in differences if one.is_known and not _is_opened(one)}
    for path in sorted(changed):
        yield Meaning(
            text="Users may get other AWS roles than before: the rules that select roles change.",
            at=path,
        )


def _is_opened(difference: Difference) -> bool:
    """Return whether users who got no role before now get one."""
    difference.end_unless_known()
    is_ambiguous = difference.path.endswith(f".{_AMBIGUOUS}")
    return is_ambiguous and difference.before == AmbiguousRoleResolution.DENY


def _tags_go(change: Change, _surroundings: Surroundings) -> Answers:
    again = "" if change.action is Action.DELETE else " until they are set again"
    yield Meaning(
        text=f"Policies that use tags of a user's session deny everything{again}: Terraform "
        "removes the mapping from claims to tags.",
        at=names.listed(change.causes),
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR11",
        slug="identity-pool-deleted-or-replaced",
        title="An identity pool is deleted or replaced",
        effect=Effect.DESTROYS,
        severity=Severity.CRITICAL,
        resource_types=(IDENTITY_POOL,),
        remedy="restore the old identity_pool_name and developer_provider_name",
        source=f"terraform-provider-aws #49638; {PLANNED}",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CR12",
        slug="roles-attachment-deleted-or-replaced",
        title="The roles of an identity pool are removed or replaced",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_POOL_ROLES_ATTACHMENT,),
        remedy="change the policies of the old role and keep its ARN; any change of roles replaces",
        source=PLANNED,
        actions=GOES,
        about=About.LOSS,
        check=_roles_go,
    ),
    ChangeRule(
        id="CR13",
        slug="principal-tags-deleted-or-replaced",
        title="The principal tags of an identity pool are removed or replaced",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG,),
        remedy="apply when few users are active",
        source=PLANNED,
        actions=GOES,
        about=About.LOSS,
        check=_tags_go,
    ),
    ChangeRule(
        id="CH40",
        slug="identity-pool-opened",
        title="An identity pool gives more users or roles access",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_POOL,),
        remedy="keep guests and the classic flow off, and server_side_token_check on",
        source=_SOURCE,
        check=_opens,
    ),
    ChangeRule(
        id="CH41",
        slug="identity-pool-provider-removed",
        title="A provider is removed from an identity pool",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_POOL,),
        remedy="keep the provider until no application uses it for credentials",
        source=_SOURCE,
        check=_loses_a_provider,
    ),
    ChangeRule(
        id="CH42",
        slug="role-mapping-changed",
        title="The mapping of users to roles changes",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_POOL_ROLES_ATTACHMENT,),
        remedy='keep ambiguous_role_resolution = "Deny", and check which claim users can change',
        source="API, RoleMapping; developer guide, «Role-based access control»",
        check=_mapping_changes,
    ),
)
