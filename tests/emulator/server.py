"""The server: moto, completed, behind the token endpoint and the gate.

`python -m tests.emulator.server` prints the port it serves on, and serves until its standard
input ends: so it never outlives the program that started it.
"""

import os
import signal
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from tests.emulator import (  # each completes moto when it is imported
    aliases,
    devices,
    discovery,
    domain,
    identity_center,
    identity_pool,
    identity_provider,
    kms,
    log_delivery,
    log_group,
    managed_login_branding,
    passkeys,
    password_reset,
    resource_server,
    s3,
    second_factors,
    sign_in,
    sign_up,
    signing_certificate,
    software_token,
    threat_protection,
    tokens,
    user_account,
    user_pool,
    web_acl,
)
from tests.emulator.browsers import for_browsers
from tests.emulator.errors import with_json_errors
from tests.emulator.gate import Gate
from tests.emulator.mailbox import with_mailbox
from tests.emulator.outside import with_stand_ins
from tests.emulator.pages import with_sign_in_pages
from tests.emulator.process import ACCESS_KEY, HOST
from tests.emulator.token_endpoint import with_token_endpoint

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

COMPLETIONS = (
    aliases,
    devices,
    discovery,
    domain,
    identity_center,
    identity_pool,
    identity_provider,
    kms,
    log_delivery,
    log_group,
    managed_login_branding,
    passkeys,
    password_reset,
    resource_server,
    s3,
    second_factors,
    sign_in,
    sign_up,
    signing_certificate,
    software_token,
    threat_protection,
    tokens,
    user_account,
    user_pool,
    web_acl,
)
"""What completes moto: a module for each subject."""

_OPEN_PATH = "/.well-known/"
_REMEMBERED = 1_000
"""How many answers are kept for a call that is sent again."""


def serve() -> None:
    """Serve until standard input ends or SIGTERM comes."""
    # AWS's own policies exist in every account: moto has them only if it is asked.
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    aws = with_json_errors(_with_open_keys(DomainDispatcherApplication(create_backend_app)))
    domains = with_sign_in_pages(with_token_endpoint(aws))
    beside = with_stand_ins(with_mailbox(domains))
    application = Gate(_one_at_a_time(_repeated_once(for_browsers(beside))))
    server = make_server(HOST, 0, application, threaded=True, request_handler=MotoRequestHandler)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    threading.Thread(target=_end_with_input, daemon=True).start()
    print(server.port, flush=True)  # noqa: T201 - the caller reads it
    server.serve_forever()


def _end_with_input() -> None:
    """Ends the process when the program that started it has ended."""
    sys.stdin.read()
    os._exit(0)


def _one_at_a_time(application: "WSGIApplication") -> "WSGIApplication":
    """Answers one request after the other.

    moto shares its state between threads without a lock. A request that fails for it is sent again
    by the SDK, and then what it created already exists.
    """
    free = threading.Lock()

    def alone(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with free:
            return list(application(environ, start_response))

    return alone


def _repeated_once(application: "WSGIApplication") -> "WSGIApplication":
    """Gives a call that the SDK sends again the answer that was lost on the way.

    The SDK sends the same id with each attempt of a call. A busy machine loses an answer now and
    then, and what the first attempt created would exist already. An error of the server is no
    answer: the SDK means to try again.
    """
    answers: OrderedDict[str, tuple[str, list[tuple[str, str]], list[bytes]]] = OrderedDict()

    def once(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        invocation: str = environ.get("HTTP_AMZ_SDK_INVOCATION_ID", "")
        known = answers.get(invocation)
        if known is not None:
            status, headers, body = known
            start_response(status, headers)
            return body
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            begun.append((status, headers))
            return start_response(status, headers, error)

        body = list(application(environ, begin))
        if invocation and begun and not begun[-1][0].startswith("5"):
            answers[invocation] = (*begun[-1], body)
            if len(answers) > _REMEMBERED:
                answers.popitem(last=False)
        return body

    return once


def _with_open_keys(application: "WSGIApplication") -> "WSGIApplication":
    """Serves a pool's keys to everybody, as Cognito does; moto finds its service by a signature."""

    def open_keys(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if _OPEN_PATH in environ["PATH_INFO"]:
            scope = f"Credential={ACCESS_KEY}/20260101/us-east-1/cognito-idp/aws4_request"
            environ.setdefault("HTTP_AUTHORIZATION", f"AWS4-HMAC-SHA256 {scope}")
        return application(environ, start_response)

    return open_keys


if __name__ == "__main__":
    serve()
