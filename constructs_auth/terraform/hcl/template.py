"""Strings of Terraform JSON as expressions of HCL, and back."""

import json
from functools import lru_cache

from constructs_auth.facts.templates import ExpressionError, escaped, sequences, unescaped
from constructs_auth.terraform.hcl.written import Expression


def as_hcl(text: str) -> str | None:
    """Return the expression that *text*, a string of Terraform JSON, means; `None` if it is wrong.

    `${a}` is `a`, and `a-${b}` is `"a-${b}"`.
    """
    return text.hcl if isinstance(text, Expression) else _as_hcl(text)


@lru_cache(maxsize=50_000)
def _as_hcl(text: str) -> str | None:
    try:
        found = sequences(text)
    except ExpressionError:
        return text[2:-1] if text.startswith("${") and text.endswith("}") else None
    if len(found) == 1 and found[0] == (0, len(text)) and text.startswith("${"):
        return text[2:-1].strip("~")
    parts, at = [], 0
    for start, end in found:
        parts += [_inside_quotes(text[at:start]), text[start:end]]
        at = end
    return f'"{"".join(parts)}{_inside_quotes(text[at:])}"'


@lru_cache(maxsize=50_000)
def pieces(text: str) -> tuple[tuple[str, str], ...] | None:
    """Split a template into pairs of plain text and the expression that follows it.

    `None` is returned for a text that is a single expression, and for one with directives or with
    markers that strip white space. The last pair may have no expression.
    """
    if text.startswith("${") and isinstance(text, Expression) and text.hcl == text[2:-1]:
        return None
    try:
        found = sequences(text)
    except ExpressionError:
        return None
    if found == [(0, len(text))]:
        return None
    pairs, at = [], 0
    for start, end in found:
        hcl = text[start + 2 : end - 1].strip()
        if text[start] == "%" or hcl.startswith("~") or hcl.endswith("~"):
            return None
        pairs.append((unescaped(text[at:start]), hcl))
        at = end
    return (*pairs, (unescaped(text[at:]), ""))


def quoted(text: str) -> str:
    """Return the plain *text* as HCL."""
    return f'"{_inside_quotes(escaped(text))}"'


def _inside_quotes(text: str) -> str:
    """Return the text of a template of Terraform JSON, whose escapes of signs stay."""
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")
