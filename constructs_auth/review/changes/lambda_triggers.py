"""Which functions Cognito calls, and what that means for who signs in."""

from collections.abc import Iterator

from constructs_auth.review import compare
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_SOURCE = "API, LambdaConfigType; developer guide, «Customizing user pool workflows»"
_TOKENS = "claims that applications expect may be missing from tokens"
_CHALLENGE = "sign-in with a custom challenge fails for everybody who uses it"
_WITHOUT = {
    "create_auth_challenge": (Effect.BREAKS, _CHALLENGE),
    "custom_message": (Effect.BREAKS, "users get Cognito's own texts instead"),
    "define_auth_challenge": (Effect.BREAKS, _CHALLENGE),
    "post_authentication": (Effect.BREAKS, "what it records of each sign-in is missing"),
    "post_confirmation": (Effect.BREAKS, "new users are not set up"),
    "pre_authentication": (Effect.WEAKENS, "sign-ins that it refused are let in"),
    "pre_sign_up": (Effect.WEAKENS, "sign-ups that it refused are let in"),
    "pre_token_generation": (Effect.BREAKS, _TOKENS),
    "pre_token_generation_config.lambda_arn": (Effect.BREAKS, _TOKENS),
    "user_migration": (Effect.BREAKS, "users who have not been migrated yet cannot sign in"),
    "verify_auth_challenge_response": (Effect.BREAKS, _CHALLENGE),
}
_SENDERS = {
    "custom_email_sender.lambda_arn": "e-mail",
    "custom_sms_sender.lambda_arn": "SMS",
}


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    for name, (effect, without) in _WITHOUT.items():
        moved = compare.text(change, f"lambda_config.{name}")
        if isinstance(moved, Undecided):
            yield moved
        elif isinstance(moved, AttributeChange) and not _is_same_twice(change, name, moved):
            yield _told(name.partition(".")[0], moved, effect, without)


def _is_same_twice(change: Change, name: str, moved: AttributeChange[str | None]) -> bool:
    """Say whether the provider only shows one function in its old and its new argument."""
    if name != "pre_token_generation":
        return False
    other = compare.text(change, "lambda_config.pre_token_generation_config.lambda_arn")
    return isinstance(other, AttributeChange) and other.after == moved.after


def _told(name: str, moved: AttributeChange[str | None], effect: Effect, without: str) -> Meaning:
    if moved.after is None:
        text = f"The trigger {name} is taken away: {without}."
        return Meaning(text=text, at=moved.at, effect=effect)
    if moved.before is None:
        text = (
            f"From now on Cognito calls the trigger {name} ({_function(moved.after)}), and "
            "refuses people where it fails or takes more than 5 seconds."
        )
    else:
        text = (
            f"The trigger {name} becomes {_function(moved.after)}: where it does not do what "
            f"{_function(moved.before)} did, {without}."
        )
    return Meaning(text=text, at=moved.at, effect=Effect.BREAKS)


def _changes_version(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, "lambda_config.pre_token_generation_config.lambda_version")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before and moved.after:
        yield Meaning(
            text=f"The trigger that makes tokens gets events of {moved.after} instead of "
            f"{moved.before}: a function that was written for the old ones fails, and with it "
            "every sign-in, or its claims are missing.",
            at=moved.at,
        )


def _changes_sender(change: Change, _surroundings: Surroundings) -> Answers:
    for name, what in _SENDERS.items():
        moved = compare.text(change, f"lambda_config.{name}")
        if isinstance(moved, Undecided):
            yield moved
        elif isinstance(moved, AttributeChange):
            yield from _sent(moved, what)
    key = compare.text(change, "lambda_config.kms_key_id")
    if isinstance(key, Undecided):
        yield key
    elif isinstance(key, AttributeChange) and key.before and key.after:
        yield Meaning(
            text="Codes are encrypted with another key: nobody gets one until the function that "
            "sends them may decrypt with it.",
            at=key.at,
        )


def _sent(moved: AttributeChange[str | None], what: str) -> Iterator[Meaning]:
    if moved.after is None:
        text = f"Cognito sends {what} by itself again, with its own sender and limits"
    elif moved.before is None:
        text = (
            f"No code arrives by {what} unless the new function {_function(moved.after)} sends it"
        )
    else:
        text = (
            f"Codes by {what} go through {_function(moved.after)} instead of "
            f"{_function(moved.before)}: where it fails, nobody gets one"
        )
    yield Meaning(text=f"{text}.", at=moved.at)


def _function(arn: str) -> str:
    """Give the name in a function's ARN."""
    return arn.partition(":function:")[2] or arn


TRIGGER_CHANGED = ChangeRule(
    id="CH12",
    title="A Lambda trigger is removed, added or changed",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="try the flow in a test pool with the new triggers, and keep lambda_config complete: "
    "a trigger that is left out is taken away",
    source=_SOURCE,
    check=_changes,
)
TOKEN_TRIGGER_VERSION = ChangeRule(
    id="CH13",
    title="The token trigger gets another kind of event",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="deploy a function that understands both versions first",
    source="API, PreTokenGenerationVersionConfigType.LambdaVersion",
    check=_changes_version,
)
CUSTOM_SENDER_CHANGED = ChangeRule(
    id="CH14",
    title="A custom sender or its key changes",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="grant the new function kms:Decrypt on the key first, and have a code sent in a test "
    "pool",
    source="API, CustomEmailLambdaVersionConfigType, LambdaConfigType.KMSKeyID",
    check=_changes_sender,
)
