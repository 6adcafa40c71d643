"""The logs of a user pool: messages that could not be sent, and sign-ins with their risk."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
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
    TerraformStack,
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

# The word of the API for each kind of logs, and the one level that it takes for them.
_EVENTS = {
    "user_notification": ("userNotification", "ERROR"),
    "user_auth_events": ("userAuthEvents", "INFO"),
}


class LogDelivery(AuthConstruct):
    """Where a user pool writes its logs; one for a pool.

    Needs AWS provider 6.5: the constraint of the stack rises to it. **Can never be changed**
    without a moment without logs: *user_pool*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        user_notification: Where errors of e-mail and SMS go: to CloudWatch Logs. By default
            nowhere.
        user_auth_events: Where sign-ins go, with what threat protection thinks of them: to
            CloudWatch Logs, S3 or Firehose. Needs the tier Plus and threat protection. By default
            nowhere.

    Attributes:
        user_pool: The pool.
        log_group_names: The names of the log groups that were made, by `user_notification` and
            `user_auth_events`.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A destination that the logs cannot go to, or none at all. A pool without
            threat protection and a second delivery are found when the app is synthesized.
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
        stack = TerraformStack.of(self)
        if isinstance(stack, AuthStack):
            stack.require_provider(versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION])
        # In this order, which is mostly AWS's own (hashicorp/terraform-provider-aws#43550).
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
        """Name what the pool lacks, and a second one; asked when the app is synthesized."""
        return tuple(self._problems())

    def find_warnings(self) -> Sequence[str]:
        """Say that two kinds of logs may fail to apply; asked when the app is synthesized."""
        if self._user_notification is None or self._user_auth_events is None:
            return ()
        text = (
            "has both user_notification and user_auth_events: where AWS answers them in another "
            "order, the apply ends in «Provider produced inconsistent result after apply», though "
            "both are set (hashicorp/terraform-provider-aws#43550); leave one out if it does"
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
                "and each of the two would put out the other; write both kinds of logs into one"
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
            remedy="give user_notification=NewLogGroup(), user_auth_events, or both",
        )


def _log_configuration(
    name: str, destination: UserAuthEventLogs
) -> CognitoLogDeliveryConfigurationLogConfigurations:
    """One kind of logs and its one destination."""
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
    """Make the groups that *logs* ask for: with an end, and without a KMS key.

    Cognito takes no group with a key (API: CloudWatchLogsConfigurationType), and advises a name
    below `/aws/vendedlogs/`, for which the size of policies is no matter.
    """
    return {
        name: _make_log_group(owner, name, destination)
        for name, destination in logs.items()
        if isinstance(destination, NewLogGroup)
    }


def _allow_delivery(
    owner: Construct, groups: Mapping[str, CloudwatchLogGroup]
) -> CloudwatchLogResourcePolicy:
    """Let the delivery of logs write to *groups*, for this account alone.

    One policy for all of them: CloudWatch Logs allows ten in an account and region. AWS would
    make one by itself, which nobody would find in Terraform.
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
