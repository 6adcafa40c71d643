"""A construct that gets another id keeps its resources."""

import pytest

from constructs_auth import (
    AuthStack,
    InvalidValueError,
    LambdaTriggers,
    SynthesisError,
    UserGroup,
    UserPool,
)
from constructs_auth.engine import Construct
from tests.synth.conftest import Synthesize

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:acme"


def test_each_resource_of_a_renamed_construct_is_moved(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    pool = UserPool(
        stack, "people", name="users", lambda_triggers=LambdaTriggers(post_confirmation=FUNCTION)
    )
    UserGroup(stack, "people_admins", user_pool=pool)
    pool.renamed_from("users")
    assert synthesize(stack)["moved"] == [
        {"from": "aws_cognito_user_pool.users", "to": "aws_cognito_user_pool.people"},
        {
            "from": "aws_lambda_permission.users_post_confirmation",
            "to": "aws_lambda_permission.people_post_confirmation",
        },
    ]


def test_a_name_that_follows_the_id_would_replace_the_pool(stack: AuthStack) -> None:
    with pytest.raises(InvalidValueError, match=r"name: must stay the same .*'people'; set"):
        UserPool(stack, "people").renamed_from("users")


def test_the_old_id_is_another_one(stack: AuthStack) -> None:
    with pytest.raises(InvalidValueError, match="must be the id that the construct had before"):
        UserPool(stack, "people", name="users").renamed_from("people")


def test_an_address_below_another_construct_is_not_guessed(stack: AuthStack) -> None:
    pool = UserPool(Construct(stack, "company"), "people", name="users")
    with pytest.raises(InvalidValueError, match=r"use resource\.move_from_id"):
        pool.renamed_from("users")


@pytest.mark.parametrize("old", ["", "a b", "1st", "company/users", 7])
def test_an_old_id_is_a_terraform_name(stack: AuthStack, old: str) -> None:
    with pytest.raises(InvalidValueError, match="construct_id: must be a Terraform name, got"):
        UserPool(stack, "people", name="users").renamed_from(old)


def test_a_construct_is_renamed_once(stack: AuthStack) -> None:
    pool = UserPool(stack, "people", name="users")
    pool.renamed_from("users")
    with pytest.raises(InvalidValueError, match=r"must be called once, .*'users' or 'accounts'"):
        pool.renamed_from("accounts")


def test_an_old_address_that_another_resource_has_is_refused(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Terraform says of it: Moved object still exists."""
    UserPool(stack, "people", name="users").renamed_from("users")
    UserPool(stack, "users", name="others")
    with pytest.raises(SynthesisError) as raised:
        synthesize(stack)
    assert str(raised.value) == (
        "1 problem found, nothing was written:\n"
        "  auth/people/Default: renamed_from: must name an address that no resource has, got "
        "aws_cognito_user_pool.users, the address of auth/users/Default; give the new construct "
        "another id, or remove renamed_from"
    )


def test_a_resource_of_another_program_is_kept(stack: AuthStack, synthesize: Synthesize) -> None:
    pool = UserPool(stack, "users", lambda_triggers=LambdaTriggers(post_confirmation=FUNCTION))
    pool.moved_from(
        'module.auth["eu"].aws_cognito_user_pool.this[0]',
        nested={"aws_lambda_permission.users_post_confirmation": "aws_lambda_permission.cognito"},
    )
    assert synthesize(stack)["moved"] == [
        {
            "from": 'module.auth["eu"].aws_cognito_user_pool.this[0]',
            "to": "aws_cognito_user_pool.users",
        },
        {
            "from": "aws_lambda_permission.cognito",
            "to": "aws_lambda_permission.users_post_confirmation",
        },
    ]


@pytest.mark.parametrize(
    "old", ["users", "aws_cognito_user_pool.users", "aws_cognito_user_group.users", "a.b[x]", 7]
)
def test_the_old_address_is_another_one_of_the_type(stack: AuthStack, old: str) -> None:
    with pytest.raises(InvalidValueError, match=r"another address of the type aws_cognito_user_p"):
        UserPool(stack, "users").moved_from(old)


def test_an_old_address_belongs_to_a_resource_of_the_construct(stack: AuthStack) -> None:
    with pytest.raises(InvalidValueError, match="nested: must name other resources"):
        UserPool(stack, "users").moved_from(nested={"aws_iam_role.sms": "aws_iam_role.old"})
