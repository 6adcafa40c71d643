"""Leads what Cognito asks of hosts outside of AWS to servers of the tests, and nowhere else."""

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from werkzeug import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/_outside"
"""`POST /_outside` with `host` and `endpoint`: the server that stands for a host."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_SECONDS = 5
_LONGEST = 1_000_000

_endpoints: dict[str, str] = {}


class UnreachableError(Exception):
    """No server stands for the host, or it does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host answered.

    Attributes:
        status: The status.
        body: The body.
    """

    status: int
    body: bytes


def with_stand_ins(application: "WSGIApplication") -> "WSGIApplication":
    """Serve the list of stand-ins, and everything else by *application*."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return application(environ, start_response)
        form = Request(environ).form
        is_ours = urlsplit(form["endpoint"]).hostname in _LOOPBACK
        if is_ours:
            _endpoints[form["host"]] = form["endpoint"]
        return Response("", status=204 if is_ours else 400)(environ, start_response)

    return serve


def ask(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask a host outside of AWS: with a form by POST, otherwise by GET; follows no redirect.

    Raises:
        UnreachableError: Nobody answers for this host.
    """
    parts = urlsplit(url)
    endpoint = _endpoints.get(parts.netloc)
    if parts.scheme != "https" or endpoint is None:
        raise UnreachableError(f"{url}: cannot be reached")
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=_SECONDS)
    sent = {"Host": parts.netloc, **(headers or {})}
    body = None
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        connection.request("GET" if form is None else "POST", target, body, sent)
        answer = connection.getresponse()
        return Answer(status=answer.status, body=answer.read(_LONGEST))
    except (OSError, http.client.HTTPException) as error:
        raise UnreachableError(f"{url}: {error}") from error
    finally:
        connection.close()
