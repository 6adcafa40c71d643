"""Derive a jsii assembly that loads faster from the shipped one."""

import codecs
import gzip
import io
import json
import re
import struct
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import IO, Any

from constructs_auth.engine._package import Assembly, UnknownLayoutError

_INDEX = "lib/index.js"
_NOT_FOR_RUNNING = (".d.ts", ".map", ".md", ".tsbuildinfo")
# jsii's compiler writes `require("./x")`, newer versions `__importStar(require("./x/index"))`.
_EXPORT = re.compile(
    rb'^exports\.(\w+) = (require\("\./[^"\n]+"\)|__importStar\(require\("\./[^"\n]+"\)\));$',
    re.MULTILINE,
)
_LAZY_EXPORT = rb'Object.defineProperty(exports, "\1", { enumerable: true, get: () => \2 });'
_SOURCE_MAP = b"\n//# sourceMappingURL=data:"


def derive_assembly(shipped: Assembly, target: Path, progress: Callable[[float], None]) -> None:
    """Write an assembly of the same name and version, and of the same types, to `target`.

    Node has less to read before the first resource: it loads the JavaScript of a submodule at its
    first use, and the assembly omits data that only documentation and compilers need. Calls
    `progress` with the completed fraction.

    Raises:
        UnknownLayoutError: The shipped assembly has an unknown layout.
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
        raise UnknownLayoutError(f"{shipped.tarball.name}: must contain {sorted(missing)}")


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
    """Remove a source map at the end of a file; the other lines keep their numbers."""
    at = code.rfind(_SOURCE_MAP)
    return code if at < 0 or b"\n" in code[at + 1 :].rstrip() else code[: at + 1]


# Format 1 of jsii's kernel (`runtime-index.ts`): the position in this list is stored.
_KINDS = ["class", "interface", "enum"]
_METADATA_WITHOUT = frozenset({"types", "readme", "submodules"})

MANIFEST_FILE = ".jsii.runtime.v1.json"
COLUMNS_FILE = ".jsii.runtime-index.v1"
DEFINITIONS_FILE = ".jsii.runtime-defs.v1.jsonl"


class RuntimeIndex:
    """Collect an assembly's types while its description is read.

    jsii creates this index itself, in a thread during the first program that uses a package. A
    program that ends within a second stops that thread, so the derived assembly contains the index.
    A kernel ignores an index with another format or an error, and reads the description instead.
    """

    def __init__(self, definitions: IO[bytes]) -> None:
        """Write the definitions, which are large, to the given file."""
        self._definitions = definitions
        self._names: list[str] = []
        self._kinds = bytearray()
        self._offsets = [0]
        self._metadata: dict[str, object] = {}

    def add_metadata(self, key: str, value: object) -> None:
        """Add one member of the assembly other than its types."""
        if key not in _METADATA_WITHOUT:
            self._metadata[key] = value

    def add_type(self, name: str, kind: str, definition: str) -> None:
        """Add one type, with its definition as JSON on one line.

        Raises:
            ValueError: jsii has no such kind of type.
        """
        line = f"{definition}\n".encode()
        self._definitions.write(line)
        self._names.append(name)
        self._kinds.append(_KINDS.index(kind))
        self._offsets.append(self._offsets[-1] + len(line))

    def columns(self) -> bytes:
        """Return the names, kinds and offsets of all types."""
        offsets = struct.pack(f"<{len(self._offsets)}I", *self._offsets)
        return self._joined_names() + self._kinds + offsets

    def manifest(self) -> bytes:
        """Return the file with the positions of the data for the kernel."""
        names = len(self._joined_names())
        count = len(self._names)
        layout = {
            "typeCount": count,
            "names": {"start": 0, "length": names},
            "kinds": {"start": names, "length": count},
            "offsets": {"start": names + count, "length": 4 * len(self._offsets)},
        }
        manifest = {
            "schema": "jsii/runtime-index",
            "version": 1,
            "index": COLUMNS_FILE,
            "defs": DEFINITIONS_FILE,
            "assemblyMetadata": self._metadata,
            "layout": layout,
        }
        return json.dumps(manifest, separators=(",", ":"), ensure_ascii=False).encode()

    def _joined_names(self) -> bytes:
        return "\n".join(self._names).encode()


_CHUNK = 1 << 20


def strip_types(source: IO[bytes], target: IO[bytes], index: RuntimeIndex) -> None:
    """Copy a `.jsii` file without documentation and source positions, one type at a time.

    The description of the AWS provider is 131 MB of JSON, a gigabyte once it is parsed, so this
    holds only one type in memory. It keeps each type, member and submodule.

    Raises:
        UnknownLayoutError: The file is not a jsii assembly that describes its own types.
    """
    try:
        target.writelines(part.encode() for part in _stripped(_JsonReader(source), index))
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownLayoutError(f"type description: must be jsii's, got {error!r}") from error


def _stripped(reader: "_JsonReader", index: RuntimeIndex) -> Iterator[str]:
    separator = "{"
    has_types = False
    for key in reader.names():
        yield f"{separator}{json.dumps(key)}:"
        separator = ","
        if key == "types":
            has_types = True
            yield from _stripped_types(reader, index)
            continue
        value = reader.value()
        if key == "fingerprint":
            value = "*" * 10  # as jsii itself marks a changed assembly
        index.add_metadata(key, value)
        yield _compact(value)
    if not has_types:
        raise UnknownLayoutError("type description: must contain types, got none")
    yield "}"


def _stripped_types(reader: "_JsonReader", index: RuntimeIndex) -> Iterator[str]:
    separator = "{"
    for name in reader.names():
        value = reader.value()
        definition = _compact(value)
        index.add_type(name, value["kind"], definition)
        yield f"{separator}{json.dumps(name)}:{definition}"
        separator = ","
    yield "{}" if separator == "{" else "}"


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _without_documentation(value: dict[str, object]) -> dict[str, object]:
    # jsii's kernel also omits these in its index of an assembly.
    value.pop("docs", None)
    value.pop("locationInModule", None)
    value.pop("readme", None)
    return value


class _JsonReader:
    """Read JSON from a stream, with one value and one chunk in memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._decoder = json.JSONDecoder(object_hook=_without_documentation)
        self._text = ""
        self._at = 0

    def names(self) -> Iterator[str]:
        """Yield the names in an object; the caller reads each value before the next name."""
        self._take("{")
        if self._peek() == "}":
            self._take("}")
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise UnknownLayoutError(f"type description: a key must be text, got {key!r}")
            self._take(":")
            yield key
            if self._peek() == "}":
                self._take("}")
                return
            self._take(",")

    def value(self) -> Any:  # noqa: ANN401 (JSON)
        """Read one whole value."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except JSONDecodeError:
                if not self._read_on():
                    raise
                continue
            if end == len(self._text) and self._read_on():
                continue  # a number may continue in the next chunk
            self._at = end
            return value

    def _take(self, expected: str) -> None:
        found = self._peek()
        if found != expected:
            raise UnknownLayoutError(
                f"type description: must have {expected!r} here, got {found!r}"
            )
        self._at += 1

    def _peek(self) -> str:
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n":
                    return self._text[self._at]
                self._at += 1
            if not self._read_on():
                return ""

    def _read_on(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self._text = self._text[self._at :] + self._utf8.decode(chunk, final=not chunk)
        self._at = 0
        return bool(chunk)
