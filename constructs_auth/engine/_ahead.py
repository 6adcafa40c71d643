"""Let Python go on while Node creates an object.

jsii waits for the answer to each message, so either Python or Node stands still. The answer to the
creation of an object is its reference, which the program first needs for its next message. For some
objects, Python goes on, and reads the answer before it sends the next message.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any, TypeAlias

import attr

# What this module changes is private to jsii and has no types.
# ruff: noqa: SLF001, ANN401

_UNKNOWN = "unknown"
"""The reference of an object whose creation is not yet answered."""

_SEND = b"""\
        req_dict = self._serializer.unstructure(request)

        if _stack_traces_enabled():
            stack_trace = capture_stack_trace()
            if stack_trace:
                req_dict["$jsii.stacktrace"] = stack_trace

        data = json.dumps(req_dict, default=jdefault).encode("utf8")

        # Send our data, ensure that it is framed with a trailing \\n
        assert self._process.stdin is not None
        self._process.stdin.write(b"%b\\n" % (data,))
        self._process.stdin.flush()

        resp: _ProcessResponse = self._serializer.structure(
            self._next_message(),
"""

_Errors: TypeAlias = AbstractContextManager[None]
_UNCHANGED: _Errors = nullcontext()


@dataclass(frozen=True, slots=True)
class _Created:
    """An object whose creation is not yet answered.

    Attributes:
        reference: Its reference, which is completed later.
        incomplete: The class of the reference until then.
        read: Reads the answer, and completes the reference.
        errors: What the errors of its creation pass.
    """

    reference: object
    incomplete: type
    read: Callable[[], None]
    errors: _Errors


class _Ahead:
    """How far Python is ahead of Node.

    Attributes:
        scope: The construct in which the next object is not waited for.
        errors: What the errors of its creation pass.
        created: The object whose creation is not yet answered.
    """

    scope: object | None = None
    errors: _Errors = _UNCHANGED
    created: _Created | None = None


_AHEAD = _Ahead()


@contextmanager
def without_waiting(scope: object, errors: _Errors = _UNCHANGED) -> Iterator[None]:
    """Do not wait for the answer to the creation of the next object in *scope*.

    If Node rejects it, the error comes with the next message. So use it only where Node cannot
    reject it, as the first resource in a new construct of this package, whose values are all
    checked; or where the next message comes from the same line of the program.

    Args:
        scope: The construct around the object.
        errors: Changes the errors of the creation; entered once or twice. By default they stay.
    """
    _AHEAD.scope, _AHEAD.errors = scope, errors
    try:
        with errors:
            yield
    except BaseException:
        catch_up()  # an error of what was created before is the first one
        raise
    finally:
        _AHEAD.scope = None
    if _AHEAD.created is not None:  # jsii has registered the object
        _become(_AHEAD.created.reference, _AHEAD.created.incomplete)


def catch_up() -> None:
    """Read the answer that Python has not read yet, if there is one.

    Raises:
        JSIIError: jsii rejected the object.
        RuntimeError: Its class rejected it.
    """
    created, _AHEAD.created = _AHEAD.created, None
    if created is not None:
        with created.errors:
            created.read()


def can_go_ahead(source: bytes) -> bool:
    """Return whether *source*, jsii's module that starts Node, sends and waits in the known way."""
    return _SEND in source


def go_ahead(module: ModuleType) -> None:
    """Let *module*, jsii's module that starts Node, not wait inside `without_waiting`."""
    names = vars(module)
    names["_NodeProcess"].send = _send_ahead(names, names["_NodeProcess"].send)
    if hasattr(os, "register_at_fork"):  # both processes would wait for one answer
        os.register_at_fork(before=catch_up)


def _send_ahead(names: Mapping[str, Any], usual: Callable[..., Any]) -> Callable[..., object]:
    """Return the method that sends a request, and answers it if *usual* would have to wait."""
    incomplete = _incomplete(names["CreateResponse"])

    def send(process: Any, request: Any, response_type: type) -> object:
        try:
            catch_up()
        except Exception as error:
            if type(request) is not names["_CompleteRequest"]:
                raise
            # Python answers a call of Node: Node waits for it, and reports the error.
            failed = attr.evolve(request.complete, err=str(error), result=None)
            request = attr.evolve(request, complete=failed)
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
        reference: object = response_type(_UNKNOWN)
        read = partial(_read_answer, process, names, reference, request.fqn)
        _AHEAD.created = _Created(reference, incomplete, read, _AHEAD.errors)
        return reference

    return send


def _incomplete(complete: Any) -> type:
    """Return a class of references of the class *complete*: who reads one, waits for the answer."""

    class Incomplete(complete):  # type: ignore[misc] # a class of jsii
        __slots__ = ()

        @property
        def ref(self) -> object:
            if _AHEAD.created is not None and _AHEAD.created.reference is self:
                catch_up()
            return complete.ref.__get__(self)

        @ref.setter
        def ref(self, value: str) -> None:
            complete.ref.__set__(self, value)

        def __reduce__(self) -> tuple[object, ...]:
            return complete, (self.ref, self.interfaces)  # for a copy

    return Incomplete


def _become(reference: object, kind: type) -> None:
    """Change the class of a frozen object to one with the same attributes."""
    object.__setattr__(reference, "__class__", kind)


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


def _read_answer(process: Any, names: Mapping[str, Any], reference: Any, kind: str) -> None:
    """Read the answer to the creation of an object of the class *kind*; complete its reference.

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
            error = (names["JSIIError"] if of_jsii else RuntimeError)(response.error)
            error.add_note(f"in the creation of a {kind}")
            raise error from names["JavaScriptError"](response.stack)
        answer = _callback_till_result(Kernel(), response.callback, names["CreateResponse"])
    instance = _reference_map.resolve_id(_UNKNOWN)
    _become(reference, names["CreateResponse"])
    object.__setattr__(reference, "ref", answer.ref)
    object.__setattr__(reference, "interfaces", answer.interfaces)
    _reference_map.register_reference(instance)
