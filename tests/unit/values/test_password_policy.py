"""What a password must be."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import PasswordPolicy
from tests.unit.samples import HAND_WRITTEN, NUMBER_TOKEN, OBJECT_TOKEN, TEXT_TOKEN, refusal

FLAGS = ("require_lowercase", "require_numbers", "require_symbols", "require_uppercase")
NUMBERS = {
    "minimum_length": (
        "from 6 to 99 characters",
        "choose at least 8; 15 where the password is the only factor",
    ),
    "temporary_password_validity_days": (
        "from 1 to 365 days",
        "choose at most 7, as Security Hub's Cognito.3 requires",
    ),
    "password_history_size": ("from 0 to 24 passwords", "choose 0 for no history"),
}


def test_the_defaults_are_strict_and_cost_nothing() -> None:
    policy = PasswordPolicy()
    assert policy.minimum_length == 15
    assert all(getattr(policy, name) is True for name in FLAGS)
    assert policy.temporary_password_validity_days == 3
    assert policy.password_history_size == 5


@given(
    length=st.integers(6, 99),
    days=st.integers(1, 365),
    history=st.integers(0, 24),
    flag=st.booleans(),
)
def test_accepts_everything_in_range(length: int, days: int, history: int, *, flag: bool) -> None:
    policy = PasswordPolicy(
        minimum_length=length,
        require_symbols=flag,
        temporary_password_validity_days=days,
        password_history_size=history,
    )
    assert policy.minimum_length == length
    assert policy.require_symbols is flag


@given(st.integers(max_value=5) | st.integers(min_value=100))
def test_refuses_every_length_out_of_range(length: int) -> None:
    if abs(length) < 10**100:
        assert refusal(lambda: PasswordPolicy(minimum_length=length)) == (
            f"PasswordPolicy.minimum_length: must be from 6 to 99 characters, got {length}; "
            "choose at least 8; 15 where the password is the only factor"
        )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minimum_length", 5),
        ("minimum_length", 100),
        ("temporary_password_validity_days", 0),
        ("temporary_password_validity_days", 366),
        ("password_history_size", -1),
        ("password_history_size", 25),
    ],
)
def test_refuses_numbers_just_out_of_range(name: str, value: int) -> None:
    wrong: dict[str, Any] = {name: value}
    allowed, remedy = NUMBERS[name]
    assert refusal(lambda: PasswordPolicy(**wrong)) == (
        f"PasswordPolicy.{name}: must be {allowed}, got {value}; {remedy}"
    )


@pytest.mark.parametrize("value", [True, False, 8.0, "8", None, [8]])
@pytest.mark.parametrize("name", NUMBERS)
def test_refuses_what_is_no_whole_number(name: str, value: Any) -> None:
    allowed, remedy = NUMBERS[name]
    assert refusal(lambda: PasswordPolicy(**{name: value})) == (
        f"PasswordPolicy.{name}: must be a whole number {allowed}, got {value!r}; {remedy}"
    )


@pytest.mark.parametrize("value", [None, 1, 0, "yes", []])
@pytest.mark.parametrize("name", FLAGS)
def test_refuses_what_is_no_flag(name: str, value: Any) -> None:
    assert refusal(lambda: PasswordPolicy(**{name: value})) == (
        f"PasswordPolicy.{name}: must be True or False, got {value!r}; write one of them"
    )


def test_tokens_pass() -> None:
    flags: dict[str, Any] = dict.fromkeys(FLAGS, OBJECT_TOKEN)
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS, NUMBER_TOKEN)
    policy = PasswordPolicy(**flags, **numbers)
    assert all(getattr(policy, name) is OBJECT_TOKEN for name in FLAGS)
    assert all(getattr(policy, name) == NUMBER_TOKEN for name in NUMBERS)


@pytest.mark.parametrize("value", [TEXT_TOKEN, HAND_WRITTEN])
def test_says_how_a_text_token_becomes_a_number_or_a_flag(value: Any) -> None:
    assert refusal(lambda: PasswordPolicy(minimum_length=value)) == (
        "PasswordPolicy.minimum_length: must be a whole number from 6 to 99 characters, "
        f"got {value!r}; wrap it in Token.as_number(…)"
    )
    assert refusal(lambda: PasswordPolicy(require_symbols=value)) == (
        f"PasswordPolicy.require_symbols: must be True or False, got {value!r}; "
        "wrap it in Token.as_any(…)"
    )


def test_cannot_be_changed_afterwards() -> None:
    policy: Any = PasswordPolicy()
    with pytest.raises(AttributeError) as caught:
        policy.minimum_length = 6
    assert str(caught.value) == "cannot assign to field 'minimum_length'"


def test_refuses_a_number_that_python_does_not_write() -> None:
    assert refusal(lambda: PasswordPolicy(minimum_length=10**5000)).startswith(
        "PasswordPolicy.minimum_length: must be from 6 to 99 characters, got one of type int that "
        "is too long to write; "
    )
