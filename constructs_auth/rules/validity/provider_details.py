"""What Cognito must be told of an identity provider, by its kind."""

from collections.abc import Mapping

from constructs_auth.facts.words import AttributesRequestMethod
from constructs_auth.rules._client import (
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules._provider import DETAILS, PROVIDER, details_of
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_SOCIAL = ("client_id", "client_secret", "authorize_scopes")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "Facebook": _SOCIAL,
    "Google": _SOCIAL,
    "LoginWithAmazon": _SOCIAL,
    "OIDC": ("client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"),
    "SignInWithApple": ("client_id", "team_id", "key_id", "private_key", "authorize_scopes"),
}
_URL, _FILE = "MetadataURL", "MetadataFile"
_WORDS: Mapping[str, tuple[str, ...]] = {
    "attributes_request_method": tuple(AttributesRequestMethod),
    "RequestSigningAlgorithm": ("rsa-sha256",),
}


def _complete(provider: Resource, _context: Context) -> Answers:
    kind, details = provider.body.peek_text("provider_type"), details_of(provider)
    unknown = first_unknown(kind, details)
    if unknown is not None:
        yield undecided_at(DETAILS, unknown)
    elif isinstance(details, Mapping) and isinstance(kind, str):
        missing = [name for name in _NEEDED.get(kind, ()) if not details.get(name)]
        if missing:
            yield Violation(text=f"must have {', '.join(missing)} for {kind}", at=DETAILS)


def _metadata(provider: Resource, _context: Context) -> Answers:
    kind, details = provider.body.peek_text("provider_type"), details_of(provider)
    if isinstance(kind, str) and kind != "SAML":
        return
    unknown = first_unknown(kind, details)
    if unknown is not None:
        yield undecided_at(DETAILS, unknown)
    elif isinstance(details, Mapping):
        given = [name for name in (_URL, _FILE) if details.get(name)]
        if len(given) != 1:
            got = " and ".join(given) or "neither"
            yield Violation(text=f"must have one of {_URL} and {_FILE}, got {got}", at=DETAILS)


def _words(provider: Resource, _context: Context) -> Answers:
    details = details_of(provider)
    if isinstance(details, Unknown):
        yield undecided_at(DETAILS, details)
        return
    for name, allowed in _WORDS.items():
        value = details.get(name)
        if isinstance(value, Unknown):
            yield undecided_at(f"{DETAILS}.{name}", value)
        elif value is not None and value not in allowed:
            yield Violation(
                text=f"must be {' or '.join(allowed)}, got {value!r}", at=f"{DETAILS}.{name}"
            )


DETAILS_COMPLETE = Rule(
    id="CVJ05",
    title="An identity provider has the details of its kind",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply; the provider of Terraform takes any map.",
    remedy="add what is missing to provider_details",
    source="API, CreateIdentityProvider, ProviderDetails",
    check=_complete,
)

SAML_METADATA = Rule(
    id="CVJ05B",
    title="A SAML provider has its metadata from one place",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses a provider with both, or with none.",
    remedy=f"set {_URL}, which Cognito keeps up to date, or {_FILE}",
    source="API, CreateIdentityProvider, ProviderDetails",
    check=_metadata,
)

DETAIL_WORDS = Rule(
    id="CVJ06",
    title="Details of an identity provider have words that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply.",
    remedy="write GET or POST for attributes_request_method, rsa-sha256 for "
    "RequestSigningAlgorithm",
    source="API, CreateIdentityProvider, ProviderDetails",
    check=_words,
)
