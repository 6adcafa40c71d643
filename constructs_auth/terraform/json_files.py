"""Reads files of Terraform's JSON syntax, with the line of each object."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from constructs_auth.errors import NotTerraformError, UnreadableError
from constructs_auth.terraform.json_text import (
    MOST_DIGITS,
    clean,
    marked_object,
    no_number,
    parse,
    read_bytes,
    repeated_keys,
    whole_number,
)

_REMEDY = "see Terraform's documentation of its JSON configuration syntax"
_DEPTH_OF_RESOURCE = 3


@dataclass(frozen=True, kw_only=True)
class JsonFile:
    """One file of a module.

    Attributes:
        document: The parsed content.
        file: Its name in errors and reports.
        text: The content as text; empty if there is no file.
    """

    document: Mapping[str, Any]
    file: str
    text: str = field(default="", repr=False)

    @cached_property
    def lines(self) -> Mapping[tuple[str, ...], int]:
        """The line of each `("resource", type, name)`, computed on demand: never for a plan."""
        return lines_of(self.text, depth=_DEPTH_OF_RESOURCE)


def read_written(path: Path) -> JsonFile:
    """Read the JSON object in the file *path*.

    Raises:
        UnreadableError: There is no such file, or it contains something else.
    """
    content = read_bytes(path, remedy="name a readable file or folder")
    document = parse(content, str(path), remedy="give Terraform JSON or a plan")
    if not isinstance(document, dict):
        raise UnreadableError(
            str(path),
            f"must contain an object, not {_kind(document)}",
            remedy="give Terraform JSON or a plan",
        )
    # Only `lines` needs it, for the configuration of Terraform.
    text = content.decode("utf-8", errors="replace")
    return JsonFile(document=document, file=str(path), text=text)


def refuse_irregular(file: Path) -> None:
    """Check that *file* of a folder is not a pipe, which would block a command, or a folder.

    Raises:
        UnreadableError: It is one.
    """
    if file.exists() and not file.is_file():
        raise UnreadableError(
            str(file), "must be a regular file", remedy="remove it, or put a file in its place"
        )


def refuse_mark(file: JsonFile) -> None:
    """Check that *file* has no byte-order mark, at which Terraform fails.

    Raises:
        UnreadableError: It has one.
    """
    if file.text.startswith(("\ufeff", "\ufffd")):
        raise UnreadableError(
            file.file,
            "must be UTF-8 without a byte-order mark, which Terraform does not read",
            remedy="save it without the mark",
        )


def read_exactly(text: str, subject: str) -> dict[str, Any]:
    """Read Terraform JSON with the digits of its numbers, and reject duplicate keys.

    Raises:
        NotTerraformError: It is not a JSON object, or has a duplicate key.
    """
    try:
        document = json.loads(
            text,
            parse_int=whole_number,
            parse_float=_exact,
            parse_constant=no_number,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise NotTerraformError(
            subject, "must not be nested too deeply", remedy="reduce the nesting"
        ) from None
    except ValueError as error:
        raise NotTerraformError(
            subject, f"must be JSON, {error}", remedy="synthesize it again"
        ) from None
    if not isinstance(document, dict):
        raise NotTerraformError(
            subject, "must be an object of Terraform blocks", remedy="give a cdk.tf.json"
        )
    for key in repeated_keys(document):
        raise NotTerraformError(
            key, "must be unique", remedy="two blocks have this address; rename one"
        )
    return document


def sections(file: JsonFile, name: str) -> Iterator[Mapping[str, Any]]:
    """Walk through the objects of the section *name*."""
    yield from objects(file.document.get(name), file, name)


def named(file: JsonFile, section: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through the names of *section*, each with its body."""
    for found in sections(file, section):
        for name, written in found.items():
            yield from ((name, body) for body in bodies(written))


def resource_blocks(file: JsonFile) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Walk through the managed resources of *file*: type, name and body."""
    for section in sections(file, "resource"):
        for kind, written in section.items():
            if kind == "//":
                continue
            for group in objects(written, file, f"resource.{kind}"):
                for name, instances in group.items():
                    for body in objects(instances, file, f"resource.{kind}.{name}"):
                        yield kind, name, body


def objects(value: object, file: JsonFile, what: str) -> Iterator[Mapping[str, Any]]:
    """Walk through an object or a list of objects, which are equivalent in Terraform JSON.

    Raises:
        UnreadableError: There is something else.
    """
    if value is None:
        return
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, Mapping):
            raise UnreadableError(
                file.file, f"{what} must be an object, not {_kind(item)}", remedy=_REMEDY
            )
        yield item


def bodies(value: object) -> Iterator[Mapping[str, Any]]:
    """Walk through an object or the objects of a list; anything else is skipped."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item


def _kind(value: object) -> str:
    names = {str: "a text", list: "a list", bool: "a bool", type(None): "null"}
    return names.get(type(value), "a number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return marked_object([(clean(key), clean(value)) for key, value in pairs])


def _exact(text: str) -> Decimal:
    number = Decimal(text)
    if number.adjusted() >= MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return number


_PIECE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]|\n', re.DOTALL)


def lines_of(text: str, *, depth: int) -> Mapping[tuple[str, ...], int]:
    """Return the line, from 1, of each key down to *depth* objects; the first of equal keys.

    Lists do not count: `{"resource": [{"a": {}}]}` has the path `("resource", "a")`. *text* must
    be JSON.
    """
    found: dict[tuple[str, ...], int] = {}
    keys: list[str | None] = []
    open_brackets: list[str] = []
    line, last = 1, ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "\n":
            line += 1
            continue
        if piece in "{[":
            open_brackets.append(piece)
            if piece == "{":
                keys.append(None)
        elif piece in "}]":
            open_brackets.pop()
            if piece == "}":
                keys.pop()
        elif piece != "," and open_brackets[-1:] == ["{"] and last in "{,":
            keys[-1] = json.loads(piece)
            path = tuple(key for key in keys if key is not None)
            if len(path) <= depth:
                found.setdefault(path, line)
        last = piece if piece in "{}[]," else "value"
        line += piece.count("\n")
    return found
