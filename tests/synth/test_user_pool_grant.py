"""What a role may do in one user pool."""

import json
from typing import Any

import pytest
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction

from constructs_auth import (
    AuthApp,
    AuthStack,
    ExistingUserPool,
    IdentityPool,
    InvalidValueError,
    LambdaTriggers,
    NativeApplication,
    S3Backend,
    SynthesisError,
    UserPool,
    UserPoolAction,
    UserPoolClient,
    UserPoolGrant,
)
from tests.synth.conftest import Synthesize

POOL_ARN = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123"


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


def problems_of(app: AuthApp) -> list[str]:
    """What is found when *app* is synthesized."""
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    return [str(problem) for problem in caught.value.problems]


def test_a_grant_is_a_policy_of_its_own_on_this_pool_alone(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    UserPoolGrant(
        stack,
        "support",
        user_pool=pool,
        role="support",
        actions=[UserPoolAction.READ_USER, UserPoolAction.ADD_USER_TO_GROUP],
    )
    resources = synthesize(stack)["resource"]
    policy = resources["aws_iam_role_policy"]["support"]
    del policy["//"]

    assert json.loads(policy.pop("policy")) == {
        "Statement": [
            {
                "Action": [
                    "cognito-idp:AdminAddUserToGroup",
                    "cognito-idp:AdminGetUser",
                    "cognito-idp:AdminListGroupsForUser",
                ],
                "Effect": "Allow",
                "Resource": "${aws_cognito_user_pool.users.arn}",
            }
        ],
        "Version": "2012-10-17",
    }
    assert policy == {"name": "auth-support", "role": "support"}
    assert set(resources) == {"aws_cognito_user_pool", "aws_iam_role_policy"}


@pytest.mark.parametrize("actions", [["create_user", "list_users"], {"list_users", "create_user"}])
def test_the_order_of_actions_does_not_matter(
    actions: Any, stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    UserPoolGrant(stack, "support", user_pool=pool, role="support", actions=actions)
    policy = synthesize(stack)["resource"]["aws_iam_role_policy"]["support"]["policy"]
    (statement,) = json.loads(policy)["Statement"]
    assert statement["Action"] == ["cognito-idp:AdminCreateUser", "cognito-idp:ListUsers"]


def test_a_role_may_be_a_construct_and_the_pool_that_of_others(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Terraform then makes the role first."""
    role = IamRole(stack, "back_office", assume_role_policy="{}")
    UserPoolGrant(
        stack,
        "support",
        user_pool=ExistingUserPool.from_arn(POOL_ARN),
        role=role,
        actions=[UserPoolAction.MANAGE_USERS],
        name="support",
    )
    policy = synthesize(stack)["resource"]["aws_iam_role_policy"]["support"]
    assert policy["role"] == "${aws_iam_role.back_office.name}"
    assert policy["name"] == "support"
    assert json.loads(policy["policy"])["Statement"][0]["Resource"] == POOL_ARN


def test_a_role_may_be_that_of_an_identity_pool(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Users who are signed in may then read each other."""
    client = UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[client])
    UserPoolGrant(
        stack,
        "reading",
        user_pool=pool,
        role=identities.authenticated_role,
        actions=[UserPoolAction.READ_USER],
    )
    policy = synthesize(stack)["resource"]["aws_iam_role_policy"]["reading"]
    assert policy["role"] == "${aws_iam_role.identities_authenticated.name}"


def test_the_role_of_a_trigger_can_have_a_grant(stack: AuthStack, synthesize: Synthesize) -> None:
    """Function, pool and policy refer to each other in one direction."""
    role = IamRole(stack, "greeter", assume_role_policy="{}")
    function = LambdaFunction(stack, "greet", function_name="greet", role=role.arn)
    pool = UserPool(stack, "users", lambda_triggers=LambdaTriggers(post_confirmation=function.arn))
    UserPoolGrant(
        stack, "greeting", user_pool=pool, role=role, actions=[UserPoolAction.ADD_USER_TO_GROUP]
    )
    resources = synthesize(stack)["resource"]
    assert "inline_policy" not in resources["aws_iam_role"]["greeter"]
    assert "aws_iam_role_policy" not in json.dumps(resources["aws_lambda_function"])
    assert "aws_iam_role_policy" not in json.dumps(resources["aws_cognito_user_pool"])


def test_a_second_policy_of_a_name_would_take_the_place_of_the_first(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    other = AuthStack(
        app,
        "other",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="other.tfstate", region="eu-west-1"),
    )
    actions = [UserPoolAction.LIST_USERS]
    for scope, construct_id, role in (
        (stack, "one", "support"),
        (stack, "two", "arn:aws:iam::123456789012:role/support"),
        (stack, "three", "another"),
        (stack, "four", "${var.role}"),
        (other, "five", "${var.role}"),
    ):
        UserPoolGrant(scope, construct_id, user_pool=pool, role=role, actions=actions, name="users")
    assert problems_of(app) == [
        "auth/two: name: must be unique in the role, got 'users', the name of auth/one; choose "
        "another name, or one policy overwrites the other"
    ]


def test_the_arn_of_a_role_as_a_token_is_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    """IAM would refuse it at the apply."""
    role = IamRole(stack, "back_office", assume_role_policy="{}")
    UserPoolGrant(
        stack, "support", user_pool=pool, role=role.arn, actions=[UserPoolAction.LIST_USERS]
    )
    assert problems_of(app) == [
        "auth/support: role: must be the name of the role if it is a token, got "
        "${aws_iam_role.back_office.arn}; use the construct of the role, or its name"
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"user_pool": "eu-west-1_AbCdEf123"},
            "UserPoolGrant.user_pool: must be of type UserPool or ExistingUserPool, got "
            "'eu-west-1_AbCdEf123'; write UserPool(…) or ExistingUserPool(…)",
        ),
        (
            {"user_pool": ExistingUserPool.from_id("eu-west-1_AbCdEf123", region="eu-west-1")},
            "ExistingUserPool.account_id: must be set where the ARN is needed, got None; set "
            "account_id to the account that owns the pool",
        ),
        (
            {"role": "the support"},
            "UserPoolGrant.role: must be 1 to 64 characters, letters, digits and _ + = , . @ -, "
            "got 'the support'; give the construct of the role, or write its name",
        ),
        (
            {"actions": []},
            "UserPoolGrant.actions: must not be empty, got []; name members of UserPoolAction",
        ),
        (
            {"actions": "create_user"},
            "UserPoolGrant.actions: must be a list, a tuple or a set, got 'create_user'; put it "
            "into a list",
        ),
        (
            {"name": "x" * 129},
            f"UserPoolGrant.name: must be 1 to 128 characters, not 129, got '{'x' * 129}'; choose "
            "a shorter name with these characters",
        ),
    ],
)
def test_refuses_what_iam_refuses(
    settings: dict[str, Any], expected: str, stack: AuthStack, pool: UserPool
) -> None:
    given: dict[str, Any] = {"user_pool": pool, "role": "support", "actions": ["list_users"]}
    with pytest.raises(InvalidValueError) as caught:
        UserPoolGrant(stack, "support", **{**given, **settings})
    assert str(caught.value) == expected
    assert stack.node.try_find_child("support") is None


def test_names_the_actions_there_are(stack: AuthStack, pool: UserPool) -> None:
    """An action of IAM is none of them."""
    with pytest.raises(InvalidValueError) as caught:
        UserPoolGrant(
            stack,
            "support",
            user_pool=pool,
            role="support",
            actions=["cognito-idp:*"],  # type: ignore[list-item]  # that is the test
        )
    assert str(caught.value).startswith(
        "UserPoolGrant.actions[0]: must be a member of UserPoolAction, got 'cognito-idp:*'; "
        "choose from UserPoolAction.ADD_USER_TO_GROUP, UserPoolAction.CONFIRM_SIGN_UP, "
    )
