"""Recognize a text that is a JSON document, to be written with `jsonencode`."""

import json
import re
from typing import Any

from constructs_auth.facts.templates import Part, Sequence

_FIRST_MARK = 0xF0000  # where Unicode has no characters of its own
_MARK = re.compile(r"[\U000f0000-\U000ffffd]")
_EXACT_DIGITS = 15
_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# `\b` and `\f`, which Go's releases write in two ways.
_SHORT = re.compile(r"\\[bf]")


class _OtherSpellingError(ValueError):
    """`jsonencode` may write this otherwise, or Terraform read it otherwise."""


def as_json(parts: tuple[Part, ...], *, any_spelling: bool) -> Any | None:  # noqa: ANN401 - what JSON can hold
    """Read a template as a JSON object or array, whose strings come as templates.

    A reference may stand in a string only: `jsonencode` escapes its value as JSON wants.

    Args:
        parts: The template.
        any_spelling: Whether another spelling of the same document will do, as where the provider
            compares documents. Otherwise `jsonencode` must give the very same text.

    Returns:
        The document, or None where it is none, or would not stay what it is.
    """
    text = ""
    marks: dict[str, Sequence] = {}
    for part in parts:
        if isinstance(part, Sequence):
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
    """Write it as Terraform's `jsonencode` does."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if _SHORT.search(text):
        return ""
    return re.sub("|".join(_HTML), lambda found: _HTML[found.group()], text)


def _with_templates(document: Any, marks: dict[str, Sequence]) -> Any:  # noqa: ANN401 - what JSON can hold
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


def _template(text: str, marks: dict[str, Sequence]) -> tuple[Part, ...]:
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
