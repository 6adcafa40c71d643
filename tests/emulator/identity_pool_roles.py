"""Chooses the role of a user of an identity pool, and evaluates the role's trust policy."""

from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase
from typing import Any

ISSUER = "cognito-identity.amazonaws.com"


class DeniedError(Exception):
    """The user gets no role."""


def choose_role(
    mapping: Mapping[str, Any] | None,
    claims: Mapping[str, Any],
    *,
    authenticated: str | None,
    custom: str | None,
) -> str | None:
    """The role for a token, or `None` if the pool has none for it.

    Args:
        mapping: What `RoleMappings` says of the provider.
        claims: The claims of the token.
        authenticated: The role of signed-in users.
        custom: The role that the application asks for, `CustomRoleArn`.

    Raises:
        DeniedError: If the mapping names no one role and says `Deny`, or *custom* is not allowed.
    """
    if mapping is None:
        if custom not in {None, authenticated}:
            raise DeniedError
        return authenticated
    if mapping["Type"] == "Token":
        allowed = claims.get("cognito:roles", [])
        found = claims.get("cognito:preferred_role")
    else:
        rules = mapping["RulesConfiguration"]["Rules"]
        allowed = [rule["RoleARN"] for rule in rules if _matches(rule, claims)]
        found = allowed[0] if allowed else None
    if custom is not None:
        if custom not in allowed:
            raise DeniedError
        return custom
    if found is None and mapping["AmbiguousRoleResolution"] == "Deny":
        raise DeniedError
    return found or authenticated


def is_trusted(
    policy: Mapping[str, Any], *, pool_id: str, amr: Collection[str], carries_tags: bool
) -> bool:
    """Whether a trust policy lets in who has a token of the identity pool.

    Knows what such policies are made of, and takes any other condition for one that fails.
    """
    needed = {"sts:AssumeRoleWithWebIdentity"} | ({"sts:TagSession"} if carries_tags else set())
    return needed <= {
        action
        for statement in policy["Statement"]
        if statement["Effect"] == "Allow"
        and statement["Principal"] == {"Federated": ISSUER}
        and _holds(statement.get("Condition", {}), pool_id=pool_id, amr=amr)
        for action in _as_list(statement["Action"])
    }


def _matches(rule: Mapping[str, str], claims: Mapping[str, Any]) -> bool:
    """A rule for a claim that is not there never matches; a list is matched as one text."""
    claim = claims.get(rule["Claim"])
    if claim is None:
        return False
    text = ",".join(map(str, claim)) if isinstance(claim, list) else str(claim)
    value = rule["Value"]
    match rule["MatchType"]:
        case "Contains":
            return value in text
        case "Equals":
            return text == value
        case "NotEqual":
            return text != value
        case _:
            return text.startswith(value)


def _holds(conditions: Mapping[str, Any], *, pool_id: str, amr: Collection[str]) -> bool:
    """STS wants `aud` of every role that trusts identity pools (IAM user guide)."""
    known = {
        ("StringEquals", f"{ISSUER}:aud"): lambda values: pool_id in values,
        ("ForAnyValue:StringLike", f"{ISSUER}:amr"): lambda values: any(
            fnmatchcase(method, pattern) for method in amr for pattern in values
        ),
    }
    asked = [
        (operator, key, _as_list(values))
        for operator, keys in conditions.items()
        for key, values in keys.items()
    ]
    names_pool = any(key == f"{ISSUER}:aud" for _, key, _ in asked)
    return names_pool and all(
        (operator, key) in known and known[operator, key](values) for operator, key, values in asked
    )


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
