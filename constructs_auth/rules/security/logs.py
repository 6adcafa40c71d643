"""Whether what happens in a pool is written down."""

from constructs_auth.rules._pool import POOL, holds
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_LOGS = "aws_cognito_log_delivery_configuration"


def _messages(pool: Resource, context: Context) -> Answers:
    return _are_delivered(pool, context, "userNotification")


def _activity(pool: Resource, context: Context) -> Answers:
    return _are_delivered(pool, context, "userAuthEvents")


def _are_delivered(pool: Resource, context: Context, source: str) -> Answers:
    found = context.configuration.members(pool, _LOGS)
    answers = [_delivers(logs, source) for logs in found.resources]
    if True in answers:
        return
    unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
    if unknown is not None:
        yield Undecided(why=unknown.why)
    elif not found.complete:
        yield Undecided(why="of some log delivery it is not known whose it is")
    else:
        yield Violation(text=f"must have a log delivery of {source}, got none")


def _delivers(logs: Resource, source: str) -> bool | Unknown:
    blocks = logs.body.peek_blocks("log_configurations")
    if isinstance(blocks, Unknown):
        return blocks
    return holds(tuple(block.peek_text("event_source") or "" for block in blocks), source)


LOGS_OF_MESSAGES = Rule(
    id="CG602",
    title="Messages that could not be sent are logged",
    family=Family.SECURITY,
    severity=Severity.INFO,
    resource_type=POOL,
    why="Without it nobody learns that codes and invitations do not arrive.",
    remedy="add an aws_cognito_log_delivery_configuration for userNotification, ERROR",
    source="developer guide, exporting logs; AWS provider 6.5 and paid storage are needed, so this "
    "is shown and not counted",
    check=_messages,
)
LOGS_OF_ACTIVITY = Rule(
    id="CG602B",
    title="Sign-ins and their risk are logged",
    family=Family.SECURITY,
    severity=Severity.INFO,
    resource_type=POOL,
    why="Without it nobody can say afterwards who signed in, and from where.",
    remedy="add an aws_cognito_log_delivery_configuration for userAuthEvents, INFO",
    source="developer guide, exporting logs; AWS provider 6.5 and paid storage are needed, so this "
    "is shown and not counted",
    needs_plus=True,
    check=_activity,
)
