"""Rewrites strings of Terraform JSON: each text in its templates, or the tokens of each sequence.

A string in which nothing changes keeps its spelling.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from constructs_auth.facts.templates import (
    ExpressionError,
    Kind,
    Part,
    TemplateSequence,
    Token,
    read_template,
)
from constructs_auth.handoff.hcl.templates import in_json

Tokens: TypeAlias = tuple[Token, ...]
Piece: TypeAlias = str | Tokens
"""A piece of a template: a text, or a sequence with its opening and its closing token."""
Path: TypeAlias = tuple[str, ...]
"""The names on the way to a string; lists add none."""
Change: TypeAlias = Callable[[str, Path], str]

_NOT_EVALUATED = {
    "terraform": None,
    "variable": None,
    "moved": None,
    "removed": None,
    "output": frozenset({"description"}),
}
"""Blocks, or arguments of them, in which Terraform evaluates no template (`None`: all)."""

_BLOCK_OF_ONE_LABEL = 2


def each_string(document: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """Return a copy of *document* with each string that Terraform evaluates changed.

    Args:
        document: The Terraform JSON.
        change: Returns the new string for a string and its path.
    """
    return {
        kind: value
        if _NOT_EVALUATED.get(kind, frozenset()) is None
        else _strings(value, (kind,), change)
        for kind, value in document.items()
    }


def _strings(value: Any, path: Path, change: Change) -> Any:  # noqa: ANN401 - what JSON can hold
    if isinstance(value, str):
        return change(value, path)
    if isinstance(value, Mapping):
        of_a_block = len(path) == _BLOCK_OF_ONE_LABEL
        unread = (of_a_block and _NOT_EVALUATED.get(path[0])) or frozenset()
        return {
            change(name, path) if "${" in name else name: item
            if name == "//" or name in unread
            else _strings(item, (*path, name), change)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_strings(item, path, change) for item in value]
    return value


def parts_of(text: str) -> tuple[Part, ...] | None:
    """Split *text*; `None` if Terraform cannot read it, which the HCL writer reports."""
    try:
        return read_template(text)
    except ExpressionError:
        return None


def with_tokens(text: str, change: Callable[[Tokens], Tokens]) -> str:
    """Return *text* with the tokens of each sequence changed, including those inside quotes."""
    parts = parts_of(text) if "{" in text else None
    if parts is None:
        return text
    changed = tuple(
        part
        if isinstance(part, str)
        else TemplateSequence(part.opening, change(part.tokens), part.closing)
        for part in parts
    )
    return text if changed == parts else in_json(changed)


def with_pieces(text: str, change: Callable[[list[Piece]], list[Piece]]) -> str:
    """Return *text* with each template changed: the text itself, and each in quotes in it."""
    parts = parts_of(text)
    if parts is None:
        return text
    pieces: list[Piece] = [
        part
        if isinstance(part, str)
        else sequence(part.tokens, opening=part.opening, closing=part.closing)
        for part in parts
    ]
    changed = change([each if isinstance(each, str) else _inside(each, change) for each in pieces])
    if changed == pieces:
        return text
    return in_json(
        each if isinstance(each, str) else TemplateSequence(each[0].text, each[1:-1], each[-1].text)
        for each in changed
    )


def sequence(tokens: Tokens, *, opening: str = "${", closing: str = "}") -> Tokens:
    """Return *tokens* as a sequence of a template."""
    return (Token(Kind.OPEN_SEQUENCE, opening), *tokens, Token(Kind.CLOSE_SEQUENCE, closing))


def traversal(dotted: str) -> Tokens:
    """Return the tokens of a reference without indexes, such as `path.module`."""
    first, *rest = dotted.split(".")
    following = [(Token(Kind.OPERATOR, "."), Token(Kind.WORD, name)) for name in rest]
    return (Token(Kind.WORD, first), *(token for pair in following for token in pair))


def template_after(tokens: Sequence[Token], start: int) -> tuple[list[Piece], int] | None:
    """Return the template of the quotes at *start*, and the index after it; else `None`."""
    if start >= len(tokens) or tokens[start].kind is not Kind.OPEN_QUOTE:
        return None
    end = _end(tokens, start, Kind.OPEN_QUOTE, Kind.CLOSE_QUOTE)
    return _pieces(tokens[start + 1 : end]), end + 1


def in_quotes(pieces: Sequence[Piece]) -> Tokens:
    """Return the tokens of a template in quotes; its texts are HCL already."""
    inside = [
        token
        for piece in pieces
        for token in ((Token(Kind.LITERAL, piece),) if isinstance(piece, str) else piece)
    ]
    return (Token(Kind.OPEN_QUOTE, '"'), *inside, Token(Kind.CLOSE_QUOTE, '"'))


def _inside(tokens: Tokens, change: Callable[[list[Piece]], list[Piece]]) -> Tokens:
    """Change each template in the quotes of *tokens*, inner ones first."""
    return tuple(_changed(tokens, change))


def _changed(tokens: Tokens, change: Callable[[list[Piece]], list[Piece]]) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        found = template_after(tokens, index)
        if found is None:
            yield tokens[index]
            index += 1
            continue
        pieces, after = found
        new = change([each if isinstance(each, str) else _inside(each, change) for each in pieces])
        yield from tokens[index:after] if new == pieces else in_quotes(new)
        index = after


def _pieces(tokens: Sequence[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    index = 0
    while index < len(tokens):
        if tokens[index].kind is Kind.LITERAL:
            before = pieces.pop() if pieces and isinstance(pieces[-1], str) else ""
            pieces.append(f"{before}{tokens[index].text}")
            index += 1
        else:
            end = _end(tokens, index, Kind.OPEN_SEQUENCE, Kind.CLOSE_SEQUENCE)
            pieces.append(tuple(tokens[index : end + 1]))
            index = end + 1
    return pieces


def _end(tokens: Sequence[Token], start: int, opening: Kind, closing: Kind) -> int:
    """Return the index of the token that closes the one at *start*."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].kind is opening) - (tokens[index].kind is closing)
        if depth == 0:
            return index
    raise ExpressionError("expression ends too early")
