"""Identity providers outside of the pool."""

from collections.abc import Iterable

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import IDENTITY_PROVIDER, USER_POOL
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
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
from constructs_auth.terraform.resource import Resource

_SOURCE = (
    "API, IdentityProviderType; developer guide, «User pool sign-in with third party identity "
    "providers»"
)
_NOTICED = {
    "client_id": "the client id at the provider",
    "client_secret": "the client secret at the provider",
    "MetadataFile": "its SAML metadata",
    "MetadataURL": "the address of its SAML metadata",
    "oidc_issuer": "its issuer",
    "private_key": "the private key for the provider",
}
_DETAILS = "provider_details"
_IDENTIFIERS = "idp_identifiers"
_SCOPES = "authorize_scopes"
_MAPPING = "attribute_mapping"


def _goes(change: Change, surroundings: Surroundings) -> Answers:
    provider = names.named(change.resource, "provider_name")
    stay = _profiles_stay(change, surroundings)
    if change.action is Action.DELETE:
        yield Meaning(
            text=f"Users of {provider} can no longer sign in to any application of the pool.{stay}",
        )
    elif {"provider_name", "provider_type"} & set(change.causes):
        yield Meaning(
            text=f"Users of {provider} come back as new users, without their old data and groups: "
            f"the name of the provider is part of the user name.{stay}",
            at=names.listed(change.causes),
            effect=Effect.DESTROYS,
            severity=Severity.CRITICAL,
        )
    else:
        yield Meaning(
            text=f"Users of {provider} cannot sign in while Terraform deletes it and creates it "
            "again, and the old pool loses it.",
            at=names.listed(change.causes),
            severity=Severity.HIGH,
        )


def _profiles_stay(change: Change, surroundings: Surroundings) -> str:
    """Return what happens to the profiles of federated users, if their pool stays."""
    pool = surroundings.before.target(change.resource, "user_pool_id", USER_POOL)
    of_pool = surroundings.changes.get(pool.address) if isinstance(pool, Resource) else None
    if of_pool is not None and of_pool.goes:
        return ""
    return (
        " Their profiles stay in the pool with attributes and groups, and nobody can sign in with "
        "them."
    )


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    provider = names.named(change.resource, "provider_name")
    details = (_detail(one, provider) for one in change.differences)
    return separately(*details, _mapping(change, provider))


def _detail(difference: Difference, provider: str) -> Answers:
    argument, _, name = difference.path.partition(".")
    if argument == _DETAILS and not name:
        difference.end_unless_known()
    elif difference.path == _IDENTIFIERS and difference.removed:
        removed = names.listed(map(str, difference.removed))
        yield Meaning(
            text=f"Sign-ins to {provider} by the identifier {removed} fail: an address with that "
            "domain no longer leads to the provider.",
            at=_IDENTIFIERS,
            severity=Severity.MEDIUM,
        )
    elif argument == _DETAILS and name == _SCOPES:
        yield from _scopes(difference, provider)
    elif argument == _DETAILS and name in _NOTICED:
        yield Meaning(
            text=f"Users of {provider} cannot sign in unless the provider changes at the same "
            f"time: the plan changes {_NOTICED[name]}.",
            at=difference.path,
        )


def _scopes(difference: Difference, provider: str) -> Answers:
    before, after = difference.before, difference.after
    if not isinstance(before, str) or not isinstance(after, str | None):
        return  # they are hidden, or known after apply
    removed = [scope for scope in before.split() if scope not in (after or "").split()]
    if removed:
        yield Meaning(
            text=f"Cognito no longer asks {provider} for {names.listed(removed)}: attributes that "
            "come with it are not filled any more, and without a required one sign-in fails.",
            at=difference.path,
            severity=Severity.MEDIUM,
        )


def _mapping(change: Change, provider: str) -> Answers:
    mapped = [one for one in change.differences if one.path.startswith(f"{_MAPPING}.")]
    removed = _attributes(one for one in mapped if one.after is None)
    written = _attributes(one for one in mapped if one.after is not None)
    sentences = []
    if written:
        sentences.append(
            f"At their next sign-in, Cognito overwrites {names.listed(written)} of users of "
            f"{provider} from another source."
        )
    if removed:
        sentences.append(
            f"Cognito no longer fills {names.listed(removed)} of users of {provider}: new ones get "
            "no value, others keep the last one."
        )
    if sentences:
        sentences.append("If a required attribute gets no value, sign-in fails.")
        yield Meaning(text=" ".join(sentences), at=_MAPPING)


def _attributes(differences: Iterable[Difference]) -> list[str]:
    return sorted(one.path.partition(".")[2] for one in differences)


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH27B",
        slug="identity-provider-deleted-or-replaced",
        title="An identity provider is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=(IDENTITY_PROVIDER,),
        remedy="keep provider_name, provider_type and the resource; to change them, add a provider "
        "beside it, and link its users with AdminLinkProviderForUser before they sign in",
        source=f"{_SOURCE}; {PLANNED}",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CH37",
        slug="identity-provider-changed",
        title="The settings that connect an identity provider change",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_PROVIDER,),
        remedy="agree on a time with the provider's administrator, and test a sign-in right after",
        source=_SOURCE,
        check=_changes,
    ),
)
