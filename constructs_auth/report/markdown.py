"""Escapes values for Markdown, so that no value can change the markup around it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "|": "&#124;"}
_MARKUP = re.compile(r"[&<>@|]|[\\`*_\[\]~$#!]")
_IN_CELL = re.compile(r"[\\`*_\[\]~$|]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_LINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_FEWEST_TICKS = 3


@lru_cache(maxsize=1024)  # titles and remedies of rules repeat in many rows
def plain(text: str) -> str:
    """Escape *text* as words on one line: no markup, HTML, mention, link or list."""
    escaped = _MARKUP.sub(_escaped, _one_line(text))
    unlinked = _LINK.sub(lambda match: f"&#{ord(match[0])};", escaped)
    return _BLOCK.sub(_no_block, unlinked)


def cell(text: str) -> str:
    """Escape *text* as words in the cell of a table, with a character reference for none.

    For a file such as a README, where nothing after the Markdown reads the words: a comment on a
    pull request needs `plain`.
    """
    return _IN_CELL.sub(lambda match: f"\\{match[0]}", _one_line(text))


def code(text: str) -> str:
    """Format *text* as code on one line, also for the cell of a table."""
    line = _one_line(text).replace("|", "\u00a6") or " "
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


def _one_line(text: str) -> str:
    """Replace line breaks, and characters that change the direction of text."""
    return _DIRECTIONS.sub("\ufffd", _BREAKS.sub(" ", text))


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return _ENTITIES.get(character, f"\\{character}")


def _no_block(match: re.Match[str]) -> str:
    space, mark = match[1], match[2]
    return f"{space}\\{mark}" if mark in {"-", "+", "="} else f"{space}&#{ord(mark[0])};{mark[1:]}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0) if "`" in text else 0
