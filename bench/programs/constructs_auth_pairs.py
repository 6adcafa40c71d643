"""Pools and clients as constructs of this project."""

import os

from pairs import build

from constructs_auth import (
    AuthApp,
    AuthStack,
    OAuth,
    S3Backend,
    UserPool,
    UserPoolClient,
    WebApplication,
)

app = AuthApp(outdir=os.environ["OUTDIR"], context={})
stack = AuthStack(
    app,
    "auth",
    region="eu-west-1",
    backend=S3Backend(bucket="acme-state", key="auth/terraform.tfstate", region="eu-west-1"),
)


def pair(number: int) -> None:
    """Define one pool with one client."""
    pool = UserPool(stack, f"users{number}")
    application = WebApplication(oauth=OAuth(callback_urls=["https://example.com/callback"]))
    UserPoolClient(stack, f"web{number}", user_pool=pool, application=application)


build(pair, app.synth)
