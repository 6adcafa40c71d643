"""Writes Python source in the format of `ruff format`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from constructs_auth.facts.templates import escaped
from constructs_auth.project.program import STEP, WIDTH

_FIRST = re.compile(r"\A[A-Za-z_]\w*", re.ASCII)


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
    for one in _codes_and_calls(expression):
        if isinstance(one, Code):
            yield from one.names
            continue
        owner = one.function.partition(".")[0]
        if owner[:1].isupper() or owner == "timedelta":  # else a variable of the program
            yield owner


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of the program: `target = expression`, or the expression alone without a target.

    Attributes:
        target: The variable, or the attribute of one; it may be empty.
        expression: The value.
        comment: Lines above it.
    """

    target: str
    expression: Expression
    comment: str = ""

    def text(self, *, indent: str = STEP) -> str:
        """Return its lines."""
        before = f"{self.target} = " if self.target else ""
        above = [f"{indent}# {line}" for line in self.comment.splitlines()]
        return "\n".join([*above, *_lines(before, self.expression, "", indent=indent)])

    def variables(self) -> Iterator[str]:
        """Walk through the first name of each reference, with repetitions."""
        if "." in self.target:
            yield from _first(self.target)
        for one in _codes_and_calls(self.expression):
            yield from _first(one.text if isinstance(one, Code) else one.function)

    def with_owners(self, owners: Mapping[str, str]) -> "Statement":
        """Return the same statement for another file, with other expressions for its variables.

        Args:
            owners: The expression for each variable of another file: `users` is `pools.users`.
        """
        return replace(
            self,
            target=_owned(self.target, owners),
            expression=_with_owners(self.expression, owners),
        )


def returned(expression: Expression) -> str:
    """Return the lines of `return expression` in a function."""
    return "\n".join(_lines("return ", expression, "", indent=STEP))


def signature(function: str, parameters: Mapping[str, str], result: str) -> str:
    """Return the first lines of a function.

    Args:
        function: Its name.
        parameters: The type of each parameter.
        result: The type that it returns.
    """
    written = [Code(f"{name}: {kind}") for name, kind in parameters.items()]
    return "\n".join(_lines("def ", Call(function, written), f" -> {result}:", indent=""))


def as_plain_text(value: str) -> str:
    """Return a text that Terraform evaluates to the plain text *value*.

    Raises:
        ValueError: CDKTF would treat a part of it as a token.
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


def _codes_and_calls(expression: Expression) -> Iterator[Code | Call]:
    match expression:
        case Code():
            yield expression
        case Call():
            yield expression
            for value in (*expression.positional, *(one.value for one in expression.arguments)):
                yield from _codes_and_calls(value)
        case Items():
            for item in expression.items:
                yield from _codes_and_calls(item)
        case Table():
            for key, value in expression.items:
                yield from _codes_and_calls(key)
                yield from _codes_and_calls(value)
        case _:
            return


def _first(reference: str) -> Iterator[str]:
    found = _FIRST.match(reference)
    if found is not None:
        yield found[0]


def _with_owners(expression: Expression, owners: Mapping[str, str]) -> Expression:
    match expression:
        case Code():
            text = _owned(expression.text, owners)
            return expression if text == expression.text else Code(text)
        case Call():
            return Call(
                _owned(expression.function, owners),
                [_with_owners(value, owners) for value in expression.positional],
                [
                    replace(one, value=_with_owners(one.value, owners))
                    for one in expression.arguments
                ],
            )
        case Items():
            return Items([_with_owners(item, owners) for item in expression.items])
        case Table():
            return Table(
                [
                    (_with_owners(key, owners), _with_owners(value, owners))
                    for key, value in expression.items
                ]
            )
        case _:
            return expression


def _owned(reference: str, owners: Mapping[str, str]) -> str:
    return _FIRST.sub(lambda found: owners.get(found[0], found[0]), reference, count=1)


def _lines(before: str, expression: Expression, after: str, *, indent: str) -> Iterator[str]:
    """Walk through the lines of one expression, on one line if it fits."""
    flat = None if _has_comment(expression) else f"{indent}{before}{_flat(expression)}{after}"
    if flat is not None and (len(flat) <= WIDTH or not _can_break(expression)):
        yield flat
        return
    inner = indent + STEP
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
