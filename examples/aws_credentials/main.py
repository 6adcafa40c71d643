"""AWS credentials for users: access to their own files, and to all files for one group."""

import json

from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy

from constructs_auth import (
    AuthApp,
    AuthStack,
    IdentityPool,
    IdentityPoolPrincipalTag,
    NativeApplication,
    S3Backend,
    StringAttribute,
    TokenRoleMapping,
    UserGroup,
    UserPool,
    UserPoolClient,
)

FILES = "arn:aws:s3:::acme-files"


def define(app: AuthApp) -> AuthStack:
    """Define the stack `aws_credentials` in *app*."""
    stack = AuthStack(
        app,
        "aws_credentials",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key="aws_credentials/terraform.tfstate",
            region="eu-west-1",
        ),
    )
    users = UserPool(stack, "users", attributes=[StringAttribute(name="department")])
    phone = UserPoolClient(stack, "phone", user_pool=users, application=NativeApplication())
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])

    # Users get the role of their first group; users without such a group get none.
    identities.map_roles(phone, TokenRoleMapping())
    members = identities.add_role("members")
    UserGroup(stack, "members", user_pool=users, precedence=2, role_arn=members.role_arn)
    administrators = identities.add_role("administrators")
    UserGroup(
        stack, "administrators", user_pool=users, precedence=1, role_arn=administrators.role_arn
    )

    # Session tags. Users cannot write the claim, because no client allows it.
    IdentityPoolPrincipalTag(
        stack,
        "user_tags",
        identity_pool=identities,
        provider=users,
        principal_tags={"department": "custom:department"},
    )

    own_folder = f"{FILES}/users/{identities.identity_id_variable}/*"
    # Two dollar signs: IAM resolves the variable, not Terraform.
    folder_of_department = f"{FILES}/departments/$${{aws:PrincipalTag/department}}/*"
    _allow(stack, "files_of_members", members.role_name, [own_folder, folder_of_department])
    _allow(stack, "files_of_administrators", administrators.role_name, [f"{FILES}/*"])

    stack.add_output(
        "identity_pool_id",
        identities.identity_pool_id,
        description="The id of the identity pool, for the application.",
    )
    return stack


def _allow(stack: AuthStack, name: str, role: str, objects: list[str]) -> None:
    """Allow a role to read and write *objects*."""
    statement = {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": objects,
    }
    IamRolePolicy(
        stack,
        name,
        name="files",
        role=role,
        policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
