"""Keeps the messages that Cognito sends by email and SMS, so that a test can read them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/_mailbox"
"""`GET /_mailbox?to=<address>` lists the messages to an address, the newest last."""

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
        body = json.dumps([asdict(message) for message in _sent if message.to == to]).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response("200 OK", headers)
        return [body]

    return serve
