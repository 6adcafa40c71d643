"""One pool with one client, as constructs of this project, and the stack for them."""

import os

from constructs_auth import (
    AuthApp,
    AuthStack,
    OAuth,
    S3Backend,
    UserPool,
    UserPoolClient,
    WebApplication,
)


def new_stack() -> tuple[AuthApp, AuthStack]:
    """Return a new stack and its app."""
    app = AuthApp(outdir=os.environ["OUTDIR"], context={})
    backend = S3Backend(bucket="acme-state", key="auth/terraform.tfstate", region="eu-west-1")
    return app, AuthStack(app, "auth", region="eu-west-1", backend=backend)


def pair(stack: AuthStack, number: int) -> None:
    """Define one pool with one client."""
    pool = UserPool(stack, f"users{number}")
    application = WebApplication(oauth=OAuth(callback_urls=["https://example.com/callback"]))
    UserPoolClient(stack, f"web{number}", user_pool=pool, application=application)
