"""An identity provider: its name, its details, and how far to trust its claims."""

from collections.abc import Collection, Mapping

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.facts.kept_arguments import NEVER_RETURNED
from constructs_auth.facts.words import (
    PROVIDER_TYPES,
    AttributesRequestMethod,
)
from constructs_auth.rules.ask import (
    count_within,
    has_unique_name,
    one_of,
    text_within,
    texts_within,
)
from constructs_auth.rules.attribute_permissions import looks_privileged
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    separately,
)
from constructs_auth.terraform.block import Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

PROVIDER = types.IDENTITY_PROVIDER
DETAILS, MAPPING = "provider_details", "attribute_mapping"
_NAME, _TYPE, _IDENTIFIERS = "provider_name", "provider_type", "idp_identifiers"
_WITH_OWN_NAME = frozenset({"OIDC", "SAML"})
_SOCIAL = frozenset(PROVIDER_TYPES) - _WITH_OWN_NAME
_OF_SOCIAL = ("client_id", "client_secret", "authorize_scopes")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "Facebook": _OF_SOCIAL,
    "Google": _OF_SOCIAL,
    "LoginWithAmazon": _OF_SOCIAL,
    "OIDC": ("client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"),
    "SignInWithApple": ("client_id", "team_id", "key_id", "private_key"),
}
_METADATA_URL, _METADATA_FILE = "MetadataURL", "MetadataFile"
_WORDS: Mapping[str, tuple[str, ...]] = {
    "attributes_request_method": tuple(AttributesRequestMethod),
    "RequestSigningAlgorithm": ("rsa-sha256",),
}
_ISSUER = "oidc_issuer"
_ENDPOINTS = ("authorize_url", "token_url", "attributes_url", "jwks_uri")
_IDP_INITIATED, _SIGNING = "IDPInit", "RequestSigningAlgorithm"
_KNOW_VERIFIED = frozenset({"Google", "OIDC", "SignInWithApple"})


def mapping_of(provider: Resource) -> Mapping[str, object]:
    """Return the mapping from the pool's attributes; empty if it is not set."""
    return provider.body.given.entries(MAPPING)


def _detail(provider: Resource, name: str) -> object:
    value = provider.body.entries(DETAILS).get(name)
    if isinstance(value, Unknown):
        raise UnknownValueError(value, at=f"{DETAILS}.{name}")
    return value


def _type(provider: Resource, _context: Context) -> Answers:
    return one_of(provider.body, _TYPE, PROVIDER_TYPES)


def _name(provider: Resource, _context: Context) -> Answers:
    return text_within(provider.body, _NAME, limits.OWN_PROVIDER_NAME)


def _no_underscore(provider: Resource, _context: Context) -> Answers:
    name = provider.body.text(_NAME)
    if name is not None and "_" in name[:1] + name[2:]:
        yield Violation(
            text=f"must have no _ except as its second character, got {name!r}", at=_NAME
        )


def _unique_name(provider: Resource, context: Context) -> Answers:
    return has_unique_name(provider, context, _NAME)


def _fixed_name(provider: Resource, _context: Context) -> Answers:
    kind, name = provider.body.text(_TYPE), provider.body.text(_NAME)
    if kind in _SOCIAL and name != kind:
        yield Violation(text=f"must be {kind}, got {name!r}", at=_NAME)


def _no_reserved_name(provider: Resource, _context: Context) -> Answers:
    kind, name = provider.body.text(_TYPE), provider.body.text(_NAME)
    if kind in _WITH_OWN_NAME and (name in _SOCIAL or name == "COGNITO"):
        yield Violation(
            text=f"must not be a name that Cognito reserves, got {name!r} for {kind}",
            at=_NAME,
        )


def _identifiers(provider: Resource, _context: Context) -> Answers:
    yield from count_within(provider.body, _IDENTIFIERS, limits.IDP_IDENTIFIERS)
    yield from texts_within(provider.body, _IDENTIFIERS, limits.IDP_IDENTIFIER)


def _complete(provider: Resource, _context: Context) -> Answers:
    kind, details = provider.body.text(_TYPE), provider.body.entries(DETAILS)
    hidden = NEVER_RETURNED[PROVIDER] if provider.exists else frozenset()
    missing = [
        name for name in _NEEDED.get(kind or "", ()) if not details.get(name) and name not in hidden
    ]
    if missing:
        yield Violation(text=f"must have {', '.join(missing)} for {kind}", at=DETAILS)


def _metadata(provider: Resource, _context: Context) -> Answers:
    if provider.body.text(_TYPE) not in {"SAML", None}:
        return
    details = provider.body.entries(DETAILS)
    given = [name for name in (_METADATA_URL, _METADATA_FILE) if details.get(name)]
    if len(given) != 1:
        got = " and ".join(given) or "neither"
        yield Violation(
            text=f"must have one of {_METADATA_URL} and {_METADATA_FILE}, got {got}", at=DETAILS
        )


def _words(provider: Resource, _context: Context) -> Answers:
    return separately(*(_word(provider, name, allowed) for name, allowed in _WORDS.items()))


