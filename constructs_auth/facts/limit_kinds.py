"""What a limit is: a range of numbers, or the length and the pattern of a text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

PRINTABLE = r"\p{L}\p{M}\p{S}\p{N}\p{P}"
"""What stands in a class of a pattern of the API model for any printable character."""

_STAND_IN = "\ue000"
_SPACE_STAND_IN = "\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Whole numbers from *minimum* to *maximum*, both included.

    Attributes:
        unit: What is counted; empty for a plain number.
        shape: The shape in the API model that states it, or `None` with the reason in *source*.
        service: Whose API model that is, as botocore names it.
        source: Where else it is written.
    """

    minimum: int
    maximum: int
    unit: str = ""
    shape: str | None
    service: str = "cognito-idp"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Texts of *minimum* to *maximum* characters that match *pattern* as a whole.

    Attributes:
        pattern: The pattern in the words of the API model, or `None` for any text.
        allowed: The pattern in words, for error messages.
        shape: The shape in the API model that states it, or `None` with the reason in *source*.
        service: Whose API model that is, as botocore names it.
        source: Where else it is written.
    """

    minimum: int
    maximum: int
    pattern: str | None = None
    allowed: str = "any characters"
    shape: str | None
    service: str = "cognito-idp"
    source: str = ""

    def accepts(self, text: str) -> bool:
        """Say whether *text* has the length and matches the whole pattern."""
        if not self.minimum <= len(text) <= self.maximum:
            return False
        return self.pattern is None or matches(self.pattern, text)


def matches(pattern: str, text: str) -> bool:
    r"""Say whether the whole *text* matches *pattern*, a pattern of the API model.

    The API counts `\w` and `\s` in ASCII, and writes `\p{L}\p{M}\p{S}\p{N}\p{P}` for letters,
    marks, symbols, numbers and punctuation of any script, and `\p{Z}` for separators, which `re`
    does not know: what is beyond ASCII and belongs there is put into one character that is then
    added to the class. A space of another kind that stands in the pattern itself is kept.
    """
    python = pattern.replace(PRINTABLE, f"!-~{_STAND_IN}")
    python = python.replace(r"\p{Z}", f" {_SPACE_STAND_IN}")
    known = text if text.isascii() else "".join(_known_in(pattern, text))
    return re.fullmatch(python, known, re.ASCII) is not None


def _known_in(pattern: str, text: str) -> Iterator[str]:
    return (each if each in pattern else _ascii_or_stand_in(each) for each in text)


def _ascii_or_stand_in(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)[0]
    if category == "Z":
        return _SPACE_STAND_IN
    return _STAND_IN if category in "LMSNP" else "\x00"
