"""Writes Python source as `ruff format` would leave it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from constructs_auth.facts.templates import escaped

_WIDTH = 100
_STEP = "    "


@dataclass(frozen=True, slots=True)
class Code:
    """An expression that is written as it is.

    Attributes:
        text: The source.
        names: The public names of `constructs_auth` in it.
    """

    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A keyword argument.

    Attributes:
        name: The keyword.
        value: Its value.
        comment: Lines above it.
    """

    name: str
    value: "Expression"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a class or a function.

    Attributes:
        function: The name, with its owner: `Mfa.off`.
        positional: The positional arguments.
        arguments: The keyword arguments.
    """

    function: str
    positional: "Sequence[Expression]" = ()
    arguments: Sequence[Argument] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: "Sequence[Expression]" = field(default=())


@dataclass(frozen=True, slots=True)
class Table:
    """A dictionary, as pairs."""

    items: "Sequence[tuple[Expression, Expression]]"


Expression: TypeAlias = str | int | bool | Code | Call | Items | Table | None
"""A literal, or one of the classes of this module."""


def names_in(expression: Expression) -> Iterator[str]:
    """Walk through the public names that *expression* needs, with repetitions."""
    match expression:
        case Code():
            yield from expression.names
        case Call():
            owner = expression.function.partition(".")[0]
            if owner[:1].isupper() or owner == "timedelta":  # else a variable of the program
                yield owner
            for value in (*expression.positional, *(one.value for one in expression.arguments)):
                yield from names_in(value)
        case Items():
            for item in expression.items:
                yield from names_in(item)
        case Table():
            for key, value in expression.items:
                yield from names_in(key)
                yield from names_in(value)
        case _:
            return


def statement(target: str, expression: Expression, *, indent: str = _STEP) -> str:
    """Return the lines of `target = expression`, or of the expression alone without a target."""
    before = f"{target} = " if target else ""
    return "\n".join(_lines(before, expression, "", indent=indent))


def import_block(module: str, names: Iterable[str]) -> str:
    """Return the import of *names*, sorted as ruff sorts them: constants first."""
    ordered = sorted(set(names), key=lambda name: (not name.isupper(), name.lower()))
    flat = f"from {module} import {', '.join(ordered)}"
    if len(flat) <= _WIDTH:
        return flat
    return "\n".join([f"from {module} import (", *(f"{_STEP}{name}," for name in ordered), ")"])


def as_plain_text(value: str) -> str:
    """Return a text that Terraform evaluates to *value*, which is no template.

    Raises:
        ValueError: CDKTF would take a part of it for a token.
    """
    if "TfToken[" in value:
        raise ValueError(value)
    return escaped(value)


def literal(value: str) -> str:
    """Return a text as a Python literal, with double quotes unless it contains them."""
    written = repr(value)
    if written.startswith("'") and '"' not in value:
        return f'"{written[1:-1]}"'
    return written


def _lines(before: str, expression: Expression, after: str, *, indent: str) -> Iterator[str]:
    """Walk through the lines of one expression, on one line if it fits."""
    flat = None if _has_comment(expression) else f"{indent}{before}{_flat(expression)}{after}"
    if flat is not None and (len(flat) <= _WIDTH or not _can_break(expression)):
        yield flat
        return
    inner = indent + _STEP
    match expression:
        case Call():
            yield f"{indent}{before}{expression.function}("
            for value in expression.positional:
                yield from _lines("", value, ",", indent=inner)
            for one in expression.arguments:
                for line in one.comment.splitlines():
                    yield f"{inner}# {line}"
                yield from _lines(f"{one.name}=", one.value, ",", indent=inner)
            yield f"{indent}){after}"
        case Items():
            yield f"{indent}{before}["
            for item in expression.items:
                yield from _lines("", item, ",", indent=inner)
            yield f"{indent}]{after}"
        case Table():
            yield f"{indent}{before}{{"
            for key, value in expression.items:
                yield from _lines(f"{_flat(key)}: ", value, ",", indent=inner)
            yield f"{indent}}}{after}"


def _flat(expression: Expression) -> str:
    match expression:
        case Code():
            return expression.text
        case Call():
            inside = (
                *map(_flat, expression.positional),
                *(f"{one.name}={_flat(one.value)}" for one in expression.arguments),
            )
            return f"{expression.function}({', '.join(inside)})"
        case Items():
            return f"[{', '.join(map(_flat, expression.items))}]"
        case Table():
            pairs = (f"{_flat(key)}: {_flat(value)}" for key, value in expression.items)
            return f"{{{', '.join(pairs)}}}"
        case str():
            return literal(as_plain_text(expression))
        case _:
            return repr(expression)


def _can_break(expression: Expression) -> bool:
    match expression:
        case Call():
            return bool(expression.positional or expression.arguments)
        case Items() | Table():
            return bool(expression.items)
        case _:
            return False


def _has_comment(expression: Expression) -> bool:
    match expression:
        case Call():
            return any(one.comment or _has_comment(one.value) for one in expression.arguments)
        case Items():
            return any(map(_has_comment, expression.items))
        case _:
            return False
