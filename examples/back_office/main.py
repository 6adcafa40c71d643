"""A back office: an application that reads its settings and manages the users of one pool."""

import json

from cdktf_cdktf_provider_aws.iam_role import IamRole

from constructs_auth import (
    AppSettings,
    AppSettingsGrant,
    AuthApp,
    AuthStack,
    OAuth,
    PrefixDomain,
    S3Backend,
    StoredClientSecret,
    UserGroup,
    UserPool,
    UserPoolAction,
    UserPoolClient,
    UserPoolDomain,
    UserPoolGrant,
    WebApplication,
)

_TRUST = {
    "Statement": [
        {
            "Action": "sts:AssumeRole",
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        }
    ],
    "Version": "2012-10-17",
}


def define(app: AuthApp) -> AuthStack:
    """Define the stack `back_office` in *app*."""
    stack = AuthStack(
        app,
        "back_office",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="back_office/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    users = UserPool(stack, "users")
    UserGroup(stack, "gold_customers", user_pool=users)
    client = UserPoolClient(
        stack,
        "pages",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://back-office.acme.example/callback"])
        ),
    )
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-back-office"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    role = IamRole(stack, "role", name="back-office", assume_role_policy=json.dumps(_TRUST))
    settings = AppSettings(
        stack,
        "settings",
        client=client,
        prefix="/acme/back-office",
        domain=domain,
        client_secret=StoredClientSecret(recovery_window_in_days=7),
    )
    AppSettingsGrant(stack, "reads_settings", settings=settings, role=role)
    UserPoolGrant(
        stack,
        "manages_users",
        user_pool=users,
        role=role,
        actions=[
            UserPoolAction.MANAGE_USERS,
            UserPoolAction.ADD_USER_TO_GROUP,
            UserPoolAction.REMOVE_USER_FROM_GROUP,
        ],
    )
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
