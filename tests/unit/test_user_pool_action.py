"""What a role may be granted on a user pool."""

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types
import pytest

from constructs_auth import UserPoolAction
from constructs_auth.values.user_pool_grant import iam_actions_of

API = botocore.session.get_session().get_service_model("cognito-idp")


@pytest.mark.parametrize("action", UserPoolAction)
def test_its_actions_are_calls_of_the_api_that_iam_allows_on_one_pool(
    action: UserPoolAction,
) -> None:
    """A call without credentials needs no permission; one without a pool cannot be limited."""
    assert action.iam_actions
    for iam_action in action.iam_actions:
        service, _, name = iam_action.partition(":")
        operation = API.operation_model(name)
        assert service == "cognito-idp"
        assert operation.auth_type != "none"
        assert "UserPoolId" in operation.input_shape.required_members


@pytest.mark.parametrize("action", UserPoolAction)
def test_none_of_them_changes_the_pool_itself(action: UserPoolAction) -> None:
    assert [
        name
        for name in action.iam_actions
        if any(word in name for word in ("UserPool", "IdentityProvider", "ResourceServer", "*"))
    ] == []


def test_managing_users_is_not_signing_in_as_them() -> None:
    assert set(UserPoolAction.MANAGE_USERS.iam_actions) == {
        "cognito-idp:AdminConfirmSignUp",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminDeleteUser",
        "cognito-idp:AdminDeleteUserAttributes",
        "cognito-idp:AdminDisableUser",
        "cognito-idp:AdminEnableUser",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminListGroupsForUser",
        "cognito-idp:AdminResetUserPassword",
        "cognito-idp:AdminUpdateUserAttributes",
        "cognito-idp:AdminUserGlobalSignOut",
        "cognito-idp:ListUsers",
    }


def test_several_take_each_action_once_and_in_order() -> None:
    actions = [UserPoolAction.MANAGE_GROUPS, UserPoolAction.READ_GROUPS, UserPoolAction.CREATE_USER]
    assert iam_actions_of(actions) == [
        "cognito-idp:AdminCreateUser",
        "cognito-idp:CreateGroup",
        "cognito-idp:DeleteGroup",
        "cognito-idp:GetGroup",
        "cognito-idp:ListGroups",
        "cognito-idp:UpdateGroup",
    ]
