"""Makes characters visible that would change how a reader or a CI system reads the text."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_HIDDEN = (
    r"\x80-\x84\x86-\x9f"  # C1 controls
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of text
    # No width: what Unicode lets a program ignore (Default_Ignorable_Code_Point), and notes.
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"  # tags, and more selectors of variants
    r"\ud800-\udfff"  # half of a character, which no encoding can write
)
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_NOT_IN_JSON = re.compile(f"[{_HIDDEN}\\x7f\\x85\\u2028\\u2029]")
_NOT_IN_LOG = re.compile(f"[{_HIDDEN}\\x00-\\x1f\\x7f\\x85\\u2028\\u2029]")
_COMMAND = re.compile(r"^(\s*):(?=:)")
_OLD_COMMAND = re.compile(r"#(?=#\w*\[)")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Invisible letters and symbols: fillers of Hangul and the empty pattern of Braille."""

_JSON_WORDS: Mapping[bool | None, str] = {True: "true", False: "false", None: "null"}
_INSTEAD = "\ufffd"
_LAST_OF_ONE_UNIT = 0xFFFF


def is_visible(text: str) -> bool:
    """Return whether *text* has a visible character."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in text)


def one_line(text: str) -> str:
    """Return *text* on one line, with a mark for each invisible character.

    It contains no workflow command, because a log may contain the report.
    """
    return _without_command(_UNSEEN.sub(_INSTEAD, _BREAKS.sub(" ", text)))


def shortened(text: str, most: int) -> str:
    """Return *text* with at most *most* characters; a longer one is cut in the middle.

    The end of an address or a path identifies it.
    """
    if len(text) <= most:
        return text
    end = (most - 1) // 2
    return f"{text[: most - 1 - end]}…{text[len(text) - end :]}"


def log_line(text: str) -> str:
    """Return *text* as one line of a log or a terminal; it keeps its length.

    No line begins a workflow command of GitHub Actions: `::error::`, or `##[error]` anywhere. The
    same applies to Azure Pipelines and TeamCity: `##vso[…]`, `##teamcity[…]`.
    """
    visible = _NOT_IN_LOG.sub(_INSTEAD, text)
    return _without_command(_COMMAND.sub(r"\1_", visible))


def log_text(text: str) -> str:
    """Return *text* as lines of a log: its own line breaks stay."""
    return "\n".join(map(log_line, text.split("\n")))


def json_of(document: object) -> str:
    """Return *document* as the JSON of a report: indented, with such characters escaped.

    Except for them, it is what `json.dumps(document, indent=2, ensure_ascii=False)` returns, which
    takes twice as long: with an indentation, it is not written in C.

    Args:
        document: What JSON can hold; the keys of objects are texts.
    """
    parts: list[str] = []
    _write_json(document, "\n", parts.append)
    parts.append("\n")
    return "".join(parts)


def _write_json(value: object, line: str, write: Callable[[str], None]) -> None:
    """Write *value* after *line*, a line break with the indentation of the lines around it."""
    if isinstance(value, str):
        write(_json_text(value))
    elif isinstance(value, dict):
        within = f"{line}  "
        start = f"{{{within}"
        for name, item in value.items():
            if item.__class__ is str:  # as most are
                write(f"{start}{_json_text(name)}: {_json_text(item)}")
            else:
                write(f"{start}{_json_text(name)}: ")
                _write_json(item, within, write)
            start = f",{within}"
        write(f"{line}}}" if value else "{}")
    elif isinstance(value, list | tuple):
        within = f"{line}  "
        start = f"[{within}"
        for item in value:
            write(start)
            _write_json(item, within, write)
            start = f",{within}"
        write(f"{line}]" if value else "[]")
    elif value is None or isinstance(value, bool):
        write(_JSON_WORDS[value])
    else:
        write(json.dumps(value))


@lru_cache(maxsize=1024)  # a report repeats its keys, and the texts of rules
def _json_text(text: str) -> str:
    written = encode_basestring(text)
    if written.isascii() and "\x7f" not in written and "##" not in written:
        return written
    return _OLD_COMMAND.sub(r"\\u0023", _NOT_IN_JSON.sub(_as_escape, written))


def _without_command(line: str) -> str:
    return _OLD_COMMAND.sub("_", line) if "##" in line else line


def _as_escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number <= _LAST_OF_ONE_UNIT:
        return f"\\u{number:04x}"
    number -= _LAST_OF_ONE_UNIT + 1
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
