"""The configuration of an application, in the format of its library."""

import json
import re
from typing import Any

import pytest

from constructs_auth import (
    AS_IT_IS,
    AdminBackend,
    AmplifyGen1,
    AmplifyOutputs,
    AmplifyVersion,
    AppConfiguration,
    AppConfigurationFormat,
    AuthJs,
    AuthStack,
    EmailOtp,
    ExistingUserPool,
    FirstAuthFactor,
    GoogleIdentityProvider,
    IdentityPool,
    InvalidValueError,
    MachineToMachine,
    Mfa,
    NativeApplication,
    OAuth,
    OidcClient,
    Passkey,
    PlainJson,
    PrefixDomain,
    SinglePageApplication,
    SmsMfa,
    SmsOtp,
    SoftwareTokenMfa,
    SpringProperties,
    StandardAttribute,
    StandardAttributeName,
    UserGroup,
    Username,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    Variable,
    WebApplication,
)
from tests.synth.conftest import Synthesize

CALLBACK = "https://app.acme.example/"
OAUTH = OAuth(callback_urls=[CALLBACK], logout_urls=[CALLBACK])
ROLE = "arn:aws:iam::123456789012:role/users"
ISSUER = "https://${aws_cognito_user_pool.users.endpoint}"

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|aws_[\w.]+|=')


def decoded(document: dict[str, Any], name: str) -> Any:
    """The JSON of an output; a reference is the text of the reference."""
    found = re.fullmatch(r"\$\{jsonencode\((.*)\)\}", document["output"][name]["value"])
    assert found is not None

    def as_json(token: re.Match[str]) -> str:
        text = token[0]
        return ":" if text == "=" else text if text.startswith('"') else f'"{text}"'

    return json.loads(_TOKEN.sub(as_json, found[1]))


@pytest.fixture
def users(stack: AuthStack) -> UserPool:
    """A pool with all kinds of factors."""
    return UserPool(
        stack,
        "users",
        attributes=[StandardAttribute(name=StandardAttributeName.NAME, required=True)],
        passwordless=[EmailOtp(), SmsOtp(), Passkey(relying_party_id="acme.example")],
        mfa=Mfa.optional(SoftwareTokenMfa(), SmsMfa()),
    )


@pytest.fixture
def domain(stack: AuthStack, users: UserPool) -> UserPoolDomain:
    """The domain of the sign-in pages."""
    return UserPoolDomain(stack, "pages", user_pool=users, domain=PrefixDomain(prefix="acme"))


def browser(stack: AuthStack, users: UserPool, **settings: Any) -> UserPoolClient:
    """A client for a browser."""
    application = SinglePageApplication(oauth=OAUTH)
    return UserPoolClient(stack, "web", user_pool=users, application=application, **settings)


def server(stack: AuthStack, users: UserPool) -> UserPoolClient:
    """A client with a secret."""
    application = WebApplication(oauth=OAUTH)
    return UserPoolClient(stack, "server", user_pool=users, application=application)


def test_amplify_gets_all_that_the_constructs_know(
    stack: AuthStack, users: UserPool, domain: UserPoolDomain, synthesize: Synthesize
) -> None:
    secret = Variable(stack, "secret", description="The secret of Google", sensitive=True)
    google = GoogleIdentityProvider(
        stack,
        "google",
        user_pool=users,
        client_id="a",
        client_secret=secret.string_value,
        attribute_mapping={
            StandardAttributeName.EMAIL: "email",
            StandardAttributeName.NAME: "name",
        },
    )
    web = browser(stack, users, supported_identity_providers=["COGNITO", google])
    access = IdentityPool(
        stack, "access", cognito_identity_providers=[web], authenticated_role_arn=ROLE
    )
    UserGroup(stack, "staff", user_pool=users, precedence=1)
    AppConfiguration(
        stack,
        "web_configuration",
        client=web,
        domain=domain,
        identity_pool=access,
        format=AmplifyOutputs(preferred_challenge=FirstAuthFactor.EMAIL_OTP),
    )
    UserGroup(stack, "guests", user_pool=users)  # a later one is in it, too
    document = synthesize(stack)
    assert decoded(document, "web_configuration") == {
        "version": "1.4",
        "auth": {
            "aws_region": "eu-west-1",
            "user_pool_id": "aws_cognito_user_pool.users.id",
            "user_pool_client_id": "aws_cognito_user_pool_client.web.id",
            "identity_pool_id": "aws_cognito_identity_pool.access.id",
            "unauthenticated_identities_enabled": False,
            "oauth": {
                "identity_providers": ["GOOGLE"],
                "domain": "acme.auth.eu-west-1.amazoncognito.com",
                "scopes": ["email", "openid"],
                "redirect_sign_in_uri": [CALLBACK],
                "redirect_sign_out_uri": [CALLBACK],
                "response_type": "code",
            },
            "password_policy": {
                "min_length": 15,
                "require_lowercase": True,
                "require_numbers": True,
                "require_symbols": True,
                "require_uppercase": True,
            },
            "standard_required_attributes": ["name"],
            "username_attributes": ["email"],
            "user_verification_types": ["email"],
            "mfa_configuration": "OPTIONAL",
            "mfa_methods": ["SMS", "TOTP"],
            "passwordless": {
                "email_otp_enabled": True,
                "sms_otp_enabled": True,
                "web_authn": {
                    "relying_party_id": "acme.example",
                    "user_verification": "required",
                },
                "preferred_challenge": "EMAIL_OTP",
            },
            "groups": [{"staff": {"precedence": 1}}, {"guests": {}}],
        },
    }
    assert document["output"]["web_configuration"].keys() == {"description", "value"}


