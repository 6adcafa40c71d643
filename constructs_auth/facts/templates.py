"""The lexer of Terraform's templates and expressions: what `${` and `%{` mean in a text."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class ExpressionError(Exception):
    """A text that is not a template or expression; the message does not contain the text."""


class Kind(Enum):
    """The kind of a token, as detailed as its spacing requires."""

    WORD = auto()
    NUMBER = auto()
    OPERATOR = auto()
    OPEN = auto()
    CLOSE = auto()
    OPEN_QUOTE = auto()
    CLOSE_QUOTE = auto()
    LITERAL = auto()
    OPEN_SEQUENCE = auto()
    CLOSE_SEQUENCE = auto()
    NEWLINE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of HCL: its kind and its text."""

    kind: Kind
    text: str

    @property
    def symbol(self) -> str:
        """The text, or an empty text for a piece of a quoted text."""
        return "" if self.kind is Kind.LITERAL else self.text


@dataclass(frozen=True, slots=True)
class TemplateSequence:
    """A `${…}` or `%{…}` of a template.

    Attributes:
        opening: `${` or `%{`, with `~` if it strips white space.
        tokens: Its content.
        closing: `}`, with `~` if it strips white space.
    """

    opening: str
    tokens: tuple[Token, ...]
    closing: str

    @property
    def is_directive(self) -> bool:
        """Whether it is a `%{…}`."""
        return self.opening.startswith("%")


Part = str | TemplateSequence
"""A part of a template: text without escapes, or a sequence."""

CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
# With the lookbehinds, a long row of signs is read once, and not once for each sign.
_SIGN = re.compile(r"((?<!\$)\$+|(?<!%)%+)\{~?")
_BEFORE_BRACE = re.compile(r"([$%])(?=\{)")
_OPENING = re.compile(r"[$%]\{~?")
_WORD = re.compile(r"[^\W\d][\w-]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_OPERATOR = re.compile(r"\.\.\.|=>|==|!=|>=|<=|&&|\|\||::|[-+*/%<>!?:=.,]")
_IGNORED = re.compile(r"(?:[ \t\r]+|(?:#|//)[^\n]*|/\*.*?\*/)+", re.DOTALL)
_QUOTED_TEXT = re.compile(r'(?:\\.|[^\\"$%\n]|\$+(?![{$])|%+(?![{%]))+')
_ESCAPED_SIGN = re.compile(r"\$\$+\{|%%+\{")


def read_template(text: str) -> tuple[Part, ...]:
    """Split a string of Terraform JSON, where a backslash is not an escape, into its parts.

    Raises:
        ExpressionError: A sequence that does not end, or whose content is not an expression.
    """
    parts: list[Part] = []
    literal = ""
    position = 0
    while found := _SIGN.search(text, position):
        literal += text[position : found.start()]
        sign = found.group(1)
        if len(sign) > 1:
            # The second last sign is an escape; the signs before it are plain text.
            literal += f"{sign[1:]}{{"
            position = found.start() + len(sign) + 1
            continue
        if literal:
            parts.append(literal)
            literal = ""
        reader = _Reader(text, found.start())
        parts.append(reader.sequence())
        position = reader.position
    literal += text[position:]
    if literal or not parts:
        parts.append(literal)
    return tuple(parts)


def sequences(text: str) -> list[tuple[int, int]]:
    """Return where each `${…}` and `%{…}` of *text*, a string of Terraform JSON, starts and ends.

    Raises:
        ExpressionError: As `read_template`.
    """
    found = []
    position = 0
    while sign := _SIGN.search(text, position):
        position = sign.end()
        if len(sign.group(1)) == 1:
            reader = _Reader(text, sign.start())
            reader.sequence()
            position = reader.position
            found.append((sign.start(), position))
    return found


def holds_template(text: str) -> bool:
    """Return whether Terraform evaluates anything in *text*, a string of Terraform JSON.

    If several `$` are before a brace, the second last is an escape: `$${` and `$$${` are plain
    text. A `%` before `${` is plain text too.
    """
    return any(len(found.group(1)) == 1 for found in _SIGN.finditer(text))


def unescaped(text: str) -> str:
    """Return the value of *text*, which contains no template: `$${` becomes `${`."""
    return _SIGN.sub(
        lambda found: found.group(0)[1:] if len(found.group(1)) > 1 else found[0], text
    )


def escaped(text: str) -> str:
    """Return the plain *text* as Terraform JSON writes it: `${` as `$${`."""
    return _BEFORE_BRACE.sub(r"\1\1", text) if "{" in text else text


def interpolated(text: str) -> str | None:
    """Return the expression of a text that is only one `${…}`; `None` for any other text."""
    try:
        parts = read_template(text.strip())
    except ExpressionError:
        return None
    match parts:
        case (TemplateSequence(is_directive=False) as sequence,):
            return text.strip()[len(sequence.opening) : -len(sequence.closing)].strip()
    return None


def read_expression(text: str) -> tuple[Token, ...]:
    """Split an expression without `${…}` into tokens.

    Raises:
        ExpressionError: The text is not an expression.
    """
    reader = _Reader(text, 0)
    tokens = reader.expression(closing=None)
    return tuple(tokens)


class _Reader:
    """Read a text from a position onwards."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position

    def sequence(self) -> TemplateSequence:
        """Read a `${…}` or `%{…}`."""
        opening = self._take(_OPENING) or ""
        tokens = self.expression(closing="}")
        closing = "}"
        if tokens and tokens[-1].text == "~":
            tokens.pop()
            closing = "~}"
        return TemplateSequence(opening, tuple(tokens), closing)

    def expression(self, *, closing: str | None) -> list[Token]:
        """Read tokens up to and past *closing*, or to the end of the text."""
        tokens: list[Token] = []
        open_brackets: list[str] = []
        while True:
            self._take(_IGNORED)
            character = self.text[self.position : self.position + 1]
            if character == "" and (closing or open_brackets):
                raise self._wrong("ends too early")
            if not open_brackets and character == (closing or ""):
                self.position += 1
                return tokens
            if character == '"':
                tokens += self._quoted()
            elif character in CLOSING:
                open_brackets.append(character)
                tokens.append(self._one(Kind.OPEN))
            elif character in CLOSING.values():
                if not open_brackets or CLOSING[open_brackets.pop()] != character:
                    raise self._wrong(f"has a {character} that closes nothing")
                tokens.append(self._one(Kind.CLOSE))
            elif character == "\n":
                tokens.append(self._one(Kind.NEWLINE))
            elif self.text.startswith("~}", self.position):
                tokens.append(self._one(Kind.OPERATOR))
            else:
                tokens.append(self._plain())

    def _plain(self) -> Token:
        if self.text.startswith("/*", self.position):
            raise self._wrong("has a comment without end")
        for pattern, kind in (
            (_WORD, Kind.WORD),
            (_NUMBER, Kind.NUMBER),
            (_OPERATOR, Kind.OPERATOR),
        ):
            if text := self._take(pattern):
                return Token(kind, text)
        raise self._wrong("is not an expression")

    def _quoted(self) -> list[Token]:
        tokens = [self._one(Kind.OPEN_QUOTE)]
        while True:
            if literal := self._take(_QUOTED_TEXT) or self._take(_ESCAPED_SIGN):
                tokens.append(Token(Kind.LITERAL, literal))
            elif self.text.startswith('"', self.position):
                tokens.append(self._one(Kind.CLOSE_QUOTE))
                return tokens
            elif self.text.startswith(("${", "%{"), self.position):
                sequence = self.sequence()
                tokens.append(Token(Kind.OPEN_SEQUENCE, sequence.opening))
                tokens += sequence.tokens
                tokens.append(Token(Kind.CLOSE_SEQUENCE, sequence.closing))
            else:
                raise self._wrong("has a text without end")

    def _one(self, kind: Kind) -> Token:
        self.position += 1
        return Token(kind, self.text[self.position - 1])

    def _take(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self.text, self.position)
        if found is None or not found.group():
            return None
        self.position = found.end()
        return found.group()

    def _wrong(self, what: str) -> ExpressionError:
        return ExpressionError(f"expression {what}")
