"""A policy that is part of a role and a resource of its own, so that no cycle can arise.

Written into the role, a policy that names the pool would make the role wait for the pool, and
the pool waits for its Lambda triggers, which wait for their role (aws/aws-cdk#7016).
"""

import re
from collections.abc import Iterator, Mapping

from constructs_auth import _checks
from constructs_auth._registry import first_owner
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._iam_documents import policy_document
from constructs_auth.cognito._written import written
from constructs_auth.engine import Construct, IamRolePolicy
from constructs_auth.facts import limits


def checked_policy_name(
    subject: str, name: str | None, *, scope: Construct, construct_id: str
) -> str:
    """Check *name*, or give the path of the construct: another stack has another one.

    Raises:
        InvalidValueError: A name that IAM does not accept.
    """
    if name is None:
        path = f"{scope.node.path}-{construct_id}"
        name = re.sub(r"[^\w+=,.@-]", "-", path, flags=re.ASCII)
    _checks.text(subject, name, limits.POLICY_NAME, remedy="give a shorter name of that kind")
    return name


def make_role_policy(
    owner: Construct, *, name: str, role: str, statements: list[Mapping[str, object]]
) -> IamRolePolicy:
    """Make the policy *name* of *role*, the main resource of *owner*."""
    return IamRolePolicy(
        owner, "Default", name=name, policy=policy_document(*statements), role=role
    )


def role_policy_problems(owner: Construct, *, name: str, role: str) -> Iterator[str]:
    """Name what IAM refuses, and a policy that would take the place of another one."""
    role = written(owner, role)
    if re.fullmatch(r"\$\{.*\.arn\}", role):
        yield (
            f"role: must be the name of a role where it is a token, got {role}; give the "
            "construct of the role, or its name"
        )
    first = first_owner(owner, "role policy", *_whose(owner, role), name)
    if first is not owner and is_concrete(name):
        yield (
            f"name: must be the policy's own in its role, got {name!r}, the name of "
            f"{first.node.path}; choose another name, or one of the two would vanish"
        )


def _whose(owner: Construct, role: str) -> tuple[str, ...]:
    """A name is that of one role; a token means another one in each stack."""
    return (role,) if is_concrete(role) else (owner.node.path.partition("/")[0], role)