def _word(provider: Resource, name: str, allowed: tuple[str, ...]) -> Answers:
    value = _detail(provider, name)
    if value is not None and value not in allowed:
        yield Violation(
            text=f"must be {' or '.join(allowed)}, got {value!r}", at=f"{DETAILS}.{name}"
        )


def _https(provider: Resource, names: Collection[str]) -> Answers:
    return separately(*(_is_https(provider, name) for name in names))


def _is_https(provider: Resource, name: str) -> Answers:
    value = _detail(provider, name)
    if isinstance(value, str) and not value.startswith("https://"):
        yield Violation(text=f"must start with https://, got {value!r}", at=f"{DETAILS}.{name}")


def _oidc_https(provider: Resource, _context: Context) -> Answers:
    if provider.body.text(_TYPE) == "OIDC":
        yield from _https(provider, _ENDPOINTS)


def _issuer_https(provider: Resource, _context: Context) -> Answers:
    if provider.body.text(_TYPE) == "OIDC":
        yield from _https(provider, (_ISSUER,))


def _metadata_https(provider: Resource, _context: Context) -> Answers:
    if provider.body.text(_TYPE) == "SAML":
        yield from _https(provider, (_METADATA_URL,))


def _started_at_application(provider: Resource, _context: Context) -> Answers:
    if (
        provider.body.text(_TYPE) == "SAML"
        and str(_detail(provider, _IDP_INITIATED)).lower() == "true"
    ):
        yield Violation(text="must be false, got true", at=f"{DETAILS}.{_IDP_INITIATED}")


def _signed(provider: Resource, _context: Context) -> Answers:
    if provider.body.text(_TYPE) == "SAML" and not _detail(provider, _SIGNING):
        yield Violation(text="must be rsa-sha256, got null", at=f"{DETAILS}.{_SIGNING}")


def _no_privileges(provider: Resource, _context: Context) -> Answers:
    trusted = [name for name in mapping_of(provider) if looks_privileged(name)]
    if trusted:
        yield Violation(text=f"must not map {', '.join(trusted)} without a reason", at=MAPPING)


