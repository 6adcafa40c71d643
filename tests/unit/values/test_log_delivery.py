"""Where the logs of a user pool may go."""

from collections.abc import Callable
from typing import Any

import pytest

from constructs_auth import FirehoseStream, LogBucket, LogGroup, NewLogGroup
from tests.unit.samples import HAND_WRITTEN, KEY_ARN, NUMBER_TOKEN, TEXTS, refusal

DAYS = (
    "choose from 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, "
    "2557, 2922, 3288, 3653"
)


def test_a_new_log_group_keeps_logs_for_a_year_by_default() -> None:
    assert NewLogGroup() == NewLogGroup(name=None, retention_in_days=365)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_pass(text: str) -> None:
    assert NewLogGroup(name=text).name == text
    assert LogGroup(log_group_arn=text).log_group_arn == text
    assert LogBucket(bucket_arn=text).bucket_arn == text
    assert FirehoseStream(stream_arn=text).stream_arn == text
    days: Any = NUMBER_TOKEN
    assert NewLogGroup(retention_in_days=days).retention_in_days == NUMBER_TOKEN


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_takes_arns_of_every_partition(partition: str) -> None:
    arn = f"arn:{partition}:s3:::acme-sign-in-logs"
    assert LogBucket(bucket_arn=arn).bucket_arn == arn


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda: NewLogGroup(name="sign in"),
            "NewLogGroup.name: must be 1 to 512 characters, ASCII letters, digits and . - _ / #, "
            "got 'sign in'; write one such as '/aws/vendedlogs/cognito/sign-in'",
        ),
        (
            lambda: NewLogGroup(retention_in_days=100),
            "NewLogGroup.retention_in_days: must be a number of days that CloudWatch Logs accepts, "
            f"got 100; {DAYS}",
        ),
        (
            lambda: NewLogGroup(retention_in_days=True),
            f"NewLogGroup.retention_in_days: must be a whole number, got True; {DAYS}",
        ),
        (
            lambda: LogGroup(
                log_group_arn="arn:aws:logs:eu-west-1:123456789012:log-group:sign-in:*"
            ),
            "LogGroup.log_group_arn: must be 20 to 2048 characters, "
            "arn:partition:service:region:account:resource, got "
            "'arn:aws:logs:eu-west-1:123456789012:log-group:sign-in:*'; write the ARN of a log "
            "group, without :* at its end",
        ),
        (
            lambda: LogGroup(log_group_arn=KEY_ARN),
            "LogGroup.log_group_arn: must be an ARN of the service logs, got "
            f"{KEY_ARN!r}; write the ARN of a log group, without :* at its end",
        ),
        (
            lambda: LogBucket(bucket_arn="acme-sign-in-logs"),
            "LogBucket.bucket_arn: must be 3 to 1024 characters, arn:partition:s3:::bucket, got "
            "'acme-sign-in-logs'; write one such as 'arn:aws:s3:::acme-sign-in-logs'",
        ),
        (
            lambda: LogBucket(bucket_arn="arn:aws:route53:::zone"),
            "LogBucket.bucket_arn: must be an ARN of the service s3, got 'arn:aws:route53:::zone'; "
            "write one such as 'arn:aws:s3:::acme-sign-in-logs'",
        ),
        (
            lambda: FirehoseStream(stream_arn=KEY_ARN),
            "FirehoseStream.stream_arn: must be an ARN of the service firehose, got "
            f"{KEY_ARN!r}; write the ARN of a Firehose stream",
        ),
    ],
)
def test_refuses_what_is_no_such_destination(make: Callable[[], object], expected: str) -> None:
    assert refusal(make) == expected


def test_a_name_may_hold_a_token() -> None:
    assert NewLogGroup(name=f"/aws/{HAND_WRITTEN}").name == "/aws/${var.x}"
