"""How long tokens are good for, and how refresh tokens are renewed."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import RefreshTokenRotation, RotationFeature, TokenValidity
from tests.unit.samples import NUMBER_TOKEN, TEXTS, refusal

HOUR = timedelta(hours=1)
LONG = "must be from 1 hour to 3,650 days"
SHORT = "must be from 5 minutes to 1 day"
GRACE = "must be from 0 seconds to 1 minute"


def test_a_user_stays_signed_in_for_thirty_days_by_default() -> None:
    validity = TokenValidity()
    assert validity.refresh_token == timedelta(days=30)
    assert validity.access_token == validity.id_token == HOUR


@given(
    refresh=st.integers(86_400, 315_360_000),
    access=st.integers(300, 86_400),
    identity=st.integers(300, 86_400),
)
def test_accepts_every_validity_in_range(refresh: int, access: int, identity: int) -> None:
    validity = TokenValidity(
        refresh_token=timedelta(seconds=refresh),
        access_token=timedelta(seconds=access),
        id_token=timedelta(seconds=identity),
    )
    assert validity.refresh_token.total_seconds() == refresh
    assert validity.access_token.total_seconds() == access
    assert validity.id_token.total_seconds() == identity


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(minutes=59), f"{LONG}, got '59 minutes'"),
        (timedelta(days=3651), f"{LONG}, got '3,651 days'"),
        (timedelta(0), f"{LONG}, got '0 seconds'"),
        (timedelta(days=-1), f"{LONG}, got '-1 days'"),
        (30, f"{LONG.replace('be', 'be a timedelta')}, got 30"),
        (None, f"{LONG.replace('be', 'be a timedelta')}, got None"),
        (NUMBER_TOKEN, f"{LONG.replace('be', 'be a timedelta')}, got {NUMBER_TOKEN}"),
    ],
)
def test_refuses_a_refresh_token_that_cognito_refuses(value: Any, text: str) -> None:
    """A token is none either: the unit that Cognito is told depends on the value."""
    assert refusal(lambda: TokenValidity(refresh_token=value)) == (
        f"TokenValidity.refresh_token: {text}; write timedelta(days=30)"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(seconds=299), f"{SHORT}, got '299 seconds'"),
        (timedelta(hours=25), f"{SHORT}, got '25 hours'"),
        (
            timedelta(hours=1, milliseconds=1),
            "must be whole seconds, got datetime.timedelta(seconds=3600, microseconds=1000)",
        ),
        (True, f"{SHORT.replace('be', 'be a timedelta')}, got True"),
        ("1h", f"{SHORT.replace('be', 'be a timedelta')}, got '1h'"),
    ],
)
@pytest.mark.parametrize("field", ["access_token", "id_token"])
def test_refuses_a_short_lived_token_that_cognito_refuses(
    field: str, value: Any, text: str
) -> None:
    given: dict[str, Any] = {field: value}
    assert refusal(lambda: TokenValidity(**given)) == (
        f"TokenValidity.{field}: {text}; write timedelta(hours=1)"
    )


@pytest.mark.parametrize("field", ["access_token", "id_token"])
def test_no_token_outlives_the_refresh_token(field: str) -> None:
    given: dict[str, Any] = {"refresh_token": HOUR, field: timedelta(minutes=61)}
    assert refusal(lambda: TokenValidity(**given)) == (
        f"TokenValidity.{field}: must not be longer than the refresh token, which lasts 1 hour, "
        "got '61 minutes'; shorten it, or lengthen the refresh token"
    )
    given[field] = HOUR
    assert TokenValidity(**given).refresh_token == HOUR


def test_rotation_forgives_an_answer_that_got_lost() -> None:
    rotation = RefreshTokenRotation.enabled()
    assert rotation.feature is RotationFeature.ENABLED
    assert rotation.retry_grace_period == timedelta(seconds=10)


def test_without_rotation_there_is_nothing_to_forgive() -> None:
    rotation = RefreshTokenRotation.disabled()
    assert rotation.feature is RotationFeature.DISABLED
    assert rotation.retry_grace_period == timedelta(0)


@given(st.integers(0, 60))
def test_accepts_every_grace_period_in_range(seconds: int) -> None:
    grace = timedelta(seconds=seconds)
    assert RefreshTokenRotation.enabled(retry_grace_period=grace).retry_grace_period == grace


@pytest.mark.parametrize(
    ("grace", "text"),
    [
        (timedelta(seconds=61), f"{GRACE}, got '61 seconds'"),
        (timedelta(seconds=-1), f"{GRACE}, got '-1 seconds'"),
        (10, f"{GRACE.replace('be', 'be a timedelta')}, got 10"),
        (None, f"{GRACE.replace('be', 'be a timedelta')}, got None"),
    ],
)
def test_refuses_a_grace_period_that_cognito_refuses(grace: Any, text: str) -> None:
    assert refusal(lambda: RefreshTokenRotation.enabled(retry_grace_period=grace)) == (
        f"RefreshTokenRotation.retry_grace_period: {text}; write timedelta(seconds=10)"
    )


def test_refuses_a_grace_period_without_rotation() -> None:
    make: dict[str, Any] = {"feature": "DISABLED", "retry_grace_period": timedelta(seconds=5)}
    assert refusal(lambda: RefreshTokenRotation(**make)) == (
        "RefreshTokenRotation.retry_grace_period: must be 0 when rotation is disabled, "
        "got '5 seconds'; use RefreshTokenRotation.disabled()"
    )


@pytest.mark.parametrize("feature", [True, None, "enabled", *TEXTS])
def test_refuses_an_unknown_feature(feature: Any) -> None:
    """Tokens too: with rotation Cognito wants other sign-in flows."""
    known = " and not a token" if feature in TEXTS else ""
    make = {"feature": feature, "retry_grace_period": timedelta(0)}
    assert refusal(lambda: RefreshTokenRotation(**make)) == (
        f"RefreshTokenRotation.feature: must be a member of RotationFeature{known}, "
        f"got {feature!r}; choose from RotationFeature.ENABLED, RotationFeature.DISABLED"
    )
