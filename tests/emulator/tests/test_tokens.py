"""Refresh tokens are exchanged and rotated; tokens say who the user is, until the sign-out."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from joserfc import jws

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import PASSWORD, People, refusal


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


def claims(token: str) -> Any:
    """What a token says, unchecked."""
    return json.loads(jws.extract_compact(token.encode()).payload)


def test_a_refresh_token_is_kept_without_rotation(emulator: Emulator, ann: str) -> None:
    """And gives access and ID tokens as often as it is used."""
    uses = refreshes(emulator, ann, rotation={})
    assert set(next(uses)) == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}
    assert "RefreshToken" not in next(uses)


def test_a_refresh_keeps_the_time_of_the_sign_in(emulator: Emulator, ann: str) -> None:
    """OpenID Connect Core 1.0, section 12.2; oidc-client-ts refuses another one."""
    uses = refreshes(emulator, ann, rotation={})
    first = claims(next(uses)["IdToken"])
    time.sleep(1.1)
    later = claims(next(uses)["IdToken"])
    assert later["iat"] > first["iat"]
    assert later["auth_time"] == first["auth_time"]


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


def test_a_user_signs_out_everywhere_in_any_region(emulator: Emulator) -> None:
    people = People(emulator)
    name = people.new_user()
    phone, laptop = (people.sign_in(name)["AuthenticationResult"] for _ in range(2))
    people.cognito.global_sign_out(AccessToken=phone["AccessToken"])
    for tokens in (phone, laptop):
        token = tokens["AccessToken"]
        read = refusal(lambda: people.cognito.get_user(AccessToken=token))  # noqa: B023 - at once
        assert read == "NotAuthorizedException"
    assert people.access_token(name)


def test_an_id_token_has_what_the_client_may_read(emulator: Emulator) -> None:
    """Under the user's own name, whichever was typed; flags are true or false."""
    people = People(
        emulator,
        client={"ReadAttributes": ["email", "email_verified"]},
        UsernameAttributes=["email"],
    )
    email = "read@example.com"
    people.cognito.admin_create_user(
        UserPoolId=people.pool_id,
        Username=email,
        UserAttributes=[
            {"Name": "email_verified", "Value": "true"},
            {"Name": "nickname", "Value": "R"},
        ],
    )
    people.cognito.admin_set_user_password(
        UserPoolId=people.pool_id, Username=email, Password=PASSWORD, Permanent=True
    )
    token = people.sign_in(email)["AuthenticationResult"]["IdToken"]
    found = claims(token)
    assert (found["email"], found["email_verified"]) == (email, True)
    assert found["cognito:username"] == found["sub"]
    assert "nickname" not in found
