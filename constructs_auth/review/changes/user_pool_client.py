"""Changes of an app client: its deletion, its identity providers and its permissions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import CLIENTS, IDENTITY_PROVIDER
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
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.configuration import Configuration

_PROVIDER_SOURCE = (
    "API, IdentityProviderType; developer guide, «User pool sign-in with third party identity "
    "providers»"
)
_WRITE, _READ = "write_attributes", "read_attributes"


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    client = names.client(change.resource)
    secret = " and secret" if _gets_a_secret(change) else ""
    if change.action is Action.DELETE:
        text = f"Users can no longer sign in to {client}, and its sessions cannot be refreshed"
    else:
        text = (
            f"{client} gets another client id{secret}: users cannot sign in until you reconfigure "
            "each deployed application, and its sessions end"
        )
    yield Meaning(text=f"{text}.", at=names.listed(change.causes))


def _gets_a_secret(change: Change) -> bool:
    return change.after is not None and known(change.after.body.flag, "generate_secret") is True


def _loses_a_provider(change: Change, surroundings: Surroundings) -> Answers:
    providers = compare.texts(change, "supported_identity_providers")
    if providers is None:
        return
    going = {name: _going(change, name, surroundings) for name in providers.removed}
    for address in dict.fromkeys(going.values()):
        removed = [name for name, provider in going.items() if provider == address]
        who = "the pool's own sign-in" if removed == ["COGNITO"] else names.listed(removed)
        yield Meaning(
            text=f"Users of {who} can no longer sign in to {names.client(change.resource)}.",
            at=providers.at,
            follows=("CH27B", address) if address else None,
        )


def _going(change: Change, name: str, surroundings: Surroundings) -> str:
    """Return the address of the identity provider *name* if the plan deletes it; or empty."""
    pool = known(change.resource.body.text, "user_pool_id")
    for address in _providers_by_name(surroundings.before).get((pool, name), ()):
        provider = surroundings.changes.get(address)
        if provider is not None and provider.goes:
            return address
    return ""


@lru_cache(maxsize=8)  # each client may lose a provider
def _providers_by_name(
    configuration: Configuration,
) -> Mapping[tuple[str | None, str | None], Sequence[str]]:
    """Return the addresses of the identity providers, by pool and name."""
    found: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for one in configuration.of_type(IDENTITY_PROVIDER):
        pool, name = (known(one.body.text, key) for key in ("user_pool_id", "provider_name"))
        found[pool, name].append(one.address)
    return found


def _cannot_revoke(change: Change, _surroundings: Surroundings) -> Answers:
    revocation = compare.flag(change, "enable_token_revocation", default=False)
    if revocation is not None and revocation.before:
        yield Meaning(
            text=f"Nobody can revoke stolen tokens of {names.client(change.resource)} any more: "
            "they work until they expire.",
            at=revocation.at,
        )


def _shows_users(change: Change, _surroundings: Surroundings) -> Answers:
    errors = compare.text(change, "prevent_user_existence_errors")
    if errors is not None and errors.before == "ENABLED":
        yield Meaning(
            text=f"An attacker can find out from {names.client(change.resource)} who has an "
            "account: its errors reveal whether a user exists.",
            at=errors.at,
        )


def _has_other_permissions(change: Change, _surroundings: Surroundings) -> Answers:
    client = names.client(change.resource)
    return separately(_writes_more(change, client), _reads_less(change, client))


def _writes_more(change: Change, client: str) -> Answers:
    attributes = compare.texts(change, _WRITE)
    if attributes is None:
        return
    if not attributes.after:
        yield Meaning(
            text=f"Users may change each of their attributes through {client}: an empty list means "
            "all.",
            at=_WRITE,
        )
    elif attributes.added and attributes.before:
        yield Meaning(
            text=f"Users may change their {names.listed(attributes.added)} through {client}: "
            "applications can no longer rely on them.",
            at=_WRITE,
        )


def _reads_less(change: Change, client: str) -> Answers:
    attributes = compare.texts(change, _READ)
    if attributes is not None and attributes.after and attributes.before and attributes.removed:
        yield Meaning(
            text=f"ID tokens and user info of {client} no longer contain "
            f"{names.listed(attributes.removed)}.",
            at=_READ,
            effect=Effect.BREAKS,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR02",
        slug="app-client-deleted-or-replaced",
        title="An app client is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=CLIENTS,
        remedy="keep the client with its generate_secret and user_pool_id; create a second one "
        "beside it, switch the applications to it, and delete this one last",
        source=f"terraform-provider-aws, resource user_pool_client; {PLANNED}",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CH27",
        slug="client-identity-provider-removed",
        title="An identity provider is removed from a client",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=CLIENTS,
        remedy="keep the provider until its users have another way to sign in",
        source=_PROVIDER_SOURCE,
        check=_loses_a_provider,
    ),
    ChangeRule(
        id="CH32",
        slug="token-revocation-off",
        title="Token revocation is disabled",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="keep enable_token_revocation = true",
        source="API, UserPoolClientType.EnableTokenRevocation",
        check=_cannot_revoke,
    ),
    ChangeRule(
        id="CH33",
        slug="user-existence-shown",
        title="Errors reveal who has an account",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=CLIENTS,
        remedy='keep prevent_user_existence_errors = "ENABLED"',
        source="API, UserPoolClientType.PreventUserExistenceErrors",
        check=_shows_users,
    ),
    ChangeRule(
        id="CH36",
        slug="attribute-permissions-changed",
        title="A client may write more attributes, or read fewer",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="let clients only write attributes that users may set themselves, never a role or a "
        "tenant",
        source="API, UserPoolClientType.WriteAttributes, ReadAttributes",
        check=_has_other_permissions,
    ),
)
