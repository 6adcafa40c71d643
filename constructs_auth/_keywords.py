"""Answers an unknown keyword of a public class or method with the right one."""

import os
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import wraps
from pathlib import Path
from types import FrameType, FunctionType

_PACKAGE = __name__.partition(".")[0]
_FOLDERS = (f"{Path(__file__).parent}/", "/site-packages/", f"{Path(os.__file__).parent}/")
"""Where no line of a program is: this package, others, and Python's own modules."""
_WRAPPED: set[type] = set()


def explain_unknown_keywords(value: object) -> None:
    """Let the class *value* and its public methods raise `UnknownKeywordError`.

    Nothing is inspected before a call fails: a wrapper costs less than a microsecond.
    """
    if not isinstance(value, type) or issubclass(value, BaseException | Enum):
        return
    for owner in value.__mro__:
        if owner not in _WRAPPED and owner.__module__.partition(".")[0] == _PACKAGE:
            _WRAPPED.add(owner)
            _wrap_functions(owner)


def _wrap_functions(owner: type) -> None:
    for name, attribute in [*vars(owner).items()]:
        if name.startswith("_") and name != "__init__":
            continue
        if isinstance(attribute, FunctionType):
            setattr(owner, name, _explained(attribute))
        elif isinstance(attribute, classmethod) and isinstance(attribute.__func__, FunctionType):
            setattr(owner, name, classmethod(_explained(attribute.__func__)))


def _explained(function: FunctionType) -> Callable[..., object]:
    @wraps(function)
    def call(*values: object, **keywords: object) -> object:
        try:
            return function(*values, **keywords)
        except TypeError as error:
            trace = error.__traceback__
            # An error of the call itself has no frame in the function.
            if trace is None or trace.tb_next is not None:
                raise
            wrong = _unknown_keyword(function, values, keywords)
            if wrong is None:
                raise
            line = _program_line(trace.tb_frame.f_back)
            if line:
                wrong.add_note(f"at {line}")
            raise wrong from None

    return call


def _unknown_keyword(
    function: FunctionType, values: tuple[object, ...], keywords: Mapping[str, object]
) -> Exception | None:
    """Return the error for the first of *keywords* that *function* has no parameter for."""
    code = function.__code__
    known = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    unknown = next((keyword for keyword in keywords if keyword not in known), None)
    if unknown is None:
        return None
    from constructs_auth.errors import UnknownKeywordError  # noqa: PLC0415 - only for an error

    return UnknownKeywordError(_subject(function, values), got=unknown, known=known[1:])


def _subject(function: FunctionType, values: tuple[object, ...]) -> str:
    """Return the class, or the method as the program calls it."""
    owner, _, name = function.__qualname__.rpartition(".")
    if name == "__init__":
        return owner
    called_on = values[0] if values else None
    kind = called_on if isinstance(called_on, type) else type(called_on)
    return f"{kind.__name__}.{name}"


def _program_line(frame: FrameType | None) -> str:
    """Return the source line of the program, the nearest one outside of `_FOLDERS`."""
    return next(
        (
            f"{each.f_code.co_filename}:{each.f_lineno}"
            for each in _outwards(frame)
            if not any(folder in each.f_code.co_filename for folder in _FOLDERS)
        ),
        "",
    )


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back
