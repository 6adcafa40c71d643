"""The sign-in pages of a pool's domain: authorize, sign in, sign up, reset, sign out.

They have the paths and the fields of the classic pages.
"""

import html
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from moto.cognitoidp.exceptions import UserNotConfirmedException
from moto.cognitoidp.models import CognitoIdpUserPool, CognitoIdpUserPoolClient, UserStatus
from moto.core.exceptions import JsonRESTError
from werkzeug import Request, Response
from werkzeug.utils import redirect

from tests.emulator import challenges, federation
from tests.emulator.app_client import find_by_name
from tests.emulator.authorization import (
    COGNITO,
    ErrorPageError,
    Query,
    RefusedError,
    application_of,
    back,
    back_with_error,
    check_offered,
    check_request,
    chosen_provider,
    finish,
    offered_providers,
    signed_in,
)
from tests.emulator.challenges import Attempt
from tests.emulator.forms import PASSWORDLESS, check_csrf, form
from tests.emulator.grants import domain_of
from tests.emulator.html_page import html_page
from tests.emulator.password_reset import reset_password, send_reset_code
from tests.emulator.sign_in import (
    after_first_factor,
    answer_challenge,
    ask_for_first_factor,
    check_password,
    find_user,
)
from tests.emulator.sign_up import confirm, first_factors, register, send_sign_up_code

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SENT = {"EMAIL_OTP", "SMS_MFA", "SMS_OTP", "SOFTWARE_TOKEN_MFA"}
_WITHOUT_PASSWORD = {"EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"}


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
        except ErrorPageError as error:
            answer = redirect(f"/error?{urlencode({'error': str(error)})}")
        return answer(environ, start_response)

    return serve


def _authorize(pool: CognitoIdpUserPool, request: Request) -> Response:
    query = request.args
    client, redirect_uri = application_of(pool, query)
    try:
        check_request(client, query)
        provider = chosen_provider(pool, client, query)
        session = signed_in(pool, request)
        if session is not None and query.get("prompt") != "login":
            user, used = session
            if provider in {None, used} and used in offered_providers(client):
                return redirect(back(pool, client, user, query))
        _check_prompt(query)
    except RefusedError as error:
        return back_with_error(redirect_uri, query, error)
    if provider in {None, COGNITO}:
        return redirect(f"/login?{_repeated(request)}")
    return federation.begin(pool, request, provider)


def _check_prompt(query: Query) -> None:
    """Refuse to show a page where the application wants none."""
    if query.get("prompt") == "none":
        raise RefusedError("login_required")


def _repeated(request: Request, **more: str) -> str:
    """What the application asked for, for the next page."""
    return urlencode([*request.args.items(multi=True), *more.items()])


def _begin(pool: CognitoIdpUserPool, request: Request) -> CognitoIdpUserPoolClient:
    """Check what was asked again: the address of a page can be written by anybody."""
    client, _ = application_of(pool, request.args)
    try:
        check_request(client, request.args)
    except RefusedError as error:
        raise ErrorPageError(str(error)) from error
    if request.path != "/login":
        check_offered(pool, client, COGNITO)
    if request.method == "POST":
        check_csrf(request)
    return client


def _login(pool: CognitoIdpUserPool, request: Request) -> Response:
    client = _begin(pool, request)
    provider = chosen_provider(pool, client, request.args)
    if provider not in {None, COGNITO}:
        return federation.begin(pool, request, provider)
    if request.method == "GET":
        return _login_form(pool, client, request)
    check_offered(pool, client, COGNITO)
    name = request.form.get("username", "")
    try:
        attempt = _attempt(pool, client, name)
        check_password(attempt, request.form.get("password"))
        return _next(pool, request, after_first_factor(attempt), name)
    except UserNotConfirmedException:
        return _ask_to_confirm(pool, request, name)
    except JsonRESTError as error:
        return _login_form(pool, client, request, error.message)


