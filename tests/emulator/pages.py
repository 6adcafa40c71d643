"""The sign-in pages of a pool's domain: authorize, sign in, sign up, reset, sign out.

They have the paths and the fields of the classic pages. Users of other identity providers cannot
sign in here.
"""

import html
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from moto.cognitoidp.exceptions import UserNotConfirmedException
from moto.cognitoidp.models import (
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    UserStatus,
)
from moto.core.exceptions import JsonRESTError
from werkzeug import Request, Response
from werkzeug.utils import redirect

from tests.emulator import challenges
from tests.emulator.app_client import find_by_name
from tests.emulator.challenges import Attempt
from tests.emulator.forms import form_page
from tests.emulator.grants import Grant, domain_of, new_code
from tests.emulator.html_page import html_page
from tests.emulator.password_reset import reset_password, send_reset_code
from tests.emulator.sign_in import after_first_factor, answer_challenge, check_password, find_user
from tests.emulator.sign_up import confirm, register, send_sign_up_code
from tests.emulator.tokens import tokens_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FLOWS = {"code": "code", "token": "implicit"}
_SESSION_COOKIE = "cognito"
_CSRF_COOKIE = "XSRF-TOKEN"
_SESSION_SECONDS = 3600
_SENT = {"EMAIL_OTP", "SMS_MFA", "SOFTWARE_TOKEN_MFA"}

_sessions: dict[str, tuple[str, str, float]] = {}

Query = Mapping[str, str]


class _ErrorPageError(Exception):
    """What is shown to the user, because no application can be told."""


class _RefusedError(Exception):
    """An error of RFC 6749, section 4.1.2.1, which the application is told."""


