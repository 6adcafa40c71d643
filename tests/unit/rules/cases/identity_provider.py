"""Identity providers: names, details, and how far they are trusted."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone, both, in_pool

PROVIDER = "aws_cognito_identity_provider"
IT = f"{PROVIDER}.it"
OIDC = {
    "client_id": "1",
    "attributes_request_method": "GET",
    "oidc_issuer": "https://login.acme.example",
    "authorize_scopes": "openid",
}
SAML = {"MetadataURL": "https://login.acme.example/metadata"}


def named(name: object, kind: object = "OIDC") -> Resources:
    """Make one provider with a name."""
    return alone(PROVIDER, provider_name=name, provider_type=kind)


def provider(kind: object, **details: object) -> Resources:
    """Make one provider with details."""
    return alone(PROVIDER, provider_type=kind, provider_details=details)


def from_oidc(**mapping: object) -> Resources:
    """Make one OIDC provider with a mapping."""
    return alone(PROVIDER, provider_type="OIDC", attribute_mapping=mapping)


CASES = (
    Case(
        rule="CVJ01",
        bad=provider("Oidc", **OIDC),
        says=(
            f"{IT}: provider_type: must be one of SAML, Facebook, Google, LoginWithAmazon, "
            "SignInWithApple, OIDC, got 'Oidc'",
        ),
        good=provider("OIDC", **OIDC),
        unknown=named("acme", UNKNOWN),
    ),
    Case(
        rule="CVJ02",
        bad=named("ab"),
        says=(f"{IT}: provider_name: must be 3 to 32 characters, got 2",),
        good=named("Acme-Staff"),
        unknown=named(UNKNOWN),
    ),
    Case(
        rule="CVJ02",
        bad=named("Acme Staff"),
        says=(
            f"{IT}: provider_name: must be 3 to 32 characters, printable characters without "
            "spaces, got 'Acme Staff'",
        ),
        good=named("Google", "Google"),
        unknown=None,
    ),
    Case(
        rule="CVJ02B",
        bad=named("acme_staff"),
        says=(
            f"{IT}: provider_name: must have no _ except as its second character, got 'acme_staff'",
        ),
        good=named("a_cme"),
        unknown=named(UNKNOWN),
    ),
    Case(
        rule="CVJ02C",
        bad=in_pool(
            PROVIDER,
            {},
            a={"provider_name": "acme"},
            b={"provider_name": "other"},
            c={"provider_name": "acme"},
        ),
        says=(
            f"{PROVIDER}.c: provider_name: must be unique in the pool, got 'acme', which "
            "aws_cognito_identity_provider.a already has",
        ),
        good=both(
            in_pool(PROVIDER, {}, a={"provider_name": "acme"}),
            alone(PROVIDER, provider_name="acme", user_pool_id="eu-west-1_Elsewhere"),
        ),
        unknown=in_pool(PROVIDER, {}, a={"provider_name": UNKNOWN}),
        mended=in_pool(
            PROVIDER,
            {},
            a={"provider_name": "acme"},
            b={"provider_name": "other"},
            c={"provider_name": "acme-2"},
        ),
    ),
    Case(
        rule="CVJ03",
        bad=named("google", "Google"),
        says=(f"{IT}: provider_name: must be Google, got 'google'",),
        good=named("SignInWithApple", "SignInWithApple"),
        unknown=named(UNKNOWN, "Google"),
        mended=named("Google", "Google"),
    ),
    Case(
        rule="CVJ03B",
        bad=named("COGNITO", "SAML"),
        says=(
            f"{IT}: provider_name: must not be a name that Cognito reserves, got 'COGNITO' for "
            "SAML",
        ),
        good=named("acme", "SAML"),
        unknown=named("Google", UNKNOWN),
    ),
    Case(
        rule="CVJ04",
        bad=alone(PROVIDER, idp_identifiers=["a/b", *map(str, range(50))]),
        says=(
            f"{IT}: idp_identifiers: must be 0 to 50 identifiers, got 51",
            f"{IT}: idp_identifiers[0]: must be 1 to 40 characters, letters, digits, spaces and "
            "_ + = . @ -, got 'a/b'",
        ),
        good=alone(PROVIDER, idp_identifiers=["acme.example"]),
        unknown=alone(PROVIDER, idp_identifiers=[UNKNOWN]),
    ),
    Case(
        rule="CVJ05",
        bad=provider("OIDC"),
        says=(
            f"{IT}: provider_details: must have client_id, attributes_request_method, "
            "oidc_issuer, authorize_scopes for OIDC",
        ),
        good=provider("OIDC", **OIDC),
        unknown=alone(PROVIDER, provider_type="OIDC", provider_details=UNKNOWN),
    ),
    Case(
        rule="CVJ05",
        bad=provider("Google", client_id="1", authorize_scopes=""),
        says=(f"{IT}: provider_details: must have client_secret, authorize_scopes for Google",),
        good=provider(
            "Google", client_id="1", client_secret=UNKNOWN, authorize_scopes="openid email"
        ),
        unknown=provider(UNKNOWN),
    ),
    Case(
        rule="CVJ05",
        bad=provider("SignInWithApple", client_id="1", authorize_scopes="email"),
        says=(
            f"{IT}: provider_details: must have team_id, key_id, private_key for SignInWithApple",
        ),
        good=provider("SAML"),
        unknown=None,
    ),
    Case(
        rule="CVJ05B",
        bad=provider("SAML", **SAML, MetadataFile="<EntityDescriptor/>"),
        says=(
            f"{IT}: provider_details: must have one of MetadataURL and MetadataFile, got "
            "MetadataURL and MetadataFile",
        ),
        good=provider("SAML", **SAML),
        unknown=alone(PROVIDER, provider_type="SAML", provider_details=UNKNOWN),
    ),
    Case(
        rule="CVJ05B",
        bad=provider("SAML", IDPSignout="true"),
        says=(
            f"{IT}: provider_details: must have one of MetadataURL and MetadataFile, got neither",
        ),
        good=provider("SAML", MetadataFile='${file("metadata.xml")}'),
        unknown=provider(UNKNOWN, **SAML),
    ),
    Case(
        rule="CVJ06",
        bad=provider(
            "OIDC", **{**OIDC, "attributes_request_method": "get"}, RequestSigningAlgorithm="sha1"
        ),
        says=(
            f"{IT}: provider_details.attributes_request_method: must be GET or POST, got 'get'",
            f"{IT}: provider_details.RequestSigningAlgorithm: must be rsa-sha256, got 'sha1'",
        ),
        good=provider("OIDC", **OIDC, RequestSigningAlgorithm="rsa-sha256"),
        unknown=provider("OIDC", attributes_request_method=UNKNOWN),
    ),
    Case(
        rule="CVJ08",
        bad=provider("OIDC", **{**OIDC, "oidc_issuer": "http://login.acme.example"}),
        says=(
            f"{IT}: provider_details.oidc_issuer: must start with https://, got "
            "'http://login.acme.example'",
        ),
        good=provider("OIDC", **OIDC),
        unknown=provider("OIDC", oidc_issuer=UNKNOWN),
    ),
    Case(
        rule="CG302",
        bad=provider("OIDC", **OIDC, token_url="http://login.acme.example/token"),
        says=(
            f"{IT}: provider_details.token_url: must start with https://, got "
            "'http://login.acme.example/token'",
        ),
        good=provider("OIDC", **OIDC, token_url="https://login.acme.example/token"),
        unknown=provider("OIDC", token_url=UNKNOWN),
    ),
    Case(
        rule="CG303",
        bad=provider("SAML", MetadataURL="http://login.acme.example/metadata"),
        says=(
            f"{IT}: provider_details.MetadataURL: must start with https://, got "
            "'http://login.acme.example/metadata'",
        ),
        good=provider("SAML", MetadataFile="<EntityDescriptor/>"),
        unknown=provider("SAML", MetadataURL=UNKNOWN),
    ),
    Case(
        rule="CG303B",
        bad=provider("SAML", **SAML, IDPInit="true"),
        says=(f"{IT}: provider_details.IDPInit: must be false, got true",),
        good=provider("SAML", **SAML),
        unknown=provider("SAML", IDPInit=UNKNOWN),
        mended=provider("SAML", **SAML, IDPInit="false"),
    ),
    Case(
        rule="CG303C",
        bad=provider("SAML", **SAML),
        says=(f"{IT}: provider_details.RequestSigningAlgorithm: must be rsa-sha256, got null",),
        good=provider("SAML", **SAML, RequestSigningAlgorithm="rsa-sha256"),
        unknown=provider("SAML", RequestSigningAlgorithm=UNKNOWN),
    ),
    Case(
        rule="CG304",
        bad=from_oidc(**{"custom:userRole": "role", "custom:tenant_id": "org", "email": "mail"}),
        says=(
            f"{IT}: attribute_mapping: must not map custom:userRole, custom:tenant_id without a "
            "reason",
        ),
        good=from_oidc(**{"custom:department": "department", "custom:planet": "planet"}),
        unknown=alone(PROVIDER, attribute_mapping=UNKNOWN),
    ),
    Case(
        rule="CG305",
        bad=from_oidc(email="email"),
        says=(f"{IT}: attribute_mapping: must contain email_verified beside email",),
        good=from_oidc(email="email", email_verified="email_verified"),
        unknown=alone(PROVIDER, provider_type="OIDC", attribute_mapping=UNKNOWN),
    ),
    Case(
        rule="CG305",
        bad=alone(PROVIDER, provider_type="Google", attribute_mapping={"email": "email"}),
        says=(f"{IT}: attribute_mapping: must contain email_verified beside email",),
        good=alone(PROVIDER, provider_type="SAML", attribute_mapping={"email": "mail"}),
        unknown=None,
    ),
)
