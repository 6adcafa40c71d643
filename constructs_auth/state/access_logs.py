"""Where S3 writes down who asked for a state."""

from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogs:
    """S3's server access logs of a bucket, some hours late; CloudTrail data events are not.

    Args:
        bucket: The name of a bucket, of the same region and account, whose policy lets S3 write
            into it; or a token. By default a bucket is made, named after the other one and `-logs`.
        prefix: What the names of the logs begin with. By default the name of the other bucket and
            a slash.
        retention_days: How long a bucket that is made keeps the logs. By default 365; of no
            meaning where *bucket* is given, for its owner decides.

    Raises:
        InvalidValueError: A value that S3 does not accept.
    """

    bucket: str | None = None
    prefix: str | None = None
    retention_days: int = 365

    def __post_init__(self) -> None:
        """Check the values."""
        if self.bucket is not None:
            _checks.text(
                "AccessLogs.bucket",
                self.bucket,
                limits.BUCKET_NAME,
                remedy="write one such as 'acme-access-logs'",
            )
        if self.prefix is not None:
            _checks.filled_text(
                "AccessLogs.prefix", self.prefix, remedy="write one such as 'state/'"
            )
            if is_concrete(self.prefix) and ("*" in self.prefix or "?" in self.prefix):
                raise InvalidValueError(
                    "AccessLogs.prefix",
                    "must not hold * or ?, which stand for other names in a policy",
                    got=self.prefix,
                    remedy="write one such as 'state/'",
                )
        _checks.whole_number(
            "AccessLogs.retention_days",
            self.retention_days,
            limits.NONCURRENT_DAYS,
            remedy="write a number of days",
        )
