"""One stack with every kind of identity provider, group, user and resource server of a pool."""

from cdktf import TerraformVariable

from constructs_auth import (
    COGNITO,
    AttributesRequestMethod,
    AuthApp,
    AuthStack,
    FacebookIdentityProvider,
    GoogleIdentityProvider,
    IdentityProvider,
    LoginWithAmazonIdentityProvider,
    MachineToMachine,
    NativeApplication,
    OidcEndpoints,
    OidcIdentityProvider,
    ResourceServer,
    ResourceServerScope,
    S3Backend,
    SamlIdentityProvider,
    SamlMetadataFile,
    SamlMetadataUrl,
    SignInWithAppleIdentityProvider,
    StandardAttributeName,
    StringAttribute,
    User,
    UserGroup,
    UserInGroup,
    UserPool,
    UserPoolClient,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `members` in *app*; its variable `secret` has no default."""
    stack = AuthStack(
        app,
        "members",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="members/terraform.tfstate", region="eu-west-1"),
    )
    secret = TerraformVariable(stack, "secret", type="string", sensitive=True)
    pool = UserPool(
        stack,
        "users",
        attributes=[StringAttribute(name="tenant")],
        deletion_protection=False,  # so that all of it can be destroyed
    )
    providers = [
        *_social(stack, pool, secret.string_value),
        *_of_companies(stack, pool, secret.string_value),
    ]
    UserPoolClient(
        stack,
        "application",
        user_pool=pool,
        application=NativeApplication(),
        supported_identity_providers=[COGNITO, *providers],
    )
    _users(stack, pool, secret.string_value)
    ResourceServer(stack, "empty", user_pool=pool, identifier="empty", scopes=[])
    api = ResourceServer(
        stack,
        "api",
        user_pool=pool,
        identifier="https://api.acme.example",
        name="The API",
        scopes=[
            ResourceServerScope(name="write", description="Write"),
            ResourceServerScope(name="read", description="Read"),
        ],
    )
    UserPoolClient(
        stack,
        "job",
        user_pool=pool,
        application=MachineToMachine(allowed_oauth_scopes=[api.scope("read"), api.scope("write")]),
    )
    return stack


def _social(stack: AuthStack, pool: UserPool, secret: str) -> list[IdentityProvider]:
    return [
        FacebookIdentityProvider(
            stack, "facebook", user_pool=pool, client_id="1", client_secret=secret
        ),
        GoogleIdentityProvider(
            stack, "google", user_pool=pool, client_id="1", client_secret=secret
        ),
        LoginWithAmazonIdentityProvider(
            stack, "amazon", user_pool=pool, client_id="1", client_secret=secret
        ),
        SignInWithAppleIdentityProvider(
            stack,
            "apple",
            user_pool=pool,
            client_id="example.acme",
            team_id="1",
            key_id="1",
            private_key=secret,
        ),
    ]


def _of_companies(stack: AuthStack, pool: UserPool, secret: str) -> list[IdentityProvider]:
    return [
        SamlIdentityProvider(
            stack,
            "staff",
            user_pool=pool,
            metadata=SamlMetadataUrl(url="https://login.acme.example/metadata"),
            attribute_mapping={StandardAttributeName.EMAIL: "mail", "custom:tenant": "org"},
            idp_identifiers=["b.example", "a.example"],
            idp_signout=True,
            encrypted_responses=True,
            sign_requests=True,
            idp_initiated=True,
        ),
        SamlIdentityProvider(
            stack,
            "partner",
            user_pool=pool,
            metadata=SamlMetadataFile(content="<EntityDescriptor/>"),
        ),
        OidcIdentityProvider(
            stack,
            "discovered",
            user_pool=pool,
            client_id="1",
            client_secret=secret,
            oidc_issuer="https://login.acme.example",
        ),
        OidcIdentityProvider(
            stack,
            "named",
            user_pool=pool,
            client_id="1",
            client_secret=secret,
            oidc_issuer="https://id.acme.example",
            endpoints=OidcEndpoints(
                authorize_url="https://id.acme.example/authorize",
                token_url="https://id.acme.example/token",
                attributes_url="https://id.acme.example/userinfo",
                jwks_uri="https://id.acme.example/keys",
            ),
            attributes_request_method=AttributesRequestMethod.POST,
        ),
    ]


def _users(stack: AuthStack, pool: UserPool, secret: str) -> None:
    role = "arn:aws:iam::111122223333:role/administrators"
    administrators = UserGroup(stack, "administrators", user_pool=pool, precedence=1, role_arn=role)
    support = UserGroup(stack, "support", user_pool=pool, description="Who helps", precedence=10)
    ann = User(
        stack,
        "ann",
        user_pool=pool,
        username="ann@acme.example",
        attributes={"email_verified": "true", "custom:tenant": "acme"},
        groups=[administrators],
        temporary_password=secret,
    )
    UserInGroup(stack, "ann_helps", user=ann, group=support)
    User(
        stack,
        "tester",
        user_pool=pool,
        username="tester@acme.example",
        password=secret,
        enabled=False,
    )
