"""Account and partition data sources, one of each in a stack, and helpers for IAM."""

import json
import re
from collections.abc import Mapping

from constructs_auth._place import stack_around
from constructs_auth.engine import (
    Construct,
    DataAwsCallerIdentity,
    DataAwsPartition,
)


def account_id(scope: Construct) -> str:
    """Return the account id from the stack's only data source for it."""
    stack = stack_around(scope)
    found = stack.node.try_find_child("caller_identity")
    if not isinstance(found, DataAwsCallerIdentity):
        found = DataAwsCallerIdentity(stack, "caller_identity")
    return found.account_id


def account_arn(scope: Construct) -> str:
    """Return the ARN that means the whole account in a policy."""
    stack = stack_around(scope)
    found = stack.node.try_find_child("partition")
    if not isinstance(found, DataAwsPartition):
        found = DataAwsPartition(stack, "partition")
    return f"arn:{found.partition}:iam::{account_id(scope)}:root"


_LONGEST_PREFIX = 38
"""A role's name has at most 64 characters, of which Terraform appends 26 (`name_prefix`)."""


def role_name_prefix(owner: str, suffix: str) -> str:
    """Return the prefix of a role's name: the ids of its owner and of itself, shortened."""
    end = f"-{_legal(suffix)}-"[-_LONGEST_PREFIX:]
    return _legal(owner)[: _LONGEST_PREFIX - len(end)] + end


def policy_document(*statements: Mapping[str, object]) -> str:
    """Return a policy as JSON, in the same bytes each time."""
    return json.dumps({"Statement": statements, "Version": "2012-10-17"}, sort_keys=True)


def _legal(text: str) -> str:
    return re.sub(r"[^\w+=,.@-]", "-", text, flags=re.ASCII)
