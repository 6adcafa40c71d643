"""Users of identity pools get the role that is theirs, if it trusts them."""

from typing import Any

import pytest

from tests.emulator.identity_pool_roles import (
    ISSUER,
    DeniedError,
    choose_role,
    is_trusted,
)

RULES = {
    "Type": "Rules",
    "AmbiguousRoleResolution": "Deny",
    "RulesConfiguration": {
        "Rules": [
            {"Claim": "team", "MatchType": "Equals", "Value": "a", "RoleARN": "equal"},
            {"Claim": "team", "MatchType": "StartsWith", "Value": "b", "RoleARN": "start"},
            {"Claim": "team", "MatchType": "Contains", "Value": "c", "RoleARN": "contained"},
            {"Claim": "team", "MatchType": "NotEqual", "Value": "d", "RoleARN": "unequal"},
        ]
    },
}
TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}
LENIENT = {"AmbiguousRoleResolution": "AuthenticatedRole"}


@pytest.mark.parametrize(
    ("mapping", "claims", "custom", "role"),
    [
        (None, {}, None, "all"),
        (None, {}, "all", "all"),
        (RULES, {"team": "a"}, None, "equal"),
        (RULES, {"team": "bc"}, None, "start"),
        (RULES, {"team": ["x", "c"]}, None, "contained"),
        (RULES, {"team": "x"}, None, "unequal"),
        (RULES, {"team": "bc"}, "contained", "contained"),
        (RULES | LENIENT, {}, None, "all"),
        (TOKEN, {"cognito:roles": ["r"], "cognito:preferred_role": "r"}, None, "r"),
        (TOKEN, {"cognito:roles": ["r", "s"]}, "s", "s"),
        (TOKEN | LENIENT, {"cognito:roles": ["r", "s"]}, None, "all"),
    ],
)
def test_a_role_is_chosen(mapping: Any, claims: Any, custom: str | None, role: str) -> None:
    assert choose_role(mapping, claims, authenticated="all", custom=custom) == role


@pytest.mark.parametrize(
    ("mapping", "claims", "custom"),
    [
        (None, {}, "other"),
        (RULES, {"team": "d"}, None),
        (RULES, {}, None),
        (RULES, {"team": "a"}, "start"),
        (TOKEN, {}, None),
        (TOKEN, {"cognito:roles": ["r", "s"]}, None),
        (TOKEN, {"cognito:roles": ["r"], "cognito:preferred_role": "r"}, "s"),
    ],
)
def test_no_role_is_chosen(mapping: Any, claims: Any, custom: str | None) -> None:
    with pytest.raises(DeniedError):
        choose_role(mapping, claims, authenticated="all", custom=custom)


def statement(**changed: Any) -> dict[str, Any]:
    """A trust policy for signed-in users of the pool `eu:1`, but for what is changed."""
    sound = {
        "Effect": "Allow",
        "Principal": {"Federated": ISSUER},
        "Action": ["sts:AssumeRoleWithWebIdentity"],
        "Condition": {
            "StringEquals": {f"{ISSUER}:aud": "eu:1"},
            "ForAnyValue:StringLike": {f"{ISSUER}:amr": "auth*"},
        },
    }
    return {"Statement": [sound | changed]}


def trusts(policy: dict[str, Any], *, carries_tags: bool = False) -> bool:
    """Whether it lets in a signed-in user of the pool `eu:1`."""
    return is_trusted(policy, pool_id="eu:1", amr=["authenticated"], carries_tags=carries_tags)


def test_a_trust_policy_lets_in_whom_it_means() -> None:
    assert trusts(statement())
    assert trusts(
        statement(Action=["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]), carries_tags=True
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"Effect": "Deny"},
        {"Principal": {"Federated": "accounts.google.com"}},
        {"Action": "sts:AssumeRole"},
        {"Condition": {"StringEquals": {f"{ISSUER}:aud": "eu:2"}}},
        {"Condition": {"ForAnyValue:StringLike": {f"{ISSUER}:amr": "authenticated"}}},
        {"Condition": {"StringEquals": {f"{ISSUER}:aud": "eu:1", "aws:SourceIp": "192.0.2.1"}}},
    ],
)
def test_a_trust_policy_lets_in_nobody_else(changed: dict[str, Any]) -> None:
    """Without `aud` neither, as STS has it."""
    assert not trusts(statement(**changed))


def test_a_trust_policy_without_tags_lets_no_tags_in() -> None:
    assert not trusts(statement(), carries_tags=True)
