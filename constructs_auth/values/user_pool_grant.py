"""What a role may do in one user pool, as IAM actions."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


class UserPoolAction(StrEnum):
    """An action that a role may perform in one user pool.

    Each member stands for the IAM actions that it needs and no others. IAM can limit all of them to
    one pool (Service Authorization Reference, Amazon Cognito user pools). None can change the pool
    itself.

    `MANAGE_USERS` covers the daily work of an administrator: create, confirm, read, list, change,
    disable, enable, sign out and delete users, and send them a code for a new password. It does not
    cover groups, passwords that an administrator chooses, MFA or identity providers.

    A role that can change a user's address can redirect the code to that address.
    `UPDATE_USER_ATTRIBUTES`, and thus `MANAGE_USERS`, can therefore take over every account, as can
    `SET_PASSWORD` and `LINK_PROVIDER`.
    """

    ADD_USER_TO_GROUP = "add_user_to_group"
    CONFIRM_SIGN_UP = "confirm_sign_up"
    CREATE_USER = "create_user"
    DELETE_USER = "delete_user"
    DISABLE_USER = "disable_user"
    ENABLE_USER = "enable_user"
    FORGET_DEVICE = "forget_device"
    LINK_PROVIDER = "link_provider"
    LIST_USERS = "list_users"
    LIST_USERS_IN_GROUP = "list_users_in_group"
    MANAGE_GROUPS = "manage_groups"
    MANAGE_USERS = "manage_users"
    READ_DEVICES = "read_devices"
    READ_GROUPS = "read_groups"
    READ_SIGN_IN_EVENTS = "read_sign_in_events"
    READ_USER = "read_user"
    REMOVE_USER_FROM_GROUP = "remove_user_from_group"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of an action
    SET_MFA_PREFERENCE = "set_mfa_preference"
    SET_PASSWORD = "set_password"  # noqa: S105 - the name of an action
    SIGN_IN_USER = "sign_in_user"
    SIGN_OUT_USER = "sign_out_user"
    UNLINK_PROVIDER = "unlink_provider"
    UPDATE_DEVICE_STATUS = "update_device_status"
    UPDATE_USER_ATTRIBUTES = "update_user_attributes"

    @property
    def iam_actions(self) -> tuple[str, ...]:
        """The IAM actions, such as `cognito-idp:AdminCreateUser`."""
        return tuple(f"cognito-idp:{operation}" for operation in _OPERATIONS[self])


def iam_actions_of(actions: Iterable[UserPoolAction]) -> list[str]:
    """Return the IAM actions that *actions* need together, sorted and without duplicates."""
    return sorted({iam_action for action in actions for iam_action in action.iam_actions})


_OPERATIONS: dict[UserPoolAction, tuple[str, ...]] = {
    UserPoolAction.ADD_USER_TO_GROUP: ("AdminAddUserToGroup",),
    UserPoolAction.CONFIRM_SIGN_UP: ("AdminConfirmSignUp",),
    UserPoolAction.CREATE_USER: ("AdminCreateUser",),
    UserPoolAction.DELETE_USER: ("AdminDeleteUser",),
    UserPoolAction.DISABLE_USER: ("AdminDisableUser",),
    UserPoolAction.ENABLE_USER: ("AdminEnableUser",),
    UserPoolAction.FORGET_DEVICE: ("AdminForgetDevice",),
    UserPoolAction.LINK_PROVIDER: ("AdminLinkProviderForUser",),
    UserPoolAction.LIST_USERS: ("ListUsers",),
    UserPoolAction.LIST_USERS_IN_GROUP: ("ListUsersInGroup",),
    UserPoolAction.MANAGE_GROUPS: (
        "CreateGroup",
        "DeleteGroup",
        "GetGroup",
        "ListGroups",
        "UpdateGroup",
    ),
    UserPoolAction.MANAGE_USERS: (
        "AdminConfirmSignUp",
        "AdminCreateUser",
        "AdminDeleteUser",
        "AdminDeleteUserAttributes",
        "AdminDisableUser",
        "AdminEnableUser",
        "AdminGetUser",
        "AdminListGroupsForUser",
        "AdminResetUserPassword",
        "AdminUpdateUserAttributes",
        "AdminUserGlobalSignOut",
        "ListUsers",
    ),
    UserPoolAction.READ_DEVICES: ("AdminGetDevice", "AdminListDevices"),
    UserPoolAction.READ_GROUPS: ("GetGroup", "ListGroups"),
    UserPoolAction.READ_SIGN_IN_EVENTS: ("AdminListUserAuthEvents",),
    UserPoolAction.READ_USER: ("AdminGetUser", "AdminListGroupsForUser"),
    UserPoolAction.REMOVE_USER_FROM_GROUP: ("AdminRemoveUserFromGroup",),
    UserPoolAction.RESET_PASSWORD: ("AdminResetUserPassword",),
    UserPoolAction.SET_MFA_PREFERENCE: ("AdminSetUserMFAPreference",),
    UserPoolAction.SET_PASSWORD: ("AdminSetUserPassword",),
    UserPoolAction.SIGN_IN_USER: ("AdminInitiateAuth", "AdminRespondToAuthChallenge"),
    UserPoolAction.SIGN_OUT_USER: ("AdminUserGlobalSignOut",),
    UserPoolAction.UNLINK_PROVIDER: ("AdminDisableProviderForUser",),
    UserPoolAction.UPDATE_DEVICE_STATUS: ("AdminUpdateDeviceStatus",),
    UserPoolAction.UPDATE_USER_ATTRIBUTES: (
        "AdminDeleteUserAttributes",
        "AdminUpdateUserAttributes",
    ),
}


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
"""The construct of a role, its name, or its ARN. A token must be the name."""


def role_name_of(subject: str, role: Role) -> str:
    """Return the name of *role*, which IAM needs for inline policies.

    Raises:
        InvalidValueError: The value is not a role, nor the name or the ARN of one.
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
