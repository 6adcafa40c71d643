"""The forms of the sign-in pages as people see them: labels, links, and a look."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from moto.cognitoidp.models import CognitoIdpUserPool

from tests.emulator import mailbox
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
    "/signup": _Page(title="Create an account", button="Sign up", links=_SIGN_IN),
}
_LABELS = {
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


def form_page(
    pool: CognitoIdpUserPool,
    path: str,
    query: str,
    fields: Mapping[str, str],
    *,
    csrf: str,
    error: str,
) -> str:
    """A page with a form.

    Args:
        pool: The pool whose users see it.
        path: Where it is, and where it is sent.
        query: The query of all pages of this sign-in.
        fields: `text`, `password`, or the value of a hidden field, by name.
        csrf: What shows that the page is ours.
        error: What is wrong, or nothing.
    """
    about = _PAGES[path]
    rows = [_row(pool, path, name, kind) for name, kind in fields.items()]
    links = [
        _link(f"{target}?{query}", label, new_tab=target == mailbox.PATH)
        for target, label in about.links.items()
        if _is_possible(pool, target, fields)
    ]
    return html_page(
        about.title,
        f'<p role="alert">{html.escape(error)}</p>'
        f'<form action="{html.escape(f"{path}?{query}")}" method="post">'
        f'<input name="_csrf" type="hidden" value="{csrf}">{"".join(rows)}'
        f'<button name="submit" type="submit">{about.button}</button></form>{"".join(links)}',
    )


def _row(pool: CognitoIdpUserPool, path: str, name: str, kind: str) -> str:
    if kind not in {"text", "password"}:
        return f'<input name="{name}" type="hidden" value="{html.escape(kind)}">'
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


def _is_possible(pool: CognitoIdpUserPool, target: str, fields: Mapping[str, str]) -> bool:
    """Whether a link leads somewhere: nobody is sent a code of an app."""
    if target == "/signup":
        creation = pool.extended_config.get("AdminCreateUserConfig", {})
        return not creation.get("AllowAdminCreateUserOnly")
    return target != mailbox.PATH or fields.get("challenge") != "SOFTWARE_TOKEN_MFA"


def _link(url: str, label: str, *, new_tab: bool) -> str:
    target = ' target="_blank"' if new_tab else ""
    return f'<p><a href="{html.escape(url)}"{target}>{html.escape(label)}</a></p>'
