"""What a web ACL in front of a user pool allows."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth._tokens import Number
from constructs_auth.facts import limits


class WebAclMode(StrEnum):
    """What the rules do with a request that matches."""

    BLOCK = "BLOCK"
    COUNT = "COUNT"


COUNTED_COMMON_RULES = (
    "EC2MetaDataSSRF_BODY",
    "EC2MetaDataSSRF_QUERYARGUMENTS",
    "GenericRFI_BODY",
    "GenericRFI_QUERYARGUMENTS",
    "NoUserAgent_HEADER",
    "SizeRestrictions_BODY",
    "SizeRestrictions_QUERYSTRING",
)
"""The rules of `AWSManagedRulesCommonRuleSet` that match legitimate requests to Cognito.

They match `http://localhost` as a callback URL (awslabs/nx-plugin-for-aws#1016), a callback URL
with an IP address, a server that requests tokens without a user agent
(aws-samples/cloudfront-authorization-at-edge#264), SAML responses above 8 KB, and long
authorization requests.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """How many requests WAF allows in five minutes from one IP address.

    A company or a mobile network may use one address for many users. A server that signs users in
    uses one address for all of them.

    Args:
        sign_in: To the page `/login` and the operations `InitiateAuth` and
            `RespondToAuthChallenge`. A sign-in takes two or three of these requests, and a token
            refresh takes one. By default 500; `None` for no limit.
        sign_up: To the pages and operations that sign up users, confirm them, resend a code or
            reset a password. By default 100; `None` for no limit.
        token: To `/oauth2/token` and the operation `GetTokensFromRefreshToken`, which a server
            calls for all its users. By default 2,000; `None` for no limit.

    Raises:
        InvalidValueError: Not a number from 10 to 2,000,000,000.
    """

    sign_in: Number | None = 500
    sign_up: Number | None = 100
    token: Number | None = 2000

    def __post_init__(self) -> None:
        """Check the numbers."""
        for name, value in (
            ("sign_in", self.sign_in),
            ("sign_up", self.sign_up),
            ("token", self.token),
        ):
            if value is not None:
                _checks.whole_number(
                    f"RateLimits.{name}",
                    value,
                    limits.RATE_LIMIT,
                    remedy="write the requests in five minutes, or None for no limit",
                )


def checked_rule_names(subject: str, names: Collection[str]) -> tuple[str, ...]:
    """Check the names of rules, and return them sorted.

    Raises:
        InvalidValueError: A name that WAF does not accept, a repeated name, or more than 100.
    """
    remedy = "name rules of AWSManagedRulesCommonRuleSet"
    kept = _checks.texts(subject, names, limits.WEB_ACL_NAME, remedy=remedy)
    _checks.known_items(subject, kept, remedy=remedy)
    _checks.whole_number(
        f"{subject}, their number", len(kept), limits.RULE_OVERRIDES, remedy="remove some"
    )
    return kept
