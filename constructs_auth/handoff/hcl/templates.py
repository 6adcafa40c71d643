"""Writes templates: quoted, as a heredoc, or as an expression spaced like `terraform fmt`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from constructs_auth.facts.templates import Kind, Part, TemplateSequence, Token

Lines = tuple[str, ...]
"""An expression; later lines are indented relative to its start."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SIGN = re.compile(r"((?<!\$)\$+|(?<!%)%+)\{")
_HEREDOC = re.compile(r"<<-\w+")
_LONG_LINE = 60
_MANY_LINES = 3


def bare(part: Part) -> str | None:
    """Return a sequence `${…}` as a bare expression; `None` for other parts."""
    if isinstance(part, TemplateSequence) and not part.is_directive:
        return write(part.tokens)
    return None


def quoted(parts: Iterable[Part]) -> str:
    """Return a template on one line, in quotes."""
    return f'"{_joined(parts, escape_characters=True)}"'


def quoted_text(text: str) -> str:
    """Return a text on one line, in quotes."""
    return quoted((text,))


def in_json(parts: Iterable[Part]) -> str:
    """Return a template as a string of Terraform JSON, where a backslash is not an escape."""
    return _joined(parts, escape_characters=False)


def heredoc(parts: tuple[Part, ...], *, with_functions: bool) -> Lines | None:
    """Return a template of several lines as a heredoc, or `None` if quotes are better.

    Args:
        parts: The template.
        with_functions: Whether `chomp` may remove the line break at the end, which a heredoc
            always has.
    """
    has_lines = any(isinstance(part, str) and "\n" in part for part in parts)
    has_directives = any(isinstance(part, TemplateSequence) and part.is_directive for part in parts)
    if not has_lines or has_directives:
        return None
    text = _joined(parts, escape_characters=False)
    ends_line = isinstance(parts[-1], str) and parts[-1].endswith("\n")
    lines = text.removesuffix("\n").split("\n")
    if not _is_for_a_heredoc(lines, parts) or not (ends_line or with_functions):
        return None
    if text.endswith("\n\n") and not ends_line:
        return None
    mark = "EOT"
    while any(line.strip() == mark for line in lines):
        mark += "_"
    inside = tuple(f"  {line}" if line else "" for line in lines)
    if ends_line:
        return (f"<<-{mark}", *inside, mark)
    return (f"chomp(<<-{mark}", *inside, mark, ")")


def is_heredoc(value: Lines) -> bool:
    """Return whether a value is a heredoc, whose last line must be alone."""
    return bool(_HEREDOC.fullmatch(value[0]))


def _is_for_a_heredoc(lines: list[str], parts: tuple[Part, ...]) -> bool:
    if len(lines) < 2 or (len(lines) < _MANY_LINES and max(map(len, lines)) < _LONG_LINE):  # noqa: PLR2004 - a heredoc has lines
        return False
    literals = [part for part in parts if isinstance(part, str)]
    if not all(character.isprintable() or character == "\n" for character in "".join(literals)):
        return False
    # Terraform removes common indentation, and readers do not see trailing white space.
    filled = [line for line in lines if line]
    return (
        all(line == line.rstrip() for line in lines)
        and any(not line.startswith(" ") for line in filled)
        and not any(line[:1].isspace() and not line.startswith(" ") for line in filled)
    )


def _joined(parts: Iterable[Part], *, escape_characters: bool) -> str:
    written = ""
    for part in parts:
        if isinstance(part, str):
            written += _literal(part, escape_characters=escape_characters)
            continue
        sign = part.opening[0]
        if written.endswith(sign):
            # Two signs in a row would be an escape.
            written = f'{written[:-1]}${{"{sign}"}}'
        opening = Token(Kind.OPEN_SEQUENCE, part.opening)
        closing = Token(Kind.CLOSE_SEQUENCE, part.closing)
        written += write((opening, *part.tokens, closing))
    return written


def _literal(text: str, *, escape_characters: bool) -> str:
    doubled = _SIGN.sub(lambda found: f"{found.group(1)}{found.group(1)[0]}{{", text)
    if not escape_characters:
        return doubled
    return "".join(map(_character, doubled))


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - Unicode's first plane


_NOTHING = Token(Kind.NEWLINE, "")
_BRACKETS_AND_SEPARATORS = ("", "(", "{", "[", "=", ":", ",", "?")
_COMPARISONS = ("==", "!=", ">", ">=", "<", "<=")
_BEFORE_A_NEGATION = (
    *_BRACKETS_AND_SEPARATORS,
    *_COMPARISONS,
    *("+", "-", "*", "/", "%"),
    *("&&", "||", "!"),
)
_TEMPLATE = (Kind.LITERAL, Kind.OPEN_QUOTE)
_AFTER_TEMPLATE = (Kind.LITERAL, Kind.CLOSE_QUOTE)


def write(tokens: Iterable[Token]) -> str:
    """Return an expression on one line."""
    line = list(on_one_line(tokens))
    written = []
    before = _NOTHING
    for token, after in pairwise([*line, _NOTHING]):
        space = " " if after is not _NOTHING and _has_space(before, token, after) else ""
        written.append(token.text + space)
        before = token
    return "".join(written)


def on_one_line(tokens: Iterable[Token]) -> Iterator[Token]:
    """Remove line breaks; commas separate the lines of an object instead."""
    kept = list(tokens)
    brackets: list[bool] = []
    last = _NOTHING
    for index, token in enumerate(kept):
        if token.kind is Kind.NEWLINE:
            following = _first_on_a_line(kept[index + 1 :])
            if brackets and brackets[-1] and last.text not in ("{", ",") and following != "}":
                last = Token(Kind.OPERATOR, ",")
                yield last
            continue
        if token.kind in (Kind.OPEN, Kind.OPEN_SEQUENCE):
            is_object = token.text == "{" and _first_on_a_line(kept[index + 1 :]) != "for"
            brackets.append(is_object)
        elif token.kind in (Kind.CLOSE, Kind.CLOSE_SEQUENCE):
            brackets.pop()
        last = token
        yield token


def _first_on_a_line(tokens: Sequence[Token]) -> str:
    return next((token.text for token in tokens if token.kind is not Kind.NEWLINE), "")


def _has_space(before: Token, token: Token, after: Token) -> bool:
    """Return whether a space follows *token*; the first rule with an answer decides."""
    for rule in (_around_names, _around_texts, _around_operators, _around_brackets):
        answer = rule(before, token, after)
        if answer is not None:
            return answer
    return True


def _around_names(_: Token, token: Token, after: Token) -> bool | None:
    if token.kind is Kind.WORD and after.symbol == "(":
        return False
    if {"::", "."} & {token.symbol, after.symbol} or after.symbol in (",", "..."):
        return False
    return True if token.symbol == "," else None


def _around_texts(_: Token, token: Token, after: Token) -> bool | None:
    return False if token.kind in _TEMPLATE or after.kind in _AFTER_TEMPLATE else None


def _around_operators(before: Token, token: Token, after: Token) -> bool | None:
    if token.symbol == "in" and before.kind is Kind.WORD:
        return True
    if after.symbol == "[" and (token.kind in (Kind.WORD, Kind.NUMBER) or _closes(token)):
        return False
    if token.symbol == "!":
        return False
    if token.symbol == "-":
        return before.symbol not in _BEFORE_A_NEGATION
    return None


def _around_brackets(_: Token, token: Token, after: Token) -> bool | None:
    opens_braces = token.symbol == "{"
    closes_braces = after.kind is Kind.CLOSE and after.symbol == "}"
    if opens_braces or closes_braces:
        return not (opens_braces and closes_braces)
    if token.kind is Kind.OPEN_SEQUENCE and after.symbol == "{":
        return True
    if token.kind is Kind.CLOSE and token.symbol == "}" and after.kind is Kind.CLOSE_SEQUENCE:
        return True
    if _opens(token) or _closes(after):
        return False
    return None if token.kind is not Kind.CLOSE_SEQUENCE else after.kind is not Kind.OPEN_SEQUENCE


def _opens(token: Token) -> bool:
    return token.kind in (Kind.OPEN, Kind.OPEN_SEQUENCE)


def _closes(token: Token) -> bool:
    return token.kind in (Kind.CLOSE, Kind.CLOSE_SEQUENCE)
