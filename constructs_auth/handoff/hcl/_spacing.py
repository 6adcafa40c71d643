"""Write tokens on one line with the spaces that `terraform fmt` puts between them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from constructs_auth.facts.templates import Kind, Token

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
    """Write an expression on one line."""
    line = list(on_one_line(tokens))
    written = []
    before = _NOTHING
    for token, after in pairwise([*line, _NOTHING]):
        space = " " if after is not _NOTHING and _has_space(before, token, after) else ""
        written.append(token.text + space)
        before = token
    return "".join(written)


def on_one_line(tokens: Iterable[Token]) -> Iterator[Token]:
    """Leave out line breaks; the lines of an object are parted by commas instead."""
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
    """Say whether a space follows *token*; the first rule that speaks of it decides."""
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
