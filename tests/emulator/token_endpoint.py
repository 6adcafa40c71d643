"""The token endpoint of a pool's domain, for the client credentials grant (RFC 6749, section 4.4).

It exchanges neither codes nor refresh tokens, as no sign-in pages hand out codes here.
"""

import base64
import binascii
import json
import secrets
import time
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from joserfc import jwt
from moto.cognitoidp.models import (
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    cognitoidp_backends,
)

from tests.emulator.tokens import access_token_seconds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/oauth2/token"
_GRANT = "client_credentials"


class _RefusedError(Exception):
    """An error of RFC 6749, section 5.2."""


def with_token_endpoint(application: "WSGIApplication") -> "WSGIApplication":
    """Serve the token endpoint of every domain, and everything else by *application*."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return application(environ, start_response)
        try:
            status, answer = "200 OK", _answer(environ)
        except _RefusedError as error:
            status, answer = "400 Bad Request", {"error": str(error)}
        body = json.dumps(answer).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    return serve


def _answer(environ: "WSGIEnvironment") -> dict[str, Any]:
    pool = _pool_of(environ.get("HTTP_HOST", ""))
    length = int(environ.get("CONTENT_LENGTH") or 0)
    asked = parse_qs(environ["wsgi.input"].read(length).decode(), keep_blank_values=True)
    form = {name: values[0] for name, values in asked.items()}
    if environ["REQUEST_METHOD"] != "POST" or any(len(values) > 1 for values in asked.values()):
        raise _RefusedError("invalid_request")
    client = _client_of(pool, form, environ.get("HTTP_AUTHORIZATION", ""))
    if form.get("grant_type") != _GRANT:
        raise _RefusedError("unsupported_grant_type")
    config = client.extended_config
    may_use_oauth = config.get("AllowedOAuthFlowsUserPoolClient", False)
    if not may_use_oauth or _GRANT not in config.get("AllowedOAuthFlows", []):
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


def _pool_of(host: str) -> CognitoIdpUserPool:
    """The pool whose domain *host* is."""
    for account in cognitoidp_backends.values():
        for region, backend in account.items():
            for domain in backend.user_pool_domains.values():
                own = domain.domain if domain.custom_domain_config else ""
                if host in {own, f"{domain.domain}.auth.{region}.amazoncognito.com"}:
                    return backend.user_pools[domain.user_pool_id]
    raise _RefusedError("invalid_request")


def _client_of(
    pool: CognitoIdpUserPool, form: dict[str, str], authorization: str
) -> CognitoIdpUserPoolClient:
    """The client that proves its secret, in the header or in the form."""
    name, secret = form.get("client_id", ""), form.get("client_secret", "")
    if authorization.startswith("Basic "):
        try:
            decoded = base64.b64decode(authorization.removeprefix("Basic "), validate=True)
        except binascii.Error:
            raise _RefusedError("invalid_client") from None
        name, _, secret = decoded.decode().partition(":")
    client = pool.clients.get(name)
    if client is None or not client.generate_secret:
        raise _RefusedError("invalid_client")
    if not secrets.compare_digest(secret, client.secret):
        raise _RefusedError("invalid_client")
    return client


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
