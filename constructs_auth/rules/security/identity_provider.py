"""How far what an identity provider says can be trusted on the way to Cognito."""

from collections.abc import Collection, Mapping

from constructs_auth.rules._client import (
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules._provider import DETAILS, MAPPING, PROVIDER, details_of, mapping_of
from constructs_auth.rules.attribute_permissions import looks_privileged
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_URLS = ("oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri")
_METADATA, _UNASKED, _SIGNING = "MetadataURL", "IDPInit", "RequestSigningAlgorithm"
_KNOW_VERIFIED = frozenset({"Google", "OIDC", "SignInWithApple"})


def _details(provider: Resource, kind: str) -> Mapping[str, object] | Unknown | None:
    """Give the details of a provider of *kind*, or `None` for one of another kind."""
    given = provider.body.peek_text("provider_type")
    if isinstance(given, Unknown):
        return given
    return details_of(provider) if given == kind else None


def _https(provider: Resource, kind: str, names: Collection[str]) -> Answers:
    details = _details(provider, kind)
    if isinstance(details, Unknown):
        yield undecided_at(DETAILS, details)
    elif details is not None:
        for name in names:
            value, at = details.get(name), f"{DETAILS}.{name}"
            if isinstance(value, Unknown):
                yield undecided_at(at, value)
            elif isinstance(value, str) and not value.startswith("https://"):
                yield Violation(text=f"must start with https://, got {value!r}", at=at)


def _oidc_https(provider: Resource, _context: Context) -> Answers:
    return _https(provider, "OIDC", _URLS)


def _metadata_https(provider: Resource, _context: Context) -> Answers:
    return _https(provider, "SAML", (_METADATA,))


def _begun_by_the_user(provider: Resource, _context: Context) -> Answers:
    details = _details(provider, "SAML")
    value = details if details is None or isinstance(details, Unknown) else details.get(_UNASKED)
    if isinstance(value, Unknown):
        yield undecided_at(f"{DETAILS}.{_UNASKED}", value)
    elif str(value).lower() == "true":
        yield Violation(text="must be false, got true", at=f"{DETAILS}.{_UNASKED}")


def _signed(provider: Resource, _context: Context) -> Answers:
    details = _details(provider, "SAML")
    if details is None:
        return
    value = details if isinstance(details, Unknown) else details.get(_SIGNING)
    if isinstance(value, Unknown):
        yield undecided_at(f"{DETAILS}.{_SIGNING}", value)
    elif not value:
        yield Violation(text="must be rsa-sha256, got null", at=f"{DETAILS}.{_SIGNING}")


def _no_privileges(provider: Resource, _context: Context) -> Answers:
    mapping = mapping_of(provider)
    if isinstance(mapping, Unknown):
        yield undecided_at(MAPPING, mapping)
        return
    trusted = [name for name in mapping if looks_privileged(name)]
    if trusted:
        yield Violation(text=f"must not fill {', '.join(trusted)} without a reason", at=MAPPING)


def _verified_address(provider: Resource, _context: Context) -> Answers:
    kind = provider.body.peek_text("provider_type")
    if isinstance(kind, str) and kind not in _KNOW_VERIFIED:
        return
    mapping = mapping_of(provider)
    unknown = first_unknown(kind, mapping)
    if unknown is not None:
        yield undecided_at(MAPPING, unknown)
    elif isinstance(mapping, Mapping) and "email" in mapping and "email_verified" not in mapping:
        yield Violation(text="must hold email_verified beside email", at=MAPPING)


OIDC_HTTPS = Rule(
    id="CG302",
    title="An OpenID Connect provider is asked over https",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=PROVIDER,
    why="Whoever is on the way vouches for any user he likes.",
    remedy="write https URLs for oidc_issuer and the endpoints",
    source="OpenID Connect Core, section 2; RFC 8414, section 2",
    check=_oidc_https,
)

SAML_HTTPS = Rule(
    id="CG303",
    title="The metadata of a SAML provider comes over https",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=PROVIDER,
    why="The metadata has the certificate that assertions are checked with: whoever changes it on "
    "the way vouches for any user he likes.",
    remedy="write an https URL for MetadataURL, or hand over MetadataFile",
    source="developer guide, «Adding SAML identity providers to a user pool»",
    check=_metadata_https,
)

SAML_BEGUN_BY_THE_USER = Rule(
    id="CG303B",
    title="A SAML sign-in begins at the application",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=PROVIDER,
    why="Nothing ties an assertion that was not asked for to the user's own request: somebody "
    "else's can be slipped in.",
    remedy='set IDPInit = "false", or accept the finding where users start at the provider',
    source="developer guide, «Using SAML session initiation»",
    check=_begun_by_the_user,
)

SAML_SIGNED = Rule(
    id="CG303C",
    title="Cognito signs its SAML requests",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=PROVIDER,
    why="The provider cannot tell requests of the pool from those of somebody else.",
    remedy='set RequestSigningAlgorithm = "rsa-sha256", and the certificate at the provider',
    source="developer guide, «SAML signing and encryption»",
    check=_signed,
)

MAPPED_PRIVILEGES = Rule(
    id="CG304",
    title="No identity provider decides what users may do",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=PROVIDER,
    why="Who administers the provider then gives out roles here, and users can write a mapped "
    "attribute with their own token, for it must be writable. Judged by words in the name such "
    "as role, tenant, group and permission.",
    remedy="decide by groups of the pool or a pre token generation trigger; where the provider is "
    "meant to decide, accept the finding with the reason",
    source="API, CreateUserPoolClient, WriteAttributes; developer guide, «Specifying identity "
    "provider attribute mappings»",
    check=_no_privileges,
)

VERIFIED_ADDRESS = Rule(
    id="CG305",
    title="Whether the e-mail address is verified comes with the address",
    family=Family.SECURITY,
    severity=Severity.INFO,
    resource_type=PROVIDER,
    why="Without it an address counts as not verified, and who links accounts by address cannot "
    "tell whose it is.",
    remedy='add email_verified = "email_verified" to attribute_mapping',
    source="developer guide, «Specifying identity provider attribute mappings»",
    check=_verified_address,
)
