"""Which logs of a pool go where."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.rules._pool import given, given_block
from constructs_auth.rules.ask import one_of, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

LOGS = "aws_cognito_log_delivery_configuration"
_EACH = "log_configurations"
_LEVELS = {"userAuthEvents": "INFO", "userNotification": "ERROR"}
_CLOUDWATCH = "cloud_watch_logs_configuration"
_DESTINATIONS = (_CLOUDWATCH, "firehose_configuration", "s3_configuration")


def _level(logs: Resource, _context: Context) -> Answers:
    for one in _configurations(logs):
        source, level = one.peek_text("event_source"), one.peek_text("log_level")
        if isinstance(source, Unknown):
            yield undecided(one, "event_source", source)
        elif source not in _LEVELS:
            yield from one_of(one, "event_source", tuple(_LEVELS))
        elif isinstance(level, Unknown):
            yield undecided(one, "log_level", level)
        elif level != _LEVELS[source]:
            yield Violation(
                text=f"must be {_LEVELS[source]} for {source}, got {level or 'null'}",
                at=f"{one.path}log_level",
            )


def _destination(logs: Resource, _context: Context) -> Answers:
    for one in _configurations(logs):
        found = {name: given_block(one, name) for name in _DESTINATIONS}
        named = [name for name, block in found.items() if block is not None]
        source = one.peek_text("event_source")
        unknown = next((block for block in found.values() if isinstance(block, Unknown)), None)
        if isinstance(unknown, Unknown):
            yield undecided(one, named[0], unknown)
        elif len(named) != 1:
            yield Violation(
                text=f"must have one destination, got {' and '.join(named) or 'none'}",
                at=one.path.removesuffix("."),
            )
        elif named[0] != _CLOUDWATCH and source == "userNotification":
            yield Violation(
                text=f"must go to {_CLOUDWATCH} alone for userNotification, got {named[0]}",
                at=f"{one.path}{named[0]}",
            )
        elif named[0] != _CLOUDWATCH and isinstance(source, Unknown):
            yield undecided(one, "event_source", source)


def _number(logs: Resource, _context: Context) -> Answers:
    blocks = logs.body.peek_blocks(_EACH)
    if isinstance(blocks, Unknown):
        yield undecided(logs.body, _EACH, blocks)
    elif len(blocks) > limits.LOG_CONFIGURATIONS.maximum:
        yield Violation(
            text=f"must be at most {limits.LOG_CONFIGURATIONS.maximum}, got {len(blocks)}",
            at=_EACH,
        )


def _group_without_key(logs: Resource, context: Context) -> Answers:
    group = context.configuration.target(logs, _EACH, "aws_cloudwatch_log_group", by="arn")
    if not isinstance(group, Resource):
        blocks = logs.body.peek_blocks(_EACH)
        if isinstance(blocks, Unknown):
            yield undecided(logs.body, _EACH, blocks)
        return
    key = given(group.body, "kms_key_id")
    if key is not None:
        yield Violation(
            text=f"must name a log group without a KMS key, got {group.address}", at=_EACH
        )


def _configurations(logs: Resource) -> Iterator[Block]:
    blocks = logs.body.peek_blocks(_EACH)
    if not isinstance(blocks, Unknown):
        yield from blocks


LOG_LEVELS = Rule(
    id="CVG03",
    title="Each kind of logs has its level",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=LOGS,
    why="Cognito refuses another level.",
    remedy='write log_level = "ERROR" for userNotification, "INFO" for userAuthEvents',
    source="API, LogConfigurationType.LogLevel",
    check=_level,
)
LOG_DESTINATIONS = Rule(
    id="CVG03B",
    title="Each kind of logs goes to one place that it can go to",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=LOGS,
    why="Cognito sends errors of messages to CloudWatch Logs alone, and refuses other places.",
    remedy="write one cloud_watch_logs_configuration",
    source="API, LogConfigurationType.LogLevel",
    check=_destination,
)
LOG_NUMBER = Rule(
    id="CVG03D",
    title="A pool has at most two kinds of logs",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=LOGS,
    why="Cognito refuses more.",
    remedy="write one log_configurations for userNotification and one for userAuthEvents",
    source="API, LogConfigurationListType",
    check=_number,
)
LOG_GROUP_WITHOUT_KEY = Rule(
    id="CVG04",
    title="Logs go to a log group without a KMS key",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=LOGS,
    why="Cognito cannot write to a log group that is encrypted with a key of KMS.",
    remedy="take kms_key_id out of the log group; CloudWatch Logs encrypts it anyway",
    source="API, CloudWatchLogsConfigurationType.LogGroupArn",
    check=_group_without_key,
)
