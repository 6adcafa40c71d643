"""Gives errors in the form of AWS where moto fails, and its server would show an HTML page."""

import json
import traceback
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def with_json_errors(application: "WSGIApplication") -> "WSGIApplication":
    """Answers a call at which *application* fails in JSON, so that a client can read it."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        target: str = environ.get("HTTP_X_AMZ_TARGET", "")
        operation = target.rpartition(".")[2]
        try:
            return list(application(environ, start_response))
        except NotImplementedError:
            if not operation:
                raise
            status, name = HTTPStatus.BAD_REQUEST, "UnknownOperationException"
            message = f"{operation}: is not emulated"
        except Exception:
            if not operation:
                raise
            traceback.print_exc()
            status, name = HTTPStatus.INTERNAL_SERVER_ERROR, "InternalErrorException"
            message = f"{operation}: the emulator failed, see its log"
        body = json.dumps({"__type": name, "message": message}).encode()
        headers = [
            ("Content-Type", "application/x-amz-json-1.1"),
            ("Content-Length", str(len(body))),
            ("x-amzn-ErrorType", name),
            ("x-amzn-ErrorMessage", message),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    return answer
