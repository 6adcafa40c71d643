"""Writes the values of Terraform JSON as HCL expressions."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from constructs_auth.errors import NotTerraformError
from constructs_auth.facts.templates import (
    ExpressionError,
    Part,
    TemplateSequence,
    interpolated,
    read_expression,
    read_template,
)
from constructs_auth.handoff.hcl.layout import Attribute, aligned, indented, is_identifier
from constructs_auth.handoff.hcl.templates import Lines, bare, heredoc, is_heredoc, quoted, write

Value: TypeAlias = Any
"""A JSON value; numbers are `int`, `Decimal` or `float`."""

_LINE = 80
# References that are strings in every provider; the type of a variable is not known.
_OF_A_STRING = re.compile(
    r"(?!(?:var|local|each|count|module|self|path|terraform)\.)"
    r"[\w.\-\[\]]+[._](?:arn|endpoint|id|name|name_prefix|partition|region)"
)
_KEYWORDS = ("for", "null", "true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How Terraform interprets the strings of an argument.

    Attributes:
        templates: Whether they are templates; otherwise `${` is literal.
        policy: Whether the provider compares them as JSON documents, not as texts.
    """

    templates: bool = True
    policy: bool = False


EXPRESSION: Final = Reading()
LITERAL: Final = Reading(templates=False)
POLICY: Final = Reading(policy=True)


def expression(value: Value, reading: Reading, path: str) -> Lines:
    """Return a value in HCL.

    Args:
        value: The value.
        reading: How Terraform interprets the strings in it.
        path: Its place, for errors.

    Raises:
        NotTerraformError: A string in it is not a valid template.
    """
    match value:
        case None:
            return ("null",)
        case bool():
            return ("true" if value else "false",)
        case int() | Decimal() | float():
            return (str(value),)
        case str():
            return _text(_parts(value, reading, path), reading)
        case Mapping():
            return _object(value, reading, path)
        case Sequence():
            return _list([_item(v, reading, f"{path}[{i}]") for i, v in enumerate(value)])
    raise TypeError(type(value))


def reference(text: Value, path: str) -> str:
    """Return a reference or a type, which Terraform JSON puts into a string.

    Raises:
        NotTerraformError: It is neither.
    """
    if not isinstance(text, str):
        raise NotTerraformError(path, "must be a text", remedy="write a reference")
    try:
        return write(read_expression(interpolated(text) or text))
    except ExpressionError as error:
        raise _mistake(path, error) from None


def references(values: Value, path: str) -> Lines:
    """Return a list of references."""
    if not isinstance(values, list):
        raise NotTerraformError(path, "must be a list", remedy="put the references into a list")
    return _list([(reference(value, f"{path}[{i}]"),) for i, value in enumerate(values)])


def object_of(items: Sequence[tuple[str, Lines]]) -> Lines:
    """Return an object of keys and values that are HCL already."""
    if not items:
        return ("{}",)
    inside = aligned([Attribute(name=name, value=value) for name, value in items])
    return ("{", *indented(inside), "}")


def _item(value: Value, reading: Reading, path: str) -> Lines:
    written = expression(value, reading, path)
    if isinstance(value, str) and is_heredoc(written):
        # The comma after a heredoc would need a separate line.
        return (quoted(_parts(value, reading, path)),)
    return written


def _parts(text: str, reading: Reading, path: str) -> tuple[Part, ...]:
    if not reading.templates:
        return (text,)
    try:
        return read_template(text)
    except ExpressionError as error:
        raise _mistake(path, error) from None


def _mistake(path: str, error: ExpressionError) -> NotTerraformError:
    return NotTerraformError(
        path, f"must be valid Terraform, its {error}", remedy="fix it in the program"
    )


def _text(parts: tuple[Part, ...], reading: Reading) -> Lines:
    if len(parts) == 1 and (whole := bare(parts[0])) is not None:
        return (whole,)
    if reading.templates and (document := as_json(parts, any_spelling=reading.policy)) is not None:
        return _around("jsonencode(", _document(document), ")")
    return heredoc(parts, with_functions=reading.templates) or (quoted(parts),)


def _document(document: Value) -> Lines:
    """Return a JSON document whose strings are parsed templates."""
    match document:
        case tuple():
            return (_string(document),)
        case dict():
            return object_of([(_key(key), _document(value)) for key, value in document.items()])
        case list():
            return _list([_document(item) for item in document])
    return (json.dumps(document),)


