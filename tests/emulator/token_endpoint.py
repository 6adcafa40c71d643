"""The endpoints of a pool's domain that applications call: token, user info, revocation.

The grants are codes (with PKCE), refresh tokens and client credentials (RFC 6749).
"""

import base64
import binascii
import json
import secrets
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from joserfc import jwt
from moto.cognitoidp.exceptions import NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUserPool, CognitoIdpUserPoolClient
from moto.core.exceptions import JsonRESTError
from werkzeug import Request, Response

from tests.emulator.app_client import claims_of, find_by_name
from tests.emulator.grants import domain_of, redeem
from tests.emulator.tokens import (
    access_token_seconds,
    claims_for_scopes,
    refreshed,
    revoke,
    tokens_of,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_INVALID_TOKEN = (
    "Access token is expired, disabled, or deleted, or the user has globally signed out."
)


@dataclass(slots=True)
class _RefusedError(Exception):
    """An error of RFC 6749, section 5.2, or of RFC 6750, section 3.1."""

    error: str
    status: int = 400
    description: str | None = None


def with_token_endpoint(application: "WSGIApplication") -> "WSGIApplication":
    """Serve the endpoints of every domain, and everything else by *application*."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        answer_to = _ENDPOINTS.get(request.path)
        if answer_to is None:
            return application(environ, start_response)
        try:
            said = answer_to(_pool_of(request.host), request)
            answer = Response("" if said is None else json.dumps(said), mimetype="application/json")
        except _RefusedError as refused:
            answer = _refusal(refused)
        answer.headers["Cache-Control"] = "no-store"
        return answer(environ, start_response)

    return serve


def _pool_of(host: str) -> CognitoIdpUserPool:
    found = domain_of(host)
    if found is None:
        raise _RefusedError("invalid_request")
    return found[0]


def _refusal(refused: _RefusedError) -> Response:
    body = {"error": refused.error}
    if refused.description is not None:
        body["error_description"] = refused.description
    answer = Response(json.dumps(body), status=refused.status, mimetype="application/json")
    if refused.status in {401, 403}:
        said = ", ".join(f'{name}="{value}"' for name, value in body.items())
        answer.headers["WWW-Authenticate"] = f"Bearer {said}"
    return answer


def _token(pool: CognitoIdpUserPool, request: Request) -> dict[str, Any]:
    form = _form(request)
    grant = _GRANTS.get(form.get("grant_type", ""))
    client = _client_of(pool, form, request)
    if grant is None:
        raise _RefusedError("unsupported_grant_type")
    return grant(pool, client, form)


def _form(request: Request) -> dict[str, str]:
    if request.method != "POST":
        raise _RefusedError("invalid_request", 405)
    if any(len(values) > 1 for values in request.form.listvalues()):
        raise _RefusedError("invalid_request")
    return request.form.to_dict()


def _by_code(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, form: Mapping[str, str]
) -> dict[str, Any]:
    """Exchange a code of the sign-in pages."""
    if not form.get("code") or not form.get("redirect_uri"):
        raise _RefusedError("invalid_request")
    grant = redeem(form["code"])
    if (
        grant is None
        or grant.pool is not pool
        or grant.client is not client
        or grant.redirect_uri != form["redirect_uri"]
        or not grant.accepts(form.get("code_verifier"))
    ):
        raise _RefusedError("invalid_grant")
    return tokens_of(grant)


def _by_refresh_token(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, form: Mapping[str, str]
) -> dict[str, Any]:
    """Exchange a refresh token, which rotates where the client rotates."""
    try:
        result = refreshed(pool, client, form.get("refresh_token", ""))
    except (NotAuthorizedError, JsonRESTError) as error:
        raise _RefusedError("invalid_grant") from error
    answer = {
        "access_token": result["AccessToken"],
        "expires_in": result["ExpiresIn"],
        "token_type": "Bearer",
    }
    for name, key in (("id_token", "IdToken"), ("refresh_token", "RefreshToken")):
        if key in result:
            answer[name] = result[key]
    return answer


def _by_credentials(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, form: Mapping[str, str]
) -> dict[str, Any]:
    """Issue a token to a program."""
    config = client.extended_config
    may_use_oauth = config.get("AllowedOAuthFlowsUserPoolClient", False)
    if not may_use_oauth or "client_credentials" not in config.get("AllowedOAuthFlows", []):
        raise _RefusedError("unauthorized_client")
    allowed = config.get("AllowedOAuthScopes", [])
    scopes = form["scope"].split() if form.get("scope") else allowed
    if not set(scopes) <= set(allowed):
        raise _RefusedError("invalid_scope")
    seconds = access_token_seconds(client)
    return {
        "access_token": _access_token(pool, client, scopes, seconds),
        "expires_in": seconds,
        "token_type": "Bearer",
    }


_GRANTS: Mapping[
    str,
    Callable[
        [CognitoIdpUserPool, CognitoIdpUserPoolClient, Mapping[str, str]],
        dict[str, Any],
    ],
] = {
    "authorization_code": _by_code,
    "client_credentials": _by_credentials,
    "refresh_token": _by_refresh_token,
}


def _client_of(
    pool: CognitoIdpUserPool, form: Mapping[str, str], request: Request
) -> CognitoIdpUserPoolClient:
    """The client; one with a secret proves it, in the header or in the form."""
    name, secret = form.get("client_id", ""), form.get("client_secret", "")
    header = request.headers.get("Authorization", "")
    if header.startswith("Basic "):
        try:
            decoded = base64.b64decode(header.removeprefix("Basic "), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise _RefusedError("invalid_client") from None
        name, secret = (unquote(part) for part in decoded.partition(":")[::2])
    client = pool.clients.get(name)
    if client is None:
        raise _RefusedError("invalid_client")
    if client.generate_secret:
        if not secrets.compare_digest(secret, client.secret):
            raise _RefusedError("invalid_client")
    elif form.get("grant_type") == "client_credentials":
        raise _RefusedError("invalid_client")
    return client


def _user_info(pool: CognitoIdpUserPool, request: Request) -> dict[str, Any]:
    """Return the claims of whoever the access token speaks for; flags are text here."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise _RefusedError("invalid_request", 400, "Missing access token")
    known = pool.access_tokens.get(token)
    claims = claims_of(token) if known else {}
    user = find_by_name(pool, known[1]) if known else None
    if known is None or user is None or not user.enabled or claims["exp"] <= time.time():
        raise _RefusedError("invalid_token", 401, _INVALID_TOKEN)
    scopes = str(claims.get("scope", "")).split()
    if "openid" not in scopes:
        raise _RefusedError("insufficient_scope", 403, "Token lacks the scope openid")
    found = claims_for_scopes(pool.clients[known[0]], user, scopes)
    as_text = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in found.items()
    }
    return {"sub": user.id, "username": user.username, **as_text}


def _revoke(pool: CognitoIdpUserPool, request: Request) -> None:
    form = _form(request)
    client = _client_of(pool, form, request)
    token = form.get("token")
    if not token:
        raise _RefusedError("invalid_request")
    if token in pool.access_tokens or token in pool.id_tokens:
        raise _RefusedError("unsupported_token_type")
    revoke(pool, client, token)


_ENDPOINTS: Mapping[str, Callable[[CognitoIdpUserPool, Request], dict[str, Any] | None]] = {
    "/oauth2/revoke": _revoke,
    "/oauth2/token": _token,
    "/oauth2/userInfo": _user_info,
}


def _access_token(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    scopes: list[str],
    seconds: int,
) -> str:
    """A token of nobody: the client itself is its subject."""
    now = int(time.time())
    claims = {
        "sub": client.id,
        "token_use": "access",
        "scope": " ".join(scopes),
        "auth_time": now,
        "iss": f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}",
        "exp": now + seconds,
        "iat": now,
        "version": 2,
        "jti": str(uuid.uuid4()),
        "client_id": client.id,
    }
    return jwt.encode({"kid": "dummy", "alg": "RS256"}, claims, pool.json_web_key)
