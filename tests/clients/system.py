"""The system that all clients sign in at, as a program of this library defines it."""

from datetime import timedelta

from constructs_auth import (
    AmplifyGen1,
    AmplifyOutputs,
    AmplifyVersion,
    AppConfiguration,
    AuthApp,
    AuthJs,
    AuthStack,
    DeviceConfiguration,
    EmailOtp,
    FirstAuthFactor,
    IdentityPool,
    MachineToMachine,
    Mfa,
    OAuth,
    OAuthScope,
    OidcClient,
    Passkey,
    PlainJson,
    PrefixDomain,
    RefreshTokenRotation,
    RememberDevices,
    ResourceServer,
    ResourceServerScope,
    S3Backend,
    SinglePageApplication,
    SoftwareTokenMfa,
    UserGroup,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)
from tests.clients.names import APPLICATION, REGION, SERVER, STACK


def define(app: AuthApp) -> AuthStack:
    """Define the stack `clients` in *app*."""
    stack = AuthStack(
        app,
        STACK,
        region=REGION,
        backend=S3Backend(bucket="acme-state", key="clients/terraform.tfstate", region=REGION),
    )
    users = UserPool(
        stack,
        "users",
        allow_admin_create_user_only=False,
        deletion_protection=False,
        device_configuration=DeviceConfiguration(remember=RememberDevices.ALWAYS),
        mfa=Mfa.optional(SoftwareTokenMfa()),
        passwordless=[EmailOtp(), Passkey(relying_party_id="localhost")],
    )
    domain = UserPoolDomain(
        stack,
        "pages",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-clients"),
        managed_login_version=1,  # branding needs AWS provider 6
    )
    scopes = [
        OAuthScope.OPENID,
        OAuthScope.EMAIL,
        OAuthScope.PROFILE,
        OAuthScope.COGNITO_ADMIN,
    ]
    browser = UserPoolClient(
        stack,
        "browser",
        user_pool=users,
        application=SinglePageApplication(
            oauth=OAuth(
                callback_urls=[APPLICATION],
                logout_urls=[APPLICATION],
                allowed_oauth_scopes=scopes,
            )
        ),
        # The default, 10 seconds, is long for a test that waits for the end.
        refresh_token_rotation=RefreshTokenRotation.enabled(
            retry_grace_period=timedelta(seconds=1)
        ),
    )
    without_rotation = UserPoolClient(
        stack,
        "without_rotation",
        user_pool=users,
        application=SinglePageApplication(oauth=OAuth(callback_urls=[APPLICATION])),
        refresh_token_rotation=RefreshTokenRotation.disabled(),
    )
    server = UserPoolClient(
        stack,
        "server",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(callback_urls=[SERVER], logout_urls=["https://app.acme.example/"])
        ),
    )
    api = ResourceServer(
        stack,
        "api",
        user_pool=users,
        identifier="api",
        scopes=[ResourceServerScope(name="read", description="Read")],
    )
    job = UserPoolClient(
        stack,
        "job",
        user_pool=users,
        application=MachineToMachine(allowed_oauth_scopes=[api.scope("read")]),
    )
    keys_host = f"acme-passkeys.auth.{REGION}.amazoncognito.com"
    key_users = UserPool(
        stack,
        "key_users",
        allow_admin_create_user_only=False,
        deletion_protection=False,
        passwordless=[Passkey(relying_party_id=keys_host)],  # the pages themselves ask for them
    )
    UserPoolDomain(
        stack,
        "key_pages",
        user_pool=key_users,
        domain=PrefixDomain(prefix="acme-passkeys"),
        managed_login_version=1,
    )
    keys = UserPoolClient(
        stack,
        "keys",
        user_pool=key_users,
        application=SinglePageApplication(
            oauth=OAuth(callback_urls=[APPLICATION], allowed_oauth_scopes=scopes)
        ),
    )
    access = IdentityPool(stack, "access", cognito_identity_providers=[browser])
    UserGroup(stack, "staff", user_pool=users, precedence=1)

    amplify = AmplifyOutputs(preferred_challenge=FirstAuthFactor.EMAIL_OTP)
    AppConfiguration(
        stack,
        "amplify",
        client=browser,
        domain=domain,
        identity_pool=access,
        format=amplify,
    )
    AppConfiguration(
        stack,
        "amplify_1_5",
        client=browser,
        domain=domain,
        identity_pool=access,
        format=AmplifyOutputs(version=AmplifyVersion.V1_5),
    )
    AppConfiguration(
        stack,
        "gen1",
        client=browser,
        domain=domain,
        identity_pool=access,
        format=AmplifyGen1(),
    )
    AppConfiguration(stack, "oidc", client=browser, format=OidcClient())
    AppConfiguration(stack, "passkeys", client=keys, format=OidcClient())
    AppConfiguration(stack, "server_side", client=server, format=AuthJs(with_client_secret=True))
    AppConfiguration(stack, "plain", client=server, domain=domain, format=PlainJson())
    AppConfiguration(stack, "steady", client=without_rotation, format=PlainJson())
    stack.add_output("job_id", job.user_pool_client_id, description="The client of the program.")
    stack.add_output("job_secret", job.client_secret, description="Its secret.", sensitive=True)
    return stack


if __name__ == "__main__":
    auth = AuthApp(context={})
    define(auth)
    auth.synth()
