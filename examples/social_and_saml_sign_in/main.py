"""Sign-in with Google for customers and SAML for staff, and groups with an administrator."""

from constructs_auth import (
    COGNITO,
    AuthApp,
    AuthStack,
    GoogleIdentityProvider,
    OAuth,
    PrefixDomain,
    S3Backend,
    SamlIdentityProvider,
    SamlMetadataUrl,
    StandardAttributeName,
    StringAttribute,
    User,
    UserGroup,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    Variable,
    WebApplication,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `federation` in *app*."""
    stack = AuthStack(
        app,
        "federation",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="federation/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    # Terraform prompts for it, or reads it from TF_VAR_google_client_secret.
    google_client_secret = Variable(
        stack,
        "google_client_secret",
        description="The client secret from Google's console.",
        sensitive=True,
    )
    users = UserPool(stack, "users", attributes=[StringAttribute(name="department", max_length=64)])
    google = GoogleIdentityProvider(
        stack,
        "google",
        user_pool=users,
        client_id="1example23456789.apps.googleusercontent.com",
        client_secret=google_client_secret.string_value,
        attribute_mapping={
            StandardAttributeName.EMAIL: "email",
            "email_verified": "email_verified",
            StandardAttributeName.NAME: "name",
        },
    )
    staff = SamlIdentityProvider(
        stack,
        "staff",
        user_pool=users,
        metadata=SamlMetadataUrl(url="https://login.acme.example/saml/metadata"),
        provider_name="acme-staff",
        attribute_mapping={
            StandardAttributeName.EMAIL: "mail",
            "custom:department": "department",
        },
        idp_identifiers=["acme.example"],
        idp_signout=True,
        sign_requests=True,
    )
    UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-federation"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    UserPoolClient(
        stack,
        "web",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://app.acme.example/oauth/callback"])
        ),
        supported_identity_providers=[COGNITO, google, staff],
    )
    administrators = UserGroup(
        stack, "administrators", user_pool=users, description="Who manages the others"
    )
    support = UserGroup(stack, "support", user_pool=users, precedence=10)
    User(
        stack,
        "first_administrator",
        user_pool=users,
        username="ann@acme.example",
        attributes={"email_verified": "true", "custom:department": "identity"},
        groups=[administrators, support],
    )
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
