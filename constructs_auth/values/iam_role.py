"""A role that gets a policy: by its name, its ARN or its construct."""

from typing import Protocol, TypeAlias, runtime_checkable

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_REMEDY = "give the construct of the role, or write its name"


@runtime_checkable
class HasRoleName(Protocol):
    """A role as a construct: the bindings' `IamRole` and `DataAwsIamRole` fit."""

    @property
    def name(self) -> str:
        """The name of the role."""
        ...

    @property
    def arn(self) -> str:
        """The ARN of the role."""
        ...


@runtime_checkable
class HasOwnRole(Protocol):
    """A role of this package: `IdentityPoolRole` fits."""

    @property
    def role_name(self) -> str:
        """The name of the role."""
        ...

    @property
    def role_arn(self) -> str:
        """The ARN of the role."""
        ...


Role: TypeAlias = str | HasRoleName | HasOwnRole
"""The construct of a role, its name, or its ARN; a token stands for the name."""


def role_name_of(subject: str, role: Role) -> str:
    """Give the name of *role*: IAM knows no other for the policies that are part of a role.

    Raises:
        InvalidValueError: Neither a role, nor the name or the ARN of one.
    """
    if isinstance(role, HasRoleName):
        return role.name
    if isinstance(role, HasOwnRole):
        return role.role_name
    if not isinstance(role, str):
        raise InvalidValueError(subject, "must be a role or a text", got=role, remedy=_REMEDY)
    if is_concrete(role) and role.startswith("arn:"):
        return _name_in(subject, role)
    _checks.text(subject, role, limits.ROLE_NAME, remedy=_REMEDY)
    return role


def _name_in(subject: str, arn: str) -> str:
    _checks.arn(subject, arn, service="iam", remedy=_REMEDY)
    kind, _, path = arn.split(":", 5)[5].partition("/")
    if kind != "role":
        raise InvalidValueError(subject, "must be the ARN of a role", got=arn, remedy=_REMEDY)
    return path.rpartition("/")[2]
