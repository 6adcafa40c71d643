"""Whose users an identity pool takes, and by what it chooses their roles."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import AmbiguousRoleResolution, MatchType


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRule:
    """A role for whose token has a claim.

    Args:
        claim: The name of the claim, 1 to 64 characters without spaces: `cognito:groups`,
            `custom:department`. Whoever may write the attribute may choose the role.
        match_type: How the claim has to match. By default it has to equal *value*.
        value: With what, 1 to 128 characters.
        role_arn: The role, mostly the `role_arn` of what `IdentityPool.add_role` gave.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    claim: str
    match_type: MatchType = MatchType.EQUALS
    value: str
    role_arn: str

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.text(
            "MappingRule.claim",
            self.claim,
            limits.CLAIM_NAME,
            remedy="name a claim such as 'custom:department'",
        )
        kept = _checks.member("MappingRule.match_type", self.match_type, MatchType)
        object.__setattr__(self, "match_type", kept)
        _checks.text(
            "MappingRule.value",
            self.value,
            limits.CLAIM_VALUE,
            remedy="write what the claim has to match",
        )
        check_role_arn("MappingRule.role_arn", self.role_arn)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRoleMapping:
    """The role that the token names: that of the user's group with the lowest precedence.

    Args:
        ambiguous_role_resolution: What a user gets whose token names none, or several of which
            none comes first. By default nothing: `DENY`.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    ambiguous_role_resolution: AmbiguousRoleResolution = AmbiguousRoleResolution.DENY

    def __post_init__(self) -> None:
        """Check the value."""
        kept = _checks.member(
            "TokenRoleMapping.ambiguous_role_resolution",
            self.ambiguous_role_resolution,
            AmbiguousRoleResolution,
        )
        object.__setattr__(self, "ambiguous_role_resolution", kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRoleMapping:
    """The role of the first rule that matches.

    Args:
        rules: 1 to 25, in the order in which they are tried.
        ambiguous_role_resolution: What a user gets whom no rule matches. By default nothing:
            `DENY`.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a rule that repeats.
    """

    rules: Collection[MappingRule]
    ambiguous_role_resolution: AmbiguousRoleResolution = AmbiguousRoleResolution.DENY

    def __post_init__(self) -> None:
        """Check the values; the rules keep their order."""
        subject = "RulesRoleMapping.rules"
        if isinstance(self.rules, set | frozenset):
            raise InvalidValueError(
                subject,
                "must be in the order in which they are tried, which a set does not keep",
                got=type(self.rules),
                remedy="write a list, the rule that wins first",
            )
        rules = _checks.items(
            subject,
            self.rules,
            lambda label, value: _checks.kind(label, value, MappingRule),
            remedy="write MappingRule(…)",
        )
        _checks.whole_number(
            f"{subject}, their number",
            len(rules),
            limits.MAPPING_RULES,
            remedy="write 1 to 25, or take the role from the token with TokenRoleMapping()",
        )
        object.__setattr__(self, "rules", rules)
        kept = _checks.member(
            "RulesRoleMapping.ambiguous_role_resolution",
            self.ambiguous_role_resolution,
            AmbiguousRoleResolution,
        )
        object.__setattr__(self, "ambiguous_role_resolution", kept)


RoleMapping: TypeAlias = TokenRoleMapping | RulesRoleMapping
"""By what the role of a provider's users is chosen."""


def check_role_arn(subject: str, role_arn: str) -> None:
    """Refuse all but the ARN of an IAM role, and a text token."""
    check_iam_arn(subject, role_arn, "role")


def check_iam_arn(subject: str, arn: str, resource: str) -> None:
    """Refuse all but the ARN of an IAM *resource*, such as `role`, and a text token."""
    remedy = f"write one such as 'arn:aws:iam::123456789012:{resource}/<name>'"
    _checks.arn(subject, arn, service="iam", remedy=remedy)
    if is_concrete(arn) and not arn.split(":", 5)[5].startswith(f"{resource}/"):
        raise InvalidValueError(
            subject, f"must be the ARN of an IAM {resource}", got=arn, remedy=remedy
        )
