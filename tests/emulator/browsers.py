"""Lets pages of any origin call the emulator, as Cognito does (CORS)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_EXPOSED = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
_PREFIX = "access-control-"


def for_browsers(application: "WSGIApplication") -> "WSGIApplication":
    """Answers preflights, and allows every origin to read the answers of *application*."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "OPTIONS" and (
            "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
        ):
            start_response("200 OK", [*_allowed(environ), ("Content-Length", "0")])
            return []

        def begin(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            own = [(name, value) for name, value in headers if not name.lower().startswith(_PREFIX)]
            if "HTTP_ORIGIN" in environ:
                own += [
                    ("Access-Control-Allow-Origin", "*"),
                    ("Access-Control-Expose-Headers", _EXPOSED),
                ]
            return start_response(status, own, error)

        return application(environ, begin)

    return serve


def _allowed(environ: "WSGIEnvironment") -> list[tuple[str, str]]:
    return [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", environ["HTTP_ACCESS_CONTROL_REQUEST_METHOD"]),
        (
            "Access-Control-Allow-Headers",
            environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "*"),
        ),
        ("Access-Control-Max-Age", "172800"),
    ]
