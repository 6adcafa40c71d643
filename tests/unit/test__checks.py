import os
import subprocess
import sys
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import _checks
from constructs_auth.facts.limits import Range, Text
from constructs_auth.facts.words import SECONDS_IN
from tests.unit.samples import (
    HAND_WRITTEN,
    LIST_TOKEN,
    NUMBER_TOKEN,
    OBJECT_TOKEN,
    TEXT_TOKEN,
    TEXTS,
    refusal,
)

DAYS = Range(minimum=1, maximum=9, unit="days", shape=None, source="these tests")
PRIORITY = Range(minimum=1, maximum=2, shape=None, source="these tests")
MINUTES = Range(minimum=60, maximum=86_400, unit="seconds", shape=None, source="these tests")
WORD = Text(
    minimum=2,
    maximum=5,
    pattern="[a-z]+",
    allowed="small letters",
    shape=None,
    source="these tests",
)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), [float("-inf")], {"a": [float("nan")]}]
)
def test_a_number_that_json_lacks_is_refused(value: Any) -> None:
    text = refusal(lambda: _checks.finite("Share", value))
    assert text.startswith("Share: must be a finite number, got ")


def test_other_values_are_finite() -> None:
    for value in (1.5, 7, "nan", [1, "a", None], {"a": True}, NUMBER_TOKEN):
        _checks.finite("Share", value)


class Fruit(StrEnum):
    APPLE = "apple"
    PEAR = "pear"


class Week(IntEnum):
    WORKDAYS = 5


@pytest.mark.parametrize("value", [1, 5, 9, NUMBER_TOKEN])
def test_accepts_a_whole_number_or_its_token(value: Any) -> None:
    _checks.whole_number("n", value, DAYS, remedy="count again")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "n: must be from 1 to 9 days, got 0; count again"),
        (10, "n: must be from 1 to 9 days, got 10; count again"),
        (-1, "n: must be from 1 to 9 days, got -1; count again"),
        (True, "n: must be a whole number from 1 to 9 days, got True; count again"),
        (2.0, "n: must be a whole number from 1 to 9 days, got 2.0; count again"),
        (float("nan"), "n: must be a whole number from 1 to 9 days, got nan; count again"),
        ("5", "n: must be a whole number from 1 to 9 days, got '5'; count again"),
        (None, "n: must be a whole number from 1 to 9 days, got None; count again"),
        ([5], "n: must be a whole number from 1 to 9 days, got [5]; count again"),
        ({}, "n: must be a whole number from 1 to 9 days, got {}; count again"),
        (
            Week.WORKDAYS,
            "n: must be a whole number from 1 to 9 days, got <Week.WORKDAYS: 5>; pass the value of "
            "the member",
        ),
    ],
)
def test_refuses_what_is_no_whole_number_in_range(value: Any, text: str) -> None:
    assert refusal(lambda: _checks.whole_number("n", value, DAYS, remedy="count again")) == text


def test_a_range_without_unit_has_none_in_the_text() -> None:
    assert refusal(lambda: _checks.whole_number("n", 3, PRIORITY, remedy="count again")) == (
        "n: must be from 1 to 2, got 3; count again"
    )


@given(st.integers())
def test_without_a_range_any_whole_number_passes(value: int) -> None:
    _checks.whole_number("n", value, None, remedy="count again")


@pytest.mark.parametrize("value", [True, 1.5, "1"])
def test_without_a_range_only_whole_numbers_pass(value: Any) -> None:
    assert refusal(lambda: _checks.whole_number("n", value, None, remedy="count again")) == (
        f"n: must be a whole number, got {value!r}; count again"
    )


@pytest.mark.parametrize("value", [True, False, OBJECT_TOKEN])
def test_accepts_a_flag_or_its_token(value: Any) -> None:
    _checks.flag("f", value)


@pytest.mark.parametrize("value", [None, 0, 1, "True", [True], {}])
def test_refuses_what_is_no_flag(value: Any) -> None:
    text = f"f: must be True or False, got {value!r}; write one of them"
    assert refusal(lambda: _checks.flag("f", value)) == text
    assert refusal(lambda: _checks.known_flag("f", value)) == text


@pytest.mark.parametrize("value", [TEXT_TOKEN, NUMBER_TOKEN, OBJECT_TOKEN])
def test_a_flag_decided_before_terraform_is_no_token(value: Any) -> None:
    assert refusal(lambda: _checks.known_flag("f", value)) == (
        f"f: must be True or False, got {value!r}; write one of them"
    )