def _verified_address(provider: Resource, _context: Context) -> Answers:
    if provider.body.text(_TYPE) not in _KNOW_VERIFIED | {None}:
        return
    mapping = mapping_of(provider)
    if "email" in mapping and "email_verified" not in mapping:
        yield Violation(text="must contain email_verified beside email", at=MAPPING)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVJ01",
        slug="known-provider-types",
        title="An identity provider must have a type that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply.",
        remedy="write SAML, OIDC, Google, Facebook, LoginWithAmazon or SignInWithApple",
        source="API, IdentityProviderTypeType",
        check=_type,
    ),
    Rule(
        id="CVJ02",
        slug="provider-name-characters",
        title="An identity provider must have a name that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply; Terraform's provider accepts it.",
        remedy=f"choose a name of {limits.OWN_PROVIDER_NAME.minimum} to "
        f"{limits.OWN_PROVIDER_NAME.maximum} characters without spaces",
        source="API, ProviderNameTypeV2",
        check=_name,
    ),
    Rule(
        id="CVJ02B",
        slug="no-underscore-in-provider-name",
        title="The name of an identity provider must have no underscore",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=PROVIDER,
        why="The pattern of CreateIdentityProvider allows _ only as the second character. Whether "
        "Cognito enforces it is not known, and the name can never be changed.",
        remedy="write a hyphen",
        source="API, ProviderNameTypeV2",
        check=_no_underscore,
    ),
    Rule(
        id="CVJ02C",
        slug="provider-name-of-its-own",
        title="The name of an identity provider must be unique in its pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the second at apply: DuplicateProviderException.",
        remedy="remove one of the two, or choose another provider_name if it is SAML or OIDC; a "
        "social provider has the name of its type",
        python_remedy="remove one of the two, or set another provider_name if it is SAML or "
        "OpenID Connect; a social provider has the name of its type",
        source="API, CreateIdentityProvider, DuplicateProviderException",
        check=_unique_name,
    ),
    Rule(
        id="CVJ03",
        slug="social-provider-name",
        title="A social identity provider must have the name of its type",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply: it knows these providers by fixed names.",
        remedy="set provider_name to the provider_type: Google, Facebook, LoginWithAmazon or "
        "SignInWithApple",
        source="«Provider … cannot be of type …», badmintoncryer/cdk-preflight, "
        "pf-cognito-idp-social-provider-name-fixed",
        check=_fixed_name,
    ),
    Rule(
        id="CVJ03B",
        slug="no-reserved-provider-name",
        title="A SAML or OpenID Connect provider must not have a name that Cognito reserves",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=PROVIDER,
        why="App clients name the social providers and COGNITO by these names. Cognito probably "
        "refuses such a provider.",
        remedy="choose another provider_name; a later change replaces the provider",
        source="API, CreateUserPoolClient.SupportedIdentityProviders",
        check=_no_reserved_name,
    ),
    Rule(
        id="CVJ04",
        slug="provider-identifiers",
        title=f"An identity provider must have at most {limits.IDP_IDENTIFIERS.maximum} "
        f"identifiers of {limits.IDP_IDENTIFIER.maximum} characters",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply.",
        remedy="use fewer identifiers, each a domain such as acme.example",
        source="API, IdpIdentifiersListType and IdpIdentifierType",
        check=_identifiers,
    ),
    Rule(
        id="CVJ05",
        slug="provider-details-complete",
        title="An identity provider must have the details of its type",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply; Terraform's provider accepts any map.",
        remedy="add what is missing to provider_details",
        source="«clientId, clientSecret and authorizeScopes are all required idp details», "
        "badmintoncryer/cdk-preflight, pf-cognito-idp-social-required-keys; the same "
        "for the other types, pf-cognito-idp-oidc-required-keys and "
        "pf-cognito-idp-apple-required-keys",
        check=_complete,
    ),
    Rule(
        id="CVJ05B",
        slug="saml-metadata-from-one-place",
        title="A SAML provider must have one source of metadata",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses a provider with both, or with none.",
        remedy=f"set {_METADATA_URL}, which Cognito keeps up to date, or {_METADATA_FILE}",
        source="«Only one of the MetadataURL or MetadataFile should be provided», "
        "badmintoncryer/cdk-preflight, pf-cognito-idp-saml-metadata-exclusive; "
        "pf-cognito-idp-saml-metadata-required",
        check=_metadata,
    ),
    Rule(
        id="CVJ06",
        slug="provider-detail-words",
        title="Details of an identity provider must have values that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply.",
        remedy="write GET or POST for attributes_request_method, rsa-sha256 for "
        "RequestSigningAlgorithm",
        source="«Member must satisfy enum value set: [POST, GET]», "
        "badmintoncryer/cdk-preflight, pf-cognito-idp-oidc-attributes-request-method; "
        "API, CreateIdentityProvider.ProviderDetails",
        check=_words,
    ),
    Rule(
        id="CVJ08",
        slug="oidc-issuer-https",
        title="The issuer of an OpenID Connect provider must be an https URL",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply.",
        remedy="write the https URL of the issuer as oidc_issuer",
        source="«OIDC endpoint must start with https://», badmintoncryer/cdk-preflight, "
        "pf-cognito-idp-oidc-issuer-https",
        check=_issuer_https,
    ),
    Rule(
        id="CG302",
        slug="oidc-over-https",
        title="The endpoints of an OpenID Connect provider must be https URLs",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=PROVIDER,
        why="An attacker in the network can sign in as any user of the provider.",
        remedy="write https URLs for authorize_url, token_url, attributes_url and jwks_uri",
        source="OpenID Connect Core, section 2; RFC 8414, section 2",
        check=_oidc_https,
    ),
    Rule(
        id="CG303",
        slug="saml-metadata-over-https",
        title="The metadata of a SAML provider must come over https",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=PROVIDER,
        why="The metadata has the certificate that verifies assertions. An attacker who changes it "
        "in transit can sign in as any user of the provider.",
        remedy="write an https URL for MetadataURL, or give MetadataFile",
        source="developer guide, «Adding SAML identity providers to a user pool»",
        check=_metadata_https,
    ),
    Rule(
        id="CG303B",
        slug="no-idp-initiated-saml",
        title="A SAML sign-in must start at the application",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=PROVIDER,
        why="Nothing ties an unrequested assertion to the user's own request: an attacker can sign "
        "a user in to another account.",
        remedy='set IDPInit = "false", or accept the finding where users start at the provider',
        source="developer guide, «Using SAML session initiation»",
        check=_started_at_application,
    ),
    Rule(
        id="CG303C",
        slug="signed-saml-requests",
        title="Cognito must sign its SAML requests",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=PROVIDER,
        why="The provider cannot distinguish requests of the pool from those of an attacker.",
        remedy='set RequestSigningAlgorithm = "rsa-sha256", and the certificate at the provider',
        source="developer guide, «SAML signing and encryption»",
        check=_signed,
    ),
    Rule(
        id="CG304",
        slug="no-mapped-privileges",
        title="Identity providers must not decide what users may do",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=PROVIDER,
        why="An administrator of the provider then decides about roles here. Users can write the "
        "attribute with their own token too, since a mapped attribute must be writable. The rule "
        "looks for words in the name such as role, tenant, group and permission.",
        remedy="decide by groups of the pool or a pre token generation trigger; if the provider is "
        "meant to decide, accept the finding with the reason",
        source="API, CreateUserPoolClient.WriteAttributes; developer guide, «Mapping IdP "
        "attributes to profiles and tokens»",
        check=_no_privileges,
    ),
    Rule(
        id="CG305",
        slug="mapped-verified-address",
        title="A mapping of email must map email_verified too",
        family=Family.SECURITY,
        severity=Severity.INFO,
        resource_type=PROVIDER,
        why="Without it the address counts as unverified, and an application that links accounts "
        "by address cannot know whose it is.",
        remedy='add email_verified = "email_verified" to attribute_mapping',
        source="developer guide, «Mapping IdP attributes to profiles and tokens»",
        check=_verified_address,
    ),
)
