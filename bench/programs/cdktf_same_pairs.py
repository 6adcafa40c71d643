"""Pools and clients of the bindings, with all arguments that constructs of this project write."""

import json
import os
from typing import Any

from cdktf import App, TerraformStack, Testing
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from cdktf_cdktf_provider_aws.cognito_user_pool_client import CognitoUserPoolClient
from cdktf_cdktf_provider_aws.provider import AwsProvider
from our_pair import new_stack, pair
from pairs import build


def written_arguments() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the arguments of a pool and of a client."""
    _, ours = new_stack()
    pair(ours, 0)
    resources = json.loads(Testing.synth(ours))["resource"]
    kinds = ("aws_cognito_user_pool", "aws_cognito_user_pool_client")
    pool, client = (next(iter(resources[kind].values())) for kind in kinds)
    del client["user_pool_id"]
    return pool, client


of_pool, of_client = written_arguments()
app = App(outdir=os.environ["OUTDIR"])
stack = TerraformStack(app, "auth")
AwsProvider(stack, "aws", region="eu-west-1")


def same_pair(number: int) -> None:
    """Define one pool with one client."""
    pool = CognitoUserPool(stack, f"users{number}", **of_pool)
    CognitoUserPoolClient(stack, f"web{number}", user_pool_id=pool.id, **of_client)


build(same_pair, app.synth)