@pytest.mark.parametrize("value", [True, False])
def test_accepts_a_known_flag(value: bool) -> None:  # noqa: FBT001 - the value that is tested
    _checks.known_flag("f", value)


@pytest.mark.parametrize("value", ["ab", "abcde", *TEXTS, f"pre-{TEXT_TOKEN}"])
def test_accepts_a_text_or_its_token(value: str) -> None:
    _checks.text("t", value, WORD, remedy="rename it")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "t: must be 2 to 5 characters, not 1, got 'a'; rename it"),
        ("", "t: must be 2 to 5 characters, not 0, got ''; rename it"),
        ("abcdef", "t: must be 2 to 5 characters, not 6, got 'abcdef'; rename it"),
        ("ab1", "t: must be 2 to 5 characters, small letters, got 'ab1'; rename it"),
        ("abc\n", "t: must be 2 to 5 characters, small letters, got 'abc\\n'; rename it"),
        (None, "t: must be a text, got None; rename it"),
        (7, "t: must be a text, got 7; rename it"),
        (b"abc", "t: must be a text, got b'abc'; rename it"),
        (["abc"], "t: must be a text, got ['abc']; rename it"),
        ({}, "t: must be a text, got {}; rename it"),
    ],
)
def test_refuses_a_text_that_does_not_fit(value: Any, text: str) -> None:
    assert refusal(lambda: _checks.text("t", value, WORD, remedy="rename it")) == text


@pytest.mark.parametrize("value", ["x", *TEXTS])
def test_accepts_a_filled_text_or_its_token(value: str) -> None:
    _checks.filled_text("t", value, remedy="write one")


@pytest.mark.parametrize("value", ["", None, 1, ["x"]])
def test_refuses_what_is_no_filled_text(value: Any) -> None:
    assert refusal(lambda: _checks.filled_text("t", value, remedy="write one")) == (
        f"t: must be a text that is not empty, got {value!r}; write one"
    )


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
def test_accepts_arns_of_every_partition(partition: str) -> None:
    arn = f"arn:{partition}:kms:cn-north-1:123456789012:key/1"
    _checks.arn("a", arn, service="kms", remedy="copy it")


@pytest.mark.parametrize("value", TEXTS)
def test_accepts_a_token_as_arn(value: str) -> None:
    _checks.arn("a", value, service="kms", remedy="copy it")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            "arn:aws:s3:eu-west-1:123456789012:x",
            "a: must be an ARN of the service kms, got 'arn:aws:s3:eu-west-1:123456789012:x'; "
            "copy it",
        ),
        (
            "alias/the-key-of-our-users",
            "a: must be 20 to 2048 characters, arn:partition:service:region:account:resource, "
            "got 'alias/the-key-of-our-users'; copy it",
        ),
        (None, "a: must be a text, got None; copy it"),
    ],
)
def test_refuses_what_is_no_arn_of_the_service(value: Any, text: str) -> None:
    assert refusal(lambda: _checks.arn("a", value, service="kms", remedy="copy it")) == text


@pytest.mark.parametrize("value", ["eu-west-1", "us-gov-east-1", *TEXTS])
def test_accepts_a_region_or_its_token(value: str) -> None:
    _checks.region("r", value)


@pytest.mark.parametrize("value", ["", "Ireland", "eu-west-1a", "EU-WEST-1", "eu-west-१", None, 1])
def test_refuses_what_is_no_region(value: Any) -> None:
    assert refusal(lambda: _checks.region("r", value)) == (
        f"r: must be the name of an AWS region, got {value!r}; write one such as 'eu-west-1'"
    )


@pytest.mark.parametrize("value", [Fruit.PEAR, "pear"])
def test_accepts_a_member_or_its_value(value: Any) -> None:
    assert _checks.member("m", value, Fruit) is Fruit.PEAR
    assert _checks.known_member("m", value, Fruit) is Fruit.PEAR


@pytest.mark.parametrize("value", TEXTS)
def test_a_token_stands_for_a_member(value: Any) -> None:
    assert _checks.member("m", value, Fruit) == value


@pytest.mark.parametrize("value", TEXTS)
def test_a_member_that_decides_what_is_written_is_no_token(value: Any) -> None:
    assert refusal(lambda: _checks.known_member("m", value, Fruit)) == (
        f"m: must be a member of Fruit and not a token, got {value!r}; "
        "choose from Fruit.APPLE, Fruit.PEAR"
    )


