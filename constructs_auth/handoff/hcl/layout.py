"""Lays out arguments and blocks as `terraform fmt` does: indentation, columns, empty lines."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from constructs_auth.handoff.hcl.templates import Lines, is_heredoc, quoted_text

_INDENT = "  "
_IDENTIFIER = re.compile(r"[^\W\d][\w-]*", re.ASCII)
_ONE_COLUMN = ("Lu", "Ll", "Lt", "Nd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An argument: its name and its value in HCL."""

    name: str
    value: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block: its type, its labels, and the paragraphs of its body."""

    type: str
    labels: tuple[str, ...] = ()
    body: tuple["Paragraph", ...] = ()


Paragraph = tuple[Attribute, ...] | Block
"""The lines between two empty lines."""


def lay_out(paragraphs: Iterable[Paragraph]) -> Lines:
    """Return the lines of paragraphs, with an empty line between any two."""
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph == ():
            continue
        if lines:
            lines.append("")
        lines += _block(paragraph) if isinstance(paragraph, Block) else aligned(paragraph)
    return tuple(lines)


def aligned(attributes: Sequence[Attribute]) -> Lines:
    """Return the lines of attributes, with the `=` of adjacent ones in one column.

    A value that opens a bracket over several lines has no column, and ends the group.
    """
    lines: list[str] = []
    run: list[Attribute] = []
    for attribute in attributes:
        if not _fits_a_column(attribute.name):
            lines += [*_columns(run), *_apart(lines, run), *_columns([attribute]), ""]
            run = []
        elif len(attribute.value) == 1 or is_heredoc(attribute.value):
            run.append(attribute)
        else:
            lines += [*_columns(run), *_columns([attribute])]
            run = []
    lines += _columns(run)
    while lines and lines[-1] == "":
        lines.pop()
    return tuple(lines)


def _apart(lines: Sequence[str], run: Sequence[Attribute]) -> Lines:
    return ("",) if run or (lines and lines[-1] != "") else ()


def _columns(run: Sequence[Attribute]) -> list[str]:
    width = max((len(attribute.name) for attribute in run), default=0)
    lines: list[str] = []
    for attribute in run:
        first, *rest = attribute.value
        lines += [f"{attribute.name:{width}} = {first}", *rest]
    return lines


def _block(block: Block) -> Lines:
    head = " ".join((block.type, *map(quoted_text, block.labels)))
    body = lay_out(block.body)
    return (f"{head} {{", *indented(body), "}") if body else (f"{head} {{}}",)


def indented(lines: Iterable[str]) -> Lines:
    """Indent all lines except empty ones."""
    return tuple(f"{_INDENT}{line}" if line else "" for line in lines)


def is_identifier(name: str) -> bool:
    """Return whether *name* can be the name of an argument, a block or a resource."""
    return bool(_IDENTIFIER.fullmatch(name))


def _fits_a_column(name: str) -> bool:
    """Return whether the width of *name* is its number of characters.

    Terraform counts columns by Unicode's rules, and aligns at the first `=` in a line.
    """
    return "=" not in name and (
        name.isascii()
        or all(
            character.isascii() or unicodedata.category(character) in _ONE_COLUMN
            for character in unicodedata.normalize("NFC", name)
        )
    )
