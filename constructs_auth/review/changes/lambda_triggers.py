"""The functions that Cognito calls, and what they mean for sign-in."""

from constructs_auth.facts.limits import TRIGGER_SECONDS
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.review import compare
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.block import UnknownValueError

_SOURCE = "API, LambdaConfigType; developer guide, «Customizing user pool workflows»"
_TOKENS = "claims that applications expect may be missing from tokens"
_CHALLENGE = "sign-in with a custom challenge fails for all of its users"
_WITHOUT = {
    "create_auth_challenge": (Effect.BREAKS, _CHALLENGE),
    "custom_message": (Effect.BREAKS, "users get Cognito's default texts"),
    "define_auth_challenge": (Effect.BREAKS, _CHALLENGE),
    "post_authentication": (Effect.BREAKS, "it no longer records sign-ins"),
    "post_confirmation": (Effect.BREAKS, "it no longer sets up new users"),
    "pre_authentication": (Effect.WEAKENS, "sign-ins that it blocked succeed"),
    "pre_sign_up": (Effect.WEAKENS, "sign-ups that it blocked succeed"),
    "pre_token_generation": (Effect.BREAKS, _TOKENS),
    "pre_token_generation_config.lambda_arn": (Effect.BREAKS, _TOKENS),
    "user_migration": (Effect.BREAKS, "users who have not been migrated yet cannot sign in"),
    "verify_auth_challenge_response": (Effect.BREAKS, _CHALLENGE),
}
_SENDERS = {
    "custom_email_sender.lambda_arn": "e-mail",
    "custom_sms_sender.lambda_arn": "SMS",
}


def _triggers_change(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(*(_trigger_changes(change, name) for name in _WITHOUT))


def _trigger_changes(change: Change, name: str) -> Answers:
    function = compare.text(change, f"lambda_config.{name}")
    if function is None or _is_same_twice(change, name, function.after):
        return
    effect, without = _WITHOUT[name]
    trigger = name.partition(".")[0]
    if function.after is None:
        text = f"The trigger {trigger} is removed: {without}."
    elif function.before is None:
        effect = Effect.BREAKS
        text = (
            f"Cognito starts to call the trigger {trigger} ({_function(function.after)}). If it "
            f"fails or takes more than {TRIGGER_SECONDS} seconds, Cognito rejects the user."
        )
    else:
        effect = Effect.BREAKS
        text = (
            f"The trigger {trigger} changes from {_function(function.before)} to "
            f"{_function(function.after)}: unless it does the same, {without}."
        )
    yield Meaning(text=text, at=function.at, effect=effect)


def _is_same_twice(change: Change, name: str, function: str | None) -> bool:
    """Return whether the provider only shows the same function in its old and new argument."""
    if name != "pre_token_generation":
        return False
    try:
        other = compare.text(change, "lambda_config.pre_token_generation_config.lambda_arn")
    except UnknownValueError:
        return False
    return other is not None and other.after == function


def _version_changes(change: Change, _surroundings: Surroundings) -> Answers:
    version = compare.text(change, "lambda_config.pre_token_generation_config.lambda_version")
    if version is not None and version.before and version.after:
        yield Meaning(
            text=f"The token trigger gets events of version {version.after} instead of "
            f"{version.before}. If its function does not support them, every sign-in fails or "
            "claims are missing.",
            at=version.at,
        )


def _senders_change(change: Change, _surroundings: Surroundings) -> Answers:
    senders = (_sender_changes(change, name, what) for name, what in _SENDERS.items())
    return separately(*senders, _key_changes(change))


def _sender_changes(change: Change, name: str, what: str) -> Answers:
    function = compare.text(change, f"lambda_config.{name}")
    if function is None:
        return
    if function.after is None:
        text = f"Cognito itself sends {what} again, with its default sender and limits"
    elif function.before is None:
        text = (
            f"Users get no codes by {what} unless the new function {_function(function.after)} "
            "sends them"
        )
    else:
        text = (
            f"{_function(function.after)} sends codes by {what} instead of "
            f"{_function(function.before)}: if it fails, users get none"
        )
    yield Meaning(text=f"{text}.", at=function.at)


def _key_changes(change: Change) -> Answers:
    key = compare.text(change, "lambda_config.kms_key_id")
    if key is not None and key.before and key.after:
        yield Meaning(
            text="Cognito encrypts codes with another key: users get none until the sender's "
            "function may decrypt with it.",
            at=key.at,
        )


def _function(arn: str) -> str:
    """Return the function name in an ARN."""
    return arn.partition(":function:")[2] or arn


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH12",
        slug="lambda-trigger-changed",
        title="A Lambda trigger is removed, added or changed",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="test the flow with the new triggers in a test pool, and keep lambda_config "
        "complete: Terraform removes a trigger that it does not list",
        source=_SOURCE,
        check=_triggers_change,
    ),
    ChangeRule(
        id="CH13",
        slug="token-trigger-version-changed",
        title="The event version of the token trigger changes",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="deploy a function that understands both versions first",
        source="API, PreTokenGenerationVersionConfigType.LambdaVersion",
        check=_version_changes,
    ),
    ChangeRule(
        id="CH14",
        slug="custom-sender-changed",
        title="A custom sender or its key changes",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="grant the new function kms:Decrypt on the key first, and send a code in a test "
        "pool",
        source="API, CustomEmailLambdaVersionConfigType, LambdaConfigType.KMSKeyID",
        check=_senders_change,
    ),
)
