import struct
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth._tokens import holds_list_token, is_concrete, is_resolvable, is_token
from tests.unit.samples import HAND_WRITTEN, LIST_TOKEN, NUMBER_TOKEN, OBJECT_TOKEN, TEXT_TOKEN

# What jsii hands out for an interface; the real class needs Node.
JSII_PROXY = type("InterfaceDynamicProxy", (), {"__module__": "jsii._reference_map"})()


@pytest.mark.parametrize(
    "value",
    [
        TEXT_TOKEN,
        f"https://{TEXT_TOKEN}/callback",
        "#{TfToken[TOKEN.1]}",
        "&{TfToken[TOKEN.2]}",
        HAND_WRITTEN,
        "%{if var.x}a%{endif}",
        NUMBER_TOKEN,
        OBJECT_TOKEN,
        JSII_PROXY,
    ],
)
def test_tells_a_token(value: Any) -> None:
    assert is_token(value)
    assert not is_concrete(value)


@pytest.mark.parametrize(
    "value",
    [
        LIST_TOKEN,
        ("a", TEXT_TOKEN),
        {TEXT_TOKEN},
        frozenset({HAND_WRITTEN}),
        {"key": TEXT_TOKEN},
        {TEXT_TOKEN: "value"},
        [["a"], [OBJECT_TOKEN]],
    ],
)
def test_what_holds_a_token_is_neither_known_nor_a_token(value: Any) -> None:
    assert not is_concrete(value)
    assert not is_token(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "plain",
        "$",
        "{####}",
        "$${literal}",
        "%%{literal}",
        "100% {sure}",
        0,
        True,
        None,
        0.5,
        float("nan"),
        float("-inf"),
        [],
        ["a", 1],
        {"a": ("b",)},
        object(),
    ],
)
def test_takes_plain_values_for_known(value: Any) -> None:
    assert is_concrete(value)
    assert not is_token(value)


def test_tells_a_list_that_takes_no_more_items() -> None:
    assert holds_list_token(LIST_TOKEN)
    assert not holds_list_token([TEXT_TOKEN, HAND_WRITTEN, "plain"])
    assert not holds_list_token([])


@given(st.integers(min_value=0, max_value=2**48 - 1))
def test_tells_every_number_token(ordinal: int) -> None:
    """CDKTF's `createTokenDouble`: two bytes of a mark, six bytes of an ordinal."""
    for mark in (0xFDFF, 0xFBFF):
        (token,) = struct.unpack(">d", (mark << 48 | ordinal).to_bytes(8))
        assert not is_concrete(token)


@given(st.integers() | st.floats(min_value=-1e288, max_value=1e288))
def test_takes_numbers_for_known(number: float) -> None:
    assert is_concrete(number)


@pytest.mark.parametrize("value", [TEXT_TOKEN, NUMBER_TOKEN, LIST_TOKEN, True, object()])
def test_only_objects_are_resolvable(value: Any) -> None:
    assert not is_resolvable(value)
    assert is_resolvable(OBJECT_TOKEN)
    assert is_resolvable(JSII_PROXY)
