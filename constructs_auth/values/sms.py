"""The IAM role that Cognito uses to send SMS."""

from dataclasses import dataclass

from constructs_auth import _checks


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsConfiguration:
    """An existing role for Cognito to send SMS. Without it, this library creates one if needed.

    Args:
        sns_caller_arn: The ARN of a role that Cognito may assume and that may publish to SNS.
        external_id: The external id in the role's trust policy; it prevents pools of others from
            using the role.
        sns_region: The region that SNS sends from. By default the pool's own; a pool in Seoul
            must name `ap-northeast-1`.

    Raises:
        InvalidValueError: Not an ARN of IAM, an empty external id, or an invalid region.
    """

    sns_caller_arn: str
    external_id: str
    sns_region: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.arn(
            "SmsConfiguration.sns_caller_arn",
            self.sns_caller_arn,
            service="iam",
            remedy="write the ARN of an IAM role",
        )
        _checks.filled_text(
            "SmsConfiguration.external_id",
            self.external_id,
            remedy="write the external id of the role's trust policy",
        )
        if self.sns_region is not None:
            _checks.region("SmsConfiguration.sns_region", self.sns_region)
