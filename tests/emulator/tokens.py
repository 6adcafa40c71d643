"""Completes tokens: lifetimes, claims, refresh, rotation, revocation and sign-out."""

import json
import time
import uuid
from collections.abc import Collection
from typing import Any

from joserfc import jwt
from moto.cognitoidp.exceptions import NotAuthorizedError
from moto.cognitoidp.models import (
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
)
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator.app_client import check_secret, claims_of, find_client, find_signed_in
from tests.emulator.completing import Original, completes
from tests.emulator.federated_users import as_text
from tests.emulator.grants import Grant, grant_of, remember

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}

_CLAIMS_OF = {
    "email": ("email", "email_verified"),
    "phone": ("phone_number", "phone_number_verified"),
}
_ALL_CLAIMS = ("openid",)
_OF_EVERY_ID_TOKEN = ("cognito:groups", "origin_jti")

_KEY_ID = "dummy"
"""The id that moto gives the key of all pools."""

_rotated_at: dict[str, float] = {}
_signed_in_at: dict[str, int] = {}


def access_token_seconds(client: CognitoIdpUserPoolClient) -> int:
    """Return the lifetime of an access token of a client, in seconds."""
    return _lifetime(client, "AccessToken")


@completes(CognitoIdpUserPool)
def create_jwt(
    _original: Original,
    pool: CognitoIdpUserPool,
    client_id: str,
    username: str,
    token_use: str,
    extra_data: dict[str, Any],
) -> tuple[str, int]:
    """Issue a token with the lifetime of its client, and the claims of its user."""
    is_access = token_use == "access"
    client = pool.clients[client_id]
    user = pool.backend.admin_get_user(pool.id, username)
    lifetime = _lifetime(client, "AccessToken" if is_access else "IdToken")
    now = int(time.time())
    claims: dict[str, Any] = {
        "sub": user.id,
        "iss": f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}",
        "client_id" if is_access else "aud": client_id,
        "token_use": token_use,
        "auth_time": _signed_in_at.setdefault(extra_data["origin_jti"], now),
        "iat": now,
        "exp": now + lifetime,
        "jti": str(uuid.uuid4()),
        "username" if is_access else "cognito:username": user.username,
    }
    grant = grant_of(extra_data["origin_jti"])
    if is_access:
        claims |= extra_data
        if grant is not None:
            claims |= {"scope": " ".join(grant.scopes), "version": 2}
    else:
        kept = {key: extra_data[key] for key in _OF_EVERY_ID_TOKEN if key in extra_data}
        scopes = _ALL_CLAIMS if grant is None else grant.scopes
        claims |= kept | claims_for_scopes(client, user, scopes) | _role_claims(pool, username)
        if grant is not None and grant.nonce is not None:
            claims["nonce"] = grant.nonce
        if "identities" in user.attribute_lookup:
            claims["identities"] = _identities(user)
    return jwt.encode({"kid": _KEY_ID, "alg": "RS256"}, claims, pool.json_web_key), lifetime


def claims_for_scopes(
    client: CognitoIdpUserPoolClient, user: CognitoIdpUser, scopes: Collection[str]
) -> dict[str, Any]:
    """Return the attributes that scopes allow: `openid` alone allows what the client may read."""
    readable = _readable_claims(client, user)
    narrower = {scope for scope in scopes if scope in _CLAIMS_OF}
    if "profile" in scopes or not narrower:
        return readable
    allowed = {name for scope in narrower for name in _CLAIMS_OF[scope]}
    return {name: value for name, value in readable.items() if name in allowed}


def _readable_claims(client: CognitoIdpUserPoolClient, user: CognitoIdpUser) -> dict[str, Any]:
    """Return the attributes that a client may read, all by default; flags are no text."""
    readable = client.extended_config.get("ReadAttributes")
    found: dict[str, Any] = {}
    for name, value in user.attribute_lookup.items():
        if name in {"sub", "identities"} or (readable and name not in readable):
            continue
        found[name] = value == "true" if name.endswith("_verified") else value
    return found


def _identities(user: CognitoIdpUser) -> list[dict[str, Any]]:
    """Return the identities of a user at other providers; all values are text here."""
    return [
        {key: value if value is None else as_text(value) for key, value in one.items()}
        for one in json.loads(user.attribute_lookup["identities"])
    ]


@completes(CognitoIdpResponse)
def revoke_token(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Revoke a refresh token, and the access tokens that came from it; moto lacks the call."""
    asked = response.parameters
    _, pool, client = find_client(asked["ClientId"])
    check_secret(client, asked.get("ClientSecret"))
    revoke(pool, client, asked["Token"])
    return EmptyResult()


def revoke(pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, token: str) -> None:
    """Revoke a refresh token of a client, and the access tokens that came from it."""
    origin = pool.refresh_tokens.get(token)
    if origin is None or origin[0] != client.id:
        return
    pool.refresh_tokens[token] = None
    for access_token in list(pool.access_tokens):
        if claims_of(access_token)["origin_jti"] == origin[2]:
            del pool.access_tokens[access_token]


@completes(CognitoIdpResponse)
def get_tokens_from_refresh_token(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Exchange a refresh token, and replace it where the client rotates; moto lacks the call."""
    asked = response.parameters
    _, pool, client = find_client(asked["ClientId"])
    check_secret(client, asked.get("ClientSecret"))
    return ActionResult({"AuthenticationResult": refreshed(pool, client, asked["RefreshToken"])})


def refreshed(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, token: str
) -> dict[str, Any]:
    """Exchange a refresh token of a client.

    Raises:
        NotAuthorizedException: It is none, or was revoked.
        RefreshTokenReuseException: It was replaced, longer ago than the client's grace period.
    """
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
        "TokenType": "Bearer",
    }
    grant = grant_of(origin[2])
    if grant is None or "openid" in grant.scopes:
        result["IdToken"] = id_token
    if rotation.get("Feature") == "ENABLED":
        _rotated_at.setdefault(token, time.monotonic())
        result["RefreshToken"] = str(uuid.uuid4())
        pool.refresh_tokens[result["RefreshToken"]] = origin
    return result


def tokens_of(grant: Grant) -> dict[str, Any]:
    """Issue the tokens of a grant, as the token endpoint returns them."""
    token, origin = grant.pool.create_refresh_token(grant.client.id, str(grant.user.username))
    remember(origin, grant)
    access_token, id_token, seconds = grant.pool.create_tokens_from_refresh_token(token)
    answer = {
        "access_token": access_token,
        "expires_in": seconds,
        "refresh_token": token,
        "token_type": "Bearer",
    }
    if "openid" in grant.scopes:
        answer["id_token"] = id_token
    return answer


@completes(CognitoIdpResponse)
def global_sign_out(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Sign out whoever asks, in any region."""
    pool, _, user = find_signed_in(response.parameters["AccessToken"])
    pool.sign_out(str(user.username))
    return EmptyResult()


@completes(CognitoIdpUserPool)
def sign_out(original: Original, pool: CognitoIdpUserPool, username: str) -> None:
    """Sign a user out everywhere, by any of its names; moto knows that of the sign-in alone."""
    user = pool.backend.admin_get_user(pool.id, username)
    signed_in = {token[1] for token in pool.refresh_tokens.values() if token is not None}
    for name in signed_in:
        if pool._get_user(name) is user:  # noqa: SLF001 - it may be gone
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
