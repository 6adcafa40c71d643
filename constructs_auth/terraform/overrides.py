"""Merges override files into the files of a folder, as Terraform does.

Terraform, «Override Files»: an argument of an override replaces the one of the original block; a
nested block replaces all of its type; `lifecycle`, `locals` and `required_providers` are merged
argument by argument.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.hcl.written import Body
from constructs_auth.terraform.json_files import JsonFile, bodies, objects

_BY_TYPE = ("data", "ephemeral", "resource")
_BY_NAME = ("check", "module", "output", "variable")
_MERGED = {"locals": (), "terraform": ("required_providers",)}
_LOCALS = ("locals",)
_LIFECYCLE = ("lifecycle",)


def with_overrides(files: Sequence[JsonFile], overrides: Sequence[JsonFile]) -> list[JsonFile]:
    """Return *files* with the changes of *overrides*, in the order of their names.

    Raises:
        UnreadableError: An override has no original block.
    """
    if not overrides:
        return list(files)
    merged = [replace(file, document=copy.deepcopy(dict(file.document))) for file in files]
    for override in overrides:
        for path, body in _blocks(override):
            if path == _LOCALS:
                _merge_locals(merged, body, override)
                continue
            original = next(
                (found for file in merged for at, found in _blocks(file) if at == path), None
            )
            if original is None:
                raise UnreadableError(
                    override.file,
                    f"{'.'.join(path)} must override a block of another file, and there is none",
                    remedy="define the block in a file that is not an override",
                )
            _merge(original, body, _MERGED.get(path[0], _LIFECYCLE))
    return merged


def _merge_locals(files: Sequence[JsonFile], override: Mapping[str, Any], file: JsonFile) -> None:
    """Replace each local in the block that defines it."""
    for name, value in override.items():
        blocks = [body for one in files for at, body in _blocks(one) if at == _LOCALS]
        original = next((body for body in blocks if name in body), None)
        if original is None:
            raise UnreadableError(
                file.file,
                f"local.{name} must override a local of another file, and there is none",
                remedy="define it in a file that is not an override",
            )
        original[name] = value


_Path: TypeAlias = tuple[str, ...]


def _blocks(file: JsonFile) -> Iterator[tuple[_Path, dict[str, Any]]]:
    """Walk through the blocks of *file*, each with the path that names it."""
    for section, value in file.document.items():
        if section != "//":
            for found in objects(value, file, section):
                yield from _blocks_of(section, found)


def _blocks_of(section: str, found: Mapping[str, Any]) -> Iterator[tuple[_Path, dict[str, Any]]]:
    if section in _MERGED:
        yield (section,), found  # type: ignore[misc] # JSON objects are dictionaries
    elif section in _BY_TYPE:
        for kind, names in found.items():
            for group in bodies(names):
                yield from _named((section, kind), group)
    elif section in _BY_NAME:
        yield from _named((section,), found)
    elif section == "provider":
        for path, body in _named((section,), found):
            yield (*path, str(body.get("alias") or "")), body


def _named(path: _Path, group: Mapping[str, Any]) -> Iterator[tuple[_Path, dict[str, Any]]]:
    for name, written in group.items():
        for body in bodies(written):
            yield (*path, name), body  # type: ignore[misc] # as above


def _merge(original: dict[str, Any], override: Mapping[str, Any], merged: Sequence[str]) -> None:
    if isinstance(original, Body):
        original.is_literal = False  # the override may have expressions
    for name, value in override.items():
        inner = next(bodies(original.get(name)), None) if name in merged else None
        changed = next(bodies(value), None)
        if isinstance(inner, dict) and changed is not None:
            inner.update(changed)
        else:
            original[name] = value
            if isinstance(original, Body) and isinstance(override, Body):
                original.places.pop(name, None)
                original.places.update(
                    {key: place for key, place in override.places.items() if key == name}
                )
