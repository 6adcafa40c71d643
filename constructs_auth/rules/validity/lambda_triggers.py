"""The functions that Cognito calls."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import PreTokenGenerationVersion
from constructs_auth.rules._pool import POOL, given, given_block
from constructs_auth.rules.ask import one_of, outside, undecided
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_CONFIG = "lambda_config"
_OLDER, _NEWER = "pre_token_generation", "pre_token_generation_config"
_CHALLENGES = (
    "create_auth_challenge",
    "define_auth_challenge",
    "verify_auth_challenge_response",
)
_SENDERS = ("custom_email_sender", "custom_sms_sender")
_ARNS = (
    *_CHALLENGES,
    "custom_message",
    "kms_key_id",
    "post_authentication",
    "post_confirmation",
    "pre_authentication",
    "pre_sign_up",
    _OLDER,
    "user_migration",
)


def _version(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    tokens = given_block(config, _NEWER) if isinstance(config, Block) else config
    if isinstance(tokens, Unknown):
        yield Undecided(why=tokens.why, at=_CONFIG)
    elif tokens is not None:
        yield from one_of(tokens, "lambda_version", tuple(PreTokenGenerationVersion))


def _one_function(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if not isinstance(config, Block):
        return
    older, newer = given(config, _OLDER), given_block(config, _NEWER)
    if older is None or newer is None:
        return
    if not isinstance(newer, Block):
        yield undecided(config, _NEWER, newer)
        return
    written = config.values.get(_OLDER)
    if written is not None and written == newer.values.get("lambda_arn"):
        return
    arn = newer.peek_text("lambda_arn")
    if isinstance(older, Unknown):
        yield undecided(config, _OLDER, older)
    elif isinstance(arn, Unknown):
        yield undecided(newer, "lambda_arn", arn)
    else:
        yield Violation(
            text=f"must be that of {_NEWER}, which is {arn}, got {older}",
            at=f"{config.path}{_OLDER}",
        )


def _sender_version(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if not isinstance(config, Block):
        return
    for name in _SENDERS:
        sender = config.peek_block(name)
        if isinstance(sender, Block):
            yield from one_of(sender, "lambda_version", ("V1_0",))
        elif sender is not None:
            yield undecided(config, name, sender)


def _sender_key(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if not isinstance(config, Block):
        return
    senders = [name for name in _SENDERS if config.peek_block(name) is not None]
    if not senders or given(config, "kms_key_id") is not None:
        return
    sender = config.peek_block(senders[0])
    if isinstance(sender, Unknown):
        yield undecided(config, senders[0], sender)
    else:
        yield Violation(
            text=f"must be set for {' and '.join(senders)}, got null",
            at=f"{config.path}kms_key_id",
        )


def _arns(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if isinstance(config, Unknown):
        yield undecided(pool.body, _CONFIG, config)
        return
    if config is None:
        return
    for name in _ARNS:
        yield from _arn(config, name)
    for name in (*_SENDERS, _NEWER):
        block = config.peek_block(name)
        if isinstance(block, Block):
            yield from _arn(block, "lambda_arn")


def _arn(body: Block, name: str) -> Answers:
    value = given(body, name)
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None:
        yield from outside(value, limits.ARN, f"{body.path}{name}")


def _challenges_together(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if isinstance(config, Unknown):
        yield undecided(pool.body, _CONFIG, config)
        return
    if config is None:
        return
    missing = [name for name in _CHALLENGES if given(config, name) is None]
    if 0 < len(missing) < len(_CHALLENGES):
        yield Violation(
            text=f"must have all three triggers of custom authentication, got no "
            f"{' and no '.join(missing)}",
            at=_CONFIG,
        )


PRE_TOKEN_VERSION = Rule(
    id="CVF01",
    title="The version of token customization is one that Cognito has",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="set lambda_version to V1_0, V2_0 or V3_0",
    source="API, PreTokenGenerationLambdaVersionType",
    check=_version,
)
PRE_TOKEN_ONE_FUNCTION = Rule(
    id="CVF02",
    title="Both ways to name the token function name one function",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="leave pre_token_generation out; pre_token_generation_config says all",
    source="API, LambdaConfigType.PreTokenGeneration",
    check=_one_function,
)
CUSTOM_SENDER_VERSION = Rule(
    id="CVF03",
    title="Custom senders have version V1_0",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy='set lambda_version = "V1_0"',
    source="API, CustomEmailSenderLambdaVersionType and CustomSMSSenderLambdaVersionType",
    check=_sender_version,
)
CUSTOM_SENDER_KEY = Rule(
    id="CVF03B",
    title="Custom senders have a KMS key",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito hands codes to a custom sender encrypted, and refuses the pool without a key.",
    remedy="set kms_key_id to the ARN of a symmetric KMS key",
    source="API, LambdaConfigType.KMSKeyID; provider schema, RequiredWith",
    check=_sender_key,
)
LAMBDA_ARNS = Rule(
    id="CVF05",
    title="Triggers are named by ARN",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="write the ARN of the function, without $LATEST; of a key, its ARN",
    source="API, ArnType",
    check=_arns,
)
CHALLENGES_TOGETHER = Rule(
    id="CVF06",
    title="Custom authentication has all of its three triggers",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito calls them one after the other; with one missing, custom authentication fails.",
    remedy="set create_auth_challenge, define_auth_challenge and verify_auth_challenge_response, "
    "or none",
    source="developer guide, custom authentication challenge Lambda triggers",
    check=_challenges_together,
)
