"""The group of users: a name in their tokens, and optionally an IAM role."""

from collections.abc import Iterator, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
from constructs_auth._registry import add_member, members_before
from constructs_auth._tokens import Number, is_concrete
from constructs_auth.cognito.user_pool.reference import UserPoolRef, check_pool, is_judged_with
from constructs_auth.engine import CognitoUserGroup, Construct
from constructs_auth.facts import limits


class UserGroup(AuthConstruct):
    """A group of users. The claim `cognito:groups` of their tokens contains its name.

    **Changing** *user_pool* or *name* replaces the group. The new group has no members.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the group.
        user_pool: The pool.
        name: 1 to 128 characters without spaces. By default *construct_id*.
        description: The purpose of the group, at most 2,048 characters. By default none.
        precedence: Which group's role a user of several groups gets: the lowest number wins, from
            1. By default none, which comes last. Cognito accepts 0 too, but the AWS provider then
            creates a group without precedence.
        role_arn: The IAM role that members get from an `IdentityPool`. Its `add_role` creates one;
            the identity pool must map roles by token. By default none.

    Attributes:
        role_arn: The IAM role, or `None`.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        name: str | None = None,
        description: str | None = None,
        precedence: Number | None = None,
        role_arn: str | None = None,
    ) -> None:
        name = name_or_id("UserGroup", name, construct_id)
        check_pool("UserGroup.user_pool", user_pool)
        _checks.text("UserGroup.name", name, limits.GROUP_NAME, remedy="give another name")
        if description is not None:
            _checks.text(
                "UserGroup.description",
                description,
                limits.GROUP_DESCRIPTION,
                remedy="describe in a few words who it is for",
            )
        if precedence is not None:
            _checks.whole_number(
                "UserGroup.precedence",
                precedence,
                limits.GROUP_PRECEDENCE,
                remedy="write 1 for the group that wins",
            )
        if role_arn is not None:
            _checks.arn(
                "UserGroup.role_arn", role_arn, service="iam", remedy="write the ARN of an IAM role"
            )

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.name = name
        self.role_arn = role_arn
        self.resource = CognitoUserGroup(
            self,
            "Default",
            description=description,
            name=name,
            precedence=precedence,
            role_arn=role_arn,
            user_pool_id=user_pool.user_pool_id,
        )
        add_member(user_pool, self)

    def find_problems(self) -> Sequence[str]:
        """Return an error for each other group of the pool with the same name."""
        return (*self._equal_names(),)

    def _equal_names(self) -> Iterator[str]:
        for other in members_before(self.user_pool, UserGroup, self):
            if is_judged_with(self.user_pool, self, other):
                continue
            if is_concrete(self.name) and other.name == self.name:
                yield (
                    f"name: must be unique in the pool, got {self.name!r}, the name of "
                    f"{other.node.path}; choose another name or remove one"
                )
