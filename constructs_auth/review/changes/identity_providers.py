"""Who vouches for users from elsewhere."""

from collections.abc import Iterator

from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.changes._types import CLIENTS, IDENTITY_PROVIDER
from constructs_auth.review.compare import SetChange
from constructs_auth.review.differences import AFTER_APPLY
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided

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


def _goes_from_client(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, "supported_identity_providers")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange) and moved.removed:
        own = moved.removed == ("COGNITO",)
        who = "a password of the pool" if own else names.listed(moved.removed)
        yield Meaning(
            text=f"Nobody who signs in with {who} can sign in to {names.client(change.resource)}.",
            at=moved.at,
        )


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
    for difference in change.differences:
        name = difference.path.partition(".")[2]
        if difference.path.startswith(f"{_DETAILS}.") and name in _NOTICED:
            yield Meaning(
                text=f"Nobody can sign in with {provider} unless it changes at the same moment: "
                f"{_NOTICED[name]} is another one.",
                at=difference.path,
                quotes=False,
            )
        elif difference.path == _DETAILS and difference.after is AFTER_APPLY:
            yield Undecided(why="known after apply", at=_DETAILS)
    yield from _mapping(change, provider)


def _mapping(change: Change, provider: str) -> Iterator[Meaning]:
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


PROVIDER_REMOVED_FROM_CLIENT = ChangeRule(
    id="CH27",
    title="An identity provider is removed from a client",
    effect=Effect.BREAKS,
    severity=Severity.CRITICAL,
    resource_types=CLIENTS,
    remedy="keep the provider until its users have another way to sign in",
    source=_SOURCE,
    check=_goes_from_client,
)
PROVIDER_GOES = ChangeRule(
    id="CH27B",
    title="An identity provider is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.CRITICAL,
    resource_types=(IDENTITY_PROVIDER,),
    remedy="keep provider_name, provider_type and the resource; add a provider beside it",
    source=f"{_SOURCE}; plan of provider 5.100.0",
    actions=frozenset({Action.DELETE, Action.REPLACE}),
    check=_goes,
)
PROVIDER_CHANGED = ChangeRule(
    id="CH37",
    title="What ties an identity provider to the pool changes",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(IDENTITY_PROVIDER,),
    remedy="agree with whoever runs the provider on the moment, and try a sign-in right after",
    source=_SOURCE,
    check=_changes,
)
