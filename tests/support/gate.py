"""Lets a test hold an AWS call in flight, to act while Terraform waits for the answer."""

import json
import threading
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/_gate"
"""`POST /_gate/<action>/<operation>` acts, `GET /_gate` lists the operations that wait."""

Action = Literal["hold", "answer", "drop"]


class Gate:
    """Stands before the emulator and holds the calls of chosen operations.

    `hold` makes calls of an operation wait; `answer` lets them through; `drop` refuses them
    unperformed, as if they had been lost on the way.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._changed = threading.Condition()
        self._rules: dict[str, Action] = {}
        self._waiting: Counter[str] = Counter()

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
            if operation not in self._rules:
                return True
            self._waiting[operation] += 1
            self._changed.wait_for(lambda: self._rules[operation] != "hold")
            self._waiting[operation] -= 1
            return self._rules[operation] == "answer"

    def _control(self, path: str, start_response: "StartResponse") -> list[bytes]:
        match path.removeprefix(PATH).strip("/").split("/"):
            case [("hold" | "answer" | "drop") as action, operation]:
                with self._changed:
                    self._rules[operation] = action
                    self._changed.notify_all()
                status = HTTPStatus.OK
            case [""]:
                status = HTTPStatus.OK
            case _:
                status = HTTPStatus.NOT_FOUND
        with self._changed:
            body = json.dumps(sorted(+self._waiting)).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]


def _operation(environ: "WSGIEnvironment") -> str:
    """The operation that a JSON protocol call names, without its service."""
    target: str = environ.get("HTTP_X_AMZ_TARGET", "")
    return target.rpartition(".")[2]
