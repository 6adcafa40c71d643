"""Which logs a pool delivers, and to which destination."""

from functools import partial

from constructs_auth.facts import limits, resource_types as types, versions
from constructs_auth.rules.ask import (
    address_of_target,
    each_once,
    is_set,
    is_the_only_one,
    one_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    any_of,
    separately,
)
from constructs_auth.rules.threat_protection import needs_no_threat_protection
from constructs_auth.rules.users_of_pool import has_no_own_users
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL

LOGS = types.LOG_DELIVERY_CONFIGURATION
_EACH, _SOURCE = "log_configurations", "event_source"
_PROVIDER = versions.short(versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION])
_LEVELS = {"userAuthEvents": "INFO", "userNotification": "ERROR"}
_CLOUDWATCH = "cloud_watch_logs_configuration"
_DESTINATIONS = (_CLOUDWATCH, "firehose_configuration", "s3_configuration")


def _level(logs: Resource, _context: Context) -> Answers:
    return separately(*map(_has_level, logs.body.blocks(_EACH)))


def _has_level(one: Block) -> Answers:
    source = one.text(_SOURCE)
    if source not in _LEVELS:
        yield from one_of(one, _SOURCE, tuple(_LEVELS))
    elif (level := one.text("log_level")) != _LEVELS[source]:
        yield Violation(
            text=f"must be {_LEVELS[source]} for {source}, got {level or 'null'}",
            at=f"{one.path}log_level",
        )


def _destination(logs: Resource, _context: Context) -> Answers:
    return separately(*map(_has_destination, logs.body.blocks(_EACH)))


def _has_destination(one: Block) -> Answers:
    named = [name for name in _DESTINATIONS if one.given.block(name) is not None]
    if len(named) != 1:
        yield Violation(
            text=f"must have one destination, got {' and '.join(named) or 'none'}",
            at=one.path.removesuffix("."),
        )
    elif named[0] != _CLOUDWATCH and one.text(_SOURCE) == "userNotification":
        yield Violation(
            text=f"must be {_CLOUDWATCH} for userNotification, got {named[0]}",
            at=f"{one.path}{named[0]}",
        )


def _number(logs: Resource, _context: Context) -> Answers:
    number, most = len(logs.body.blocks(_EACH)), limits.LOG_CONFIGURATIONS.maximum
    if number > most:
        yield Violation(text=f"must be at most {most}, got {number}", at=_EACH)


def _each_kind_once(logs: Resource, _context: Context) -> Answers:
    return each_once(logs.body.blocks(_EACH), _SOURCE)


def _group_without_key(logs: Resource, context: Context) -> Answers:
    groups = [
        group
        for group in context.configuration.named_in(logs, _EACH, types.LOG_GROUP)
        if isinstance(group, Resource) and group.type == types.LOG_GROUP
    ]
    if not groups:
        logs.body.blocks(_EACH)
    for group in groups:
        if is_set(group.body, "kms_key_id"):
            yield Violation(
                text=f"must name a log group without a KMS key, got {group.address}", at=_EACH
            )


def _one_for_a_pool(logs: Resource, context: Context) -> Answers:
    return is_the_only_one(logs, context, _pool_of, what="log delivery", at="user_pool_id")


def _pool_of(logs: Resource, context: Context) -> str | None:
    return address_of_target(logs, context, "user_pool_id")


def _messages(pool: Resource, context: Context) -> Answers:
    if not has_no_own_users(pool, context):
        yield from _are_delivered(pool, context, "userNotification")


def _activity(pool: Resource, context: Context) -> Answers:
    if not needs_no_threat_protection(pool, context):
        yield from _are_delivered(pool, context, "userAuthEvents")


def _are_delivered(pool: Resource, context: Context, source: str) -> Answers:
    members = context.configuration.members(pool, LOGS)
    if any_of(*(partial(delivers, logs, source) for logs in members.resources)):
        return
    if members.complete:
        yield Violation(text=f"must have a log delivery of {source}, got none")
    else:
        yield Undecided(why="the user pool of some log delivery is not known")


