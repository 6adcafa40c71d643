"""Finds app clients and signed-in users for the calls that users make, and checks secrets."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from moto.cognitoidp.exceptions import (
    NotAuthorizedError,
    ResourceNotFoundError,
    UserNotFoundError,
)
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    cognitoidp_backends,
)
from moto.cognitoidp.utils import check_secret_hash as is_secret_hash

USER_SCOPE = "aws.cognito.signin.user.admin"
"""The scope of the calls that users make for themselves."""

WRONG_PASSWORD = "Incorrect username or password."


def find_client(
    client_id: str,
) -> tuple[CognitoIdpBackend, CognitoIdpUserPool, CognitoIdpUserPoolClient]:
    """Find a client in any region: the calls of users are not signed, so they name none."""
    for account in cognitoidp_backends.values():
        for backend in account.values():
            for pool in backend.user_pools.values():
                if client_id in pool.clients:
                    return backend, pool, pool.clients[client_id]
    raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")


def find_signed_in(
    access_token: str,
) -> tuple[CognitoIdpUserPool, CognitoIdpUserPoolClient, CognitoIdpUser]:
    """Find who has an access token, in any region, if it is for the calls of users."""
    for account in cognitoidp_backends.values():
        for backend in account.values():
            for pool in backend.user_pools.values():
                if access_token in pool.access_tokens:
                    claims = claims_of(access_token)
                    if claims["exp"] <= time.time():
                        raise NotAuthorizedError("Access Token has expired")
                    if USER_SCOPE not in str(claims.get("scope", "")).split():
                        raise NotAuthorizedError("Access Token does not have required scopes")
                    client_id, username = pool.access_tokens[access_token]
                    user = find_by_name(pool, username)
                    if user is None:
                        raise UserNotFoundError("User does not exist.")
                    if not user.enabled:
                        raise NotAuthorizedError("User is disabled.")
                    return pool, pool.clients[client_id], user
    raise NotAuthorizedError("Access Token has been revoked")


def find_by_name(pool: CognitoIdpUserPool, name: str) -> CognitoIdpUser | None:
    """Find a user by any of its names."""
    found: CognitoIdpUser | None = pool._get_user(name)  # noqa: SLF001 - moto's way to a user
    return found


def claims_of(token: str) -> dict[str, Any]:
    """What a token of the emulator says, unchecked."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims


def hides_users(client: CognitoIdpUserPoolClient) -> bool:
    """Whether a client keeps to itself which users exist."""
    return client.extended_config.get("PreventUserExistenceErrors") == "ENABLED"


def check_secret(client: CognitoIdpUserPoolClient, secret: str | None) -> None:
    if client.generate_secret and secret != client.secret:
        raise NotAuthorizedError("Invalid client secret")


def find_caller(
    asked: Mapping[str, Any],
) -> tuple[CognitoIdpUserPool, CognitoIdpUserPoolClient, str]:
    """Find the client of a call that is not signed, check its secret, and return the user name."""
    _, pool, client = find_client(asked["ClientId"])
    username: str = asked["Username"]
    check_secret_hash(client, username, asked.get("SecretHash"))
    return pool, client, username


def check_secret_hash(
    client: CognitoIdpUserPoolClient, username: str, secret_hash: str | None
) -> None:
    if client.generate_secret and not is_secret_hash(
        client.secret, client.id, username, secret_hash
    ):
        raise NotAuthorizedError(f"Unable to verify secret hash for client {client.id}")
