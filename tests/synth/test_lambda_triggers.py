"""Triggers: the block of the pool, and the permission without which no trigger runs."""

from typing import Any

import pytest

from constructs_auth import (
    AuthStack,
    LambdaAlias,
    LambdaTriggers,
    PreTokenGeneration,
    PreTokenGenerationVersion,
    UserPool,
)
from constructs_auth.engine import Construct
from tests.synth.conftest import Synthesize

FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:sign-up"


@pytest.fixture
def lambda_function(stack: AuthStack) -> Any:
    """A function of the bindings, as a user makes it."""
    from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction  # noqa: PLC0415 - slow

    return LambdaFunction(
        stack, "sign_up", function_name="sign-up", role="arn:aws:iam::111122223333:role/sign-up"
    )


def test_a_function_of_the_bindings_is_called_and_may_be_called(
    stack: AuthStack, lambda_function: Any, synthesize: Synthesize
) -> None:
    """For this pool alone, and made after it."""
    UserPool(stack, "users", lambda_triggers=LambdaTriggers(pre_sign_up=lambda_function))
    resources = synthesize(stack)["resource"]

    assert resources["aws_cognito_user_pool"]["users"]["lambda_config"] == {
        "pre_sign_up": "${aws_lambda_function.sign_up.arn}"
    }
    permission = resources["aws_lambda_permission"]["users_pre_sign_up"]
    assert {name: permission[name] for name in permission if name != "//"} == {
        "action": "lambda:InvokeFunction",
        "function_name": "${aws_lambda_function.sign_up.arn}",
        "principal": "cognito-idp.amazonaws.com",
        "source_arn": "${aws_cognito_user_pool.users.arn}",
    }


@pytest.mark.parametrize(
    "function", [f"{FUNCTION}:live", LambdaAlias(function=FUNCTION, qualifier="live")]
)
def test_an_alias_is_called_by_its_arn_and_named_apart_in_the_permission(
    function: str | LambdaAlias, stack: AuthStack, synthesize: Synthesize
) -> None:
    """A qualified ARN as function_name would be replaced on every apply."""
    UserPool(stack, "users", lambda_triggers=LambdaTriggers(pre_authentication=function))
    resources = synthesize(stack)["resource"]

    assert resources["aws_cognito_user_pool"]["users"]["lambda_config"] == {
        "pre_authentication": f"{FUNCTION}:live"
    }
    permission = resources["aws_lambda_permission"]["users_pre_authentication"]
    assert permission["function_name"] == FUNCTION
    assert permission["qualifier"] == "live"


def test_tokens_are_changed_by_the_config_block_with_its_version(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """The older attribute would leave the version to a guess of the provider."""
    triggers = LambdaTriggers(
        pre_token_generation=PreTokenGeneration(
            function=FUNCTION, version=PreTokenGenerationVersion.V3_0
        )
    )
    UserPool(stack, "users", lambda_triggers=triggers)

    assert synthesize(stack)["resource"]["aws_cognito_user_pool"]["users"]["lambda_config"] == {
        "pre_token_generation_config": {"lambda_arn": FUNCTION, "lambda_version": "V3_0"}
    }


def test_custom_senders_carry_their_key(stack: AuthStack, synthesize: Synthesize) -> None:
    """Cognito encrypts codes with it."""
    key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
    triggers = LambdaTriggers(
        custom_email_sender=FUNCTION, custom_sms_sender=FUNCTION, kms_key_id=key
    )
    UserPool(stack, "users", lambda_triggers=triggers)
    sender = {"lambda_arn": FUNCTION, "lambda_version": "V1_0"}

    assert synthesize(stack)["resource"]["aws_cognito_user_pool"]["users"]["lambda_config"] == {
        "custom_email_sender": sender,
        "custom_sms_sender": sender,
        "kms_key_id": key,
    }


def test_a_pool_deeper_in_the_tree_has_permissions_of_its_own(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """There CDKTF's hash keeps the names apart."""
    for team in ("a", "b"):
        UserPool(
            Construct(stack, team),
            "users",
            lambda_triggers=LambdaTriggers(pre_sign_up=FUNCTION),
        )

    assert len(synthesize(stack)["resource"]["aws_lambda_permission"]) == 2
