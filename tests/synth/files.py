"""A stack that reads files: archives of a function and a layer, a template, a folder of pages."""

import json
from pathlib import Path

from cdktf import AssetType, Fn, TerraformAsset
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lambda_layer_version import LambdaLayerVersion
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_object import S3Object

from constructs_auth import (
    AuthApp,
    AuthStack,
    LambdaTriggers,
    PrefixDomain,
    S3Backend,
    UserPool,
    UserPoolDomain,
    VerificationByCode,
)

FILES = Path(__file__).parents[1] / "support" / "files"

_TRUST = json.dumps(
    {
        "Statement": [
            {
                "Action": "sts:AssumeRole",
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
            }
        ],
        "Version": "2012-10-17",
    }
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `files` in *app*."""
    stack = AuthStack(
        app,
        "files",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="files/terraform.tfstate", region="eu-west-1"),
    )

    def asset(name: str, path: str, kind: AssetType) -> TerraformAsset:
        return TerraformAsset(stack, name, path=str(FILES / path), type=kind)

    code = asset("code", "trigger", AssetType.ARCHIVE)
    shared = asset("shared", "layer", AssetType.ARCHIVE)
    message = asset("message", "code.html", AssetType.FILE)
    pages = asset("pages", "pages", AssetType.DIRECTORY)
    layer = LambdaLayerVersion(
        stack,
        "layer",
        layer_name="shared",
        filename=shared.path,
        source_code_hash=Fn.filebase64sha256(shared.path),
    )
    function = LambdaFunction(
        stack,
        "trigger",
        function_name="trigger",
        filename=code.path,
        source_code_hash=Fn.filebase64sha256(code.path),
        handler="index.handler",
        layers=[layer.arn],
        role=IamRole(stack, "role", name="trigger", assume_role_policy=_TRUST).arn,
        runtime="nodejs22.x",
        environment={"variables": {"REGION": stack.region}},
    )
    users = UserPool(
        stack,
        "users",
        lambda_triggers=LambdaTriggers(post_confirmation=function),
        verification_messages=VerificationByCode(email_message=Fn.file(message.path)),
        deletion_protection=False,
    )
    domain = UserPoolDomain(
        stack, "domain", user_pool=users, domain=PrefixDomain(prefix="acme-files")
    )
    bucket = S3Bucket(stack, "bucket", bucket="acme-files-pages")
    page = S3Object(
        stack,
        "page",
        bucket=bucket.bucket,
        key="${each.value}",
        source=f"{pages.path}/${{each.value}}",
    )
    page.add_override("for_each", f'${{fileset("{pages.path}", "**")}}')
    stack.add_output("sign_in", domain.base_url, description="Where the sign-in pages are.")
    stack.add_output("user_pool_id", users.user_pool_id, description="The pool.")
    return stack
