"""A single-page application: no secret, PKCE, and refresh tokens that rotate at each use."""

from constructs_auth import (
    AuthApp,
    AuthStack,
    OAuth,
    PrefixDomain,
    S3Backend,
    SinglePageApplication,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `spa` in *app*."""
    stack = AuthStack(
        app,
        "spa",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="spa/terraform.tfstate", region="eu-west-1"
        ),
    )
    users = UserPool(stack, "users", allow_admin_create_user_only=False)
    UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-spa"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    browser = UserPoolClient(
        stack,
        "browser_client",
        user_pool=users,
        application=SinglePageApplication(
            oauth=OAuth(
                callback_urls=["https://acme.example/", "http://localhost:5173/"],
                default_redirect_uri="https://acme.example/",
                logout_urls=["https://acme.example/"],
            )
        ),
    )
    stack.add_output(
        "client_id", browser.user_pool_client_id, description="The client id, which is no secret."
    )
    users.add_url_outputs()
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
