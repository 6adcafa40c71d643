"""The system: a user pool, its web client, and Terraform state in S3.

All other settings are defaults of `constructs_auth`.
"""

from constructs_auth import (
    AuthApp,
    AuthStack,
    ContactAttribute,
    OAuth,
    OAuthFlow,
    OAuthScope,
    PasswordPolicy,
    S3Backend,
    StandardAttribute,
    StandardAttributeName,
    Username,
    UserPool,
    UserPoolClient,
    WebApplication,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `auth` in *app*."""
    region = app.setting("region", environment="AUTH_REGION")
    bucket = app.setting("state_bucket", environment="AUTH_STATE_BUCKET")
    stack = AuthStack(
        app,
        "auth",
        region=region,
        backend=S3Backend(bucket=bucket, key="auth/terraform.tfstate", region=region),
    )
    pool = UserPool(
        stack,
        "exampleUserPool",
        # Users choose a user name. This can never be changed.
        sign_in=Username(),
        auto_verified_attributes=[ContactAttribute.EMAIL],
        # Everybody may sign up, because the product is open to the public.
        allow_admin_create_user_only=False,
        # Shorter than the default of 15, which suits pools without a second factor.
        password_policy=PasswordPolicy(
            minimum_length=8,
            require_lowercase=True,
            require_numbers=True,
            require_symbols=True,
            require_uppercase=True,
        ),
        attributes=[
            StandardAttribute(
                name=StandardAttributeName.EMAIL, required=True, min_length=7, max_length=40
            )
        ],
    )
    client = UserPoolClient(
        stack,
        "exampleUserPoolClient",
        user_pool=pool,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=["https://www.example.com/callback"],
                default_redirect_uri="https://www.example.com/callback",
                logout_urls=["https://www.example.com/logout"],
                # The implicit grant puts tokens into URLs, so it is not a default of this library.
                allowed_oauth_flows=[OAuthFlow.CODE, OAuthFlow.IMPLICIT],
                allowed_oauth_scopes=[
                    OAuthScope.PHONE,
                    OAuthScope.EMAIL,
                    OAuthScope.OPENID,
                    OAuthScope.PROFILE,
                    OAuthScope.COGNITO_ADMIN,
                ],
            )
        ),
    )
    stack.accept_finding(
        "CG201", client, reason="Pages that predate the code grant use it; take it out with them."
    )
    stack.accept_finding(
        "CG213", client, reason="Users change their own profile with their access token."
    )
    stack.accept_finding(
        "CVI08", client, reason="The domain of the sign-in pages is defined outside this program."
    )
    stack.add_output("user_pool_id", pool.user_pool_id, description="The id of the user pool.")
    stack.add_output(
        "user_pool_client_id",
        client.user_pool_client_id,
        description="The client id of the web application.",
    )
    stack.add_output(
        "user_pool_endpoint",
        pool.user_pool_endpoint,
        description="The host and path of the user pool; with https:// before it, the issuer.",
    )
    return stack


if __name__ == "__main__":
    app = AuthApp()
    define(app)
    app.synth()
