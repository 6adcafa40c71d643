"""One stack with every setting of identity pools, and users who get credentials from them."""

from cdktf import TerraformVariable

from constructs_auth import (
    AdminBackend,
    AmbiguousRoleResolution,
    AuthApp,
    AuthStack,
    ExistingUserPool,
    ExistingUserPoolClient,
    IdentityPool,
    IdentityPoolPrincipalTag,
    LoginProvider,
    MappingRule,
    MatchType,
    NativeApplication,
    RulesRoleMapping,
    S3Backend,
    StringAttribute,
    TokenRoleMapping,
    User,
    UserGroup,
    UserPool,
    UserPoolClient,
)

ACCOUNT = "123456789012"  # the account that the emulator speaks for
OIDC = f"arn:aws:iam::{ACCOUNT}:oidc-provider/login.acme.example"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/staff"
PARTNERS = ExistingUserPoolClient(
    user_pool=ExistingUserPool.from_id("eu-west-1_Partners1", region="eu-west-1"),
    user_pool_client_id="1example23456789",
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `identities` in *app*; its variable `secret` has no default."""
    stack = AuthStack(
        app,
        "identities",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-state", key="identities/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    secret = TerraformVariable(stack, "secret", type="string", sensitive=True).string_value
    pool = UserPool(
        stack,
        "users",
        attributes=[StringAttribute(name="department")],
        deletion_protection=False,  # so that all of it can be destroyed
    )
    phone = UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    backend = UserPoolClient(stack, "backend", user_pool=pool, application=AdminBackend())
    identities = IdentityPool(
        stack,
        "all",
        name="All of Acme",
        cognito_identity_providers=[phone, backend, PARTNERS],
        openid_connect_provider_arns=[OIDC],
        saml_provider_arns=[SAML],
        supported_login_providers={
            LoginProvider.AMAZON: "amzn1.application.1",
            LoginProvider.APPLE: "example.acme",
            LoginProvider.FACEBOOK: "1",
            LoginProvider.GOOGLE: "1.apps.googleusercontent.com",
            LoginProvider.TWITTER: secret,
        },
        developer_provider_name="login.acme.example",
        allow_unauthenticated_identities=True,
        allow_classic_flow=True,
        tags={"kind": "all"},
    )
    _map_roles(identities, phone, backend)
    _tag(stack, identities, pool)
    _users(stack, pool, identities, secret)
    IdentityPool(
        stack,
        "given",
        cognito_identity_providers=[phone],
        server_side_token_check=False,
        authenticated_role_arn=f"arn:aws:iam::{ACCOUNT}:role/given",
    )
    stack.add_output("user_pool_id", pool.user_pool_id, description="The user pool.")
    for name, client in (("phone_id", phone), ("backend_id", backend)):
        stack.add_output(name, client.user_pool_client_id, description="An app client.")
    stack.add_output(
        "identity_pool_id", identities.identity_pool_id, description="The identity pool."
    )
    return stack


def _map_roles(identities: IdentityPool, phone: UserPoolClient, backend: UserPoolClient) -> None:
    identities.map_roles(phone, TokenRoleMapping())
    sales = identities.add_role("sales")
    rules = [
        MappingRule(
            claim="custom:department",
            match_type=MatchType.STARTS_WITH,
            value="Sales",
            role_arn=sales.role_arn,
        ),
        MappingRule(claim="custom:department", value="None", role_arn=sales.role_arn),
    ]
    identities.map_roles(
        backend,
        RulesRoleMapping(
            rules=rules, ambiguous_role_resolution=AmbiguousRoleResolution.AUTHENTICATED_ROLE
        ),
    )
    by_issuer = MappingRule(
        claim="iss", match_type=MatchType.NOT_EQUAL, value="x", role_arn=sales.role_arn
    )
    by_name = MappingRule(
        claim="sub", match_type=MatchType.CONTAINS, value="@", role_arn=sales.role_arn
    )
    for provider in (OIDC, SAML, LoginProvider.GOOGLE, PARTNERS):
        identities.map_roles(provider, RulesRoleMapping(rules=[by_name, by_issuer]))


def _tag(stack: AuthStack, identities: IdentityPool, pool: UserPool) -> None:
    for name, provider in (("user_tags", pool), ("oidc_tags", OIDC)):
        IdentityPoolPrincipalTag(
            stack,
            name,
            identity_pool=identities,
            provider=provider,
            principal_tags={"username": "sub", "client": "aud"},
        )


def _users(stack: AuthStack, pool: UserPool, identities: IdentityPool, secret: str) -> None:
    groups = {
        name: UserGroup(
            stack,
            name,
            user_pool=pool,
            precedence=precedence,
            role_arn=identities.add_role(f"of_{name}").role_arn,
        )
        for name, precedence in (("administrators", 1), ("support", 2), ("auditors", 2))
    }
    for name, group in groups.items():
        stack.add_output(
            f"{name}_role_arn", f"{group.role_arn}", description="The role of a group."
        )
    for name, names_of_groups in (
        ("ann", ["administrators", "support"]),
        ("bob", ["auditors", "support"]),
        ("cid", []),
    ):
        User(
            stack,
            name,
            user_pool=pool,
            username=f"{name}@acme.example",
            attributes={"email_verified": "true", "custom:department": "Sales, EMEA"},
            groups=[groups[each] for each in names_of_groups],
            password=secret,
        )
