"""The role for SMS, made when a pool needs one."""

import json
from typing import Any

from constructs_auth import AuthStack, Mfa, SmsConfiguration, SmsMfa, SmsOtp, UserPool
from tests.synth.conftest import Synthesize


def resource(document: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """One resource without CDKTF's metadata."""
    found: dict[str, Any] = document["resource"][kind][name]
    return {key: value for key, value in found.items() if key != "//"}


def test_a_role_is_made_that_only_cognito_may_assume_for_this_account(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """With an external id that is the same on every synth."""
    UserPool(stack, "users", mfa=Mfa.optional(SmsMfa()))
    document = synthesize(stack)
    role = resource(document, "aws_iam_role", "users_sms_role")

    assert json.loads(role["assume_role_policy"]) == {
        "Statement": [
            {
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {
                        "aws:SourceAccount": (
                            "${data.aws_caller_identity.caller_identity.account_id}"
                        ),
                        "sts:ExternalId": "auth/users",
                    }
                },
                "Effect": "Allow",
                "Principal": {"Service": "cognito-idp.amazonaws.com"},
            }
        ],
        "Version": "2012-10-17",
    }
    assert role["name_prefix"] == "users-sms-"
    policy = resource(document, "aws_iam_role_policy", "users_sms_role")
    assert json.loads(policy["policy"])["Statement"] == [
        {"Action": "sns:Publish", "Effect": "Allow", "Resource": "*"}
    ]


def test_the_pool_waits_for_the_policy_and_names_the_external_id(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Cognito tries the role out when the pool is made."""
    UserPool(stack, "users", passwordless=[SmsOtp()])
    pool = resource(synthesize(stack), "aws_cognito_user_pool", "users")

    assert pool["depends_on"] == ["aws_iam_role_policy.users_sms_role"]
    assert pool["sms_configuration"] == {
        "external_id": "auth/users",
        "sns_caller_arn": "${aws_iam_role.users_sms_role.arn}",
    }


def test_a_role_lives_as_long_as_its_pool(stack: AuthStack, synthesize: Synthesize) -> None:
    """A pool whose role is gone cannot send, and cannot be changed."""
    UserPool(stack, "users", mfa=Mfa.optional(SmsMfa()), prevent_destroy=True)
    document = synthesize(stack)

    for kind in ("aws_iam_role", "aws_iam_role_policy"):
        assert resource(document, kind, "users_sms_role")["lifecycle"] == {"prevent_destroy": True}


def test_a_role_of_your_own_is_used_and_none_is_made(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Platform teams often keep roles apart."""
    own = SmsConfiguration(sns_caller_arn="arn:aws:iam::111122223333:role/sms", external_id="acme")
    UserPool(stack, "users", mfa=Mfa.optional(SmsMfa()), sms=own)
    document = synthesize(stack)

    assert "aws_iam_role" not in document["resource"]
    assert resource(document, "aws_cognito_user_pool", "users")["sms_configuration"] == {
        "external_id": "acme",
        "sns_caller_arn": "arn:aws:iam::111122223333:role/sms",
    }


def test_two_pools_ask_for_the_account_once(stack: AuthStack, synthesize: Synthesize) -> None:
    """One data source in a stack."""
    UserPool(stack, "users", mfa=Mfa.optional(SmsMfa()))
    UserPool(stack, "staff", mfa=Mfa.optional(SmsMfa()))
    document = synthesize(stack)

    assert list(document["data"]["aws_caller_identity"]) == ["caller_identity"]
    assert set(document["resource"]["aws_iam_role"]) == {"users_sms_role", "staff_sms_role"}
