"""What a web ACL in front of a user pool lets through."""

from typing import Any

import pytest

from constructs_auth import COUNTED_COMMON_RULES, RateLimits
from constructs_auth.values.web_acl import checked_rule_names
from tests.unit.samples import HAND_WRITTEN, NUMBER_TOKEN, refusal


def test_limits_leave_room_for_a_company_behind_one_address() -> None:
    assert RateLimits() == RateLimits(sign_in=500, sign_up=100, token=2000)


@pytest.mark.parametrize("value", [None, 10, 2_000_000_000, NUMBER_TOKEN])
def test_a_limit_may_be_left_out_or_be_known_later(value: float | None) -> None:
    assert RateLimits(sign_in=value).sign_in == value


@pytest.mark.parametrize("name", ["sign_in", "sign_up", "token"])
@pytest.mark.parametrize("value", [9, 2_000_000_001])
def test_refuses_a_limit_that_waf_refuses(name: str, value: int) -> None:
    settings: dict[str, Any] = {name: value}
    assert refusal(lambda: RateLimits(**settings)) == (
        f"RateLimits.{name}: must be from 10 to 2000000000 requests, got {value}; write the "
        "requests in five minutes, or None for no limit"
    )


def test_rules_that_count_are_sorted() -> None:
    assert checked_rule_names("rules", {"b", "a"}) == ("a", "b")
    assert checked_rule_names("rules", [HAND_WRITTEN]) == (HAND_WRITTEN,)
    assert checked_rule_names("rules", COUNTED_COMMON_RULES) == COUNTED_COMMON_RULES


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ["NoUserAgent HEADER"],
            "rules[0]: must be 1 to 128 characters, letters, digits, _ and -, got "
            "'NoUserAgent HEADER'; name rules of AWSManagedRulesCommonRuleSet",
        ),
        (["a", "a"], "rules[1]: must not repeat, got 'a'; name it once"),
        (
            [f"r{number}" for number in range(101)],
            "rules, their number: must be from 0 to 100 rules, got 101; remove some",
        ),
    ],
)
def test_refuses_names_that_waf_refuses(names: list[str], expected: str) -> None:
    assert refusal(lambda: checked_rule_names("rules", names)) == expected
