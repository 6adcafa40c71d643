"""Web ACLs and log groups of user pools behave as at AWS."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_web_acl_in_use_is_not_deleted(emulator: Emulator, pool_id: str) -> None:
    """It has to be taken off first."""
    waf = emulator.client("wafv2", REGION)
    visibility = {
        "CloudWatchMetricsEnabled": True,
        "MetricName": "acl",
        "SampledRequestsEnabled": True,
    }
    acl = waf.create_web_acl(
        Name="acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visibility
    )["Summary"]
    pool = emulator.cognito(REGION).describe_user_pool(UserPoolId=pool_id)["UserPool"]
    waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=pool["Arn"])

    def delete() -> None:
        waf.delete_web_acl(Name="acl", Scope="REGIONAL", Id=acl["Id"], LockToken=acl["LockToken"])

    with pytest.raises(ClientError, match="WAFAssociatedItemException"):
        delete()
    waf.disassociate_web_acl(ResourceArn=pool["Arn"])
    delete()


def test_a_log_group_tells_its_class(emulator: Emulator) -> None:
    """Or else Terraform would make another one at every apply."""
    logs = emulator.client("logs", REGION)
    logs.create_log_group(logGroupName="/aws/vendedlogs/cognito", logGroupClass="STANDARD")
    (group,) = logs.describe_log_groups()["logGroups"]
    assert group["logGroupClass"] == "STANDARD"


def test_a_role_gets_a_policy_of_aws(emulator: Emulator) -> None:
    """As the role of every function that writes logs does."""
    iam = emulator.client("iam", REGION)
    iam.create_role(RoleName="function", AssumeRolePolicyDocument="{}")
    policy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    iam.attach_role_policy(RoleName="function", PolicyArn=policy)
    (attached,) = iam.list_attached_role_policies(RoleName="function")["AttachedPolicies"]
    assert attached["PolicyArn"] == policy