def test_what_others_own_is_left_out(stack: AuthStack, synthesize: Synthesize) -> None:
    pool = ExistingUserPool.from_id("eu-west-1_AbCdEf123", region="eu-west-1")
    phone = UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    version = AmplifyVersion.V1_5
    AppConfiguration(stack, "phone_app", client=phone, format=AmplifyOutputs(version=version))
    assert decoded(synthesize(stack), "phone_app") == {
        "version": "1.5",
        "auth": {
            "aws_region": "eu-west-1",
            "user_pool_id": "eu-west-1_AbCdEf123",
            "user_pool_client_id": "aws_cognito_user_pool_client.phone.id",
        },
    }


def test_a_passkey_that_is_left_as_it_is_is_not_known(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    passkey = Passkey(relying_party_id=AS_IT_IS, user_verification=AS_IT_IS)
    pool = UserPool(stack, "users", passwordless=[EmailOtp(), passkey])
    phone = UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    AppConfiguration(stack, "app", client=phone, format=AmplifyOutputs())
    found = decoded(synthesize(stack), "app")["auth"]["passwordless"]
    assert found == {"email_otp_enabled": True}


def test_amplify_gen_1_has_names_of_its_own(
    stack: AuthStack, users: UserPool, domain: UserPoolDomain, synthesize: Synthesize
) -> None:
    web = browser(stack, users, supported_identity_providers=["COGNITO", "LoginWithAmazon"])
    AppConfiguration(stack, "app", client=web, domain=domain, format=AmplifyGen1())
    found = decoded(synthesize(stack), "app")
    assert found["oauth"]["redirectSignIn"] == CALLBACK
    assert found["aws_cognito_social_providers"] == ["AMAZON"]
    assert found["aws_user_pools_web_client_id"] == "aws_cognito_user_pool_client.web.id"
    assert found["aws_cognito_mfa_types"] == ["SMS", "TOTP"]
    assert found["aws_cognito_password_protection_settings"] == {
        "passwordPolicyMinLength": 15,
        "passwordPolicyCharacters": [
            "REQUIRES_LOWERCASE",
            "REQUIRES_UPPERCASE",
            "REQUIRES_NUMBERS",
            "REQUIRES_SYMBOLS",
        ],
    }


def test_a_library_for_openid_connect_gets_issuer_and_redirects(
    stack: AuthStack, users: UserPool, synthesize: Synthesize
) -> None:
    web = browser(stack, users)
    AppConfiguration(stack, "app", client=web, format=OidcClient())
    assert decoded(synthesize(stack), "app") == {
        "authority": ISSUER,
        "client_id": "aws_cognito_user_pool_client.web.id",
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "email openid",
        "post_logout_redirect_uri": CALLBACK,
    }


def test_one_of_several_callbacks_is_named(
    stack: AuthStack, users: UserPool, synthesize: Synthesize
) -> None:
    application = SinglePageApplication(
        oauth=OAuth(callback_urls=[CALLBACK, "http://localhost:5173/"])
    )
    web = UserPoolClient(stack, "web", user_pool=users, application=application)
    with pytest.raises(InvalidValueError, match="redirect_uri: must be set unless the client has"):
        AppConfiguration(stack, "app", client=web, format=OidcClient())
    AppConfiguration(stack, "app", client=web, format=OidcClient(), redirect_uri=CALLBACK)
    assert "post_logout_redirect_uri" not in decoded(synthesize(stack), "app")


@pytest.mark.parametrize("with_secret", [False, True])
def test_a_server_gets_its_secret_only_if_it_is_asked_for(
    stack: AuthStack, users: UserPool, synthesize: Synthesize, *, with_secret: bool
) -> None:
    web = server(stack, users)
    auth_js = AuthJs(with_client_secret=with_secret)
    spring = SpringProperties(with_client_secret=with_secret)
    AppConfiguration(stack, "env", client=web, format=auth_js)
    AppConfiguration(stack, "spring", client=web, format=spring)
    outputs = synthesize(stack)["output"]
    own = "spring.security.oauth2.client.registration.cognito"
    secret = "${aws_cognito_user_pool_client.server.client_secret}"
    assert outputs["env"]["value"].splitlines() == [
        "AUTH_COGNITO_ID=${aws_cognito_user_pool_client.server.id}",
        f"AUTH_COGNITO_ISSUER={ISSUER}",
        *([f"AUTH_COGNITO_SECRET={secret}"] if with_secret else []),
    ]
    assert outputs["spring"]["value"].splitlines() == [
        f"spring.security.oauth2.resourceserver.jwt.issuer-uri={ISSUER}",
        f"spring.security.oauth2.client.provider.cognito.issuer-uri={ISSUER}",
        f"{own}.client-id=${{aws_cognito_user_pool_client.server.id}}",
        *([f"{own}.client-secret={secret}"] if with_secret else []),
        f"{own}.scope=email,openid",
    ]
    for one in outputs.values():
        assert one.get("sensitive", False) is with_secret


def test_a_program_gets_its_grant(
    stack: AuthStack, users: UserPool, synthesize: Synthesize
) -> None:
    application = MachineToMachine(allowed_oauth_scopes=["orders/read"])
    job = UserPoolClient(stack, "job", user_pool=users, application=application)
    AppConfiguration(stack, "spring", client=job, format=SpringProperties())
    AppConfiguration(stack, "plain", client=job, format=PlainJson())
    document = synthesize(stack)
    assert "authorization-grant-type=client_credentials\n" in document["output"]["spring"]["value"]
    assert decoded(document, "plain")["scopes"] == ["orders/read"]


@pytest.mark.parametrize("chosen", [AmplifyOutputs(), AmplifyGen1(), OidcClient()])
def test_a_browser_gets_no_client_with_a_secret(
    stack: AuthStack, users: UserPool, chosen: AppConfigurationFormat
) -> None:
    name = type(chosen).__name__
    with pytest.raises(
        InvalidValueError,
        match=f"AppConfiguration.client: must have no client secret for {name}, which everybody",
    ):
        AppConfiguration(stack, "app", client=server(stack, users), format=chosen)


@pytest.mark.parametrize(
    ("application", "chosen", "error"),
    [
        (NativeApplication(), OidcClient(), "must have sign-in pages for OidcClient"),
        (AdminBackend(), AuthJs(), "must have sign-in pages for AuthJs"),
        (
            NativeApplication(),
            SpringProperties(with_client_secret=True),
            "must have a client secret for SpringProperties",
        ),
    ],
)
def test_a_client_that_the_format_is_not_for_is_refused(
    stack: AuthStack, users: UserPool, application: Any, chosen: AppConfigurationFormat, error: str
) -> None:
    client = UserPoolClient(stack, "app", user_pool=users, application=application)
    with pytest.raises(InvalidValueError, match=error):
        AppConfiguration(stack, "configuration", client=client, format=chosen)


@pytest.mark.parametrize("chosen", [AmplifyOutputs(), AmplifyGen1()])
def test_the_sign_in_pages_of_amplify_need_a_logout_url(
    stack: AuthStack, users: UserPool, domain: UserPoolDomain, chosen: AppConfigurationFormat
) -> None:
    application = SinglePageApplication(oauth=OAuth(callback_urls=[CALLBACK]))
    web = UserPoolClient(stack, "web", user_pool=users, application=application)
    with pytest.raises(InvalidValueError, match=r"set logout_urls=\[…\] in its OAuth, or leave"):
        AppConfiguration(stack, "app", client=web, domain=domain, format=chosen)
    AppConfiguration(stack, "app", client=web, format=chosen)


def test_a_first_factor_that_the_pool_lacks_is_refused(stack: AuthStack) -> None:
    pool = UserPool(stack, "plain", sign_in=Username())
    phone = UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    chosen = AmplifyOutputs(preferred_challenge=FirstAuthFactor.WEB_AUTHN)
    with pytest.raises(InvalidValueError, match="got 'WEB_AUTHN'; choose from PASSWORD, or set"):
        AppConfiguration(stack, "app", client=phone, format=chosen)
