"""The Lambda functions that Cognito calls."""

from dataclasses import fields
from typing import Any

import pytest

from constructs_auth import (
    LambdaAlias,
    LambdaTriggers,
    PreTokenGeneration,
    PreTokenGenerationVersion,
)
from constructs_auth.values.lambda_triggers import (
    function_and_qualifier,
    functions_of,
    invoked_arn,
)
from tests.unit.samples import (
    FUNCTION_ARN,
    HAND_WRITTEN,
    KEY_ARN,
    ROLE_ARN,
    TEXT_TOKEN,
    TEXTS,
    refusal,
)

QUALIFIED_ARN = f"{FUNCTION_ARN}:live"
REMEDY = "give the ARN of a Lambda function, the function's construct, or a LambdaAlias"
QUALIFIER = "write the name of an alias or the number of a version"
KMS = "write the ARN of a KMS key"
VERSION = PreTokenGenerationVersion.V2_0
TRIGGERS = [
    field.name
    for field in fields(LambdaTriggers)
    if field.name not in {"kms_key_id", "pre_token_generation", "without_permission"}
]


class Construct:
    """A function as a construct: it has an ARN, known or not."""

    def __init__(self, arn: Any) -> None:
        self._arn = arn

    @property
    def arn(self) -> Any:
        """The ARN of the function."""
        return self._arn

    def __repr__(self) -> str:
        """Look the same in every run."""
        return "Construct()"


def test_nothing_is_called_by_default() -> None:
    assert list(functions_of(LambdaTriggers())) == []


@pytest.mark.parametrize(
    "function",
    [
        FUNCTION_ARN,
        QUALIFIED_ARN,
        f"{FUNCTION_ARN}:7",
        FUNCTION_ARN.replace("arn:aws:", "arn:aws-cn:"),
        FUNCTION_ARN.replace("arn:aws:", "arn:aws-us-gov:"),
        *TEXTS,
        Construct(FUNCTION_ARN),
        Construct(TEXT_TOKEN),
        LambdaAlias(function=FUNCTION_ARN, qualifier="live"),
    ],
    ids=str,
)
def test_every_trigger_takes_an_arn_a_construct_or_an_alias(function: Any) -> None:
    for trigger in TRIGGERS:
        given: dict[str, Any] = {trigger: function, "kms_key_id": KEY_ARN}
        assert list(functions_of(LambdaTriggers(**given))) == [(trigger, function)]


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("greet", f"must be the ARN of a Lambda function, got 'greet'; {REMEDY}"),
        ("", f"must be the ARN of a Lambda function, got ''; {REMEDY}"),
        (ROLE_ARN, f"must be the ARN of a Lambda function, got {ROLE_ARN!r}; {REMEDY}"),
        (
            "arn:aws:lambda:eu-west-1:123456789012:layer:tools:3",
            (
                "must be the ARN of a Lambda function, "
                f"got 'arn:aws:lambda:eu-west-1:123456789012:layer:tools:3'; {REMEDY}"
            ),
        ),
        (
            "arn:aws:sns:eu-west-1:123456789012:function:greet",
            (
                "must be the ARN of a Lambda function, "
                f"got 'arn:aws:sns:eu-west-1:123456789012:function:greet'; {REMEDY}"
            ),
        ),
        (5, f"must be a function, got 5; {REMEDY}"),
        ([FUNCTION_ARN], f"must be a function, got [{FUNCTION_ARN!r}]; {REMEDY}"),
        ({}, f"must be a function, got {{}}; {REMEDY}"),
        (Construct(None), f"must be the ARN of a Lambda function, got None; {REMEDY}"),
        (Construct("greet"), f"must be the ARN of a Lambda function, got 'greet'; {REMEDY}"),
    ],
)
def test_refuses_what_is_no_function(function: Any, text: str) -> None:
    assert refusal(lambda: LambdaTriggers(pre_sign_up=function)) == (
        f"LambdaTriggers.pre_sign_up: {text}"
    )
    make = {"function": function, "version": VERSION}
    assert refusal(lambda: PreTokenGeneration(**make)) == f"PreTokenGeneration.function: {text}"
    assert refusal(lambda: LambdaAlias(function=function, qualifier="live")) == (
        f"LambdaAlias.function: {text}"
    )


def test_refuses_a_class_in_place_of_a_construct() -> None:
    """It has an attribute `arn` as well, which is no text."""
    wrong: Any = Construct
    assert refusal(lambda: LambdaTriggers(pre_sign_up=wrong)) == (
        "LambdaTriggers.pre_sign_up: must be the ARN of a Lambda function, "
        f"got {Construct.arn!r}; {REMEDY}"
    )


def test_refuses_tokens_where_another_function_is_expected() -> None:
    wrong: Any = PreTokenGeneration(function=FUNCTION_ARN, version=VERSION)
    assert refusal(lambda: LambdaTriggers(pre_sign_up=wrong)) == (
        f"LambdaTriggers.pre_sign_up: must be a function, got {wrong!r}; {REMEDY}"
    )


@pytest.mark.parametrize("wrong", [FUNCTION_ARN, LambdaAlias(function=FUNCTION_ARN, qualifier="1")])
def test_refuses_token_generation_without_a_version(wrong: Any) -> None:
    assert refusal(lambda: LambdaTriggers(pre_token_generation=wrong)) == (
        "LambdaTriggers.pre_token_generation: must be of type PreTokenGeneration, "
        f"got {wrong!r}; write PreTokenGeneration(…)"
    )