def _passwordless(pool: CognitoIdpUserPool, request: Request) -> Response:
    """Ask who signs in, and by which of the user's other first factors."""
    client = _begin(pool, request)
    if not _is_passwordless(pool, client):
        raise ErrorPageError("Login option is not available. Please try another one")
    if request.method == "GET":
        return form(request, PASSWORDLESS, {"username": "text"})
    name = request.form.get("username", "")
    try:
        asked = ask_for_first_factor(_attempt(pool, client, name))
    except UserNotConfirmedException:
        return _ask_to_confirm(pool, request, name)
    except JsonRESTError as error:
        return form(request, PASSWORDLESS, {"username": "text"}, error=error.message)
    return _next(pool, request, asked, name)


def _is_passwordless(pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient) -> bool:
    flows = client.extended_config.get("ExplicitAuthFlows") or []
    return "ALLOW_USER_AUTH" in flows and bool(first_factors(pool) & _WITHOUT_PASSWORD)


def _attempt(pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, name: str) -> Attempt:
    user = find_user(pool, client, name)
    return Attempt(pool=pool, client=client, user=user, name=name, finish=_done)


def _ask_to_confirm(pool: CognitoIdpUserPool, request: Request, name: str) -> Response:
    user = find_by_name(pool, name)
    if user is not None:
        send_sign_up_code(pool, user)
    return _code_form(request, "/confirmUser", name, "")


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
        return finish(pool, find_by_name(pool, name), request.args)
    challenge = asked["ChallengeName"]
    hidden = {"session": asked["Session"], "username": name}
    if challenge == "NEW_PASSWORD_REQUIRED":
        fields = {"new_password": "password"}
        return form(request, "/changePassword", fields, hidden=hidden, error=error)
    if challenge in _SENT:
        fields = {"authentication_code": "text"}
        return form(request, "/mfa", fields, hidden=hidden | {"challenge": challenge}, error=error)
    if challenge == "SELECT_CHALLENGE":
        choices = [one for one in asked.get("AvailableChallenges", []) if one in _WITHOUT_PASSWORD]
        if choices:
            choice = {"answer": choices}
            return form(request, "/selectChallenge", choice, hidden=hidden, error=error)
        client, _ = application_of(pool, request.args)
        return _login_form(pool, client, request, error)
    if challenge == "WEB_AUTHN":
        options = asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]
        hidden |= {"credential": ""}
        return form(request, "/passkey", {}, hidden=hidden, passkey_options=options)
    raise ErrorPageError(f"{challenge}: is not emulated on a page")


def _mfa(pool: CognitoIdpUserPool, request: Request) -> Response:
    challenge = request.form.get("challenge", "")
    return _answer(pool, request, challenge, {f"{challenge}_CODE": "authentication_code"})


def _select_challenge(pool: CognitoIdpUserPool, request: Request) -> Response:
    return _answer(pool, request, "SELECT_CHALLENGE", {"ANSWER": "answer"})


def _passkey(pool: CognitoIdpUserPool, request: Request) -> Response:
    return _answer(pool, request, "WEB_AUTHN", {"CREDENTIAL": "credential"})


def _change_password(pool: CognitoIdpUserPool, request: Request) -> Response:
    return _answer(pool, request, "NEW_PASSWORD_REQUIRED", {"NEW_PASSWORD": "new_password"})


def _answer(
    pool: CognitoIdpUserPool, request: Request, challenge: str, fields: Mapping[str, str]
) -> Response:
    client = _begin(pool, request)
    session, name = request.form.get("session", ""), request.form.get("username", "")
    answers = {key: request.form.get(field, "") for key, field in fields.items()}
    try:
        asked = answer_challenge(client, challenge, session, answers)
    except JsonRESTError as error:
        if challenges.exists(session):
            again = {"Session": session, "ChallengeName": challenge}
            return _next(pool, request, again, name, error.message)
        return _login_form(pool, client, request, error.message)
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
        return form(request, "/signup", fields)
    attributes = {key: request.form.get(f"requiredAttributes[{key}]", "") for key in required}
    name = request.form.get("username", "")
    try:
        register(pool, client, name, request.form.get("password"), attributes)
    except JsonRESTError as error:
        return form(request, "/signup", fields, error=error.message)
    return _code_form(request, "/confirmUser", name, "")


