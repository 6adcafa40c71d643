"""The account and the partition that Terraform works in, asked for once in a stack."""

from constructs_auth.engine import (
    Construct,
    DataAwsCallerIdentity,
    DataAwsPartition,
    TerraformStack,
)


def account_id(scope: Construct) -> str:
    """Give the id of the account; one data source in a stack serves everything in it."""
    stack = TerraformStack.of(scope)
    found = stack.node.try_find_child("caller_identity")
    if not isinstance(found, DataAwsCallerIdentity):
        found = DataAwsCallerIdentity(stack, "caller_identity")
    return found.account_id


def account_arn(scope: Construct) -> str:
    """Give the ARN that stands for the whole account in a policy."""
    stack = TerraformStack.of(scope)
    found = stack.node.try_find_child("partition")
    if not isinstance(found, DataAwsPartition):
        found = DataAwsPartition(stack, "partition")
    return f"arn:{found.partition}:iam::{account_id(scope)}:root"
