"""A whole company: web, mobile and services, Google and SAML, roles, a domain and protection."""

from cdktf import TerraformVariable

from constructs_auth import (
    COGNITO,
    AccountTakeover,
    AdvancedSecurityMode,
    AppSettings,
    AuthApp,
    AuthStack,
    CustomAuthMode,
    CustomDomain,
    GoogleIdentityProvider,
    IdentityPool,
    IdentityProvider,
    MachineToMachine,
    NativeApplication,
    NotifyConfiguration,
    OAuth,
    OAuthScope,
    ResourceServer,
    ResourceServerScope,
    RiskConfiguration,
    S3Backend,
    SamlIdentityProvider,
    SamlMetadataUrl,
    SesEmail,
    StandardAttributeName,
    TokenRoleMapping,
    UserGroup,
    UserPool,
    UserPoolAddOns,
    UserPoolClient,
    UserPoolDomain,
    UserPoolTier,
    WebAcl,
    WebAclAssociation,
    WebApplication,
)

_MAIL = "arn:aws:ses:eu-west-1:111122223333:identity/acme.example"
_CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"


def define(app: AuthApp) -> AuthStack:
    """Define the stack `company` in *app*."""
    stack = AuthStack(
        app,
        "company",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="company/terraform.tfstate", region="eu-west-1"
        ),
        tags={
            "owner": "identity",
            "environment": "production",
            "data-classification": "personal",
        },
    )
    users = _users(stack)
    providers = _identity_providers(stack, users)
    orders = ResourceServer(
        stack,
        "orders",
        user_pool=users,
        identifier="https://orders.acme.example",
        scopes=[
            ResourceServerScope(name="read", description="Read orders"),
            ResourceServerScope(name="write", description="Place and change orders"),
        ],
    )
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=CustomDomain(domain="login.acme.example", certificate=_CERTIFICATE),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    web = UserPoolClient(
        stack,
        "web",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=["https://www.acme.example/callback"],
                logout_urls=["https://www.acme.example/"],
                allowed_oauth_scopes=[
                    OAuthScope.OPENID,
                    OAuthScope.EMAIL,
                    orders.scope("read"),
                    orders.scope("write"),
                ],
            )
        ),
        supported_identity_providers=[COGNITO, *providers],
    )
    phone = UserPoolClient(
        stack,
        "phone",
        user_pool=users,
        application=NativeApplication(
            oauth=OAuth(
                callback_urls=["example.acme.shop://callback"],
                logout_urls=["example.acme.shop://signed-out"],
                allowed_oauth_scopes=[OAuthScope.OPENID, OAuthScope.EMAIL, orders.scope("read")],
            )
        ),
        supported_identity_providers=[COGNITO, *providers],
    )
    # The shipping service calls the orders API on its own behalf.
    UserPoolClient(
        stack,
        "shipping",
        user_pool=users,
        application=MachineToMachine(allowed_oauth_scopes=[orders.scope("read")]),
    )
    _roles(stack, users, phone)
    AppSettings(stack, "web_settings", client=web, prefix="/acme/web", domain=domain)
    web.add_url_outputs(domain, prefix="web")
    phone.add_url_outputs(domain, prefix="phone")
    return stack


def _users(stack: AuthStack) -> UserPool:
    """Define the pool of the customers and its protection."""
    users = UserPool(
        stack,
        "users",
        allow_admin_create_user_only=False,
        email=SesEmail(source_arn=_MAIL, from_email_address="Acme <no-reply@acme.example>"),
        user_pool_tier=UserPoolTier.PLUS,
        user_pool_add_ons=UserPoolAddOns(
            advanced_security_mode=AdvancedSecurityMode.ENFORCED,
            custom_auth_mode=CustomAuthMode.ENFORCED,
        ),
        prevent_destroy=True,
    )
    RiskConfiguration(
        stack,
        "risk",
        user_pool=users,
        account_takeover=AccountTakeover(
            notify_configuration=NotifyConfiguration(
                source_arn=_MAIL, from_email_address="Acme <security@acme.example>"
            )
        ),
    )
    WebAclAssociation(stack, "protected", user_pool=users, web_acl=WebAcl(stack, "acme_sign_in"))
    return users


def _identity_providers(stack: AuthStack, users: UserPool) -> list[IdentityProvider]:
    """Allow sign-in with Google for customers, and with the company's directory for staff."""
    secret = TerraformVariable(
        stack,
        "google_client_secret",
        type="string",
        sensitive=True,
        description="The client secret of the OAuth client at Google.",
    )
    return [
        GoogleIdentityProvider(
            stack,
            "google",
            user_pool=users,
            client_id="1234567890-example.apps.googleusercontent.com",
            client_secret=secret.string_value,
        ),
        SamlIdentityProvider(
            stack,
            "staff",
            user_pool=users,
            metadata=SamlMetadataUrl(url="https://directory.acme.example/saml/metadata"),
            attribute_mapping={StandardAttributeName.EMAIL: "mail"},
            idp_identifiers=["acme.example"],
            sign_requests=True,
        ),
    ]


def _roles(stack: AuthStack, users: UserPool, phone: UserPoolClient) -> None:
    """Allow the mobile application to call AWS directly, with the role of the user's group."""
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    identities.map_roles(phone, TokenRoleMapping())
    for precedence, name in enumerate(["support", "customers"], start=1):
        role = identities.add_role(name)
        UserGroup(stack, name, user_pool=users, precedence=precedence, role_arn=role.role_arn)


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