@pytest.mark.parametrize("version", ["V4_0", 2, None, True])
def test_refuses_an_unknown_version(version: Any) -> None:
    assert refusal(lambda: PreTokenGeneration(function=FUNCTION_ARN, version=version)) == (
        "PreTokenGeneration.version: must be a member of PreTokenGenerationVersion, "
        f"got {version!r}; choose from PreTokenGenerationVersion.V1_0, "
        "PreTokenGenerationVersion.V2_0, PreTokenGenerationVersion.V3_0"
    )


@pytest.mark.parametrize("version", ["V2_0", VERSION])
def test_accepts_a_version_or_its_text(version: Any) -> None:
    tokens = PreTokenGeneration(function=FUNCTION_ARN, version=version)
    assert tokens.version is VERSION
    triggers = LambdaTriggers(pre_token_generation=tokens)
    assert list(functions_of(triggers)) == [("pre_token_generation", FUNCTION_ARN)]


def test_a_token_passes_as_version() -> None:
    token: Any = HAND_WRITTEN
    assert PreTokenGeneration(function=FUNCTION_ARN, version=token).version == HAND_WRITTEN


def test_triggers_come_in_the_order_of_their_names() -> None:
    triggers = LambdaTriggers(
        user_migration=FUNCTION_ARN, custom_message=FUNCTION_ARN, pre_sign_up=FUNCTION_ARN
    )
    assert [name for name, _ in functions_of(triggers)] == [
        "custom_message",
        "pre_sign_up",
        "user_migration",
    ]


@pytest.mark.parametrize("sender", ["custom_email_sender", "custom_sms_sender"])
def test_refuses_a_custom_sender_without_its_key(sender: str) -> None:
    given: dict[str, Any] = {sender: FUNCTION_ARN}
    assert refusal(lambda: LambdaTriggers(**given)) == (
        "LambdaTriggers.kms_key_id: must be set with a custom sender, got None; "
        "write the ARN of the KMS key that Cognito encrypts codes with"
    )


@pytest.mark.parametrize("key", [KEY_ARN, *TEXTS])
def test_accepts_a_key_or_its_token(key: str) -> None:
    assert LambdaTriggers(custom_sms_sender=FUNCTION_ARN, kms_key_id=key).kms_key_id == key


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (FUNCTION_ARN, f"must be an ARN of the service kms, got {FUNCTION_ARN!r}; {KMS}"),
        ("alias/users", f"must be 20 to 2048 characters, not 11, got 'alias/users'; {KMS}"),
        (5, f"must be a text, got 5; {KMS}"),
    ],
)
def test_refuses_what_is_no_key(key: Any, text: str) -> None:
    assert refusal(lambda: LambdaTriggers(kms_key_id=key)) == f"LambdaTriggers.kms_key_id: {text}"


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        ("", f"must be 1 to 128 characters, not 0, got ''; {QUALIFIER}"),
        (
            "$LATEST",
            f"must be 1 to 128 characters, letters, digits, _ and -, got '$LATEST'; {QUALIFIER}",
        ),
        ("a b", f"must be 1 to 128 characters, letters, digits, _ and -, got 'a b'; {QUALIFIER}"),
        (7, f"must be a text, got 7; {QUALIFIER}"),
        (None, f"must be a text, got None; {QUALIFIER}"),
    ],
)
def test_refuses_what_is_no_qualifier(qualifier: Any, text: str) -> None:
    assert refusal(lambda: LambdaAlias(function=FUNCTION_ARN, qualifier=qualifier)) == (
        f"LambdaAlias.qualifier: {text}"
    )


@pytest.mark.parametrize("function", [QUALIFIED_ARN, Construct(QUALIFIED_ARN)])
def test_refuses_two_qualifiers(function: Any) -> None:
    assert refusal(lambda: LambdaAlias(function=function, qualifier="7")) == (
        f"LambdaAlias.function: must not have a qualifier of its own, got {function!r}; "
        "remove the last part of the ARN"
    )


def test_refuses_an_alias_of_an_alias() -> None:
    alias: Any = LambdaAlias(function=FUNCTION_ARN, qualifier="live")
    assert refusal(lambda: LambdaAlias(function=alias, qualifier="7")) == (
        f"LambdaAlias.function: must not be an alias itself, got {alias!r}; give the function, and "
        "one qualifier"
    )


@pytest.mark.parametrize(
    ("function", "invoked", "arn", "qualifier"),
    [
        (FUNCTION_ARN, FUNCTION_ARN, FUNCTION_ARN, None),
        (QUALIFIED_ARN, QUALIFIED_ARN, FUNCTION_ARN, "live"),
        (Construct(FUNCTION_ARN), FUNCTION_ARN, FUNCTION_ARN, None),
        (
            LambdaAlias(function=FUNCTION_ARN, qualifier="live"),
            QUALIFIED_ARN,
            FUNCTION_ARN,
            "live",
        ),
        (
            LambdaAlias(function=Construct(TEXT_TOKEN), qualifier="7"),
            f"{TEXT_TOKEN}:7",
            TEXT_TOKEN,
            "7",
        ),
        (LambdaAlias(function=HAND_WRITTEN, qualifier=TEXT_TOKEN), None, HAND_WRITTEN, TEXT_TOKEN),
        (TEXT_TOKEN, TEXT_TOKEN, TEXT_TOKEN, None),
    ],
)
def test_tells_what_is_called_from_what_permission_is_for(
    function: Any, invoked: str | None, arn: str, qualifier: str | None
) -> None:
    assert invoked_arn(function) == (invoked or f"{HAND_WRITTEN}:{TEXT_TOKEN}")
    assert function_and_qualifier(function) == (arn, qualifier)
