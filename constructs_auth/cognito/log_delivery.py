"""The logs of a user pool: failed messages, and sign-ins with their risk assessments."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._place import stack_around
from constructs_auth._registry import add_member, members_of
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    check_pool,
    threat_protection_problems,
    tier_problems,
)
from constructs_auth.engine import (
    CloudwatchLogGroup,
    CloudwatchLogResourcePolicy,
    CognitoLogDeliveryConfiguration,
    CognitoLogDeliveryConfigurationLogConfigurations,
    CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration,
    CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration,
    CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration,
    Construct,
    Fn,
    Token,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import resource_types as types, versions
from constructs_auth.stack import AuthStack
from constructs_auth.values.log_delivery import (
    FirehoseStream,
    LogBucket,
    LogGroup,
    NewLogGroup,
    UserAuthEventLogs,
    UserNotificationLogs,
)

# The API's name and its only log level for each kind of logs.
_EVENTS = {
    "user_notification": ("userNotification", "ERROR"),
    "user_auth_events": ("userAuthEvents", "INFO"),
}


class LogDelivery(AuthConstruct):
    """The destinations of a user pool's logs. A pool has at most one.

    Needs AWS provider 6.5, which it adds to the version constraint of the stack. **Changing**
    *user_pool* replaces the delivery; in between there are no logs.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        user_notification: The destination of e-mail and SMS delivery errors, in CloudWatch Logs. By
            default none.
        user_auth_events: The destination of sign-in events and their risk assessments: CloudWatch
            Logs, S3 or Firehose. Needs the PLUS tier and threat protection. By default none.

    Attributes:
        user_pool: The pool.
        log_group_names: The names of the log groups that this library creates, by
            `user_notification` and `user_auth_events`.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A destination that the logs cannot go to, or none at all. Synthesis
            reports a pool without threat protection, and a second delivery.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        user_notification: UserNotificationLogs | None = None,
        user_auth_events: UserAuthEventLogs | None = None,
    ) -> None:
        check_pool("LogDelivery.user_pool", user_pool)
        _check_destinations(user_notification, user_auth_events)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self._user_notification = user_notification
        self._user_auth_events = user_auth_events
        stack = stack_around(self)
        if isinstance(stack, AuthStack):
            stack.require_provider(versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION])
        # In this order, in which AWS usually returns them (hashicorp/terraform-provider-aws#43550).
        logs = {"user_notification": user_notification, "user_auth_events": user_auth_events}
        groups = _make_log_groups(self, logs)
        self.log_group_names = {name: group.name for name, group in groups.items()}
        self.resource = CognitoLogDeliveryConfiguration(
            self,
            "Default",
            depends_on=[_allow_delivery(self, groups)] if groups else None,
            log_configurations=[
                _log_configuration(
                    name,
                    LogGroup(log_group_arn=groups[name].arn) if name in groups else destination,
                )
                for name, destination in logs.items()
                if destination is not None
            ],
            user_pool_id=user_pool.user_pool_id,
        )
        add_member(user_pool, self)

    def find_problems(self) -> Sequence[str]:
        """Return errors for a missing PLUS tier or threat protection, and for a second delivery."""
        return tuple(self._problems())

    def find_warnings(self) -> Sequence[str]:
        """Return a warning that an apply with both kinds of logs may report an error."""
        if self._user_notification is None or self._user_auth_events is None:
            return ()
        text = (
            "has both user_notification and user_auth_events: if AWS returns them in another "
            "order, the apply fails with «Provider produced inconsistent result after apply», but "
            "both are set (hashicorp/terraform-provider-aws#43550); if it does, remove one"
        )
        return (text,)

    def _problems(self) -> Iterator[str]:
        if self._user_auth_events is not None:
            yield from tier_problems("user_auth_events", self.user_pool, of=self)
            yield from threat_protection_problems("user_auth_events", self.user_pool)
        first = members_of(self.user_pool, LogDelivery, near=self)[0]
        if first is not self:
            yield (
                f"user_pool: must have one LogDelivery, got a second one after {first.node.path}, "
                "and each overwrites the other; put both kinds of logs into one"
            )


