"""The logs of a user pool. No provider 6 was run here.

What is written is held against the bindings' types alone, for AWS provider 5.100 does not know
the resource. The log group and its policy it does know: tests/terraform applies them.
"""

import json
from typing import Any

import pytest

from constructs_auth import (
    AdvancedSecurityMode,
    AuthApp,
    AuthStack,
    ExistingUserPool,
    FirehoseStream,
    InvalidValueError,
    LogBucket,
    LogDelivery,
    LogGroup,
    NewLogGroup,
    UserPool,
    UserPoolAddOns,
    UserPoolTier,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import problems_of, provider_version, resources_of

DELIVERY = "aws_cognito_log_delivery_configuration"
GROUP = "arn:aws:logs:eu-west-1:123456789012:log-group:/acme/sign-in"
BUCKET = "arn:aws:s3:::acme-sign-in-logs"
STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/sign-in"


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool with threat protection."""
    return UserPool(
        stack,
        "users",
        user_pool_tier=UserPoolTier.PLUS,
        user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.AUDIT),
    )


def test_messages_that_failed_go_to_a_group_that_is_there(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """On any plan; the constraint on the provider rises, and nothing else is made."""
    users = UserPool(stack, "users")
    LogDelivery(stack, "logs", user_pool=users, user_notification=LogGroup(log_group_arn=GROUP))
    document = synthesize(stack)

    assert resources_of(document, DELIVERY) == {
        "logs": {
            "log_configurations": [
                {
                    "cloud_watch_logs_configuration": [{"log_group_arn": GROUP}],
                    "event_source": "userNotification",
                    "log_level": "ERROR",
                }
            ],
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }
    assert resources_of(document, "aws_cloudwatch_log_resource_policy") == {}
    assert provider_version(document) == ">= 6.5.0, < 7.0.0"


@pytest.mark.parametrize(
    ("destination", "block"),
    [
        (
            LogGroup(log_group_arn=GROUP),
            {"cloud_watch_logs_configuration": [{"log_group_arn": GROUP}]},
        ),
        (LogBucket(bucket_arn=BUCKET), {"s3_configuration": [{"bucket_arn": BUCKET}]}),
        (FirehoseStream(stream_arn=STREAM), {"firehose_configuration": [{"stream_arn": STREAM}]}),
    ],
)
def test_sign_ins_go_to_one_place(
    destination: LogGroup | LogBucket | FirehoseStream,
    block: dict[str, Any],
    stack: AuthStack,
    pool: UserPool,
    synthesize: Synthesize,
) -> None:
    """With the one level that Cognito takes for them."""
    LogDelivery(stack, "logs", user_pool=pool, user_auth_events=destination)

    (logs,) = resources_of(synthesize(stack), DELIVERY).values()
    assert logs["log_configurations"] == [
        {"event_source": "userAuthEvents", "log_level": "INFO", **block}
    ]


def test_a_new_group_has_an_end_and_a_policy(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """The delivery waits for the policy; the group has no KMS key, which Cognito does not take."""
    logs = LogDelivery(
        stack, "logs", user_pool=pool, user_auth_events=NewLogGroup(retention_in_days=90)
    )
    stack.add_output("group", logs.log_group_names["user_auth_events"], description="Its name.")
    document = synthesize(stack)

    group = "aws_cloudwatch_log_group.logs_user_auth_events"
    assert resources_of(document, "aws_cloudwatch_log_group") == {
        "logs_user_auth_events": {
            "log_group_class": "STANDARD",
            "name": "/aws/vendedlogs/cognito/auth/logs/user_auth_events",
            "retention_in_days": 90,
        }
    }
    assert document["output"]["group"]["value"] == f"${{{group}.name}}"
    (delivery,) = resources_of(document, DELIVERY).values()
    assert delivery["depends_on"] == ["aws_cloudwatch_log_resource_policy.logs_delivery"]
    assert delivery["log_configurations"][0]["cloud_watch_logs_configuration"] == [
        {"log_group_arn": f"${{{group}.arn}}"}
    ]
    (policy,) = resources_of(document, "aws_cloudwatch_log_resource_policy").values()
    assert policy["policy_name"] == "cognito-auth-logs"
    assert json.loads(policy["policy_document"].replace('":"', "':'")) == {
        "Statement": [
            {
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Condition": {
                    "ArnLike": {
                        "aws:SourceArn": f"${{join(':', slice(split(':', {group}.arn), 0, 5))}}:*"
                    },
                    "StringEquals": {
                        "aws:SourceAccount": f"${{element(split(':', {group}.arn), 4)}}"
                    },
                },
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Resource": [f"${{{group}.arn}}:log-stream:*"],
            }
        ],
        "Version": "2012-10-17",
    }


def test_two_new_groups_share_a_policy(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """An account has room for ten; errors come first, as AWS mostly answers them."""
    LogDelivery(
        stack,
        "logs",
        user_pool=pool,
        user_notification=NewLogGroup(name="/acme/errors"),
        user_auth_events=NewLogGroup(),
    )
    document = synthesize(stack)

    groups = resources_of(document, "aws_cloudwatch_log_group")
    assert {name: group["name"] for name, group in groups.items()} == {
        "logs_user_notification": "/acme/errors",
        "logs_user_auth_events": "/aws/vendedlogs/cognito/auth/logs/user_auth_events",
    }
    assert list(resources_of(document, "aws_cloudwatch_log_resource_policy")) == ["logs_delivery"]
    (delivery,) = resources_of(document, DELIVERY).values()
    sources = [each["event_source"] for each in delivery["log_configurations"]]
    assert sources == ["userNotification", "userAuthEvents"]


def test_both_kinds_of_logs_deserve_a_word(
    stack: AuthStack, pool: UserPool, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    LogDelivery(
        stack,
        "logs",
        user_pool=pool,
        user_notification=LogGroup(log_group_arn=GROUP),
        user_auth_events=LogBucket(bucket_arn=BUCKET),
    )
    app.synth()

    assert capsys.readouterr().err == (
        "warning: auth/logs: has both user_notification and user_auth_events: if AWS returns them "
        "in another order, the apply fails with «Provider produced inconsistent result after "
        "apply», but both are set (hashicorp/terraform-provider-aws#43550); if it does, remove "
        "one\n"
    )


def test_sign_ins_need_threat_protection(stack: AuthStack, app: AuthApp) -> None:
    LogDelivery(
        stack,
        "logs",
        user_pool=UserPool(stack, "partners"),
        user_auth_events=LogBucket(bucket_arn=BUCKET),
    )

    protection, tier = problems_of(app)
    assert protection == (
        "auth/logs: user_auth_events: must be left out unless the pool has threat protection, got "
        "none; set "
        "user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED) "
        "there"
    )
    assert tier.startswith("auth/logs: CVG03C user_pool_id: ")


def test_a_second_delivery_is_a_problem(stack: AuthStack, pool: UserPool, app: AuthApp) -> None:
    """Each sets all of it, and so takes away what the other has set."""
    LogDelivery(stack, "errors", user_pool=pool, user_notification=LogGroup(log_group_arn=GROUP))
    LogDelivery(stack, "sign_ins", user_pool=pool, user_auth_events=LogBucket(bucket_arn=BUCKET))

    assert problems_of(app) == [
        "auth/sign_ins: user_pool: must have one LogDelivery, got a second one after auth/errors, "
        "and each overwrites the other; put both kinds of logs into one"
    ]


def test_a_pool_of_others_is_taken(stack: AuthStack, synthesize: Synthesize) -> None:
    """What the owner knows is not checked."""
    pool = ExistingUserPool.from_id("eu-west-1_AbCdEf123", region="eu-west-1")
    LogDelivery(stack, "logs", user_pool=pool, user_auth_events=LogBucket(bucket_arn=BUCKET))

    (logs,) = resources_of(synthesize(stack), DELIVERY).values()
    assert logs["user_pool_id"] == "eu-west-1_AbCdEf123"


def test_refuses_destinations_that_do_not_exist(stack: AuthStack, pool: UserPool) -> None:
    """Errors go to CloudWatch Logs alone."""
    cases: list[tuple[dict[str, Any], str]] = [
        (
            {},
            "LogDelivery: must have logs to deliver, got None; set "
            "user_notification=NewLogGroup(), user_auth_events, or both",
        ),
        (
            {"user_notification": LogBucket(bucket_arn=BUCKET)},
            "LogDelivery.user_notification: must be of type NewLogGroup or LogGroup, got "
            f"LogBucket(bucket_arn='{BUCKET}'); write NewLogGroup(…) or LogGroup(…)",
        ),
        (
            {"user_auth_events": GROUP},
            "LogDelivery.user_auth_events: must be of type NewLogGroup or LogGroup or LogBucket or "
            f"FirehoseStream, got '{GROUP}'; write NewLogGroup(…) or LogGroup(…) or LogBucket(…) "
            "or FirehoseStream(…)",
        ),
    ]
    for settings, expected in cases:
        with pytest.raises(InvalidValueError) as caught:
            LogDelivery(stack, "logs", user_pool=pool, **settings)
        assert str(caught.value) == expected
    assert stack.node.try_find_child("logs") is None
