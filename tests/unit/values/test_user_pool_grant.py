"""What a role may be granted on a user pool."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import UserPoolAction
from constructs_auth.values.user_pool_grant import iam_actions_of, role_name_of
from tests.support.api_models import api_model
from tests.unit.samples import KEY_ARN, OBJECT_TOKEN, ROLE_ARN, TEXTS, refusal

API = api_model("cognito-idp")


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


REMEDY = "give the construct of the role, or write its name"


class RoleConstruct:
    """A role as a construct."""

    name = "${TfToken[TOKEN.1]}"
    arn = "${TfToken[TOKEN.2]}"


class OwnRole:
    """A role of this package."""

    role_name = "${TfToken[TOKEN.3]}"
    role_arn = "${TfToken[TOKEN.4]}"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("support", "support"),
        (ROLE_ARN, "sms"),
        ("arn:aws:iam::123456789012:role/service/eu/support", "support"),
        (RoleConstruct(), "${TfToken[TOKEN.1]}"),
        (OwnRole(), "${TfToken[TOKEN.3]}"),
        *((token, token) for token in TEXTS),
    ],
)
def test_a_role_has_a_name(role: Any, name: str) -> None:
    assert role_name_of("X.role", role) == name


@given(
    st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=3),
    st.from_regex(r"[a-zA-Z0-9_+=,.@-]{1,64}", fullmatch=True),
)
def test_the_name_in_an_arn_is_its_last_part(path: list[str], name: str) -> None:
    arn = f"arn:aws:iam::123456789012:role/{'/'.join([*path, name])}"
    assert role_name_of("X.role", arn) == name


@pytest.mark.parametrize(
    ("role", "rule"),
    [
        ("the support", "must be 1 to 64 characters, letters, digits and _ + = , . @ -"),
        ("service/support", "must be 1 to 64 characters, letters, digits and _ + = , . @ -"),
        ("a" * 65, "must be 1 to 64 characters, not 65"),
        (KEY_ARN, "must be an ARN of the service iam"),
        ("arn:aws:iam::123456789012:user/support", "must be the ARN of a role"),
        (3, "must be a role or a text"),
        (OBJECT_TOKEN, "must be a role or a text"),
    ],
)
def test_refuses_what_is_no_role(role: Any, rule: str) -> None:
    expected = f"X.role: {rule}, got {role!r}; {REMEDY}"
    assert refusal(lambda: role_name_of("X.role", role)) == expected
