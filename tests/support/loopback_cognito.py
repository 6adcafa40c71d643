"""Serves the hosts of a user pool at one URL of this machine, for the browser of a person.

The browser of a test can be told where each host is. That of a person asks the internet, and would
reach AWS. So the metadata of the issuer names this URL instead of the hosts.
"""

import http.client
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from tests.emulator import Emulator
from tests.support.serving import serving

_METADATA = "/.well-known/openid-configuration"
_OF_THE_CONNECTION = {"connection", "content-length", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopbackCognito:
    """The hosts of a user pool, on this machine.

    Attributes:
        url: Where both are.
        issuer: The issuer of the pool, which its tokens name.
        pages: The host of its sign-in pages.
    """

    url: str
    issuer: str
    pages: str

    @property
    def metadata_url(self) -> str:
        """Where the metadata of the issuer are, with endpoints on this machine."""
        return f"{self.url}{urlsplit(self.issuer).path}{_METADATA}"

    def host_of(self, path: str) -> str:
        """The host that a path belongs to."""
        issuer = urlsplit(self.issuer)
        return issuer.netloc if path.startswith(f"{issuer.path}/") else self.pages

    def moved(self, text: str) -> str:
        """A text with this URL where it names the pages or the keys."""
        issuer = urlsplit(self.issuer)
        keys = f"{issuer.path}/.well-known/jwks.json"
        return text.replace(f"https://{self.pages}", self.url).replace(
            f"https://{issuer.netloc}{keys}", f"{self.url}{keys}"
        )


@contextmanager
def loopback_cognito(emulator: Emulator, issuer: str) -> Iterator[LoopbackCognito]:
    """Serves the hosts of a pool on a free port; stops at the end.

    Args:
        emulator: The AWS that has the pool.
        issuer: The issuer of the pool, which has a domain.
    """
    endpoint = _metadata(emulator, issuer)["authorization_endpoint"]

    def handler(*given: Any) -> BaseHTTPRequestHandler:
        return _Handler(found, emulator, *given)

    with serving(handler) as url:
        found = LoopbackCognito(url=url, issuer=issuer, pages=urlsplit(endpoint).netloc)
        yield found


class _Handler(BaseHTTPRequestHandler):
    """Asks the emulator in the name of the host that a request is for."""

    protocol_version = "HTTP/1.1"

    def __init__(self, served: LoopbackCognito, emulator: Emulator, *of_the_server: Any) -> None:
        self._served = served
        self._emulator = emulator
        super().__init__(*of_the_server)

    def do_GET(self) -> None:
        """Passes a request on."""
        self._pass_on()

    def do_POST(self) -> None:
        """Passes a request on."""
        self._pass_on()

    def do_OPTIONS(self) -> None:
        """Passes a request on."""
        self._pass_on()

    def log_request(self, *_: object) -> None:
        """Keeps quiet: the terminal is for the user, and URLs have codes in them."""

    def _pass_on(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = dict(self.headers.items()) | {"Host": self._served.host_of(self.path)}
        connection = http.client.HTTPConnection(urlsplit(self._emulator.endpoint).netloc)
        try:
            connection.request(self.command, self.path, sent, headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if self.path.endswith(_METADATA):
            body = self._served.moved(body.decode()).encode()
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_THE_CONNECTION:
                self.send_header(name, self._moved(name.lower(), value))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _moved(self, name: str, value: str) -> str:
        """A header as it must be without TLS: not every browser keeps a secure cookie then."""
        if name == "set-cookie":
            return "; ".join(part for part in value.split("; ") if part.lower() != "secure")
        return self._served.moved(value) if name == "location" else value


def _metadata(emulator: Emulator, issuer: str) -> dict[str, Any]:
    parts = urlsplit(issuer)
    request = urllib.request.Request(  # noqa: S310 - the emulator's
        f"{emulator.endpoint}{parts.path}{_METADATA}", headers={"Host": parts.netloc}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the emulator's
        found: dict[str, Any] = json.load(answer)
    return found
