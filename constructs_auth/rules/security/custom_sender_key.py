"""With which key codes are encrypted on their way to a custom sender."""

from constructs_auth.rules._pool import POOL, given
from constructs_auth.rules.ask import is_flag, undecided
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

_CONFIG = "lambda_config"
_SENDERS = ("custom_email_sender", "custom_sms_sender")
_AT = f"{_CONFIG}[0].kms_key_id"


def _is_ours_and_rotates(pool: Resource, context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if isinstance(config, Unknown):
        yield undecided(pool.body, _CONFIG, config)
        return
    if config is None or all(config.peek_block(name) is None for name in _SENDERS):
        return
    written = given(config, "kms_key_id")
    if isinstance(written, str) and ":alias/aws/" in written:
        yield Violation(text=f"must be a key of your own, got {written}", at=_AT)
        return
    key = context.configuration.target(pool, _CONFIG, "aws_kms_key", by="arn")
    if not isinstance(key, Resource):
        yield Undecided(why="the key cannot be seen in this configuration", at=_AT)
        return
    for answer in is_flag(key.body, "enable_key_rotation", wanted=True):
        if isinstance(answer, Violation):
            yield Violation(text=f"must name a key that rotates, got {key.address}", at=_AT)
        else:
            yield Undecided(why=answer.why, at=_AT)


CUSTOM_SENDER_KEY = Rule(
    id="CG121",
    title="The key of custom senders is one's own, and rotates",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=POOL,
    why="The key protects every code and temporary password that the pool sends.",
    remedy="set kms_key_id to an aws_kms_key with enable_key_rotation = true",
    source="developer guide, custom sender Lambda triggers",
    check=_is_ours_and_rotates,
)