def delivers(logs: Resource, source: str) -> bool:
    """Return whether *logs* deliver the kind *source*."""

    def is_of_kind(block: Block) -> bool:
        return block.text(_SOURCE) == source

    return any_of(*(partial(is_of_kind, block) for block in logs.body.blocks(_EACH)))


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVG03",
        slug="log-levels",
        title="Each kind of log must have its level",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=LOGS,
        why="Cognito refuses any other level.",
        remedy='write log_level = "ERROR" for userNotification, "INFO" for userAuthEvents',
        source="API, LogConfigurationType.LogLevel",
        check=_level,
    ),
    Rule(
        id="CVG03B",
        slug="one-log-destination",
        title="Each kind of log must have one destination that Cognito supports",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=LOGS,
        why="Cognito sends message errors only to CloudWatch Logs, and refuses other destinations.",
        remedy="have one destination in each of log_configurations, and "
        "cloud_watch_logs_configuration "
        "for userNotification",
        source="API, LogConfigurationType.LogLevel",
        check=_destination,
    ),
    Rule(
        id="CVG03D",
        slug="log-number",
        title="A pool must have at most two kinds of log",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=LOGS,
        why="Cognito refuses more.",
        remedy="write one log_configurations for userNotification and one for userAuthEvents",
        source="API, LogConfigurationListType",
        check=_number,
    ),
    Rule(
        id="CVG03F",
        slug="log-kinds-once",
        title="Each kind of log must have one configuration",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=LOGS,
        why="Cognito refuses a request with one kind of log twice.",
        remedy="remove one of the log_configurations with the same event_source",
        python_remedy="remove one of the two",
        source="«Following event sources appear more then once in a request», "
        "badmintoncryer/cdk-preflight, pf-cognito-log-delivery-event-source-duplicate",
        check=_each_kind_once,
    ),
    Rule(
        id="CVG04",
        slug="log-group-without-key",
        title="Logs must go to a log group without a KMS key",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=LOGS,
        why="Cognito cannot write to a log group that is encrypted with a KMS key.",
        remedy="remove kms_key_id from the log group; CloudWatch Logs encrypts it anyway",
        source="API, CloudWatchLogsConfigurationType.LogGroupArn",
        check=_group_without_key,
    ),
    Rule(
        id="CVG03E",
        slug="one-log-delivery",
        title="A pool must have one log delivery",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=LOGS,
        why="Cognito keeps one logging configuration for each pool. The one that Terraform applies "
        "last overwrites the other.",
        remedy="put both kinds of log into log_configurations of one "
        "aws_cognito_log_delivery_configuration",
        python_remedy="put both kinds of log into one LogDelivery",
        source="API, SetLogDeliveryConfiguration.LogConfigurations, which are all of a pool's",
        check=_one_for_a_pool,
    ),
    Rule(
        id="CG602",
        slug="message-failures-logged",
        title="Failures to send messages must be logged",
        family=Family.SECURITY,
        severity=Severity.INFO,
        resource_type=POOL,
        why="Without it nobody notices that codes and invitations do not arrive.",
        remedy="add an aws_cognito_log_delivery_configuration of log_configurations { "
        "event_source = "
        '"userNotification", log_level = "ERROR" } to CloudWatch Logs',
        python_remedy="add a LogDelivery of the pool with user_notification",
        source=f"developer guide, «Exporting logs from Amazon Cognito user pools»; this needs "
        f"AWS provider {_PROVIDER} and paid "
        "storage, so it is shown and not counted",
        check=_messages,
    ),
    Rule(
        id="CG602B",
        slug="user-activity-logged",
        title="Sign-ins and their risk must be logged",
        family=Family.SECURITY,
        severity=Severity.INFO,
        resource_type=POOL,
        why="Without it nobody can find out afterwards who signed in, and from where.",
        remedy='add log_configurations { event_source = "userAuthEvents", log_level = "INFO" } '
        "to the "
        "aws_cognito_log_delivery_configuration of the pool",
        python_remedy="add user_auth_events to the LogDelivery of the pool",
        source=f"developer guide, «Exporting logs from Amazon Cognito user pools»; this needs "
        f"AWS provider {_PROVIDER} and paid "
        "storage, so it is shown and not counted",
        needs_plus=True,
        check=_activity,
    ),
)