def _string(parts: tuple[Part, ...]) -> str:
    """Return a value that is in quotes in the document and therefore must stay a string."""
    whole = bare(parts[0]) if len(parts) == 1 else None
    if whole is None:
        return quoted(parts)
    return whole if _OF_A_STRING.fullmatch(whole) else f"tostring({whole})"


def _object(value: Mapping[str, Value], reading: Reading, path: str) -> Lines:
    return object_of(
        [
            (_key(_parts(key, reading, path)), expression(item, reading, f"{path}.{key}"))
            for key, item in value.items()
        ]
    )


def _key(parts: tuple[Part, ...]) -> str:
    match parts:
        case (str(text),) if is_identifier(text) and text not in _KEYWORDS:
            return text
        case (part,) if (whole := bare(part)) is not None:
            return f"({whole})"
    return quoted(parts)


def _list(items: Sequence[Lines]) -> Lines:
    if all(len(item) == 1 for item in items):
        line = f"[{', '.join(item[0] for item in items)}]"
        if len(line) <= _LINE or not items:
            return (line,)
    inside = [line for *first, last in items for line in (*first, f"{last},")]
    return ("[", *indented(inside), "]")


def _around(before: str, lines: Lines, after: str) -> Lines:
    first, *rest = lines
    if not rest:
        return (f"{before}{first}{after}",)
    return (f"{before}{first}", *rest[:-1], f"{rest[-1]}{after}")


_FIRST_MARK = 0xF0000  # a private-use area of Unicode
_MARK = re.compile(r"[\U000f0000-\U000ffffd]")
_EXACT_DIGITS = 15
_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# `\b` and `\f`, which releases of Go write differently.
_SHORT = re.compile(r"\\[bf]")


class _OtherSpellingError(ValueError):
    """`jsonencode` may write the document differently, or Terraform may read it differently."""


def as_json(parts: tuple[Part, ...], *, any_spelling: bool) -> Any | None:  # noqa: ANN401 - what JSON can hold
    """Parse a template as a JSON object or array, whose strings become templates.

    References may only be inside strings, where `jsonencode` escapes their values as JSON requires.

    Args:
        parts: The template.
        any_spelling: Whether another spelling of the same document is allowed, because the provider
            compares documents. Otherwise `jsonencode` must return exactly the same text.

    Returns:
        The document; `None` if it is not JSON, or `jsonencode` would change it.
    """
    text = ""
    marks: dict[str, TemplateSequence] = {}
    for part in parts:
        if isinstance(part, TemplateSequence):
            mark = chr(_FIRST_MARK + len(marks))
            marks[mark] = part
            text += mark
        elif _MARK.search(part):
            return None
        else:
            text += part
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        document = json.loads(
            text,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_whole_number,
            object_pairs_hook=_distinct,
        )
    except (ValueError, RecursionError):
        return None
    if not document or any(part.is_directive for part in marks.values()):
        return None
    if not any_spelling and text != _encoded(document):
        return None
    return _with_templates(document, marks)


def _refuse(_: str) -> int:
    raise _OtherSpellingError


def _whole_number(digits: str) -> int:
    if len(digits) > _EXACT_DIGITS:
        raise _OtherSpellingError
    return int(digits)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs) or any(_MARK.search(key) for key, _ in pairs):
        raise _OtherSpellingError
    return dict(pairs)


def _encoded(document: object) -> str:
    """Return the text that Terraform's `jsonencode` writes."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if _SHORT.search(text):
        return ""
    return re.sub("|".join(_HTML), lambda found: _HTML[found.group()], text)


def _with_templates(document: Any, marks: dict[str, TemplateSequence]) -> Any:  # noqa: ANN401 - what JSON can hold
    match document:
        case str():
            return _template(document, marks)
        case dict():
            return {
                _template(key, marks): _with_templates(value, marks)
                for key, value in document.items()
            }
        case list():
            return [_with_templates(item, marks) for item in document]
    return document


def _template(text: str, marks: dict[str, TemplateSequence]) -> tuple[Part, ...]:
    parts: list[Part] = []
    position = 0
    for found in _MARK.finditer(text):
        if text[position : found.start()]:
            parts.append(text[position : found.start()])
        parts.append(marks[found.group()])
        position = found.end()
    if text[position:] or not parts:
        parts.append(text[position:])
    return tuple(parts)