def with_sign_in_pages(application: "WSGIApplication") -> "WSGIApplication":
    """Serve the pages of every domain, and everything else by *application*."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        handler = _HANDLERS.get(request.path)
        found = domain_of(request.host)
        if handler is None or found is None:
            return application(environ, start_response)
        pool, _ = found
        try:
            answer = handler(pool, request)
        except _ErrorPageError as error:
            answer = redirect(f"/error?{urlencode({'error': str(error)})}")
        return answer(environ, start_response)

    return serve


def _authorize(pool: CognitoIdpUserPool, request: Request) -> Response:
    query = request.args
    client, redirect_uri = _application(pool, query)
    try:
        _check(client, query)
        user = _signed_in(pool, request)
        if user is not None and query.get("prompt") != "login":
            return redirect(_back(pool, client, user, query))
        _check_prompt(query)
    except _RefusedError as error:
        told = {"error": str(error)} | _state(query)
        return redirect(_with_query(redirect_uri, told))
    return redirect(f"/login?{urlencode([*query.items(multi=True)])}")


def _application(pool: CognitoIdpUserPool, query: Query) -> tuple[CognitoIdpUserPoolClient, str]:
    """Find the client, and check that it may get the user back at this URL."""
    client = pool.clients.get(query.get("client_id", ""))
    if client is None:
        raise _ErrorPageError("Client does not exist.")
    uri = query.get("redirect_uri") or client.extended_config.get("DefaultRedirectURI", "")
    if uri not in (client.extended_config.get("CallbackURLs") or []):
        raise _ErrorPageError("redirect_mismatch")
    return client, uri


def _check(client: CognitoIdpUserPoolClient, query: Query) -> None:
    config = client.extended_config
    flow = _FLOWS.get(query.get("response_type", ""))
    if flow is None:
        raise _RefusedError("invalid_request")
    allowed = config.get("AllowedOAuthFlows") or []
    if not config.get("AllowedOAuthFlowsUserPoolClient") or flow not in allowed:
        raise _RefusedError("unauthorized_client")
    if not {*_scopes(client, query)} <= {*(config.get("AllowedOAuthScopes") or [])}:
        raise _RefusedError("invalid_scope")
    method = query.get("code_challenge_method")
    if bool(query.get("code_challenge")) != bool(method) or method not in {None, "S256"}:
        raise _RefusedError("invalid_request")
    provider = query.get("identity_provider") or query.get("idp_identifier") or "COGNITO"
    if provider != "COGNITO":
        raise _ErrorPageError(f"{provider}: is not emulated")


def _check_prompt(query: Query) -> None:
    """Refuse to show a page where the application wants none."""
    if query.get("prompt") == "none":
        raise _RefusedError("login_required")


def _scopes(client: CognitoIdpUserPoolClient, query: Query) -> tuple[str, ...]:
    asked = query.get("scope", "").split()
    return tuple(asked or client.extended_config.get("AllowedOAuthScopes") or ())


def _back(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    user: CognitoIdpUser,
    query: Query,
) -> str:
    """Where the user goes after the sign-in: back to the application, with a code or tokens."""
    _, redirect_uri = _application(pool, query)
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


def _state(query: Query) -> dict[str, str]:
    return {"state": query["state"]} if "state" in query else {}


def _with_query(uri: str, more: Mapping[str, str]) -> str:
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *more.items()])))


def _signed_in(pool: CognitoIdpUserPool, request: Request) -> CognitoIdpUser | None:
    key = request.cookies.get(_SESSION_COOKIE, "")
    pool_id, username, ends = _sessions.get(key, ("", "", 0.0))
    if pool_id != pool.id or time.monotonic() > ends:
        return None
    user = find_by_name(pool, username)
    return user if user is not None and user.enabled else None


def _begin(pool: CognitoIdpUserPool, request: Request) -> CognitoIdpUserPoolClient:
    """Check what was asked again: the address of a page can be written by anybody."""
    client, _ = _application(pool, request.args)
    try:
        _check(client, request.args)
    except _RefusedError as error:
        raise _ErrorPageError(str(error)) from error
    if request.method == "POST":
        sent = request.form.get("_csrf", "")
        if not sent or not secrets.compare_digest(sent, request.cookies.get(_CSRF_COOKIE, "")):
            raise _ErrorPageError("Invalid CSRF token")
    return client


def _login(pool: CognitoIdpUserPool, request: Request) -> Response:
    client = _begin(pool, request)
    if request.method == "GET":
        return _login_form(request)
    name = request.form.get("username", "")
    try:
        attempt = Attempt(
            pool=pool, client=client, user=find_user(pool, client, name), name=name, finish=_done
        )
        check_password(attempt, request.form.get("password"))
        return _next(pool, request, after_first_factor(attempt), name)
    except UserNotConfirmedException:
        user = find_by_name(pool, name)
        if user is not None:
            send_sign_up_code(pool, user)
        return _code_form(request, "/confirmUser", name, "")
    except JsonRESTError as error:
        return _login_form(request, error.message)


def _done(_attempt: Attempt) -> dict[str, Any]:
    """End a sign-in on the pages: the application gets its tokens by other ways."""
    return {}


def _next(
    pool: CognitoIdpUserPool,
    request: Request,
    asked: Mapping[str, Any],
    name: str,
    error: str = "",
) -> Response:
    """Show the form of the next challenge, or take the user back."""
    if not asked:
        return _finish(pool, request, name)
    session, challenge = asked["Session"], asked["ChallengeName"]
    if challenge == "NEW_PASSWORD_REQUIRED":
        fields = {"new_password": "password", "session": session, "username": name}
        return _form(request, "/changePassword", fields, error)
    if challenge in _SENT:
        fields = {"authentication_code": "text", "session": session, "username": name}
        return _form(request, "/mfa", fields | {"challenge": challenge}, error)
    raise _ErrorPageError(f"{challenge}: is not emulated on a page")


def _finish(pool: CognitoIdpUserPool, request: Request, name: str) -> Response:
    user = find_by_name(pool, name)
    client, _ = _application(pool, request.args)
    if user is None:
        raise _ErrorPageError("Client does not exist.")
    answer = redirect(_back(pool, client, user, request.args))
    key = secrets.token_urlsafe(32)
    _sessions[key] = (pool.id, str(user.username), time.monotonic() + _SESSION_SECONDS)
    answer.set_cookie(_SESSION_COOKIE, key, secure=True, httponly=True, samesite="Lax")
    return answer


def _mfa(pool: CognitoIdpUserPool, request: Request) -> Response:
    challenge = request.form.get("challenge", "")
    return _answer(pool, request, challenge, {f"{challenge}_CODE": "authentication_code"})


def _change_password(pool: CognitoIdpUserPool, request: Request) -> Response:
    return _answer(pool, request, "NEW_PASSWORD_REQUIRED", {"NEW_PASSWORD": "new_password"})


def _answer(
    pool: CognitoIdpUserPool, request: Request, challenge: str, fields: Mapping[str, str]
) -> Response:
    client = _begin(pool, request)
    form = request.form
    name = form.get("username", "")
    answers = {key: form.get(field, "") for key, field in fields.items()}
    try:
        asked = answer_challenge(client, challenge, form.get("session", ""), answers)
    except JsonRESTError as error:
        if challenges.exists(form.get("session", "")):
            again = {"Session": form.get("session", ""), "ChallengeName": challenge}
            return _next(pool, request, again, name, error.message)
        return _login_form(request, error.message)
    return _next(pool, request, asked, name)


def _sign_up(pool: CognitoIdpUserPool, request: Request) -> Response:
    client = _begin(pool, request)
    fields = {"username": "text", "password": "password"}
    # The name is one of them where users sign in with an address.
    asked_already = {"sub", *(pool.extended_config.get("UsernameAttributes") or [])}
    required = [
        key
        for key, schema in pool.schema_attributes.items()
        if schema.required and key not in asked_already
    ]
    fields |= {f"requiredAttributes[{key}]": "text" for key in required}
    if request.method == "GET":
        return _form(request, "/signup", fields)
    attributes = {key: request.form.get(f"requiredAttributes[{key}]", "") for key in required}
    name = request.form.get("username", "")
    try:
        register(pool, client, name, request.form.get("password"), attributes)
    except JsonRESTError as error:
        return _form(request, "/signup", fields, error.message)
    return _code_form(request, "/confirmUser", name, "")


def _confirm_user(pool: CognitoIdpUserPool, request: Request) -> Response:
    client = _begin(pool, request)
    name = request.form.get("username", "")
    try:
        confirm(pool, client, name, request.form.get("code", ""))
    except JsonRESTError as error:
        return _code_form(request, "/confirmUser", name, error.message)
    return _finish(pool, request, name)


def _forgot_password(pool: CognitoIdpUserPool, request: Request) -> Response:
    _begin(pool, request)
    if request.method == "GET":
        return _form(request, "/forgotPassword", {"username": "text"})
    name = request.form.get("username", "")
    user = find_by_name(pool, name)
    try:
        if user is not None:
            send_reset_code(pool, user)
    except JsonRESTError as error:
        return _form(request, "/forgotPassword", {"username": "text"}, error.message)
    return _reset_form(request, name)


def _confirm_forgot_password(pool: CognitoIdpUserPool, request: Request) -> Response:
    _begin(pool, request)
    name, form = request.form.get("username", ""), request.form
    user = find_by_name(pool, name)
    try:
        if user is None:
            return _reset_form(request, name, "Invalid verification code provided.")
        reset_password(pool, user, code=form.get("code", ""), password=form.get("password", ""))
    except JsonRESTError as error:
        return _reset_form(request, name, error.message)
    if user.status != UserStatus.CONFIRMED:
        return _login_form(request)
    return _finish(pool, request, name)


def _logout(pool: CognitoIdpUserPool, request: Request) -> Response:
    """Sign out, and go to a URL of the client, or to the sign-in page again."""
    query = request.args
    client = pool.clients.get(query.get("client_id", ""))
    if client is None:
        raise _ErrorPageError("Client does not exist.")
    target = query.get("logout_uri")
    if target is not None:
        if target not in (client.extended_config.get("LogoutURLs") or []):
            raise _ErrorPageError("Invalid logout_uri")
    elif "redirect_uri" in query and "response_type" in query:
        _application(pool, query)
        target = f"/oauth2/authorize?{urlencode([*query.items(multi=True)])}"
    else:
        raise _ErrorPageError("Required String parameter 'redirect_uri' is not present")
    _sessions.pop(request.cookies.get(_SESSION_COOKIE, ""), None)
    answer = redirect(target)
    answer.delete_cookie(_SESSION_COOKIE)
    return answer


def _error(_pool: CognitoIdpUserPool, request: Request) -> Response:
    text = html.escape(request.args.get("error", ""))
    body = f"<p>An error was encountered with the requested page.</p><p>{text}</p>"
    page = html_page("Error", body)
    return Response(page, status=400, mimetype="text/html")


def _login_form(request: Request, error: str = "") -> Response:
    return _form(request, "/login", {"username": "text", "password": "password"}, error)


def _code_form(request: Request, path: str, name: str, error: str) -> Response:
    return _form(request, path, {"code": "text", "username": name}, error)


def _reset_form(request: Request, name: str, error: str = "") -> Response:
    fields = {"code": "text", "password": "password", "username": name}
    return _form(request, "/confirmForgotPassword", fields, error)


def _form(request: Request, path: str, fields: Mapping[str, str], error: str = "") -> Response:
    """Show a form; a field of no kind is hidden, and has its value."""
    found = domain_of(request.host)
    assert found is not None  # with_sign_in_pages has found it
    csrf = secrets.token_urlsafe(16)
    query = request.query_string.decode()
    page = form_page(found[0], path, query, fields, csrf=csrf, error=error)
    answer = Response(page, mimetype="text/html")
    answer.set_cookie(_CSRF_COOKIE, csrf, secure=True, httponly=True, samesite="Lax")
    return answer


_HANDLERS: Mapping[str, Callable[[CognitoIdpUserPool, Request], Response]] = {
    "/changePassword": _change_password,
    "/confirmForgotPassword": _confirm_forgot_password,
    "/confirmUser": _confirm_user,
    "/error": _error,
    "/forgotPassword": _forgot_password,
    "/login": _login,
    "/logout": _logout,
    "/mfa": _mfa,
    "/oauth2/authorize": _authorize,
    "/signup": _sign_up,
}