def _check_destinations(
    user_notification: UserNotificationLogs | None, user_auth_events: UserAuthEventLogs | None
) -> None:
    if user_notification is not None:
        _checks.kind("LogDelivery.user_notification", user_notification, NewLogGroup, LogGroup)
    if user_auth_events is not None:
        _checks.kind(
            "LogDelivery.user_auth_events",
            user_auth_events,
            NewLogGroup,
            LogGroup,
            LogBucket,
            FirehoseStream,
        )
    if user_notification is None and user_auth_events is None:
        raise InvalidValueError(
            "LogDelivery",
            "must have logs to deliver",
            got=None,
            remedy="set user_notification=NewLogGroup(), user_auth_events, or both",
        )


def _log_configuration(
    name: str, destination: UserAuthEventLogs
) -> CognitoLogDeliveryConfigurationLogConfigurations:
    """Return the block of one kind of logs with its destination."""
    source, level = _EVENTS[name]
    return CognitoLogDeliveryConfigurationLogConfigurations(
        cloud_watch_logs_configuration=_cloud_watch_logs(destination),
        event_source=source,
        firehose_configuration=_firehose(destination),
        log_level=level,
        s3_configuration=_s3(destination),
    )


def _cloud_watch_logs(
    destination: UserAuthEventLogs,
) -> list[CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration] | None:
    if not isinstance(destination, LogGroup):
        return None
    block = CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration
    return [block(log_group_arn=destination.log_group_arn)]


def _firehose(
    destination: UserAuthEventLogs,
) -> list[CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration] | None:
    if not isinstance(destination, FirehoseStream):
        return None
    block = CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration
    return [block(stream_arn=destination.stream_arn)]


def _s3(
    destination: UserAuthEventLogs,
) -> list[CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration] | None:
    if not isinstance(destination, LogBucket):
        return None
    block = CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration
    return [block(bucket_arn=destination.bucket_arn)]


def _make_log_groups(
    owner: Construct, logs: Mapping[str, UserAuthEventLogs | None]
) -> dict[str, CloudwatchLogGroup]:
    """Create the log groups of *logs*, with a retention period and without a KMS key.

    Cognito does not accept a group with a key (API: CloudWatchLogsConfigurationType), and advises a
    name below `/aws/vendedlogs/`, to which the size limit of policies does not apply.
    """
    return {
        name: _make_log_group(owner, name, destination)
        for name, destination in logs.items()
        if isinstance(destination, NewLogGroup)
    }


def _allow_delivery(
    owner: Construct, groups: Mapping[str, CloudwatchLogGroup]
) -> CloudwatchLogResourcePolicy:
    """Allow log delivery to write to *groups*, for this account alone.

    One policy serves all groups, because CloudWatch Logs allows ten in an account and region.
    Without it, AWS creates a policy that Terraform does not manage.
    """
    arns = [group.arn for group in groups.values()]
    parts = Fn.split(":", arns[0])
    account = str(Fn.element(parts, 4))
    source = Fn.join(":", Token.as_list(Fn.slice(parts, 0, 5)))  # arn:partition:logs:region:account
    statement = {
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"{source}:*"},
            "StringEquals": {"aws:SourceAccount": account},
        },
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Resource": [f"{arn}:log-stream:*" for arn in arns],
    }
    policy = CloudwatchLogResourcePolicy(
        owner,
        "policy",
        policy_document=json.dumps(
            {"Statement": [statement], "Version": "2012-10-17"}, sort_keys=True
        ),
        policy_name=f"cognito-{owner.node.path.replace('/', '-')}",
    )
    name_after(owner, policy, "delivery")
    return policy


def _make_log_group(owner: Construct, logs: str, settings: NewLogGroup) -> CloudwatchLogGroup:
    path = re.sub(r"[^\w./#-]", "-", f"{owner.node.path}/{logs}", flags=re.ASCII)
    group = CloudwatchLogGroup(
        owner,
        logs,
        log_group_class="STANDARD",
        name=settings.name or f"/aws/vendedlogs/cognito/{path}",
        retention_in_days=settings.retention_in_days,
    )
    name_after(owner, group, logs)
    return group
