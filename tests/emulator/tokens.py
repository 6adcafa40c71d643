"""Completes tokens: lifetimes, claims, refresh, rotation, revocation and sign-out."""

import base64
import json
import time
import uuid
from typing import Any

from moto.cognitoidp.exceptions import NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUserPool, CognitoIdpUserPoolClient
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator.app_client import check_secret, find_client
from tests.emulator.completing import Original, completes

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}

_rotated_at: dict[str, float] = {}


def access_token_seconds(client: CognitoIdpUserPoolClient) -> int:
    """Return the lifetime of an access token of a client, in seconds."""
    return _lifetime(client, "AccessToken")


@completes(CognitoIdpUserPool)
def create_jwt(  # noqa: PLR0917 - moto's signature
    original: Original,
    pool: CognitoIdpUserPool,
    client_id: str,
    username: str,
    token_use: str,
    extra_data: dict[str, Any],
) -> tuple[str, int]:
    """Issue a token with the lifetime of its client; an ID token names the roles of groups."""
    name = "AccessToken" if token_use == "access" else "IdToken"
    lifetime = _lifetime(pool.clients[client_id], name)
    if token_use == "id":
        extra_data = extra_data | _role_claims(pool, username)
    token: tuple[str, int] = original(
        pool, client_id, username, token_use, expires_in=lifetime, extra_data=extra_data
    )
    return token


@completes(CognitoIdpResponse)
def revoke_token(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Revoke a refresh token, and the access tokens that came from it; moto lacks the call."""
    asked = response.parameters
    _, pool, client = find_client(asked["ClientId"])
    check_secret(client, asked.get("ClientSecret"))
    token = asked["Token"]
    origin = pool.refresh_tokens.get(token)
    if origin is not None and origin[0] == client.id:
        pool.refresh_tokens[token] = None
        for access_token in list(pool.access_tokens):
            if _claims(access_token)["origin_jti"] == origin[2]:
                del pool.access_tokens[access_token]
    return EmptyResult()


@completes(CognitoIdpResponse)
def get_tokens_from_refresh_token(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Exchange a refresh token, and replace it where the client rotates; moto lacks the call."""
    asked = response.parameters
    _, pool, client = find_client(asked["ClientId"])
    check_secret(client, asked.get("ClientSecret"))
    token = asked["RefreshToken"]
    origin = pool.refresh_tokens.get(token)
    if origin is None or origin[0] != client.id:
        raise NotAuthorizedError("Refresh Token has been revoked")
    rotation = client.extended_config.get("RefreshTokenRotation", {})
    grace = rotation.get("RetryGracePeriodSeconds", 0)
    if token in _rotated_at and time.monotonic() >= _rotated_at[token] + grace:
        raise JsonRESTError("RefreshTokenReuseException", "Refresh token has been invalidated")
    access_token, id_token, seconds = pool.create_tokens_from_refresh_token(token)
    result: dict[str, Any] = {
        "AccessToken": access_token,
        "ExpiresIn": seconds,
        "IdToken": id_token,
        "TokenType": "Bearer",
    }
    if rotation.get("Feature") == "ENABLED":
        _rotated_at.setdefault(token, time.monotonic())
        result["RefreshToken"] = str(uuid.uuid4())
        pool.refresh_tokens[result["RefreshToken"]] = origin
    return ActionResult({"AuthenticationResult": result})


@completes(CognitoIdpUserPool)
def sign_out(original: Original, pool: CognitoIdpUserPool, username: str) -> None:
    """Sign a user out everywhere, by any of its names; moto knows that of the sign-in alone."""
    user = pool.backend.admin_get_user(pool.id, username)
    signed_in = {token[1] for token in pool.refresh_tokens.values() if token is not None}
    for name in signed_in:
        if pool.backend.admin_get_user(pool.id, name) is user:
            original(pool, name)


def _role_claims(pool: CognitoIdpUserPool, username: str) -> dict[str, Any]:
    """Return the claims for the roles of the user's groups; the lowest precedence is preferred."""
    user = pool.backend.admin_get_user(pool.id, username)
    groups = [group for group in user.groups if group.role_arn]
    if not groups:
        return {}
    precedences = [group.precedence for group in groups if group.precedence is not None]
    best = min(precedences, default=None)
    preferred = {group.role_arn for group in groups if group.precedence == best}
    claims: dict[str, Any] = {"cognito:roles": sorted({group.role_arn for group in groups})}
    if len(preferred) == 1:
        claims["cognito:preferred_role"] = preferred.pop()
    return claims


def _lifetime(client: CognitoIdpUserPoolClient, token: str) -> int:
    unit = client.extended_config.get("TokenValidityUnits", {}).get(token, "hours")
    seconds: int = client.extended_config.get(f"{token}Validity", 1) * _SECONDS[unit]
    return seconds


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims
