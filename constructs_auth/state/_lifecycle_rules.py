"""What S3 removes by itself from the bucket of the state, and from that of its logs."""

from constructs_auth import _checks
from constructs_auth.engine import (
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from constructs_auth.facts import limits

_ABORT_DAYS = 7


def old_versions_rule(days: int, newest: int) -> S3BucketLifecycleConfigurationRule:
    """Old versions go, and the newest of them stay; also those of locks, which each run leaves.

    Raises:
        InvalidValueError: A number that S3 does not accept.
    """
    _checks.whole_number(
        "StateBucket.noncurrent_days", days, limits.NONCURRENT_DAYS, remedy="write a number of days"
    )
    _checks.whole_number(
        "StateBucket.newer_noncurrent_versions",
        newest,
        limits.NEWER_NONCURRENT_VERSIONS,
        remedy="keep a few, to go back to",
    )
    return S3BucketLifecycleConfigurationRule(
        abort_incomplete_multipart_upload=[_abort()],
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        id="old-versions",
        noncurrent_version_expiration=[
            S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                newer_noncurrent_versions=newest, noncurrent_days=days
            )
        ],
        status="Enabled",
    )


def old_logs_rule(days: int) -> S3BucketLifecycleConfigurationRule:
    """Logs go after some time."""
    return S3BucketLifecycleConfigurationRule(
        abort_incomplete_multipart_upload=[_abort()],
        expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        id="old-logs",
        status="Enabled",
    )


def _abort() -> S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload:
    return S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
        days_after_initiation=_ABORT_DAYS
    )
