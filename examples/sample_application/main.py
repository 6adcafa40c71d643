"""The system behind a page with sign-in and an API: pool, sign-in pages, client, scope.

The URL of the page is the environment variable `APPLICATION_URL`, or else `http://localhost:8400/`.
Change the other values below before you deploy to AWS.
"""

import os
from urllib.parse import urlsplit

from constructs_auth import (
    AppConfiguration,
    AuthApp,
    AuthStack,
    OAuth,
    OAuthScope,
    OidcClient,
    PrefixDomain,
    ResourceServer,
    ResourceServerScope,
    S3Backend,
    SinglePageApplication,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
)

REGION = "eu-west-1"
STATE_BUCKET = "acme-terraform-state"
DOMAIN_PREFIX = "acme-sample"  # nobody else in the region may have it
# Cognito allows http for localhost only.
URL = os.environ.get("APPLICATION_URL", "http://localhost:8400/")


def define(app: AuthApp) -> AuthStack:
    """Define the stack `sample_application` in *app*."""
    stack = AuthStack(
        app,
        "sample_application",
        region=REGION,
        backend=S3Backend(
            bucket=STATE_BUCKET, key="sample_application/terraform.tfstate", region=REGION
        ),
    )
    # Everybody may sign up.
    users = UserPool(stack, "users", allow_admin_create_user_only=False)
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix=DOMAIN_PREFIX),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    # What server.py requires of an access token: the scope orders/read.
    orders = ResourceServer(
        stack,
        "orders",
        user_pool=users,
        identifier="orders",
        scopes=[ResourceServerScope(name="read", description="Read orders")],
    )
    page = UserPoolClient(
        stack,
        "page",
        user_pool=users,
        application=SinglePageApplication(
            oauth=OAuth(
                callback_urls=[URL],
                logout_urls=[URL],
                allowed_oauth_scopes=[OAuthScope.OPENID, OAuthScope.EMAIL, orders.scope("read")],
            )
        ),
    )
    stack.accept_finding("CG402", domain, reason="AWS provider 5.100 knows no other pages.")
    if urlsplit(URL).hostname == "localhost":
        stack.accept_finding(
            "CG205", page, reason="This deployment is for one developer, on their own machine."
        )
    # Page and server read it as oidc.json.
    AppConfiguration(stack, "oidc", client=page, format=OidcClient())
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
