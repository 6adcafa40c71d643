"""Parses JSON for every reader: what it refuses, no command lets pass."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from constructs_auth.errors import UnreadableError

MOST_DIGITS = 300
"""The digits of the largest number that is read: floating point ends at 308."""

COMMENT = "//"
"""A key that Terraform's JSON syntax allows twice, and ignores."""

_MARKS = (
    # UTF-32 begins like UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAY_BE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile(r"[\ud800-\udfff]")
_BINARY = (
    (b"PK\x03\x04", "a plan file of Terraform, or another archive"),
    (b"\x1f\x8b", "a file that gzip compressed"),
)


def read_bytes(file: Path, *, remedy: str) -> bytes:
    """Return the content of *file*.

    Raises:
        UnreadableError: It cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(
            str(file), f"cannot be read ({error.strerror})", remedy=remedy
        ) from None


def parse(content: bytes, subject: str, *, remedy: str) -> Any:  # noqa: ANN401 - what JSON can hold
    """Parse JSON in UTF-8, or in another encoding that its byte-order mark names.

    PowerShell writes UTF-16 with a mark where a command's output goes to a file.

    Raises:
        UnreadableError: It is something else, has a key twice, a number that is none or too large,
            or is nested too deeply.
    """
    for start, what in _BINARY:
        if content.startswith(start):
            raise UnreadableError(subject, f"must be JSON, got {what}", remedy=remedy)
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(
            subject, "cannot be read (not text in UTF-8)", remedy=remedy
        ) from None
    return parse_text(text, subject, remedy=remedy)


def parse_text(text: str, subject: str, *, remedy: str) -> Any:  # noqa: ANN401 - what JSON can hold
    """Parse JSON, as `parse` does.

    Raises:
        UnreadableError: As `parse` does.
    """
    try:
        return _loads(text, _whole if _MAY_BE_HALF.search(text) else _distinct)
    except _RepeatedError:
        path = next(repeated_keys(_loads(text, marked_object), ""))
        raise UnreadableError(
            subject, f"{path} must be unique, got it twice", remedy="write each key once"
        ) from None
    except json.JSONDecodeError as error:
        why = f"must be JSON, but: {error}" if text.strip() else "must be JSON, got an empty file"
        raise UnreadableError(subject, why, remedy=remedy) from None
    except ValueError as error:
        raise UnreadableError(subject, f"must be JSON, but: {error}", remedy=remedy) from None
    except RecursionError:
        raise UnreadableError(subject, "is nested too deeply", remedy=remedy) from None


def whole_number(digits: str) -> int:
    """Return the number of *digits*.

    Raises:
        ValueError: It is too large.
    """
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def no_number(text: str) -> None:
    """Refuse `NaN` and `Infinity`, which are not JSON.

    Raises:
        ValueError: Always.
    """
    raise ValueError(f"{text} is no number")


def _number(text: str) -> float:
    found = float(text)
    if abs(found) >= float(f"1e{MOST_DIGITS}"):
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return found


class _RepeatedError(Exception):
    """An object has a key twice."""


def _loads(text: str, make: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:  # noqa: ANN401 - as above
    return json.loads(
        text,
        parse_int=whole_number,
        parse_float=_number,
        parse_constant=no_number,
        object_pairs_hook=make,
    )


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) and _repeated(pairs):
        raise _RepeatedError
    return found


def _whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return _distinct([(clean(key), clean(value)) for key, value in pairs])


def clean(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    """Replace half of a surrogate pair, as Terraform does: no file can contain one."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    return [clean(item) for item in value] if isinstance(value, list) else value


_REPEATED = "\0repeated"


def marked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object that remembers its repeated keys, for `repeated_keys`."""
    found = dict(pairs)
    if len(found) != len(pairs) and (keys := _repeated(pairs)):
        found[_REPEATED] = keys
    return found


def _repeated(pairs: list[tuple[str, Any]]) -> list[str]:
    counts = Counter(key for key, _ in pairs)
    return sorted(key for key, count in counts.items() if count > 1 and key != COMMENT)


def repeated_keys(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - what JSON can hold
    """Walk through the paths of the repeated keys of what `marked_object` made."""
    if isinstance(value, dict):
        for name in value.get(_REPEATED, ()):
            yield f"{path}{name}"
        for name, item in value.items():
            yield from repeated_keys(item, f"{path}{name}.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from repeated_keys(item, f"{path[:-1]}[{index}].")
