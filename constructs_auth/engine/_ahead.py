"""Let Python go on while Node creates a resource.

jsii waits for the answer to each message, so either Python or Node stands still. The answer to the
creation of an object is its reference, which the program first needs for its next message. For a
resource that a construct of this package creates, Python goes on, and reads the answer before it
sends the next message.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Protocol

# What this module changes is private to jsii and has no types.
# ruff: noqa: SLF001, ANN401

_UNKNOWN = "unknown"
"""The reference of an object whose creation is not yet answered."""

_SEND = b"""\
        data = json.dumps(req_dict, default=jdefault).encode("utf8")

        # Send our data, ensure that it is framed with a trailing \\n
        assert self._process.stdin is not None
        self._process.stdin.write(b"%b\\n" % (data,))
        self._process.stdin.flush()

        resp: _ProcessResponse = self._serializer.structure(
            self._next_message(),
"""


class _Reference(Protocol):
    """The reference of an object in Node."""

    ref: str


class _Ahead:
    """How far Python is ahead of Node.

    Attributes:
        scope: The construct whose next resource is not waited for.
        created: The reference of the object whose creation is not yet answered, and its class.
    """

    scope: object | None = None
    created: tuple[_Reference, str] | None = None


_AHEAD = _Ahead()


@contextmanager
def without_waiting(scope: object) -> Iterator[None]:
    """Do not wait for the answer to the creation of the next resource in *scope*.

    Use it only for the first resource in a new construct of this package, whose values are all
    checked. If Node rejected the resource, the error would come with the next message: from another
    line of the program.
    """
    _AHEAD.scope = scope
    try:
        yield
    finally:
        _AHEAD.scope = None


def can_go_ahead(source: bytes) -> bool:
    """Return whether *source*, jsii's module that starts Node, sends and waits in the known way."""
    return _SEND in source


def go_ahead(module: ModuleType) -> None:
    """Let *module*, jsii's module that starts Node, not wait inside `without_waiting`."""
    names = vars(module)
    names["_NodeProcess"].send = _send_ahead(names, names["_NodeProcess"].send)


def _send_ahead(names: Mapping[str, Any], usual: Callable[..., Any]) -> Callable[..., object]:
    """Return the method that sends a request, and answers it if *usual* would have to wait."""

    def send(process: Any, request: Any, response_type: type) -> object:
        if _AHEAD.created is not None:
            created, _AHEAD.created = _AHEAD.created, None
            _read_answer(process, names, *created)
        if not _creates_in_scope(request, names) or names["_stack_traces_enabled"]():
            return usual(process, request, response_type)
        _AHEAD.scope = None
        # As jsii writes it, but without a copy: all values of the request are those of JSON.
        message = {
            "api": "create",
            "fqn": request.fqn,
            "args": request.args,
            "interfaces": request.interfaces,
        }
        text = json.dumps(message, default=names["jdefault"])
        process._process.stdin.write(b"%b\n" % text.encode())
        process._process.stdin.flush()
        reference: _Reference = response_type(_UNKNOWN)
        _AHEAD.created = reference, request.fqn
        return reference

    return send


def _creates_in_scope(request: Any, names: Mapping[str, Any]) -> bool:
    """Return whether *request* creates an object in the scope that is not waited for.

    Not one with overrides: Node may call them.
    """
    return (
        _AHEAD.scope is not None
        and type(request) is names["CreateRequest"]
        and bool(request.args)
        and request.args[0] is _AHEAD.scope
        and not request.overrides
    )


def _read_answer(process: Any, names: Mapping[str, Any], reference: _Reference, kind: str) -> None:
    """Read the answer to the creation of an object of the class *kind*; complete its *reference*.

    Raises:
        JSIIError: jsii rejected it.
        RuntimeError: Its class rejected it.
    """
    from jsii import _reference_map  # noqa: PLC0415 (jsii imports the module that this one changes)
    from jsii._kernel import Kernel, _callback_till_result  # noqa: PLC0415

    message = process._next_message()
    answer = message.get("ok")
    if answer is None:
        response = process._serializer.structure(message, names["_ProcessResponse"])
        if isinstance(response, names["_ErrorResponse"]):
            of_jsii = response.name == names["ErrorType"].JSII_FAULT.value
            error = names["JSIIError"] if of_jsii else RuntimeError
            raise error(f"{kind}: {response.error}") from names["JavaScriptError"](response.stack)
        answer = _callback_till_result(Kernel(), response.callback, names["CreateResponse"])
    created = _reference_map.resolve_id(_UNKNOWN)
    # It is frozen, but nobody has read it yet: only messages contain references.
    object.__setattr__(reference, "ref", answer.ref)
    object.__setattr__(reference, "interfaces", answer.interfaces)
    _reference_map.register_reference(created)
