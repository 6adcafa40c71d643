"""A web application with a server: sign-in through Cognito's pages, and a client secret."""

from datetime import timedelta

from constructs_auth import (
    AuthApp,
    AuthStack,
    OAuth,
    S3Backend,
    StandardAttribute,
    StringAttribute,
    TokenValidity,
    UserPool,
    UserPoolClient,
    WebApplication,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `web` in *app*."""
    stack = AuthStack(
        app,
        "web",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="web/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    users = UserPool(
        stack,
        "users",
        allow_admin_create_user_only=False,
        attributes=[
            StandardAttribute.full_name(required=True),
            # It defines permissions: the application reads it, only an administrator writes it.
            StringAttribute(name="tenant", max_length=64),
        ],
        prevent_destroy=True,
    )
    web = UserPoolClient(
        stack,
        "web_client",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=["https://app.acme.example/oauth/callback"],
                logout_urls=["https://app.acme.example/"],
            )
        ),
        token_validity=TokenValidity(
            access_token=timedelta(minutes=15),
            id_token=timedelta(minutes=15),
            refresh_token=timedelta(days=14),
        ),
    )
    stack.accept_finding(
        "CVI08", web, reason="The stack of the DNS zone defines the domain auth.acme.example."
    )
    users.add_url_outputs()
    web.add_url_outputs("https://auth.acme.example")
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
