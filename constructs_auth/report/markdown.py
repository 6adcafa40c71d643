"""Escapes values for Markdown, so that no value can change the markup around it."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from constructs_auth.report.characters import one_line

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_MARKUP = re.compile(r"[&<>|]|[\\`*_\[\]~$#!]")
_WORD = r"[^\s\"'(),;<>|`]*"
_LINKED = re.compile(
    # From the beginning of a word: a long one is read once, and not once for each letter.
    rf"(?<![^\s\"'(),;<>|`]){_WORD}(?:@|://|(?<![^\W_])www\.|[#!%&~$](?=\w)"
    # An issue, `[issue:1]` and `[[page]]` of GitLab, and the digest of a commit.
    rf"|(?<![^\W_])G[HL]-(?=\d)|\[(?=\[|[a-z_]+:)|(?<![^\W_])[\da-f]{{7,40}}(?![^\W_]))"
    rf"{_WORD}(?<![.:?!])",
    re.IGNORECASE,
)
"""A word that GitHub or GitLab may turn into a link or a mention, also from an entity."""

_IN_CELL = re.compile(r"[\\`*_\[\]~$|]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BLOCK = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_FEWEST_TICKS = 3


@lru_cache(maxsize=1024)  # titles and remedies of rules repeat in many rows
def plain(text: str) -> str:
    """Escape *text* as words on one line: no markup, HTML, mention, link or list.

    A word that a platform would link is shown as code: it reads entities before it looks for links
    (cmark-gfm #181).
    """
    return _BLOCK.sub(_no_block, _unlinked(text, lambda words: _MARKUP.sub(_escaped, words)))


def cell(text: str) -> str:
    """Escape *text* as words in the cell of a table, with a character reference for none.

    No block begins in a cell, so few characters have a meaning there.
    """
    return _unlinked(text, lambda words: _IN_CELL.sub(r"\\\g<0>", words))


def code(text: str) -> str:
    """Format *text* as code on one line, also for the cell of a table."""
    line = one_line(text).replace("|", "\u00a6") or " "
    fence = "`" * (_longest_run(line) + 1)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{padding}{line}{padding}{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Format a table; its cells are Markdown already, each on one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fenced(text: str, language: str = "") -> str:
    """Format *text* as a code block, whatever backticks it contains."""
    fence = "`" * max(_FEWEST_TICKS, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _unlinked(text: str, escape: Callable[[str], str]) -> str:
    """Return *text* on one line, with words that a platform would link as code."""
    line = one_line(text)
    parts: list[str] = []
    end = 0
    for found in _LINKED.finditer(line):
        parts += (escape(line[end : found.start()]), code(found[0]))
        end = found.end()
    return "".join((*parts, escape(line[end:])))


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return _ENTITIES.get(character, f"\\{character}")


def _no_block(match: re.Match[str]) -> str:
    space, mark = match[1], match[2]
    return f"{space}\\{mark}" if mark in {"-", "+", "="} else f"{space}&#{ord(mark[0])};{mark[1:]}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0) if "`" in text else 0
