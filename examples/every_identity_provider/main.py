"""All identity providers: Apple, Facebook, Google, Amazon, OpenID Connect, and SAML from a file."""

from pathlib import Path

from constructs_auth import (
    COGNITO,
    AuthApp,
    AuthStack,
    FacebookIdentityProvider,
    GoogleIdentityProvider,
    IdentityProvider,
    LoginWithAmazonIdentityProvider,
    NativeApplication,
    OAuth,
    OidcIdentityProvider,
    PrefixDomain,
    S3Backend,
    SamlIdentityProvider,
    SamlMetadataFile,
    SignInWithAppleIdentityProvider,
    StandardAttributeName,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    Variable,
)

HERE = Path(__file__).parent


def define(app: AuthApp) -> AuthStack:
    """Define the stack `every_way_in` in *app*."""
    stack = AuthStack(
        app,
        "every_way_in",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="every_way_in/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    users = UserPool(stack, "users")
    UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-every-way-in"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    UserPoolClient(
        stack,
        "phone",
        user_pool=users,
        application=NativeApplication(oauth=OAuth(callback_urls=["example.acme.app://callback"])),
        # Constructs, not names, so that Terraform creates the client after them.
        supported_identity_providers=[
            COGNITO,
            *_social(stack, users),
            *_of_companies(stack, users),
        ],
    )
    return stack


def _social(stack: AuthStack, users: UserPool) -> list[IdentityProvider]:
    return [
        SignInWithAppleIdentityProvider(
            stack,
            "apple",
            user_pool=users,
            client_id="example.acme.app",
            team_id="1EXAMPLE23",
            key_id="4EXAMPLE56",
            private_key=_secret(stack, "apple_private_key", "The text of Apple's .p8 file."),
        ),
        FacebookIdentityProvider(
            stack,
            "facebook",
            user_pool=users,
            client_id="123456789012345",
            client_secret=_secret(stack, "facebook_app_secret", "The app secret at Facebook."),
        ),
        GoogleIdentityProvider(
            stack,
            "google",
            user_pool=users,
            client_id="1example23456789.apps.googleusercontent.com",
            client_secret=_secret(stack, "google_client_secret", "From Google's console."),
        ),
        LoginWithAmazonIdentityProvider(
            stack,
            "amazon",
            user_pool=users,
            client_id="amzn1.application-oa2-client.1example23456789",
            client_secret=_secret(stack, "amazon_client_secret", "From Amazon's console."),
        ),
    ]


def _of_companies(stack: AuthStack, users: UserPool) -> list[IdentityProvider]:
    return [
        OidcIdentityProvider(
            stack,
            "partner",
            user_pool=users,
            client_id="acme",
            client_secret=_secret(stack, "partner_client_secret", "From the partner."),
            # Cognito finds its endpoints at <issuer>/.well-known/openid-configuration.
            oidc_issuer="https://id.partner.example",
        ),
        SamlIdentityProvider(
            stack,
            "supplier",
            user_pool=users,
            metadata=SamlMetadataFile(content=(HERE / "supplier.xml").read_text(encoding="utf-8")),
            attribute_mapping={StandardAttributeName.EMAIL: "mail"},
            sign_requests=True,
        ),
    ]


def _secret(stack: AuthStack, name: str, description: str) -> str:
    """Read a secret from TF_VAR_<name>, so that neither the program nor a plan shows it."""
    return Variable(stack, name, description=description, sensitive=True).string_value


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
