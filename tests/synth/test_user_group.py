"""Groups of users."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    InvalidValueError,
    UserGroup,
    UserPool,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import rules_broken_in


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


def test_a_group_is_named_after_its_id(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    UserGroup(stack, "admins", user_pool=pool)
    group = synthesize(stack)["resource"]["aws_cognito_user_group"]["admins"]
    del group["//"]
    assert group == {"name": "admins", "user_pool_id": "${aws_cognito_user_pool.users.id}"}


def test_a_group_has_a_precedence_and_a_role(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    UserGroup(
        stack,
        "admins",
        user_pool=pool,
        name="Admins/eu",
        description="Who manages",
        precedence=1,
        role_arn="arn:aws:iam::123456789012:role/admins",
    )
    group = synthesize(stack)["resource"]["aws_cognito_user_group"]["admins"]
    del group["//"]
    assert group == {
        "description": "Who manages",
        "name": "Admins/eu",
        "precedence": 1,
        "role_arn": "arn:aws:iam::123456789012:role/admins",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }


def test_tokens_pass(stack: AuthStack, pool: UserPool, synthesize: Synthesize) -> None:
    UserGroup(
        stack,
        "admins",
        user_pool=pool,
        name="${var.name}",
        description="${var.description}",
        role_arn="${var.role}",
    )
    group = synthesize(stack)["resource"]["aws_cognito_user_group"]["admins"]
    assert (group["name"], group["role_arn"]) == ("${var.name}", "${var.role}")


def test_two_groups_of_one_name_are_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    UserGroup(stack, "admins", user_pool=pool)
    UserGroup(stack, "others", user_pool=pool, name="admins")
    UserGroup(stack, "elsewhere", user_pool=UserPool(stack, "partners"), name="admins")
    assert rules_broken_in(app) == ["auth/others: CVK05E name"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"name": "the admins"},
            "UserGroup.name: must be 1 to 128 characters, printable characters without spaces, got "
            "'the admins'; give another name",
        ),
        (
            {"description": "x" * 2049},
            "UserGroup.description: must be 0 to 2048 characters, not 2049, got "
            f"'{'x' * 199}…; describe in a few words who it is for",
        ),
        (
            {"precedence": 0},
            "UserGroup.precedence: must be from 1 to 2147483647, got 0; write 1 for the group "
            "that wins",
        ),
        (
            {"role_arn": "arn:aws:lambda:eu-west-1:123456789012:function:x"},
            "UserGroup.role_arn: must be an ARN of the service iam, got "
            "'arn:aws:lambda:eu-west-1:123456789012:function:x'; write the ARN of an IAM role",
        ),
    ],
)
def test_refuses_what_cognito_refuses(
    settings: dict[str, Any], expected: str, stack: AuthStack, pool: UserPool
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        UserGroup(stack, "admins", user_pool=pool, **settings)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("admins") is None
