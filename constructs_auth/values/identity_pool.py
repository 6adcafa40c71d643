"""How an identity pool chooses the roles of its users."""

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
    """A rule that gives a role to users whose token has a certain claim.

    Args:
        claim: The name of the claim, 1 to 64 characters without spaces: `cognito:groups`,
            `custom:department`. Users who may write the attribute can choose their role.
        match_type: How Cognito compares the claim to *value*. By default they must be equal.
        value: The text to compare with, 1 to 128 characters.
        role_arn: The ARN of the role, usually the `role_arn` of a role from
            `IdentityPool.add_role`.

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
            remedy="write the text that the claim must match",
        )
        check_role_arn("MappingRule.role_arn", self.role_arn)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRoleMapping:
    """Use the role in the token: the role of the user's group with the lowest precedence value.

    Args:
        ambiguous_role_resolution: What Cognito does if the token names no role, or several without
            an order. By default `DENY`: no credentials.

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
    """Use the role of the first rule that matches.

    Args:
        rules: 1 to 25 rules, in the order in which Cognito tries them.
        ambiguous_role_resolution: What Cognito does if no rule matches. By default `DENY`: no
            credentials.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a repeated rule.
    """

    rules: Collection[MappingRule]
    ambiguous_role_resolution: AmbiguousRoleResolution = AmbiguousRoleResolution.DENY

    def __post_init__(self) -> None:
        """Check the values, and keep the order of the rules."""
        subject = "RulesRoleMapping.rules"
        if isinstance(self.rules, set | frozenset):
            raise InvalidValueError(
                subject,
                "must be in the order in which Cognito tries them, which a set does not keep",
                got=type(self.rules),
                remedy="write a list, with the rule that wins first",
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
            remedy="write 1 to 25 rules, or use the role in the token with TokenRoleMapping()",
        )
        object.__setattr__(self, "rules", rules)
        kept = _checks.member(
            "RulesRoleMapping.ambiguous_role_resolution",
            self.ambiguous_role_resolution,
            AmbiguousRoleResolution,
        )
        object.__setattr__(self, "ambiguous_role_resolution", kept)


RoleMapping: TypeAlias = TokenRoleMapping | RulesRoleMapping
"""How Cognito chooses the role of a provider's users."""


def check_role_arn(subject: str, role_arn: str) -> None:
    """Reject anything but the ARN of an IAM role or a text token."""
    check_iam_arn(subject, role_arn, "role")


def check_iam_arn(subject: str, arn: str, resource: str) -> None:
    """Reject anything but the ARN of an IAM *resource*, such as `role`, or a text token."""
    remedy = f"write one such as 'arn:aws:iam::123456789012:{resource}/<name>'"
    _checks.arn(subject, arn, service="iam", remedy=remedy)
    if is_concrete(arn) and not arn.split(":", 5)[5].startswith(f"{resource}/"):
        raise InvalidValueError(
            subject, f"must be the ARN of an IAM {resource}", got=arn, remedy=remedy
        )
