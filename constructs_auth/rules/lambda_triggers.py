"""Lambda triggers, the key of custom senders, and the permission to call a function."""

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.facts.words import PreTokenGenerationVersion
from constructs_auth.rules.ask import (
    is_set,
    one_of,
    outside,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    separately,
)
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Elsewhere, Reference, Resource

POOL = types.USER_POOL
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
_KEY_AT = f"{_CONFIG}[0].kms_key_id"
_SERVICE, _SOURCE = "cognito-idp.amazonaws.com", "source_arn"


def _version(pool: Resource, _context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    tokens = None if config is None else config.given.block(_NEWER)
    if tokens is not None:
        yield from one_of(tokens, "lambda_version", tuple(PreTokenGenerationVersion))


def _one_function(pool: Resource, _context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    if config is None or not is_set(config, _OLDER):
        return
    newer = config.given.block(_NEWER)
    if newer is None:
        return
    if config.expression(_OLDER) == newer.expression("lambda_arn"):
        return
    older, arn = config.text(_OLDER), newer.text("lambda_arn")
    yield Violation(
        text=f"must be the function of {_NEWER}, {arn}, got {older}",
        at=f"{config.path}{_OLDER}",
    )


def _sender_version(pool: Resource, _context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    if config is not None:
        yield from separately(*(_has_version(config, name) for name in _SENDERS))


def _has_version(config: Block, name: str) -> Answers:
    sender = config.block(name)
    if sender is not None:
        yield from one_of(sender, "lambda_version", ("V1_0",))


def _sender_key(pool: Resource, _context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    senders = _senders(config)
    if config is None or not senders or is_set(config, "kms_key_id"):
        return
    config.block(senders[0])
    yield Violation(
        text=f"must be set for {' and '.join(senders)}, got null",
        at=f"{config.path}kms_key_id",
    )


def _senders(config: Block | None) -> tuple[str, ...]:
    """Name the custom senders that are set, known or not."""
    if config is None:
        return ()
    return tuple(name for name in _SENDERS if config.peek_block(name) is not None)


def _arns(pool: Resource, _context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    if config is not None:
        yield from separately(
            *(_arn(config, name) for name in _ARNS),
            *(_arn_of_block(config, name) for name in (*_SENDERS, _NEWER)),
        )


def _arn(body: Block, name: str) -> Answers:
    value = body.given.text(name)
    if value:
        yield from outside(value, limits.ARN, f"{body.path}{name}")


def _arn_of_block(config: Block, name: str) -> Answers:
    block = config.peek_block(name)
    if isinstance(block, Block):
        yield from _arn(block, "lambda_arn")


def _challenges_together(pool: Resource, _context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    if config is None:
        return
    missing = [name for name in _CHALLENGES if not is_set(config, name)]
    if 0 < len(missing) < len(_CHALLENGES):
        yield Violation(
            text=f"must have all three triggers of custom authentication, got no "
            f"{' and no '.join(missing)}",
            at=_CONFIG,
        )


def _is_own_and_rotates(pool: Resource, context: Context) -> Answers:
    config = pool.body.block(_CONFIG)
    if config is None or not _senders(config):
        return
    written = config.peek_text("kms_key_id")
    if isinstance(written, str) and ":alias/aws/" in written:
        yield Violation(text=f"must be your own key, got {written}", at=_KEY_AT)
        return
    key = context.configuration.target(pool, _CONFIG, types.KMS_KEY, by="arn", value=written)
    if not isinstance(key, Resource):
        yield Undecided(why="the key is not in this configuration", at=_KEY_AT)
    elif key.body.flag("enable_key_rotation") is not True:
        yield Violation(text=f"must name a key that rotates, got {key.address}", at=_KEY_AT)


def _names_the_pool(permission: Resource, _context: Context) -> Answers:
    if permission.body.text("principal") != _SERVICE:
        return
    written = permission.body.peek_text(_SOURCE)
    if isinstance(written, Unknown) and any(map(_is_pool, permission.references.get(_SOURCE, ()))):
        return
    source = permission.body.text(_SOURCE)
    if not source:
        yield Violation(text="must be the ARN of a user pool, got null", at=_SOURCE)
    elif ":cognito-idp:" not in source or ":userpool/" not in source or "*" in source:
        yield Violation(text=f"must be the ARN of one user pool, got {source!r}", at=_SOURCE)


def _is_pool(named: Reference | Elsewhere) -> bool:
    return isinstance(named, Reference) and f"{POOL}." in named.address


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVF01",
        slug="pre-token-version",
        title="The version of the token trigger must be one that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="set lambda_version to V1_0, V2_0 or V3_0",
        source="API, PreTokenGenerationLambdaVersionType",
        check=_version,
    ),
    Rule(
        id="CVF02",
        slug="one-pre-token-function",
        title="Both arguments for the token trigger must name the same function",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="remove pre_token_generation; pre_token_generation_config replaces it",
        source="API, LambdaConfigType.PreTokenGeneration; «Cannot use PreTokenGenerationLambda "
        "and PreTokenGeneration with different Lambda function ARN's», "
        "badmintoncryer/cdk-preflight, pf-cognito-pre-token-generation-legacy-mix",
        check=_one_function,
    ),
    Rule(
        id="CVF03",
        slug="custom-sender-version",
        title="Custom senders must have version V1_0",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy='set lambda_version = "V1_0"',
        source="API, CustomEmailSenderLambdaVersionType and CustomSMSSenderLambdaVersionType",
        check=_sender_version,
    ),
    Rule(
        id="CVF03B",
        slug="custom-sender-key",
        title="Custom senders must have a KMS key",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito encrypts the codes for a custom sender, and refuses the pool without a key.",
        remedy="set kms_key_id to the ARN of a symmetric KMS key",
        source="«KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used», "
        "badmintoncryer/cdk-preflight, pf-cognito-custom-email-sender-kms; AWS provider "
        "5.100.0, lambda_config, RequiredWith",
        check=_sender_key,
    ),
    Rule(
        id="CVF05",
        slug="trigger-arns",
        title="Triggers must be given by ARN",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="write the ARN of the function, without $LATEST; for a key, write its ARN",
        source="API, ArnType",
        check=_arns,
    ),
    Rule(
        id="CVF06",
        slug="challenge-triggers-together",
        title="Custom authentication must have all three triggers",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=POOL,
        why="Cognito calls them one after the other. If one is missing, custom authentication "
        "fails.",
        remedy="set create_auth_challenge, define_auth_challenge and "
        "verify_auth_challenge_response, or none",
        source="developer guide, «Custom authentication challenge Lambda triggers»",
        check=_challenges_together,
    ),
    Rule(
        id="CG121",
        slug="own-rotating-sender-key",
        title="The key of custom senders must be your own, and rotate",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=POOL,
        why="The key protects every code and temporary password that the pool sends.",
        remedy="set kms_key_id to an aws_kms_key with enable_key_rotation = true",
        python_remedy="set kms_key_id of LambdaTriggers to the ARN of your own key, which rotates",
        source="developer guide, «Custom sender Lambda triggers»",
        check=_is_own_and_rotates,
    ),
    Rule(
        id="CG120",
        slug="trigger-permission-for-one-pool",
        title="A function must allow Cognito to call it for one pool only",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=types.LAMBDA_PERMISSION,
        why="Without source_arn, an attacker's pool in any account can call the function with "
        "forged events (the confused deputy).",
        remedy="set source_arn = aws_cognito_user_pool.….arn",
        python_remedy="set source_arn of the permission to the ARN of one pool, or remove it: "
        "LambdaTriggers creates one for its pool only",
        source="Lambda developer guide, «Granting access to AWS services»",
        check=_names_the_pool,
    ),
)