@pytest.mark.parametrize("value", ["plum", "APPLE", "", None, 1, True, ["apple"], {}])
def test_refuses_what_is_no_member(value: Any) -> None:
    assert refusal(lambda: _checks.member("m", value, Fruit)) == (
        f"m: must be a member of Fruit, got {value!r}; choose from Fruit.APPLE, Fruit.PEAR"
    )


@pytest.mark.parametrize(
    "values",
    [
        [Fruit.PEAR, Fruit.APPLE],
        ("pear", "apple"),
        {Fruit.APPLE, Fruit.PEAR},
        frozenset({"pear", "apple"}),
        {"pear": 1, "apple": 2}.keys(),
    ],
)
def test_sorts_members_of_any_collection(values: Any) -> None:
    assert _checks.members("m", values, Fruit, remedy="-") == (Fruit.APPLE, Fruit.PEAR)


def test_tokens_follow_the_members_as_they_came() -> None:
    values: Any = [TEXT_TOKEN, Fruit.PEAR, HAND_WRITTEN, Fruit.APPLE]
    assert _checks.members("m", values, Fruit, remedy="-") == (
        Fruit.APPLE,
        Fruit.PEAR,
        TEXT_TOKEN,
        HAND_WRITTEN,
    )


def test_a_list_token_stays_whole() -> None:
    values: Any = LIST_TOKEN
    assert _checks.members("m", values, Fruit, remedy="-") == tuple(LIST_TOKEN)
    assert _checks.texts("t", LIST_TOKEN, WORD, remedy="-") == tuple(LIST_TOKEN)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ("apple", "m: must be a list, a tuple or a set, got 'apple'; put it into a list"),
        (None, "m: must be a list, a tuple or a set, got None; name fruit"),
        (3, "m: must be a list, a tuple or a set, got 3; name fruit"),
        (b"apple", "m: must be a list, a tuple or a set, got b'apple'; name fruit"),
        ({"apple": 1}, "m: must be a list, a tuple or a set, got {'apple': 1}; name fruit"),
        (
            ["apple", "plum"],
            "m[1]: must be a member of Fruit, got 'plum'; choose from Fruit.APPLE, Fruit.PEAR",
        ),
        (
            [["apple"]],
            "m[0]: must be a member of Fruit, got ['apple']; choose from Fruit.APPLE, Fruit.PEAR",
        ),
        (
            ["pear", Fruit.PEAR],
            "m[1]: must not repeat, got <Fruit.PEAR: 'pear'>; name it once",
        ),
    ],
)
def test_refuses_what_is_no_collection_of_members(values: Any, text: str) -> None:
    assert refusal(lambda: _checks.members("m", values, Fruit, remedy="name fruit")) == text


def test_refuses_an_iterator_which_could_be_read_once_only() -> None:
    values: Any = iter(["apple"])
    assert refusal(lambda: _checks.members("m", values, Fruit, remedy="name fruit")) == (
        f"m: must be a list, a tuple or a set, got {values!r}; name fruit"
    )


def test_sorts_texts_of_a_set() -> None:
    assert _checks.texts("t", {"cc", "aa", "bb"}, WORD, remedy="-") == ("aa", "bb", "cc")


def test_refuses_a_text_that_repeats() -> None:
    assert refusal(lambda: _checks.texts("t", ["aa", "bb", "aa"], WORD, remedy="-")) == (
        "t[2]: must not repeat, got 'aa'; name it once"
    )


def test_equal_tokens_may_repeat() -> None:
    assert _checks.texts("t", [TEXT_TOKEN, TEXT_TOKEN], WORD, remedy="-") == (TEXT_TOKEN,) * 2


def test_names_the_same_item_of_a_set_in_every_run() -> None:
    program = (
        "from constructs_auth import OAuth\n"
        "try: OAuth(callback_urls={f'http://{name}.example' for name in 'abcdefgh'})\n"
        "except ValueError as error: print(error)\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    text = (
        "OAuth.callback_urls[0]: must start with https://, got 'http://a.example'; "
        "only localhost, 127.0.0.1 and [::1] may use http\n"
    )
    assert runs == [text, text]


def test_refuses_an_empty_collection() -> None:
    _checks.not_empty("c", ("a",), remedy="add one")
    assert refusal(lambda: _checks.not_empty("c", (), remedy="add one")) == (
        "c: must not be empty, got []; add one"
    )


