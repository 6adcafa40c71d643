"""The forms of the sign-in pages as people see them: labels, links, and a look."""

import html
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moto.cognitoidp.models import CognitoIdpUserPool
from werkzeug import Request, Response

from tests.emulator import mailbox
from tests.emulator.authorization import ErrorPageError
from tests.emulator.grants import domain_of
from tests.emulator.html_page import html_page


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What a page is for.

    Attributes:
        title: Its heading.
        button: The button that sends its form.
        links: What other pages are for, by their paths.
    """

    title: str
    button: str = "Continue"
    links: Mapping[str, str]


PASSWORDLESS = "/passwordless"
"""The page for users who sign in by another first factor than the password."""

_CSRF_COOKIE = "XSRF-TOKEN"
_CHOICES = {
    "EMAIL_OTP": "Code by e-mail",
    "SMS_OTP": "Code by SMS",
    "WEB_AUTHN": "Passkey",
}
_SIGN_IN = {"/login": "Sign in with an account"}
_MAILBOX = {mailbox.PATH: "Read the code in the mailbox (in a new tab)"}
_PAGES = {
    "/changePassword": _Page(title="Choose a new password", links={}),
    "/confirmForgotPassword": _Page(title="Choose a new password", links=_MAILBOX),
    "/confirmUser": _Page(title="Confirm your account", button="Confirm", links=_MAILBOX),
    "/forgotPassword": _Page(title="Reset your password", button="Send a code", links=_SIGN_IN),
    "/login": _Page(
        title="Sign in",
        button="Sign in",
        links={"/signup": "Create an account", "/forgotPassword": "Reset the password"},
    ),
    "/mfa": _Page(title="Enter your code", links=_MAILBOX),
    "/passkey": _Page(title="Use your passkey", links=_SIGN_IN),
    PASSWORDLESS: _Page(title="Sign in without a password", links=_SIGN_IN),
    "/selectChallenge": _Page(title="Choose how to sign in", links=_SIGN_IN),
    "/signup": _Page(title="Create an account", button="Sign up", links=_SIGN_IN),
}
_LABELS = {
    "answer": "Sign in with",
    "authentication_code": "Code",
    "code": "Code",
    "new_password": "New password",
    "password": "Password",
}
_AUTOCOMPLETE = {
    "authentication_code": "one-time-code",
    "code": "one-time-code",
    "new_password": "new-password",
    "password": "new-password",
    "username": "username",
}
_POLICY = {
    "RequireLowercase": "lower case letters",
    "RequireUppercase": "upper case letters",
    "RequireNumbers": "numbers",
    "RequireSymbols": "symbols",
}


def form(
    request: Request,
    path: str,
    fields: Mapping[str, str | Sequence[str]],
    *,
    hidden: Mapping[str, str] | None = None,
    error: str = "",
    links: Mapping[str, str] | None = None,
    passkey_options: str | None = None,
) -> Response:
    """Show a page with a form, which nobody but the page itself can send.

    Args:
        request: What the application asked for, which all pages of this sign-in repeat.
        path: Where the form is sent.
        fields: `text`, `password`, or what a field can be, by name; no form where there is none.
        hidden: The values of hidden fields, by name.
        error: What is wrong, or nothing.
        links: The addresses of other ways to sign in, by their names.
        passkey_options: What the user's authenticator is asked; its answer is the field
            `credential`.
    """
    found = domain_of(request.host)
    assert found is not None  # with_sign_in_pages has found it
    pool, _ = found
    about, query, csrf = _PAGES[path], request.query_string.decode(), secrets.token_urlsafe(16)
    kept = hidden or {}
    rows = [_row(pool, path, name, kind) for name, kind in fields.items()]
    rows += [
        f'<input name="{name}" type="hidden" value="{html.escape(value)}">'
        for name, value in {"_csrf": csrf, **kept}.items()
    ]
    body = f'<p role="alert">{html.escape(error)}</p>'
    if fields or kept:
        body += (
            f'<form action="{html.escape(f"{path}?{query}")}" method="post">{"".join(rows)}'
            f'<button name="submit" type="submit">{about.button}</button></form>'
        )
        body += "".join(
            _link(f"{target}?{query}", label, new_tab=target == mailbox.PATH)
            for target, label in about.links.items()
            if _is_possible(pool, target, kept)
        )
    body += "".join(_other_way(name, url) for name, url in (links or {}).items())
    if passkey_options is not None:
        body += _passkey_script(passkey_options)
    answer = Response(html_page(about.title, body), mimetype="text/html")
    answer.set_cookie(_CSRF_COOKIE, csrf, secure=True, httponly=True, samesite="Lax")
    return answer


def check_csrf(request: Request) -> None:
    """Refuse a form of another page."""
    sent = request.form.get("_csrf", "")
    if not sent or not secrets.compare_digest(sent, request.cookies.get(_CSRF_COOKIE, "")):
        raise ErrorPageError("Invalid CSRF token")


def _row(pool: CognitoIdpUserPool, path: str, name: str, kind: str | Sequence[str]) -> str:
    if not isinstance(kind, str):
        options = "".join(
            f'<option value="{one}">{_CHOICES.get(one, one)}</option>' for one in kind
        )
        label = html.escape(_label(pool, name))
        return f'<label>{label} <select name="{name}">{options}</select></label>'
    autocomplete = _AUTOCOMPLETE.get(name, "on")
    if (path, name) == ("/login", "password"):
        autocomplete = "current-password"
    hint = _policy(pool) if autocomplete == "new-password" else ""
    return (
        f"<label>{html.escape(_label(pool, name))} "
        f'<input name="{name}" type="{kind}" autocomplete="{autocomplete}" required>'
        f"{hint}</label>"
    )


def _label(pool: CognitoIdpUserPool, name: str) -> str:
    if name == "username":
        attributes = pool.extended_config.get("UsernameAttributes") or ["username"]
        return " or ".join(map(_words, attributes)).capitalize()
    required = name.removeprefix("requiredAttributes[").removesuffix("]")
    return _LABELS.get(name, _words(required).capitalize())


def _words(attribute: str) -> str:
    return attribute.removeprefix("custom:").replace("_", " ")


def _policy(pool: CognitoIdpUserPool) -> str:
    policy = pool.extended_config.get("Policies", {}).get("PasswordPolicy", {})
    length = f"at least {policy.get('MinimumLength', 8)} characters"
    kinds = [words for name, words in _POLICY.items() if policy.get(name)]
    return f"<small>{', '.join([length, *kinds]).capitalize()}</small>"


def _is_possible(pool: CognitoIdpUserPool, target: str, hidden: Mapping[str, str]) -> bool:
    """Whether a link leads somewhere: nobody is sent a code of an app."""
    if target == "/signup":
        creation = pool.extended_config.get("AdminCreateUserConfig", {})
        return not creation.get("AllowAdminCreateUserOnly")
    return target != mailbox.PATH or hidden.get("challenge") != "SOFTWARE_TOKEN_MFA"


def _link(url: str, label: str, *, new_tab: bool) -> str:
    target = ' target="_blank"' if new_tab else ""
    return f'<p><a href="{html.escape(url)}"{target}>{html.escape(label)}</a></p>'


def _other_way(name: str, url: str) -> str:
    return f'<p><a role="button" href="{html.escape(url)}">{html.escape(name)}</a></p>'


def _passkey_script(options: str) -> str:
    """Ask the authenticator when the form is sent, and send its answer with the form."""
    data = options.replace("<", "\\u003c")
    return f"""<script type="application/json" id="options">{data}</script>
<script>
const form = document.forms[0];
const options = JSON.parse(document.getElementById("options").textContent);
form.addEventListener("submit", async (event) => {{
  event.preventDefault();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({{ publicKey }});
  form.elements.credential.value = JSON.stringify(credential);
  HTMLFormElement.prototype.submit.call(form);
}});
</script>"""