def _confirm_user(pool: CognitoIdpUserPool, request: Request) -> Response:
    client = _begin(pool, request)
    name = request.form.get("username", "")
    try:
        confirm(pool, client, name, request.form.get("code", ""))
    except JsonRESTError as error:
        return _code_form(request, "/confirmUser", name, error.message)
    return finish(pool, find_by_name(pool, name), request.args)


def _forgot_password(pool: CognitoIdpUserPool, request: Request) -> Response:
    _begin(pool, request)
    if request.method == "GET":
        return form(request, "/forgotPassword", {"username": "text"})
    name = request.form.get("username", "")
    user = find_by_name(pool, name)
    try:
        if user is not None:
            send_reset_code(pool, user)
    except JsonRESTError as error:
        return form(request, "/forgotPassword", {"username": "text"}, error=error.message)
    return _reset_form(request, name)


def _confirm_forgot_password(pool: CognitoIdpUserPool, request: Request) -> Response:
    client = _begin(pool, request)
    name, given = request.form.get("username", ""), request.form
    user = find_by_name(pool, name)
    try:
        if user is None:
            return _reset_form(request, name, "Invalid verification code provided.")
        reset_password(pool, user, code=given.get("code", ""), password=given.get("password", ""))
    except JsonRESTError as error:
        return _reset_form(request, name, error.message)
    if user.status != UserStatus.CONFIRMED:
        return _login_form(pool, client, request)
    return finish(pool, user, request.args)


def _logout(pool: CognitoIdpUserPool, request: Request) -> Response:
    """Sign out, and go to a URL of the client, or to the sign-in page again."""
    query = request.args
    client = pool.clients.get(query.get("client_id", ""))
    if client is None:
        raise ErrorPageError("Client does not exist.")
    target = query.get("logout_uri")
    if target is not None:
        if target not in (client.extended_config.get("LogoutURLs") or []):
            raise ErrorPageError("Invalid logout_uri")
    elif "redirect_uri" in query and "response_type" in query:
        application_of(pool, query)
        target = f"/oauth2/authorize?{_repeated(request)}"
    else:
        raise ErrorPageError("Required String parameter 'redirect_uri' is not present")
    return federation.sign_out_everywhere(pool, request, target)


def _error(_pool: CognitoIdpUserPool, request: Request) -> Response:
    text = html.escape(request.args.get("error", ""))
    body = f"<p>An error was encountered with the requested page.</p><p>{text}</p>"
    page = html_page("Error", body)
    return Response(page, status=400, mimetype="text/html")


def _login_form(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    request: Request,
    error: str = "",
) -> Response:
    """Ask for a password of the pool, and offer what else the client has."""
    offered = offered_providers(client)
    fields = {"username": "text", "password": "password"} if COGNITO in offered else {}
    links = {
        name: f"/oauth2/authorize?{_repeated(request, identity_provider=name)}"
        for name in offered
        if name != COGNITO
    }
    if COGNITO in offered and _is_passwordless(pool, client):
        links["Sign in without a password"] = f"{PASSWORDLESS}?{_repeated(request)}"
    return form(request, "/login", fields, error=error, links=links)


def _code_form(request: Request, path: str, name: str, error: str) -> Response:
    return form(request, path, {"code": "text"}, hidden={"username": name}, error=error)


def _reset_form(request: Request, name: str, error: str = "") -> Response:
    fields = {"code": "text", "password": "password"}
    hidden = {"username": name}
    return form(request, "/confirmForgotPassword", fields, hidden=hidden, error=error)


_HANDLERS: Mapping[str, Callable[[CognitoIdpUserPool, Request], Response]] = {
    "/changePassword": _change_password,
    "/confirmForgotPassword": _confirm_forgot_password,
    "/confirmUser": _confirm_user,
    "/error": _error,
    "/forgotPassword": _forgot_password,
    "/login": _login,
    "/logout": _logout,
    "/mfa": _mfa,
    PASSWORDLESS: _passwordless,
    "/oauth2/authorize": _authorize,
    "/oauth2/idpresponse": federation.take_openid_response,
    "/passkey": _passkey,
    "/saml2/idpresponse": federation.take_saml_response,
    "/saml2/logout": federation.take_sign_out_response,
    "/selectChallenge": _select_challenge,
    "/signup": _sign_up,
}
