"""The forms of the sign-in pages, which nobody but the page itself can send."""

import html
import secrets
from collections.abc import Iterable, Mapping, Sequence

from werkzeug import Request, Response

from tests.emulator.authorization import ErrorPageError

_CSRF_COOKIE = "XSRF-TOKEN"


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
    """Show a form.

    Args:
        request: What the application asked for, which the form repeats.
        path: Where the form is sent.
        fields: The kind of each field, such as `text`, or what it can be; no form where there is
            no field at all.
        hidden: The values of hidden fields.
        error: What was wrong with the last one.
        links: The addresses of other ways to sign in, by their names.
        passkey_options: What the user's authenticator is asked; its answer is the field
            `credential`.
    """
    csrf = secrets.token_urlsafe(16)
    rows = [f"<label>{name} {_input(name, kind)}</label>" for name, kind in fields.items()]
    rows += [
        f'<input name="{name}" type="hidden" value="{html.escape(value)}">'
        for name, value in {"_csrf": csrf, **(hidden or {})}.items()
    ]
    query = html.escape(request.query_string.decode())
    inputs = (
        f'<form action="{path}?{query}" method="post">{"".join(rows)}'
        '<button name="submit" type="submit">Continue</button></form>'
    )
    page = (
        f"<!doctype html><title>{path}</title>"
        f'<p role="alert">{html.escape(error)}</p>'
        f"{inputs if fields or hidden else ''}{''.join(_buttons(links or {}))}"
        f"{'' if passkey_options is None else _passkey_script(passkey_options)}"
    )
    answer = Response(page, mimetype="text/html")
    answer.set_cookie(_CSRF_COOKIE, csrf, secure=True, httponly=True, samesite="Lax")
    return answer


def check_csrf(request: Request) -> None:
    """Refuse a form of another page."""
    sent = request.form.get("_csrf", "")
    if not sent or not secrets.compare_digest(sent, request.cookies.get(_CSRF_COOKIE, "")):
        raise ErrorPageError("Invalid CSRF token")


def _input(name: str, kind: str | Sequence[str]) -> str:
    if isinstance(kind, str):
        return f'<input name="{name}" type="{kind}" required>'
    choices = "".join(f'<option value="{one}">{one}</option>' for one in kind)
    return f'<select name="{name}">{choices}</select>'


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


def _buttons(links: Mapping[str, str]) -> Iterable[str]:
    for name, url in links.items():
        yield f'<a role="button" href="{html.escape(url)}">{html.escape(name)}</a>'
