"""The grant: what a role may do in one user pool, and nowhere else."""

from collections.abc import Collection, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.cognito._role_policy import (
    checked_policy_name,
    make_role_policy,
    role_policy_problems,
)
from constructs_auth.cognito._user_pool_ref import UserPoolRef, check_pool
from constructs_auth.engine import Construct
from constructs_auth.values.iam_role import Role, role_name_of
from constructs_auth.values.user_pool_action import UserPoolAction, iam_actions_of


class UserPoolGrant(AuthConstruct):
    """Lets an IAM role do named things in one user pool.

    It is a policy of the role, as a resource of its own: a role whose Lambda function is a trigger
    of the pool can have it without a cycle.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool, of this program or an `ExistingUserPool` whose account is known.
        role: The role, in the account of the stack: its construct, its name or its ARN, of which
            the name is taken. A token must stand for the name.
        actions: What it may do, at least one.
        name: The name of the policy, of which a role has each once: 1 to 128 letters, digits and
            `_ + = , . @ -`. By default the path of the construct: `auth-support`.

    Attributes:
        user_pool: The pool.
        actions: What the role may do.
        name: The name of the policy.
        role_name: The name of the role.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that IAM does not accept, or a pool whose ARN is not known. Two
            policies of one name are found when the app is synthesized.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        role: Role,
        actions: Collection[UserPoolAction],
        name: str | None = None,
    ) -> None:
        check_pool("UserPoolGrant.user_pool", user_pool)
        role_name = role_name_of("UserPoolGrant.role", role)
        kept = _checked_actions(actions)
        name = checked_policy_name(
            "UserPoolGrant.name", name, scope=scope, construct_id=construct_id
        )
        statement = {
            "Action": iam_actions_of(kept),
            "Effect": "Allow",
            "Resource": user_pool.user_pool_arn,
        }

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.actions = kept
        self.name = name
        self.role_name = role_name
        self.resource = make_role_policy(self, name=name, role=role_name, statements=[statement])

    def find_problems(self) -> Sequence[str]:
        """Name what IAM refuses or forgets; asked when the app is synthesized."""
        return tuple(role_policy_problems(self, name=self.name, role=self.role_name))


def _checked_actions(actions: Collection[UserPoolAction]) -> tuple[UserPoolAction, ...]:
    subject = "UserPoolGrant.actions"
    remedy = "name members of UserPoolAction"
    kept = _checks.items(
        subject,
        actions,
        lambda label, value: _checks.known_member(label, value, UserPoolAction),
        remedy=remedy,
    )
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(sorted(kept))
