"""Refresh tokens are exchanged, and replaced where the client rotates them."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


@pytest.fixture(scope="module")
def ann(emulator: Emulator) -> str:
    """A pool where ann has an account."""
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    cognito.admin_create_user(UserPoolId=pool_id, Username="ann")
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username="ann", Password="Passw0rd!", Permanent=True
    )
    return pool_id


def refreshes(emulator: Emulator, pool_id: str, *, rotation: dict[str, Any]) -> Iterator[Any]:
    """Signs ann in at a new client, and then uses the first refresh token again and again."""
    cognito = emulator.cognito(REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="phone",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        **rotation,
    )["UserPoolClient"]
    tokens = cognito.initiate_auth(
        ClientId=client["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": "Passw0rd!"},
    )["AuthenticationResult"]
    while True:
        yield cognito.get_tokens_from_refresh_token(
            ClientId=client["ClientId"], RefreshToken=tokens["RefreshToken"]
        )["AuthenticationResult"]


def test_a_refresh_token_is_kept_without_rotation(emulator: Emulator, ann: str) -> None:
    """And gives access and ID tokens as often as it is used."""
    uses = refreshes(emulator, ann, rotation={})
    assert set(next(uses)) == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}
    assert "RefreshToken" not in next(uses)


def test_a_refresh_token_is_good_once_where_it_is_rotated(emulator: Emulator, ann: str) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    uses = refreshes(emulator, ann, rotation={"RefreshTokenRotation": rotation})
    assert "RefreshToken" in next(uses)
    with pytest.raises(ClientError) as caught:
        next(uses)
    assert caught.value.response["Error"]["Code"] == "RefreshTokenReuseException"


def test_a_rotated_refresh_token_can_be_sent_again_for_a_while(
    emulator: Emulator, ann: str
) -> None:
    """A phone that lost the answer asks again."""
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}
    uses = refreshes(emulator, ann, rotation={"RefreshTokenRotation": rotation})
    assert next(uses)["RefreshToken"] != next(uses)["RefreshToken"]
