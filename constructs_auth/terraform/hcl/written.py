"""The content of a file of a module: blocks with the line of each argument, and expressions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeAlias

from constructs_auth.terraform.json_files import JsonFile

Json: TypeAlias = Any
"""A value of Terraform JSON; a block or an object of HCL is a `Body`."""


class Expression(str):
    """An expression that is not a literal, as a string of Terraform JSON: `${var.name}`.

    Attributes:
        hcl: The expression as HCL: `var.name`.
    """

    __slots__ = ("hcl",)

    hcl: str

    def __new__(cls, hcl: str, *, template: str | None = None) -> Self:
        """Create one.

        Args:
            hcl: The expression.
            template: Its string of Terraform JSON, if it is a quoted template.
        """
        found = super().__new__(cls, f"${{{hcl}}}" if template is None else template)
        found.hcl = hcl
        return found

    def __deepcopy__(self, memo: object) -> "Expression":
        """Return itself: it never changes."""
        return self


class Body(dict[str, Any]):
    """The arguments and blocks of a block, as in Terraform JSON, with their places.

    Attributes:
        file: The file.
        line: The line of the block, from 1.
        places: The file and the line of each argument.
        end: The last line of the block.
        is_literal: Whether nothing in it is an expression, and nothing is repeated.
    """

    __slots__ = ("end", "file", "is_literal", "line", "places")

    def __init__(self, *, file: str, line: int, end: int = 0) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.end = end or line
        self.is_literal = False
        self.places: dict[str, tuple[str, int]] = {}

    def like(self) -> "Body":
        """Return an empty body with the same places."""
        found = Body(file=self.file, line=self.line, end=self.end)
        found.places = self.places
        return found

    def __deepcopy__(self, memo: dict[int, Any]) -> "Body":
        """Return a copy whose blocks can be merged with those of an override file."""
        found = self.like()
        found.places = dict(self.places)
        for name, value in self.items():
            found[name] = _copied(value, memo)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment for this program.

    Attributes:
        text: What follows `constructs-auth:`.
        file: The file.
        line: The line, from 1.
        subject: The block that it is in or above, as in an address; empty if there is none.
    """

    text: str
    file: str
    line: int
    subject: str

    def within(self, address: str) -> "Comment":
        """Return the comment with the address that its block has in the module *address*."""
        if not address or not self.subject:
            return self
        return replace(self, subject=f"{address}.{self.subject}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadModule:
    """A module that is called and not read.

    Attributes:
        address: `module.network`.
        source: Its source, as in the text.
    """

    address: str
    source: str


@dataclass(frozen=True, kw_only=True)
class HclFile(JsonFile):
    """One `.tf` file of a module, in the form of Terraform JSON."""

    comments: Sequence[Comment] = field(default=(), repr=False)

    @property
    def lines(self) -> Mapping[tuple[str, ...], int]:
        """The line of each block, by its path."""
        return dict(_lines(self.document))


_STEP = re.compile(r'\["(?P<name>[^"]*)"\]|\[(?P<index>\d+)\]|(?P<word>[^.\[\]]+)')


def place_of(values: object, path: str) -> tuple[str, int] | None:
    """Return the file and the line of the argument *path* in *values*, or of its block."""
    found = None
    for step in _STEP.finditer(path):
        if isinstance(values, Body):
            word = step["word"] or step["name"] or ""
            found = values.places.get(word, found)
            values = values.get(word)
        elif isinstance(values, list):
            values = _item(values, step)
        else:
            break
        block = values[0] if isinstance(values, list) and values else values
        if isinstance(block, Body):
            found = (block.file, block.line)
    return found


def _item(values: list[object], step: re.Match[str]) -> object:
    """Return the item of an index, or the block of a name: `schema["team"]`."""
    if step["index"] is not None:
        at = int(step["index"])
        return values[at] if at < len(values) else None
    return next(
        (one for one in values if isinstance(one, Body) and one.get("name") == step["name"]), None
    )


def _lines(document: Mapping[str, Json]) -> Iterator[tuple[tuple[str, ...], int]]:
    for section, found in document.items():
        yield from _lines_in((section,), found)


def _lines_in(path: tuple[str, ...], found: object) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(found, Body):
        yield path, found.line
        if path == ("terraform",):
            for name, inner in found.items():
                yield from _lines_in((*path, name), inner)
    elif isinstance(found, list):
        for one in found[::-1]:
            yield from _lines_in(path, one)
    elif isinstance(found, dict):
        for name, inner in found.items():
            yield from _lines_in((*path, name), inner)


def _copied(value: Json, memo: dict[int, Json]) -> Json:
    if isinstance(value, Body):
        return value.__deepcopy__(memo)
    if isinstance(value, dict):
        return {name: _copied(item, memo) for name, item in value.items()}
    return [_copied(item, memo) for item in value] if isinstance(value, list) else value
