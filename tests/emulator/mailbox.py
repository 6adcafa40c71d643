"""Keeps the messages that Cognito sends by email and SMS, so that a test can read them."""

import html
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs

from tests.emulator.html_page import html_page

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/_mailbox"
"""`GET /_mailbox?to=<address>` lists the messages to an address, the newest last.

Without an address, it is a page for people with all messages, the newest first.
"""

_RELOAD = '<meta http-equiv="refresh" content="3">'

Medium = Literal["EMAIL", "SMS"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message.

    Attributes:
        to: The address or the phone number.
        medium: How it was sent.
        purpose: Which operation asked for it.
        code: The code that it contains.
    """

    to: str
    medium: Medium
    purpose: str
    code: str


_sent: list[Message] = []


def send(message: Message) -> None:
    """Keeps a message."""
    _sent.append(message)


def with_mailbox(application: "WSGIApplication") -> "WSGIApplication":
    """Serves the messages, and everything else by *application*."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return application(environ, start_response)
        (to,) = parse_qs(environ["QUERY_STRING"]).get("to", [""])
        body = (_listed(to) if to else _page()).encode()
        kind = "application/json" if to else "text/html; charset=utf-8"
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response("200 OK", headers)
        return [body]

    return serve


def _listed(to: str) -> str:
    return json.dumps([asdict(message) for message in _sent if message.to == to])


def _page() -> str:
    rows = [
        f"<tr><td>{html.escape(message.to)}</td><td>{html.escape(message.purpose)}</td>"
        f"<td>{html.escape(message.code)}</td></tr>"
        for message in reversed(_sent)
    ]
    names = "".join(f'<th scope="col">{name}</th>' for name in ("To", "For", "Code"))
    table = f"<table><thead><tr>{names}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return html_page("Mailbox", table if rows else "<p>No message yet.</p>", head=_RELOAD)
