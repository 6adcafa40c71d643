"""Pools and clients of AWS CDK."""

import os

from aws_cdk import App, Stack
from aws_cdk.aws_cognito import OAuthFlows, OAuthScope, OAuthSettings, UserPool
from pairs import build

# Like CloudFormation, CDK rejects a stack with more than 500 resources.
app = App(outdir=os.environ["OUTDIR"], context={"@aws-cdk/core:stackResourceLimit": 0})
stack = Stack(app, "auth")


def pair(number: int) -> None:
    """Define one pool with one client."""
    pool = UserPool(stack, f"users{number}")
    pool.add_client(
        f"web{number}",
        o_auth=OAuthSettings(
            flows=OAuthFlows(authorization_code_grant=True),
            scopes=[OAuthScope.OPENID],
            callback_urls=["https://example.com/callback"],
        ),
    )


build(pair, app.synth)
