"""Derive a quickly loading jsii assembly from the shipped one."""

import gzip
import io
import json
import re
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from constructs_auth.engine._layout import UnknownLayoutError
from constructs_auth.engine._package import Assembly
from constructs_auth.engine._runtime_index import (
    COLUMNS_FILE,
    DEFINITIONS_FILE,
    MANIFEST_FILE,
    RuntimeIndex,
)
from constructs_auth.engine._type_description import strip_types

_INDEX = "lib/index.js"
_NOT_FOR_RUNNING = (".d.ts", ".map", ".md", ".tsbuildinfo")
_EXPORT = re.compile(rb'^exports\.(\w+) = require\("(\./[^"\n]+)"\);$', re.MULTILINE)
_LAZY_EXPORT = (
    rb'Object.defineProperty(exports, "\1", '
    rb'{ enumerable: true, get: () => require("\2") });'
)
_SOURCE_MAP = b"\n//# sourceMappingURL=data:"


def derive_assembly(shipped: Assembly, target: Path, progress: Callable[[float], None]) -> None:
    """Write an assembly of the same name and version, and of the same types, to `target`.

    It differs in what Node has to read before the first resource: the JavaScript of a
    submodule is required when it is first used, not all of it at once, and what only
    documentation and compilers read is left out. `progress` is told the part that is done.

    Raises:
        UnknownLayoutError: The shipped assembly is not laid out as we know it.
        OSError: The target cannot be written.
    """
    total = max(shipped.tarball.stat().st_size, 1)
    found: set[str] = set()
    try:
        with (
            shipped.tarball.open("rb") as packed,
            tarfile.open(fileobj=packed, mode="r|gz") as source,
            # Without a time stamp, equal input gives equal output.
            gzip.GzipFile(target, "wb", compresslevel=6, mtime=0) as zipped,
            tarfile.open(fileobj=zipped, mode="w|") as derived,
        ):
            for member in source:
                progress(packed.tell() / total)
                if member.isdir() or member.name.endswith(_NOT_FOR_RUNNING):
                    continue
                content = source.extractfile(member) if member.isfile() else None
                if content is None:
                    raise UnknownLayoutError(f"{member.name}: must be a file, got a link")
                path = member.name.partition("/")[2]
                found.add(path)
                if path == ".jsii":
                    _add_types(member, content, derived, target.parent)
                else:
                    _add_file(member, _adapted(path, content.read(), shipped), derived)
    except (tarfile.TarError, zlib.error, EOFError, ValueError) as error:
        raise UnknownLayoutError(f"{shipped.tarball.name}: must be a tarball, {error}") from error
    if missing := {".jsii", "package.json", _INDEX} - found:
        raise UnknownLayoutError(f"{shipped.tarball.name}: must hold {sorted(missing)}")


def _add_types(
    member: tarfile.TarInfo, content: IO[bytes], derived: tarfile.TarFile, spool: Path
) -> None:
    with (
        tempfile.TemporaryFile(dir=spool) as stripped,
        tempfile.TemporaryFile(dir=spool) as definitions,
    ):
        index = RuntimeIndex(definitions)
        strip_types(content, stripped, index)
        files: dict[str, IO[bytes]] = {
            ".jsii": stripped,
            DEFINITIONS_FILE: definitions,
            COLUMNS_FILE: io.BytesIO(index.columns()),
            MANIFEST_FILE: io.BytesIO(index.manifest()),
        }
        folder = member.name.removesuffix(".jsii")
        for name, file in files.items():
            member.name = folder + name
            member.size = file.seek(0, io.SEEK_END)
            file.seek(0)
            derived.addfile(member, file)


def _add_file(member: tarfile.TarInfo, content: bytes, derived: tarfile.TarFile) -> None:
    member.size = len(content)
    derived.addfile(member, io.BytesIO(content))


def _adapted(path: str, content: bytes, shipped: Assembly) -> bytes:
    if path == "package.json":
        _check_package(content, shipped)
    elif path == _INDEX:
        return _without_source_map(_lazy(content))
    elif path.endswith(".js"):
        return _without_source_map(content)
    return content


def _check_package(code: bytes, shipped: Assembly) -> None:
    package = json.loads(code)
    known = {"name": shipped.name, "version": shipped.version, "main": _INDEX}
    got = {key: package.get(key) for key in known}
    if got != known:
        raise UnknownLayoutError(f"package.json: must have {known}, got {got}")


def _lazy(code: bytes) -> bytes:
    lazy, count = _EXPORT.subn(_LAZY_EXPORT, code)
    if count == 0:
        raise UnknownLayoutError(f"{_INDEX}: must export its submodules, got none")
    return lazy


def _without_source_map(code: bytes) -> bytes:
    """Cut a source map off a file's end; the lines above keep their numbers."""
    at = code.rfind(_SOURCE_MAP)
    return code if at < 0 or b"\n" in code[at + 1 :].rstrip() else code[: at + 1]
