"""Pools and clients of the bindings, as in CDKTF's documentation."""

import os

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from cdktf_cdktf_provider_aws.cognito_user_pool_client import CognitoUserPoolClient
from cdktf_cdktf_provider_aws.provider import AwsProvider
from pairs import build

app = App(outdir=os.environ["OUTDIR"])
stack = TerraformStack(app, "auth")
AwsProvider(stack, "aws", region="eu-west-1")


def pair(number: int) -> None:
    """Define one pool with one client."""
    pool = CognitoUserPool(stack, f"users{number}", name="users")
    CognitoUserPoolClient(
        stack,
        f"web{number}",
        name="web",
        user_pool_id=pool.id,
        allowed_oauth_flows=["code"],
        allowed_oauth_flows_user_pool_client=True,
        allowed_oauth_scopes=["openid"],
        callback_urls=["https://example.com/callback"],
        supported_identity_providers=["COGNITO"],
    )


build(pair, app.synth)
