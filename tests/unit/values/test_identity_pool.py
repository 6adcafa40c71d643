"""By what an identity pool chooses roles, as values."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import (
    AmbiguousRoleResolution,
    LoginProvider,
    MappingRule,
    MatchType,
    RulesRoleMapping,
    TokenRoleMapping,
)
from constructs_auth.facts import limits
from constructs_auth.values.identity_pool import check_iam_arn, check_role_arn
from tests.unit.samples import FUNCTION_ARN, OBJECT_TOKEN, ROLE_ARN, TEXTS, refusal

RULE = MappingRule(claim="custom:department", value="Sales", role_arn=ROLE_ARN)


def test_a_rule_compares_for_equality_by_default() -> None:
    assert RULE.match_type is MatchType.EQUALS


def test_nothing_is_given_in_doubt() -> None:
    """A role for whom none was meant is worse than none."""
    assert TokenRoleMapping().ambiguous_role_resolution is AmbiguousRoleResolution.DENY
    assert RulesRoleMapping(rules=[RULE]).ambiguous_role_resolution is AmbiguousRoleResolution.DENY


def test_the_members_are_the_words_of_the_api() -> None:
    assert [*MatchType] == ["Contains", "Equals", "NotEqual", "StartsWith"]
    assert [*AmbiguousRoleResolution] == ["AuthenticatedRole", "Deny"]
    assert [*LoginProvider] == [
        "www.amazon.com",
        "appleid.apple.com",
        "graph.facebook.com",
        "accounts.google.com",
        "api.twitter.com",
    ]


def test_words_of_the_api_become_members() -> None:
    rule = MappingRule(claim="a", match_type="Contains", value="b", role_arn=ROLE_ARN)  # type: ignore[arg-type]  # as from a file
    assert rule.match_type is MatchType.CONTAINS


@given(st.lists(st.integers(0, 99), min_size=1, max_size=25, unique=True))
def test_rules_keep_their_order(numbers: list[int]) -> None:
    """The first match counts."""
    rules = [MappingRule(claim="a", value=str(number), role_arn=ROLE_ARN) for number in numbers]
    assert RulesRoleMapping(rules=rules).rules == tuple(rules)


@given(st.text(min_size=1, max_size=140))
def test_a_claim_is_taken_as_cognito_takes_it(text: str) -> None:
    accepted = limits.CLAIM_NAME.accepts(text) or "${" in text or "%{" in text
    try:
        MappingRule(claim=text, value="x", role_arn=ROLE_ARN)
    except ValueError:
        assert not accepted
    else:
        assert accepted


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: str) -> None:
    rule = MappingRule(claim=token, match_type=token, value=token, role_arn=token)  # type: ignore[arg-type]  # a token stands for a member
    assert (rule.claim, rule.match_type, rule.value, rule.role_arn) == (token,) * 4
    mapping = TokenRoleMapping(ambiguous_role_resolution=token)  # type: ignore[arg-type]  # as above
    assert mapping.ambiguous_role_resolution == token


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"claim": "custom department"},
            "MappingRule.claim: must be 1 to 64 characters, printable characters without spaces, "
            "got 'custom department'; name a claim such as 'custom:department'",
        ),
        (
            {"match_type": "Like"},
            "MappingRule.match_type: must be a member of MatchType, got 'Like'; choose from "
            "MatchType.CONTAINS, MatchType.EQUALS, MatchType.NOT_EQUAL, MatchType.STARTS_WITH",
        ),
        (
            {"value": ""},
            "MappingRule.value: must be 1 to 128 characters, not 0, got ''; write the text that "
            "the claim must match",
        ),
        (
            {"role_arn": FUNCTION_ARN},
            f"MappingRule.role_arn: must be an ARN of the service iam, got '{FUNCTION_ARN}'; write "
            "one such as 'arn:aws:iam::123456789012:role/<name>'",
        ),
        (
            {"role_arn": "arn:aws:iam::123456789012:user/ann"},
            "MappingRule.role_arn: must be the ARN of an IAM role, got "
            "'arn:aws:iam::123456789012:user/ann'; write one such as "
            "'arn:aws:iam::123456789012:role/<name>'",
        ),
    ],
)
def test_refuses_a_rule_that_cognito_refuses(settings: dict[str, Any], expected: str) -> None:
    sound = {"claim": "custom:department", "value": "Sales", "role_arn": ROLE_ARN}
    assert refusal(lambda: MappingRule(**sound | settings)) == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            [],
            "RulesRoleMapping.rules, their number: must be from 1 to 25 rules, got 0; write 1 to "
            "25 rules, or use the role in the token with TokenRoleMapping()",
        ),
        (
            [MappingRule(claim="a", value=str(number), role_arn=ROLE_ARN) for number in range(26)],
            "RulesRoleMapping.rules, their number: must be from 1 to 25 rules, got 26; write 1 "
            "to 25 rules, or use the role in the token with TokenRoleMapping()",
        ),
        (
            {RULE},
            "RulesRoleMapping.rules: must be in the order in which Cognito tries them, which a set "
            "does not keep, got <class 'set'>; write a list, with the rule that wins first",
        ),
        (
            [RULE, RULE],
            "RulesRoleMapping.rules[1]: must not repeat, got MappingRule(claim='custom:department',"
            " match_type=<MatchType.EQUALS: 'Equals'>, value='Sales', "
            "role_arn='arn:aws:iam::123456789012:role/sms'); name it once",
        ),
        (
            ["Sales"],
            "RulesRoleMapping.rules[0]: must be of type MappingRule, got 'Sales'; write "
            "MappingRule(…)",
        ),
    ],
)
def test_refuses_rules_that_cognito_refuses(rules: Any, expected: str) -> None:
    assert refusal(lambda: RulesRoleMapping(rules=rules)) == expected


def test_refuses_another_resolution() -> None:
    expected = (
        "must be a member of AmbiguousRoleResolution, got 'Allow'; choose from "
        "AmbiguousRoleResolution.AUTHENTICATED_ROLE, AmbiguousRoleResolution.DENY"
    )
    by_token = refusal(lambda: TokenRoleMapping(ambiguous_role_resolution="Allow"))  # type: ignore[arg-type]  # that is the test
    by_rules = refusal(
        lambda: RulesRoleMapping(rules=[RULE], ambiguous_role_resolution="Allow")  # type: ignore[arg-type]  # that is the test
    )
    assert by_token == f"TokenRoleMapping.ambiguous_role_resolution: {expected}"
    assert by_rules == f"RulesRoleMapping.ambiguous_role_resolution: {expected}"


def test_tells_the_kinds_of_iam_s_resources_apart() -> None:
    check_role_arn("role", "arn:aws-us-gov:iam::123456789012:role/path/name")
    check_iam_arn("saml", "arn:aws:iam::123456789012:saml-provider/staff", "saml-provider")
    assert refusal(
        lambda: check_iam_arn("saml", "arn:aws:iam::123456789012:role/staff", "saml-provider")
    ) == (
        "saml: must be the ARN of an IAM saml-provider, got "
        "'arn:aws:iam::123456789012:role/staff'; write one such as "
        "'arn:aws:iam::123456789012:saml-provider/<name>'"
    )


def test_a_token_of_another_kind_is_to_be_wrapped() -> None:
    assert refusal(
        lambda: MappingRule(claim="a", value="b", role_arn=OBJECT_TOKEN)  # type: ignore[arg-type]  # that is the test
    ) == ("MappingRule.role_arn: must be a text, got Resolvable(); wrap it in Token.as_string(…)")
