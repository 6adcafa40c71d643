"""The kinds of limits: a range of numbers, or the length and the pattern of a text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

PRINTABLE = r"\p{L}\p{M}\p{S}\p{N}\p{P}"
"""The class of all printable characters in a pattern of the API model."""

_STAND_IN = "\ue000"
_SPACE_STAND_IN = "\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Whole numbers from *minimum* to *maximum*, both included.

    Attributes:
        unit: The unit; empty for a plain number.
        shape: The shape of the limit in the API model, or `None` with the reason in *source*.
        service: The botocore name of the service with that API model.
        source: Another source of the limit.
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
        pattern: The pattern in the syntax of the API model, or `None` for any text.
        allowed: The pattern in words, for error messages.
        shape: The shape of the limit in the API model, or `None` with the reason in *source*.
        service: The botocore name of the service with that API model.
        source: Another source of the limit.
    """

    minimum: int
    maximum: int
    pattern: str | None = None
    allowed: str = "any characters"
    shape: str | None
    service: str = "cognito-idp"
    source: str = ""

    def accepts(self, text: str) -> bool:
        """Return whether *text* has an allowed length and matches the whole pattern."""
        if not self.minimum <= len(text) <= self.maximum:
            return False
        return self.pattern is None or matches(self.pattern, text)


def matches(pattern: str, text: str) -> bool:
    r"""Return whether the whole *text* matches *pattern*, a pattern of the API model.

    In the API, `\w` and `\s` match ASCII only, `\p{L}\p{M}\p{S}\p{N}\p{P}` matches letters, marks,
    symbols, numbers and punctuation of any script, and `\p{Z}` matches separators. `re` does not
    support these classes. This function therefore replaces each matching character outside ASCII
    with one placeholder, and adds the placeholder to the class. It keeps a special space that the
    pattern itself contains.
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
