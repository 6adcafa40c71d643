"""References to user pools and clients that another stack or another team owns."""

import re
from dataclasses import dataclass
from typing import Self

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class ExistingUserPool:
    """A user pool that this program does not define: `.from_id(…)` or `.from_arn(…)`.

    Clients, domains, resource servers, identity providers, groups and users accept it in place of a
    `UserPool`. This library does not know, and does not check, the pool's attributes and its tier.

    Args:
        user_pool_id: The id, such as `eu-west-1_AbCdEf123`, or a token, such as an attribute of a
            data source or of a remote state.
        region: The region of the pool.
        account_id: The account of the pool, 12 digits. By default unknown; then the ARN is unknown
            too.

    Raises:
        InvalidValueError: A value that a user pool cannot have.
    """

    user_pool_id: str
    region: str
    account_id: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.text(
            "ExistingUserPool.user_pool_id",
            self.user_pool_id,
            limits.USER_POOL_ID,
            remedy="write one such as 'eu-west-1_AbCdEf123'",
        )
        _checks.region("ExistingUserPool.region", self.region)
        if self.account_id is not None:
            _checks.text(
                "ExistingUserPool.account_id",
                self.account_id,
                limits.ACCOUNT_ID,
                remedy="write one such as '123456789012'",
            )
        known = is_concrete((self.user_pool_id, self.region))
        if known and not self.user_pool_id.startswith(f"{self.region}_"):
            raise InvalidValueError(
                "ExistingUserPool.region",
                f"must be the region that {self.user_pool_id} begins with",
                got=self.region,
                remedy=f"write {self.user_pool_id.partition('_')[0]!r}",
            )

    @classmethod
    def from_id(cls, user_pool_id: str, *, region: str, account_id: str | None = None) -> Self:
        """Return a reference to the pool with this id, which may be a token.

        Raises:
            InvalidValueError: A value that a user pool cannot have.
        """
        return cls(user_pool_id=user_pool_id, region=region, account_id=account_id)

    @classmethod
    def from_arn(cls, arn: str) -> Self:
        """Return a reference to the pool with this ARN, which must not be a token.

        Raises:
            InvalidValueError: The text is not the ARN of a user pool, or is a token.
        """
        subject = "ExistingUserPool.from_arn"
        remedy = "write one such as 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/<id>'"
        _checks.text(subject, arn, limits.ARN, remedy=remedy)
        found = re.fullmatch(r"arn:[^:]+:cognito-idp:([^:]+):(\d{12}):userpool/([^/:]+)", arn)
        if not is_concrete(arn):
            raise InvalidValueError(
                subject, "must not be a token", got=arn, remedy="use ExistingUserPool.from_id(…)"
            )
        if found is None:
            raise InvalidValueError(
                subject, "must be the ARN of a user pool", got=arn, remedy=remedy
            )
        region, account_id, user_pool_id = found.groups()
        return cls(user_pool_id=user_pool_id, region=region, account_id=account_id)

    @property
    def user_pool_arn(self) -> str:
        """The ARN.

        Raises:
            InvalidValueError: The account is not known.
        """
        if self.account_id is None:
            raise InvalidValueError(
                "ExistingUserPool.account_id",
                "must be set where the ARN is needed",
                got=None,
                remedy="set account_id to the account that owns the pool",
            )
        return (
            f"arn:{self._partition}:cognito-idp:{self.region}:{self.account_id}:"
            f"userpool/{self.user_pool_id}"
        )

    @property
    def user_pool_endpoint(self) -> str:
        """The host and path of the pool, without a scheme."""
        end = ".cn" if self._partition == "aws-cn" else ""
        return f"cognito-idp.{self.region}.amazonaws.com{end}/{self.user_pool_id}"

    @property
    def issuer(self) -> str:
        """The value of the `iss` claim in every token of a pool with the issuer type ORIGINAL.

        For a pool whose type was set to UPDATED, write the issuer yourself:
        `https://issuer-cognito-idp.<region>.amazonaws.com/<pool id>`.
        """
        return f"https://{self.user_pool_endpoint}"

    @property
    def jwks_url(self) -> str:
        """The URL of the public keys that verify tokens, below *issuer*."""
        return f"{self.issuer}/.well-known/jwks.json"

    @property
    def _partition(self) -> str:
        """The partition of the region. A region that is a token counts as partition `aws`."""
        for prefix, partition in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")):
            if self.region.startswith(prefix):
                return partition
        return "aws"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingUserPoolClient:
    """An app client that this program does not define.

    Args:
        user_pool: The pool of the client.
        user_pool_client_id: The client id, or a token.

    Raises:
        InvalidValueError: A value that cannot be a client id, or a pool that is not an
            `ExistingUserPool`.
    """

    user_pool: ExistingUserPool
    user_pool_client_id: str

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.kind("ExistingUserPoolClient.user_pool", self.user_pool, ExistingUserPool)
        _checks.text(
            "ExistingUserPoolClient.user_pool_client_id",
            self.user_pool_client_id,
            limits.CLIENT_ID,
            remedy="copy the client id",
        )
