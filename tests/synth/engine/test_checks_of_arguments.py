"""jsii's checks of arguments are made faster, and accept and refuse what they did."""

# ruff: noqa: UP007, UP045 (annotations as jsii writes them)
import typing
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from constructs_auth.engine import (
    App,
    CognitoUserPool,
    CognitoUserPoolPasswordPolicy as Policy,
    Construct,
    IResolvable,
    TerraformStack,
    Token,
)
from constructs_auth.engine._loading import _with_plain_values_first


class Word(StrEnum):
    """A text that is no plain one."""

    ON = "ON"


class Number(int):
    """A number that is no plain one."""


class Own(App):
    """An app of a program."""


TYPES = (
    *(str, int, float, bool, object, typing.Any, App, Construct, IResolvable, Policy),
    *(typing.Optional[each] for each in (str, int, float, bool, App)),
    typing.Union[bool, App, None],
    typing.Union[int, float],
    typing.Sequence,
    typing.Sequence[str],
    typing.Sequence[typing.Sequence[str]],
    typing.Union[typing.Sequence[int], typing.Sequence[Policy]],
    typing.Optional[typing.Sequence[str]],
    typing.Optional[typing.Union[App, dict[str, typing.Any]]],
    typing.Union[Policy, typing.Dict[str, typing.Any], None],  # noqa: UP006
    typing.Union[IResolvable, typing.Sequence[typing.Union[Policy, typing.Dict[str, typing.Any]]]],  # noqa: UP006
    typing.Mapping[str, str],
)
VALUES: tuple[object, ...] = (
    *(None, True, False, 0, 7, 1.5, "", "text", b"text"),
    *(Word.ON, Number(3), [], ["text"], [7], (), {}, {"a": "b"}, {"a": 1}, object(), str),
    *(
        ["text", Word.ON],
        ["text", None],
        [["text"]],
        [[7]],
        [7, True],
        [7, Policy()],
        [App],
        ("text",),
        {"text"},
        [Policy()],
        [{}],
    ),
    *(Policy(), Policy(minimum_length=8), Policy, Word, Own, range(3)),
)


def outcome(check: Callable[..., object], value: object, expected: object) -> object:
    """Return what *check* returns, or the text of its error."""
    try:
        return check(argname="argument name", value=value, expected_type=expected)
    except TypeError as error:
        return str(error)


def test_every_value_has_the_answer_of_the_general_check() -> None:
    # That of CDKTF is the same as those of the bindings.
    general: Any = App.__init__.__globals__["check_type"]
    fast = _with_plain_values_first(general)
    values = (*VALUES, App(), Own(), TerraformStack(App(), "stack"), Token.as_any({"a": "b"}))
    for _ in range(2):  # the second time from what it remembers
        for expected in TYPES:
            for value in values:
                assert outcome(fast, value, expected) == outcome(general, value, expected)


def test_plain_values_need_no_general_check() -> None:
    asked: list[object] = []

    def general(argname: str, value: object, expected_type: Any) -> None:  # noqa: ARG001
        asked.append(value)

    fast = _with_plain_values_first(general)
    for value in ("text", None, Word.ON, 1, Word.ON, 1):
        fast(argname="a", value=value, expected_type=typing.Optional[str])
    assert asked == [Word.ON, 1, 1]
    for texts in ([], ["text"], [Word.ON], [1]):
        fast(argname="a", value=texts, expected_type=typing.Optional[typing.Sequence[str]])
    assert asked[3:] == [[Word.ON], [1]]


def test_a_program_gets_the_error_for_a_wrong_value() -> None:
    stack = TerraformStack(App(), "stack")
    with pytest.raises(TypeError, match="type of argument name must be str; got int instead"):
        CognitoUserPool(stack, "users", name=7)  # type: ignore[arg-type]  # that is the test