@pytest.mark.parametrize("value", [timedelta(minutes=1), timedelta(hours=5), timedelta(days=1)])
def test_accepts_a_duration_in_range(value: timedelta) -> None:
    _checks.duration("d", value, MINUTES, remedy="think")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(seconds=59), "d: must be from 1 minute to 1 day, got '59 seconds'; think"),
        (timedelta(hours=25), "d: must be from 1 minute to 1 day, got '25 hours'; think"),
        (timedelta(0), "d: must be from 1 minute to 1 day, got '0 seconds'; think"),
        (timedelta(hours=-1), "d: must be from 1 minute to 1 day, got '-1 hours'; think"),
        (
            timedelta(minutes=1, microseconds=5),
            "d: must be whole seconds, got datetime.timedelta(seconds=60, microseconds=5); think",
        ),
        (60, "d: must be a timedelta from 1 minute to 1 day, got 60; think"),
        ("1h", "d: must be a timedelta from 1 minute to 1 day, got '1h'; think"),
        (None, "d: must be a timedelta from 1 minute to 1 day, got None; think"),
    ],
)
def test_refuses_what_is_no_duration_in_range(value: Any, text: str) -> None:
    assert refusal(lambda: _checks.duration("d", value, MINUTES, remedy="think")) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=3650), "3,650 days"),
    ],
)
def test_describes_a_duration_in_its_largest_unit(value: timedelta, text: str) -> None:
    assert _checks.describe(value) == text


@given(st.integers(min_value=1, max_value=315_360_000))
def test_the_largest_unit_leaves_nothing_over(seconds: int) -> None:
    count, unit = _checks.in_largest_unit(timedelta(seconds=seconds))
    sizes = SECONDS_IN
    assert count * sizes[unit] == seconds
    assert all(seconds % size for size in sizes.values() if size > sizes[unit])


@given(st.integers(min_value=1, max_value=315_360_000))
def test_a_description_can_be_read_back(seconds: int) -> None:
    count, unit = _checks.describe(timedelta(seconds=seconds)).split()
    sizes = SECONDS_IN
    assert int(count.replace(",", "")) * sizes[f"{unit.removesuffix('s')}s"] == seconds


@pytest.mark.parametrize(
    ("value", "method"),
    [(TEXT_TOKEN, "as_number"), (HAND_WRITTEN, "as_number"), (OBJECT_TOKEN, "as_number")],
)
def test_says_how_another_token_becomes_a_number(value: Any, method: str) -> None:
    assert refusal(lambda: _checks.whole_number("n", value, DAYS, remedy="-")) == (
        f"n: must be a whole number from 1 to 9 days, got {value!r}; wrap it in Token.{method}(…)"
    )


@pytest.mark.parametrize("value", [TEXT_TOKEN, HAND_WRITTEN, NUMBER_TOKEN])
def test_says_how_another_token_becomes_a_flag(value: Any) -> None:
    assert refusal(lambda: _checks.flag("f", value)) == (
        f"f: must be True or False, got {value!r}; wrap it in Token.as_any(…)"
    )


@pytest.mark.parametrize("value", [NUMBER_TOKEN, OBJECT_TOKEN])
def test_says_how_another_token_becomes_a_text(value: Any) -> None:
    hint = "wrap it in Token.as_string(…)"
    assert refusal(lambda: _checks.text("t", value, WORD, remedy="-")) == (
        f"t: must be a text, got {value!r}; {hint}"
    )
    assert refusal(lambda: _checks.filled_text("t", value, remedy="-")) == (
        f"t: must be a text that is not empty, got {value!r}; {hint}"
    )
    assert refusal(lambda: _checks.region("r", value)) == (
        f"r: must be the name of an AWS region, got {value!r}; {hint}"
    )


@pytest.mark.parametrize("value", [TEXT_TOKEN, HAND_WRITTEN, OBJECT_TOKEN])
def test_says_how_another_token_becomes_a_list(value: Any) -> None:
    assert refusal(lambda: _checks.texts("t", value, WORD, remedy="-")) == (
        f"t: must be a list, a tuple or a set, got {value!r}; wrap it in Token.as_list(…)"
    )


def test_half_of_a_character_is_refused() -> None:
    assert refusal(lambda: _checks.tags("tags", {"\ud800": "x"})) == (
        "tags, key: must not contain half of a character, which no file can contain, "
        r"got '\ud800'; choose another key"
    )
