"""How long tokens are valid, and how Cognito renews refresh tokens."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import SECONDS_IN, RotationFeature, TimeUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenValidity:
    """How long tokens are valid.

    Args:
        refresh_token: How long a user stays signed in: 60 minutes to 3,650 days. By default 30
            days. Cognito treats 0 as 30 days, so this library rejects 0.
        access_token: 5 minutes to 1 day, at most *refresh_token*. By default 1 hour.
        id_token: 5 minutes to 1 day, at most *refresh_token*. By default 1 hour.
        refresh_token_unit: The unit that Terraform writes the time in. By default the largest that
            gives a whole number. Another unit is the same time, but a change in a plan.
        access_token_unit: The same for the access token.
        id_token_unit: The same for the ID token.

    Raises:
        InvalidValueError: A value that is not a `timedelta`, or that Cognito does not accept.
    """

    refresh_token: timedelta = timedelta(days=30)
    access_token: timedelta = timedelta(hours=1)
    id_token: timedelta = timedelta(hours=1)
    refresh_token_unit: TimeUnit | None = None
    access_token_unit: TimeUnit | None = None
    id_token_unit: TimeUnit | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.duration(
            "TokenValidity.refresh_token",
            self.refresh_token,
            limits.REFRESH_TOKEN_SECONDS,
            remedy="write timedelta(days=30)",
        )
        for name, value in (("access_token", self.access_token), ("id_token", self.id_token)):
            subject = f"TokenValidity.{name}"
            _checks.duration(
                subject, value, limits.ACCESS_TOKEN_SECONDS, remedy="write timedelta(hours=1)"
            )
            if value > self.refresh_token:
                raise InvalidValueError(
                    subject,
                    "must not be longer than the refresh token, "
                    f"which lasts {_checks.describe(self.refresh_token)}",
                    got=_checks.describe(value),
                    remedy="shorten it, or lengthen the refresh token",
                )
        for name, value, unit in (
            ("refresh_token_unit", self.refresh_token, self.refresh_token_unit),
            ("access_token_unit", self.access_token, self.access_token_unit),
            ("id_token_unit", self.id_token, self.id_token_unit),
        ):
            if unit is not None:
                member = _checks.known_member(f"TokenValidity.{name}", unit, TimeUnit)
                _check_whole(f"TokenValidity.{name}", value, member)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenRotation:
    """Whether Cognito replaces a refresh token at each use: `.enabled()` or `.disabled()`.

    Args:
        feature: Cognito's setting.
        retry_grace_period: How long the replaced token still works, in case a response is lost: 0
            to 60 seconds. It must be 0 when rotation is disabled.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    feature: RotationFeature
    retry_grace_period: timedelta

    def __post_init__(self) -> None:
        """Check the values."""
        feature = _checks.known_member(
            "RefreshTokenRotation.feature", self.feature, RotationFeature
        )
        object.__setattr__(self, "feature", feature)
        subject = "RefreshTokenRotation.retry_grace_period"
        _checks.duration(
            subject,
            self.retry_grace_period,
            limits.ROTATION_GRACE_SECONDS,
            remedy="write timedelta(seconds=10)",
        )
        if feature is RotationFeature.DISABLED and self.retry_grace_period:
            raise InvalidValueError(
                subject,
                "must be 0 when rotation is disabled",
                got=_checks.describe(self.retry_grace_period),
                remedy="use RefreshTokenRotation.disabled()",
            )

    @classmethod
    def enabled(cls, *, retry_grace_period: timedelta = timedelta(seconds=10)) -> Self:
        """Replace the refresh token at each use, as RFC 9700 requires for public clients."""
        return cls(feature=RotationFeature.ENABLED, retry_grace_period=retry_grace_period)

    @classmethod
    def disabled(cls) -> Self:
        """Keep one refresh token until it expires.

        A client that once had rotation needs this: removing the block does not turn rotation off
        (hashicorp/terraform-provider-aws#45646).
        """
        return cls(feature=RotationFeature.DISABLED, retry_grace_period=timedelta())


def in_unit(value: timedelta, unit: TimeUnit | None) -> tuple[int, str]:
    """Return *value* as a number and its unit, by default the largest that gives a whole number."""
    if unit is None:
        return _checks.in_largest_unit(value)
    return int(value.total_seconds()) // SECONDS_IN[unit], unit.value


def _check_whole(subject: str, value: timedelta, unit: TimeUnit) -> None:
    if int(value.total_seconds()) % SECONDS_IN[unit]:
        raise InvalidValueError(
            subject,
            f"must give a whole number for {_checks.describe(value)}",
            got=unit.value,
            remedy="choose a smaller unit, or leave it out",
        )
