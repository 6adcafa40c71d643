"""Who vouches for users from elsewhere."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import IDENTITY_PROVIDER
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import Difference
from constructs_auth.review.rule import (
    GOES,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_SOURCE = (
    "API, IdentityProviderType; developer guide, «User pool sign-in with third party identity "
    "providers»"
)
_NOTICED = {
    "client_id": "the client id that it knows us by",
    "client_secret": "the secret that it knows us by",
    "MetadataFile": "its SAML metadata",
    "MetadataURL": "the address of its SAML metadata",
    "oidc_issuer": "its issuer",
    "private_key": "the key that it knows us by",
}
_DETAILS = "provider_details"
_MAPPING = "attribute_mapping"


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    provider = names.named(change.resource, "provider_name")
    if change.action is Action.DELETE:
        yield Meaning(
            text=f"Nobody who signs in with {provider} can sign in to any application of the pool.",
        )
    elif {"provider_name", "provider_type"} & set(change.causes):
        yield Meaning(
            text=f"Everybody who signs in with {provider} comes back as a new user, without the "
            "old one's data and groups: the name of a provider is part of theirs.",
            at=names.listed(change.causes),
            effect=Effect.DESTROYS,
            severity=Severity.CRITICAL,
        )
    else:
        yield Meaning(
            text=f"Nobody who signs in with {provider} can sign in while it is deleted and "
            "created again, and in its pool it is gone.",
            at=names.listed(change.causes),
            severity=Severity.HIGH,
        )


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    provider = names.named(change.resource, "provider_name")
    details = (_detail(one, provider) for one in change.differences)
    return separately(*details, _mapping(change, provider))


def _detail(difference: Difference, provider: str) -> Answers:
    argument, _, name = difference.path.partition(".")
    if argument == _DETAILS and not name:
        difference.end_unless_known()
    elif argument == _DETAILS and name in _NOTICED:
        yield Meaning(
            text=f"Nobody can sign in with {provider} unless it changes at the same moment: "
            f"{_NOTICED[name]} is another one.",
            at=difference.path,
            quotes=False,
        )


def _mapping(change: Change, provider: str) -> Answers:
    mapped = sorted(
        difference.path.partition(".")[2]
        for difference in change.differences
        if difference.path.startswith(f"{_MAPPING}.")
    )
    if mapped:
        yield Meaning(
            text=f"Users of {provider} get {names.listed(mapped)} from elsewhere at their next "
            "sign-in: what it holds now is overwritten, and where the provider does not send it, "
            "sign-in fails if it is required.",
            at=_MAPPING,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH27B",
        slug="identity-provider-deleted-or-replaced",
        title="An identity provider is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=(IDENTITY_PROVIDER,),
        remedy="keep provider_name, provider_type and the resource; add a provider beside it",
        source=f"{_SOURCE}; {PLANNED}",
        actions=GOES,
        check=_goes,
    ),
    ChangeRule(
        id="CH37",
        slug="identity-provider-changed",
        title="What ties an identity provider to the pool changes",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(IDENTITY_PROVIDER,),
        remedy="agree with whoever runs the provider on the moment, and try a sign-in right after",
        source=_SOURCE,
        check=_changes,
    ),
)
