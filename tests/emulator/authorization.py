"""What an application asks of the sign-in pages, and how a user gets back to it."""

import secrets
import time
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from moto.cognitoidp.models import (
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
)
from werkzeug import Request, Response
from werkzeug.utils import redirect

from tests.emulator.app_client import find_by_name
from tests.emulator.grants import Grant, new_code
from tests.emulator.tokens import tokens_of

Query = Mapping[str, str]
"""The parameters of `/oauth2/authorize`, which all pages repeat."""

COGNITO = "COGNITO"
"""The name of the pool itself among the identity providers of a client."""

_FLOWS = {"code": "code", "token": "implicit"}
_SESSION_COOKIE = "cognito"
_SESSION_SECONDS = 3600

_sessions: dict[str, tuple[str, str, str, float]] = {}


class ErrorPageError(Exception):
    """What is shown to the user, because no application can be told."""


class RefusedError(Exception):
    """An error of RFC 6749, section 4.1.2.1, which the application is told.

    Attributes:
        error: The code of the error.
        description: More about it; `None` where Cognito says no more.
    """

    def __init__(self, error: str, description: str | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


def application_of(pool: CognitoIdpUserPool, query: Query) -> tuple[CognitoIdpUserPoolClient, str]:
    """Find the client, and check that it may get the user back at this URL."""
    client = pool.clients.get(query.get("client_id", ""))
    if client is None:
        raise ErrorPageError("Client does not exist.")
    uri = query.get("redirect_uri") or client.extended_config.get("DefaultRedirectURI", "")
    if uri not in (client.extended_config.get("CallbackURLs") or []):
        raise ErrorPageError("redirect_mismatch")
    return client, uri


def check_request(client: CognitoIdpUserPoolClient, query: Query) -> None:
    """Check what the application asks for: grant, scopes and PKCE."""
    config = client.extended_config
    flow = _FLOWS.get(query.get("response_type", ""))
    if flow is None:
        raise RefusedError("invalid_request")
    allowed = config.get("AllowedOAuthFlows") or []
    if not config.get("AllowedOAuthFlowsUserPoolClient") or flow not in allowed:
        raise RefusedError("unauthorized_client")
    if not {*_scopes(client, query)} <= {*(config.get("AllowedOAuthScopes") or [])}:
        raise RefusedError("invalid_scope")
    method = query.get("code_challenge_method")
    if bool(query.get("code_challenge")) != bool(method) or method not in {None, "S256"}:
        raise RefusedError("invalid_request")


def offered_providers(client: CognitoIdpUserPoolClient) -> list[str]:
    """The names of the identity providers of a client; the pool alone by default."""
    return client.extended_config.get("SupportedIdentityProviders") or [COGNITO]


def chosen_provider(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, query: Query
) -> str | None:
    """The provider that the request names, or the only one of the client; `None` for a choice."""
    offered = offered_providers(client)
    name = query.get("identity_provider") or _named(pool, query.get("idp_identifier"))
    if name is None and len(offered) == 1:
        (name,) = offered
    if name is not None:
        check_offered(pool, client, name)
    return name


def check_offered(pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, name: str) -> None:
    """Refuse a provider that is none, or that users of the client may not sign in with."""
    exists = name == COGNITO or name in pool.identity_providers
    if not exists or name not in offered_providers(client):
        raise ErrorPageError("Login option is not available. Please try another one")


def _named(pool: CognitoIdpUserPool, identifier: str | None) -> str | None:
    if not identifier:
        return None
    for provider in pool.identity_providers.values():
        if identifier in (provider.extended_config.get("IdpIdentifiers") or []):
            found: str = provider.name
            return found
    return identifier  # no provider has this name, and the user is told


def back(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    user: CognitoIdpUser,
    query: Query,
) -> str:
    """Where the user goes after the sign-in: back to the application, with a code or tokens."""
    _, redirect_uri = application_of(pool, query)
    grant = Grant(
        pool=pool,
        client=client,
        user=user,
        scopes=_scopes(client, query),
        redirect_uri=redirect_uri,
        nonce=query.get("nonce"),
        code_challenge=query.get("code_challenge"),
    )
    if query["response_type"] == "code":
        return _with_query(redirect_uri, {"code": new_code(grant)} | _state(query))
    tokens = tokens_of(grant)
    del tokens["refresh_token"]
    return f"{redirect_uri}#{urlencode(tokens | _state(query))}"


def back_with_error(redirect_uri: str, query: Query, refused: RefusedError) -> Response:
    """Take the user back to the application, which is told what is wrong."""
    told = {"error": refused.error}
    if refused.description is not None:
        told = {"error_description": refused.description} | told
    return redirect(_with_query(redirect_uri, told | _state(query)))


def finish(
    pool: CognitoIdpUserPool, user: CognitoIdpUser | None, query: Query, *, provider: str = COGNITO
) -> Response:
    """End a sign-in: take the user back, and keep the browser signed in for an hour."""
    client, _ = application_of(pool, query)
    if user is None:
        raise ErrorPageError("Client does not exist.")
    answer = redirect(back(pool, client, user, query))
    key = secrets.token_urlsafe(32)
    ends = time.monotonic() + _SESSION_SECONDS
    _sessions[key] = (pool.id, str(user.username), provider, ends)
    answer.set_cookie(_SESSION_COOKIE, key, secure=True, httponly=True, samesite="Lax")
    return answer


def signed_in(pool: CognitoIdpUserPool, request: Request) -> tuple[CognitoIdpUser, str] | None:
    """The user of a browser that is signed in, and the name of the provider of that sign-in."""
    key = request.cookies.get(_SESSION_COOKIE, "")
    pool_id, username, provider, ends = _sessions.get(key, ("", "", "", 0.0))
    if pool_id != pool.id or time.monotonic() > ends:
        return None
    user = find_by_name(pool, username)
    return (user, provider) if user is not None and user.enabled else None


def sign_out(request: Request, target: str) -> Response:
    """Sign a browser out, and send it to *target*."""
    _sessions.pop(request.cookies.get(_SESSION_COOKIE, ""), None)
    answer = redirect(target)
    answer.delete_cookie(_SESSION_COOKIE)
    return answer


def _scopes(client: CognitoIdpUserPoolClient, query: Query) -> tuple[str, ...]:
    asked = query.get("scope", "").split()
    return tuple(asked or client.extended_config.get("AllowedOAuthScopes") or ())


def _state(query: Query) -> dict[str, str]:
    return {"state": query["state"]} if "state" in query else {}


def _with_query(uri: str, more: Mapping[str, str]) -> str:
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *more.items()])))
