"""Destinations for the logs of a user pool."""

from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLogGroup:
    """A CloudWatch log group that this library creates, with a policy that allows log delivery.

    Args:
        name: 1 to 512 of ASCII letters, digits and `. - _ / #`. **Changing it** replaces the group
            and deletes the logs of the old one. By default `/aws/vendedlogs/cognito/` with the path
            of the construct and the kind of logs.
        retention_in_days: For how many days CloudWatch keeps the logs: 1, 3, 5, 7, 14, 30, 60, 90,
            120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653. By
            default 365 (Security Hub, CloudWatch.16).

    Raises:
        InvalidValueError: A value that CloudWatch Logs does not accept.
    """

    name: str | None = None
    retention_in_days: int = 365

    def __post_init__(self) -> None:
        """Check the values."""
        if self.name is not None:
            _checks.text(
                "NewLogGroup.name",
                self.name,
                limits.LOG_GROUP_NAME,
                remedy="write one such as '/aws/vendedlogs/cognito/sign-in'",
            )
        subject = "NewLogGroup.retention_in_days"
        choice = f"choose from {', '.join(map(str, limits.LOG_RETENTION_DAYS))}"
        _checks.whole_number(subject, self.retention_in_days, None, remedy=choice)
        if (
            is_concrete(self.retention_in_days)
            and self.retention_in_days not in limits.LOG_RETENTION_DAYS
        ):
            raise InvalidValueError(
                subject,
                "must be a number of days that CloudWatch Logs accepts",
                got=self.retention_in_days,
                remedy=choice,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroup:
    """An existing CloudWatch log group in the account of the pool.

    Args:
        log_group_arn: Its ARN, without `:*` at the end. The group must not be encrypted with a KMS
            key (API: CloudWatchLogsConfigurationType).

    Raises:
        InvalidValueError: The text is not an ARN of CloudWatch Logs.
    """

    log_group_arn: str

    def __post_init__(self) -> None:
        """Check the ARN."""
        _checks.arn(
            "LogGroup.log_group_arn",
            self.log_group_arn,
            service="logs",
            remedy="write the ARN of a log group, without :* at its end",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBucket:
    """An existing S3 bucket.

    Args:
        bucket_arn: Its ARN, `arn:aws:s3:::name`.

    Raises:
        InvalidValueError: The text is not the ARN of a bucket.
    """

    bucket_arn: str

    def __post_init__(self) -> None:
        """Check the ARN."""
        subject = "LogBucket.bucket_arn"
        remedy = "write one such as 'arn:aws:s3:::acme-sign-in-logs'"
        _checks.text(subject, self.bucket_arn, limits.S3_ARN, remedy=remedy)
        if is_concrete(self.bucket_arn) and self.bucket_arn.split(":")[2] != "s3":
            raise InvalidValueError(
                subject, "must be an ARN of the service s3", got=self.bucket_arn, remedy=remedy
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FirehoseStream:
    """An existing Amazon Data Firehose stream.

    Args:
        stream_arn: Its ARN.

    Raises:
        InvalidValueError: The text is not an ARN of Firehose.
    """

    stream_arn: str

    def __post_init__(self) -> None:
        """Check the ARN."""
        _checks.arn(
            "FirehoseStream.stream_arn",
            self.stream_arn,
            service="firehose",
            remedy="write the ARN of a Firehose stream",
        )


UserNotificationLogs: TypeAlias = NewLogGroup | LogGroup
"""Destinations for e-mail and SMS delivery errors: only CloudWatch Logs."""

UserAuthEventLogs: TypeAlias = NewLogGroup | LogGroup | LogBucket | FirehoseStream
"""Destinations for sign-in events and their risk assessments from threat protection."""
