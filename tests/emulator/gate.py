"""Lets a test hold an AWS call in flight, to act while Terraform waits for the answer."""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/_gate"
"""`POST /_gate/<action>/<operation>` acts, `GET /_gate` lists the operations that wait."""

Action = Literal["hold", "answer", "drop"]


@dataclass(slots=True, kw_only=True)
class _Call:
    """A call that waits until it is answered or dropped."""

    operation: str
    verdict: Literal["answer", "drop"] | None = None


class Gate:
    """Stands before the emulator and holds the calls of chosen operations.

    `hold` makes the calls of an operation wait; `answer` lets those that wait through, and `drop`
    refuses them unperformed, as if they had been lost on the way. Later calls pass again.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._changed = threading.Condition()
        self._held: set[str] = set()
        self._waiting: list[_Call] = []

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answers a request, at once or when a test says so."""
        path: str = environ["PATH_INFO"]
        if path.startswith(PATH):
            return self._control(path, start_response)
        if self._may_pass(_operation(environ)):
            return self._application(environ, start_response)
        start_response("503 Service Unavailable", [("Content-Length", "0")])
        return []

    def _may_pass(self, operation: str) -> bool:
        with self._changed:
            if operation not in self._held:
                return True
            call = _Call(operation=operation)
            self._waiting.append(call)
            self._changed.wait_for(lambda: call.verdict is not None)
            return call.verdict == "answer"

    def _control(self, path: str, start_response: "StartResponse") -> list[bytes]:
        status = HTTPStatus.OK
        with self._changed:
            match path.removeprefix(PATH).strip("/").split("/"):
                case ["hold", operation]:
                    self._held.add(operation)
                case [("answer" | "drop") as verdict, operation]:
                    self._end(operation, verdict)
                case [""]:
                    pass  # asks only who waits
                case _:
                    status = HTTPStatus.NOT_FOUND
            body = json.dumps([call.operation for call in self._waiting]).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _end(self, operation: str, verdict: Literal["answer", "drop"]) -> None:
        self._held.discard(operation)
        for call in [call for call in self._waiting if call.operation == operation]:
            call.verdict = verdict
            self._waiting.remove(call)
        self._changed.notify_all()


def _operation(environ: "WSGIEnvironment") -> str:
    """The operation that a JSON protocol call names, without its service."""
    target: str = environ.get("HTTP_X_AMZ_TARGET", "")
    return target.rpartition(".")[2]
