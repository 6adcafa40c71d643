"""Identity providers: what is written, what is refused, and the clients that use them."""

from collections.abc import Callable
from typing import Any

import pytest
from cdktf import TerraformVariable

from constructs_auth import (
    COGNITO,
    AttributesRequestMethod,
    AuthApp,
    AuthStack,
    FacebookIdentityProvider,
    GoogleIdentityProvider,
    IdentityProvider,
    InvalidValueError,
    LoginWithAmazonIdentityProvider,
    NativeApplication,
    OidcEndpoints,
    OidcIdentityProvider,
    SamlIdentityProvider,
    SamlMetadataFile,
    SamlMetadataUrl,
    SignInWithAppleIdentityProvider,
    StandardAttributeName,
    StringAttribute,
    SynthesisError,
    UserPool,
    UserPoolClient,
)
from tests.synth.conftest import Synthesize, rules_in
from tests.synth.reading import rules_broken_in

METADATA = SamlMetadataUrl(url="https://login.acme.example/metadata")
SECRET = "${var.secret}"


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool with an attribute of its own."""
    return UserPool(stack, "users", attributes=[StringAttribute(name="tenant")])


def provider_of(document: dict[str, Any], name: str = "idp") -> Any:
    """A provider in the Terraform JSON."""
    provider = document["resource"]["aws_cognito_identity_provider"][name]
    del provider["//"]
    return provider


def google(stack: AuthStack, pool: UserPool, **settings: Any) -> GoogleIdentityProvider:
    """Google, with a secret from a variable."""
    return GoogleIdentityProvider(
        stack, "idp", user_pool=pool, client_id="1example", client_secret=SECRET, **settings
    )


SOCIAL: list[tuple[Callable[[AuthStack, UserPool], IdentityProvider], dict[str, Any]]] = [
    (
        google,
        {
            "attribute_mapping": {"email": "email", "username": "sub"},
            "provider_details": {
                "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
                "attributes_url_add_attributes": "true",
                "authorize_scopes": "openid email profile",
                "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
                "client_id": "1example",
                "client_secret": "${var.secret}",
                "oidc_issuer": "https://accounts.google.com",
                "token_request_method": "POST",
                "token_url": "https://www.googleapis.com/oauth2/v4/token",
            },
            "provider_name": "Google",
            "provider_type": "Google",
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        },
    ),
    (
        lambda stack, pool: FacebookIdentityProvider(
            stack, "idp", user_pool=pool, client_id="1example", client_secret=SECRET
        ),
        {
            "attribute_mapping": {"email": "email", "username": "id"},
            "provider_details": {
                "api_version": "v17.0",
                "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
                "attributes_url_add_attributes": "true",
                "authorize_scopes": "public_profile, email",
                "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
                "client_id": "1example",
                "client_secret": "${var.secret}",
                "token_request_method": "GET",
                "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
            },
            "provider_name": "Facebook",
            "provider_type": "Facebook",
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        },
    ),
    (
        lambda stack, pool: LoginWithAmazonIdentityProvider(
            stack, "idp", user_pool=pool, client_id="1example", client_secret=SECRET
        ),
        {
            "attribute_mapping": {"email": "email", "username": "user_id"},
            "provider_details": {
                "attributes_url": "https://api.amazon.com/user/profile",
                "attributes_url_add_attributes": "false",
                "authorize_scopes": "profile",
                "authorize_url": "https://www.amazon.com/ap/oa",
                "client_id": "1example",
                "client_secret": "${var.secret}",
                "token_request_method": "POST",
                "token_url": "https://api.amazon.com/auth/o2/token",
            },
            "provider_name": "LoginWithAmazon",
            "provider_type": "LoginWithAmazon",
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        },
    ),
    (
        lambda stack, pool: SignInWithAppleIdentityProvider(
            stack,
            "idp",
            user_pool=pool,
            client_id="com.example.cognito",
            team_id="3EXAMPLE",
            key_id="2EXAMPLE",
            private_key=SECRET,
        ),
        {
            "attribute_mapping": {"email": "email", "username": "sub"},
            "lifecycle": {"ignore_changes": ['provider_details["private_key"]']},
            "provider_details": {
                "attributes_url_add_attributes": "false",
                "authorize_scopes": "email name",
                "authorize_url": "https://appleid.apple.com/auth/authorize",
                "client_id": "com.example.cognito",
                "key_id": "2EXAMPLE",
                "oidc_issuer": "https://appleid.apple.com",
                "private_key": "${var.secret}",
                "team_id": "3EXAMPLE",
                "token_request_method": "POST",
                "token_url": "https://appleid.apple.com/auth/token",
            },
            "provider_name": "SignInWithApple",
            "provider_type": "SignInWithApple",
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        },
    ),
]


@pytest.mark.parametrize(
    ("make", "expected"), SOCIAL, ids=["google", "facebook", "amazon", "apple"]
)
def test_what_aws_fills_in_is_written(
    make: Callable[[AuthStack, UserPool], IdentityProvider],
    expected: dict[str, Any],
    stack: AuthStack,
    pool: UserPool,
    synthesize: Synthesize,
) -> None:
    """As in the examples of DescribeIdentityProvider in the API reference."""
    assert make(stack, pool).provider_name == expected["provider_name"]
    assert provider_of(synthesize(stack)) == expected


def test_saml_ignores_only_what_comes_from_the_metadata(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    SamlIdentityProvider(
        stack,
        "idp",
        user_pool=pool,
        metadata=METADATA,
        provider_name="acme-staff",
        attribute_mapping={StandardAttributeName.EMAIL: "mail", "custom:tenant": "org"},
        idp_identifiers=["b.example", "a.example"],
        idp_signout=True,
        encrypted_responses=True,
        sign_requests=True,
        idp_initiated=True,
    )
    assert provider_of(synthesize(stack)) == {
        "attribute_mapping": {"custom:tenant": "org", "email": "mail"},
        "idp_identifiers": ["a.example", "b.example"],
        "lifecycle": {
            "ignore_changes": [
                'provider_details["ActiveEncryptionCertificate"]',
                'provider_details["SLORedirectBindingURI"]',
                'provider_details["SSORedirectBindingURI"]',
            ]
        },
        "provider_details": {
            "EncryptedResponses": "true",
            "IDPInit": "true",
            "IDPSignout": "true",
            "MetadataURL": "https://login.acme.example/metadata",
            "RequestSigningAlgorithm": "rsa-sha256",
        },
        "provider_name": "acme-staff",
        "provider_type": "SAML",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }


def test_saml_takes_a_document_and_allows_little_by_default(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    SamlIdentityProvider(
        stack, "idp", user_pool=pool, metadata=SamlMetadataFile(content="<EntityDescriptor/>")
    )
    provider = provider_of(synthesize(stack))
    assert provider["provider_details"] == {
        "EncryptedResponses": "false",
        "IDPInit": "false",
        "IDPSignout": "false",
        "MetadataFile": "<EntityDescriptor/>",
    }
    assert provider["attribute_mapping"] == {
        "email": "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
    }


def test_oidc_discovers_or_names_its_endpoints(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    OidcIdentityProvider(
        stack,
        "idp",
        user_pool=pool,
        client_id="1example",
        oidc_issuer="https://login.acme.example",
    )
    OidcIdentityProvider(
        stack,
        "named",
        user_pool=pool,
        client_id="1example",
        client_secret=SECRET,
        oidc_issuer="https://id.acme.example",
        endpoints=OidcEndpoints(
            authorize_url="https://id.acme.example/authorize",
            token_url="https://id.acme.example/token",
            attributes_url="https://id.acme.example/userinfo",
            jwks_uri="https://id.acme.example/keys",
        ),
        attributes_request_method=AttributesRequestMethod.POST,
    )
    document = synthesize(stack)
    discovered = provider_of(document)
    assert discovered["attribute_mapping"] == {"email": "email", "username": "sub"}
    assert discovered["provider_details"] == {
        "attributes_request_method": "GET",
        "attributes_url_add_attributes": "false",
        "authorize_scopes": "openid email",
        "client_id": "1example",
        "oidc_issuer": "https://login.acme.example",
    }
    assert provider_of(document, "named")["provider_details"] == {
        "attributes_request_method": "POST",
        "attributes_url": "https://id.acme.example/userinfo",
        "attributes_url_add_attributes": "false",
        "authorize_scopes": "openid email",
        "authorize_url": "https://id.acme.example/authorize",
        "client_id": "1example",
        "client_secret": "${var.secret}",
        "jwks_uri": "https://id.acme.example/keys",
        "oidc_issuer": "https://id.acme.example",
        "token_url": "https://id.acme.example/token",
    }


def saml(stack: AuthStack, pool: UserPool, **settings: Any) -> SamlIdentityProvider:
    """A SAML provider `idp`."""
    return SamlIdentityProvider(stack, "idp", user_pool=pool, **{"metadata": METADATA, **settings})


def oidc(stack: AuthStack, pool: UserPool, **settings: Any) -> OidcIdentityProvider:
    """An OIDC provider `idp`."""
    given = {"client_id": "1", "oidc_issuer": "https://acme.example", **settings}
    return OidcIdentityProvider(stack, "idp", user_pool=pool, **given)


@pytest.mark.parametrize(
    ("make", "settings", "expected"),
    [
        (
            google,
            {"authorize_scopes": ["openid email"]},
            "GoogleIdentityProvider.authorize_scopes[0]: must be one scope, got 'openid email'; "
            "list each scope separately",
        ),
        (
            google,
            {"authorize_scopes": []},
            "GoogleIdentityProvider.authorize_scopes: must not be empty, got []; name scopes of "
            "the provider",
        ),
        (
            google,
            {"attribute_mapping": {"tenant": "hd"}},
            "GoogleIdentityProvider.attribute_mapping: must name attributes of the pool, got "
            "'tenant'; write 'custom:tenant'",
        ),
        (
            saml,
            {"provider_name": "ad"},
            "SamlIdentityProvider.provider_name: must be 3 to 32 characters, not 2, got 'ad'; give "
            "another name",
        ),
        (
            saml,
            {"provider_name": "Google"},
            "SamlIdentityProvider.provider_name: must not be a name that Cognito reserves, got "
            "'Google'; give another name",
        ),
        (
            saml,
            {"metadata": "https://acme.example/metadata"},
            "SamlIdentityProvider.metadata: must be of type SamlMetadataUrl or SamlMetadataFile, "
            "got 'https://acme.example/metadata'; write SamlMetadataUrl(…) or SamlMetadataFile(…)",
        ),
        (
            saml,
            {"idp_identifiers": ["acme/staff"]},
            "SamlIdentityProvider.idp_identifiers[0]: must be 1 to 40 characters, letters, digits, "
            "spaces and _ + = . @ -, got 'acme/staff'; write domains such as 'acme.example'",
        ),
        (
            saml,
            {"idp_identifiers": [f"{number}.example" for number in range(51)]},
            "SamlIdentityProvider.idp_identifiers, their number: must be from 0 to 50 identifiers, "
            "got 51; name fewer",
        ),
        (
            oidc,
            {"oidc_issuer": "https://acme.example/"},
            "OidcIdentityProvider.oidc_issuer: must not end with a slash, got "
            "'https://acme.example/'; write 'https://acme.example'",
        ),
        (
            oidc,
            {"authorize_scopes": ["email"]},
            "OidcIdentityProvider.authorize_scopes: must contain openid, got ['email']; add "
            "'openid'",
        ),
        (
            oidc,
            {"client_secret": "hunter2"},
            "OidcIdentityProvider.client_secret: must come from outside the program, got '***'; "
            "use the string_value of a sensitive Variable, or an attribute of a data source",
        ),
    ],
)
def test_refuses_what_cannot_work(
    make: Callable[..., IdentityProvider],
    settings: dict[str, Any],
    expected: str,
    stack: AuthStack,
    pool: UserPool,
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make(stack, pool, **settings)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("idp") is None


def test_refuses_a_version_that_facebook_cannot_have(stack: AuthStack, pool: UserPool) -> None:
    with pytest.raises(InvalidValueError) as caught:
        FacebookIdentityProvider(
            stack, "idp", user_pool=pool, client_id="1", client_secret=SECRET, api_version="17"
        )
    assert str(caught.value) == (
        "FacebookIdentityProvider.api_version: must be a version of the Graph API, got '17'; write "
        "one such as 'v17.0'"
    )


def test_a_secret_comes_from_a_sensitive_variable(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    secret = TerraformVariable(stack, "google", type="string", sensitive=True)
    GoogleIdentityProvider(
        stack, "idp", user_pool=pool, client_id="1", client_secret=secret.string_value
    )
    details = provider_of(synthesize(stack))["provider_details"]
    assert details["client_secret"] == "${var.google}"


def test_a_variable_that_every_plan_shows_is_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    TerraformVariable(stack, "secret", type="string")
    google(stack, pool)
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    assert [str(problem) for problem in caught.value.problems] == [
        "auth/idp: client_secret: must come from a sensitive variable, got the variable 'secret'; "
        "set sensitive=True, otherwise every plan shows the value"
    ]


def test_a_pool_has_one_provider_of_a_name(stack: AuthStack, pool: UserPool, app: AuthApp) -> None:
    google(stack, pool)
    GoogleIdentityProvider(stack, "again", user_pool=pool, client_id="2", client_secret=SECRET)
    assert rules_broken_in(app) == ["auth/again: CVJ02C provider_name"]


def test_an_underscore_in_a_name_deserves_a_word(
    stack: AuthStack, pool: UserPool, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    saml(stack, pool, provider_name="acme_staff")
    app.synth()
    printed = capsys.readouterr().err
    assert rules_in(printed) == ["CVJ02B", "CG303C"]
    assert (
        "provider_name: must have no _ except as its second character, got 'acme_staff'" in printed
    )


def client(stack: AuthStack, pool: UserPool, *providers: Any, **settings: Any) -> UserPoolClient:
    """A client `app` with *providers*."""
    return UserPoolClient(
        stack,
        "app",
        user_pool=pool,
        application=NativeApplication(),
        supported_identity_providers=providers,
        **settings,
    )


def test_a_client_waits_for_its_providers(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """What a provider fills is written by the client, or nobody could sign in."""
    provider = saml(
        stack, pool, attribute_mapping={"custom:tenant": "org", "email_verified": "verified"}
    )
    client(stack, pool, provider, COGNITO)
    written = synthesize(stack)["resource"]["aws_cognito_user_pool_client"]["app"]

    assert written["supported_identity_providers"] == ["COGNITO", "idp"]
    assert written["depends_on"] == ["aws_cognito_identity_provider.idp"]
    assert "custom:tenant" in written["write_attributes"]
    assert "email_verified" not in written["write_attributes"]


def test_refuses_to_write_less_than_a_provider_fills(stack: AuthStack, pool: UserPool) -> None:
    provider = saml(stack, pool, attribute_mapping={"custom:tenant": "org"})
    with pytest.raises(InvalidValueError) as caught:
        client(stack, pool, provider, write_attributes=["email"])
    assert str(caught.value) == (
        "UserPoolClient.write_attributes: must contain custom:tenant, which idp writes at each "
        "sign-in, got ['email']; add 'custom:tenant', or remove it from the provider's "
        "attribute_mapping"
    )


def test_refuses_a_provider_as_construct_and_again_as_text(
    stack: AuthStack, pool: UserPool
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        client(stack, pool, google(stack, pool), "Google")
    assert str(caught.value) == (
        "UserPoolClient.supported_identity_providers[1]: must not repeat, got 'Google'; name it "
        "once"
    )


def test_a_provider_of_another_pool_is_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    client(stack, UserPool(stack, "others"), google(stack, pool))
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    assert [str(problem) for problem in caught.value.problems] == [
        "auth/app: supported_identity_providers: must be providers of the client's pool, got "
        "auth/idp, which is in another; use a provider of this pool"
    ]


def test_a_name_alone_makes_no_order(
    stack: AuthStack, pool: UserPool, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    client(stack, pool, "Google")
    google(stack, pool)
    app.synth()
    assert rules_in(capsys.readouterr().err) == ["CVH23C"]
