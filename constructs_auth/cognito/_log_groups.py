"""Log groups that a user pool writes to, and the policy that lets it."""

import json
import re
from collections.abc import Mapping

from constructs_auth._construct import name_after
from constructs_auth.engine import (
    CloudwatchLogGroup,
    CloudwatchLogResourcePolicy,
    Construct,
    Fn,
    Token,
)
from constructs_auth.values.log_delivery import NewLogGroup, UserAuthEventLogs


def make_log_groups(
    owner: Construct, logs: Mapping[str, UserAuthEventLogs | None]
) -> dict[str, CloudwatchLogGroup]:
    """Make the groups that *logs* ask for: with an end, and without a KMS key.

    Cognito takes no group with a key (API: CloudWatchLogsConfigurationType), and advises a name
    below `/aws/vendedlogs/`, for which the size of policies is no matter.
    """
    return {
        name: _make_log_group(owner, name, destination)
        for name, destination in logs.items()
        if isinstance(destination, NewLogGroup)
    }


def allow_delivery(
    owner: Construct, groups: Mapping[str, CloudwatchLogGroup]
) -> CloudwatchLogResourcePolicy:
    """Let the delivery of logs write to *groups*, for this account alone.

    One policy for all of them: CloudWatch Logs allows ten in an account and region. AWS would
    make one by itself, which nobody would find in Terraform.
    """
    arns = [group.arn for group in groups.values()]
    parts = Fn.split(":", arns[0])
    account = str(Fn.element(parts, 4))
    source = Fn.join(":", Token.as_list(Fn.slice(parts, 0, 5)))  # arn:partition:logs:region:account
    statement = {
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"{source}:*"},
            "StringEquals": {"aws:SourceAccount": account},
        },
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Resource": [f"{arn}:log-stream:*" for arn in arns],
    }
    policy = CloudwatchLogResourcePolicy(
        owner,
        "policy",
        policy_document=json.dumps(
            {"Statement": [statement], "Version": "2012-10-17"}, sort_keys=True
        ),
        policy_name=f"cognito-{owner.node.path.replace('/', '-')}",
    )
    name_after(owner, policy, "delivery")
    return policy


def _make_log_group(owner: Construct, logs: str, settings: NewLogGroup) -> CloudwatchLogGroup:
    path = re.sub(r"[^\w./#-]", "-", f"{owner.node.path}/{logs}", flags=re.ASCII)
    group = CloudwatchLogGroup(
        owner,
        logs,
        log_group_class="STANDARD",
        name=settings.name or f"/aws/vendedlogs/cognito/{path}",
        retention_in_days=settings.retention_in_days,
    )
    name_after(owner, group, logs)
    return group
