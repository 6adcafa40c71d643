"""Derive a jsii assembly that loads faster from the shipped one."""

import gzip
import json
import re
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from constructs_auth.engine._compression import FAST, Packed, Unpacked, Writable
from constructs_auth.engine._package import Assembly, UnknownLayoutError

_TYPES = ".jsii"
_PACKAGE = "package.json"
_INDEX = "lib/index.js"
_MODULES = "lib/modules.bin"
_PLACES = "lib/modules.json"
_LOADER = "lib/loader.js"
_NOT_FOR_RUNNING = (".d.ts", ".map", ".md", ".tsbuildinfo")
# jsii's compiler writes `require("./x")`, newer versions `__importStar(require("./x/index"))`.
_EXPORT = re.compile(
    rb'^exports\.(\w+) = (__importStar\()?require(\("\./[^"\n]+"\)\)?);$', re.MULTILINE
)
_LAZY_EXPORT = (
    rb'Object.defineProperty(exports, "\1", '
    rb'{ enumerable: true, get: () => \2require("./loader")\3 });'
)
_EAGER_REQUIRE = re.compile(rb'^(?!\s*//).*\brequire\("\.(?!/loader"\))', re.MULTILINE)
_SOURCE_MAP = b"\n//# sourceMappingURL=data:"


def derive_assembly(shipped: Assembly, target: Path, progress: Callable[[float], None]) -> None:
    """Write an assembly of the same name and version, and of the same types, to `target`.

    Node has less to do before the first resource. The JavaScript of all submodules is one file,
    from which `loader.js` reads a submodule at its first use; and the assembly omits data that
    only documentation and compilers need. Calls `progress` with the completed fraction.

    Raises:
        UnknownLayoutError: The shipped assembly has an unknown layout.
        OSError: The target cannot be written.
    """
    folder = target.parent
    try:
        with (
            Packed(folder) as types,
            Packed(folder) as definitions,
            Packed(folder, level=0) as modules,
        ):
            derived = _Derived(types, definitions, modules)
            for path, content in _files(shipped, progress):
                derived.add(path, content)
            derived.check(shipped)
            with target.open("wb") as file:
                derived.write(file)
    except (tarfile.TarError, zlib.error, EOFError, ValueError) as error:
        raise UnknownLayoutError(f"{shipped.tarball.name}: must be a tarball, {error}") from error


def _files(shipped: Assembly, progress: Callable[[float], None]) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the path and the content of each file that a program needs."""
    total = max(shipped.tarball.stat().st_size, 1)
    with (
        shipped.tarball.open("rb") as file,
        Unpacked(file) as tar,
        tarfile.open(fileobj=tar, mode="r|", bufsize=_BUFFER) as source,
    ):
        for member in source:
            progress(file.tell() / total)
            if member.isdir() or member.name.endswith(_NOT_FOR_RUNNING):
                continue
            content = source.extractfile(member) if member.isfile() else None
            if content is None:
                raise UnknownLayoutError(f"{member.name}: must be a file, got a link")
            yield member.name.partition("/")[2], content


class _Derived:
    """The content of the derived assembly; what is large is in files."""

    def __init__(self, types: Packed, definitions: Packed, modules: Packed) -> None:
        self._types = types
        self._definitions = definitions
        self._index = RuntimeIndex(definitions)
        self._modules = modules
        self._places: dict[str, tuple[int, int]] = {}
        self._others: dict[str, bytes] = {}
        self._has_types = False

    def add(self, path: str, content: IO[bytes]) -> None:
        """Add what a program needs of a file of the shipped assembly."""
        if path == _TYPES:
            strip_types(content, self._types, self._index)
            self._has_types = True
        elif path == _INDEX:
            self._others[path] = _lazy(_without_source_map(content.read()))
        elif path.startswith("lib/") and path.endswith(".js"):
            plain = _without_source_map(content.read())
            code = zlib.compress(plain, FAST, wbits=-zlib.MAX_WBITS)
            self._places[path.removeprefix("lib/")] = (self._modules.size, len(code))
            self._modules.write(code)
        else:
            self._others[path] = content.read()

    def check(self, shipped: Assembly) -> None:
        """Raise for a package that lacks a part, or is another one."""
        found = {*self._others, *([_TYPES] if self._has_types else [])}
        if missing := {_TYPES, _PACKAGE, _INDEX} - found:
            raise UnknownLayoutError(f"{shipped.tarball.name}: must contain {sorted(missing)}")
        _check_package(self._others[_PACKAGE], shipped)

    def write(self, target: IO[bytes]) -> None:
        """Write the tarball, as one gzip file after the other, which is a gzip file too.

        Equal input gives equal output.
        """
        large = {_TYPES: self._types, DEFINITIONS_FILE: self._definitions, _MODULES: self._modules}
        for path, content in large.items():
            target.write(_gzip(_header(path, content.size)))
            content.write(_padding(content.size))
            content.copy_to(target)
        small = {
            COLUMNS_FILE: self._index.columns(),
            MANIFEST_FILE: self._index.manifest(),
            **self._others,
            _PLACES: json.dumps(self._places, separators=(",", ":")).encode(),
            _LOADER: Path(__file__).with_name("loader.js").read_bytes(),
        }
        for path, data in small.items():
            target.write(_gzip(_header(path, len(data)) + data + _padding(len(data))))
        target.write(_gzip(bytes(2 * tarfile.BLOCKSIZE)))


def _header(path: str, size: int) -> bytes:
    member = tarfile.TarInfo(f"package/{path}")
    member.size = size
    return member.tobuf()


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, FAST, mtime=0)


def _check_package(code: bytes, shipped: Assembly) -> None:
    package = json.loads(code)
    known = {"name": shipped.name, "version": shipped.version, "main": _INDEX}
    got = {key: package.get(key) for key in known}
    if got != known:
        raise UnknownLayoutError(f"package.json: must have {known}, got {got}")


def _lazy(code: bytes) -> bytes:
    """Load each submodule at its first use, by the loader."""
    lazy, count = _EXPORT.subn(_LAZY_EXPORT, code)
    if count == 0:
        raise UnknownLayoutError(f"{_INDEX}: must export its submodules, got none")
    if eager := _EAGER_REQUIRE.search(lazy):
        line = eager[0].decode(errors="replace").strip()
        raise UnknownLayoutError(f"{_INDEX}: must only export its submodules, got {line}")
    return lazy.rstrip(b"\n") + b'\nrequire("./loader");\n'


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

    def __init__(self, definitions: Writable) -> None:
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

    def add_type(self, name: str, kind: str, definition: bytes) -> None:
        """Add one type, with its definition as JSON on one line.

        Raises:
            ValueError: jsii has no such kind of type.
        """
        line = definition + b"\n"
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
_BUFFER = 1 << 16  # tarfile copies the rest of its buffer for each header
_BEFORE_TYPES = b'\n  "types": {'
_AFTER_TYPE = b"\n    }"
_KIND = re.compile(rb'\n      "kind": "(\w+)"')
# In the description, each member has a line of its own, indented by two spaces for each level.
_DOCUMENTATION_AND_INDENTATION = re.compile(
    rb'\n +"(?:docs|locationInModule)": \{(?:\n +"[^\n]*["\w,])*\n +\},|\n +'
)
_PLAIN_NAME = re.compile(rb'"([^"\\\x00-\x1f]+)"')


def strip_types(source: IO[bytes], target: Writable, index: RuntimeIndex) -> None:
    """Copy a `.jsii` file without documentation and source positions, one type at a time.

    The description of the AWS provider is 131 MB of JSON, a gigabyte once it is parsed, so this
    holds only one type in memory, and reads a type as text: jsii writes each member on a line of
    its own. It keeps each type, member and submodule.

    Raises:
        UnknownLayoutError: The file is not a jsii assembly that describes its own types.
    """
    try:
        _strip(_Text(source), target, index)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnknownLayoutError(f"type description: must be jsii's, got {error!r}") from error


def _strip(text: "_Text", target: Writable, index: RuntimeIndex) -> None:
    head = text.until(_BEFORE_TYPES)
    separator = b'{"types":{'
    while text.next_is(b'\n    "'):
        indented, _, body = text.until(_AFTER_TYPE).partition(b": ")
        name = indented.strip()
        kind = _KIND.search(body)
        if kind is None:
            raise ValueError(f"{name.decode()} without a kind")
        definition = _compact_type(body + _AFTER_TYPE)
        plain = _PLAIN_NAME.fullmatch(name)
        fqn = plain[1].decode() if plain else json.loads(name)
        index.add_type(fqn, kind[1].decode(), definition)
        in_json = name if plain else _compact(fqn).encode()
        target.write(separator + in_json + b":" + definition)
        separator = b","
        if not text.skip(b","):
            break
    if not text.skip(b"\n  }"):
        raise ValueError("types without an end")
    document: dict[str, Any] = json.loads(head + _BEFORE_TYPES + b"}" + text.rest())
    del document["types"]
    if separator != b",":
        target.write(separator)
    target.write(b"}")
    for key, value in document.items():
        kept = _without_documentation_in(value)
        if key == "fingerprint":
            kept = "*" * 10  # as jsii itself marks a changed assembly
        index.add_metadata(key, kept)
        target.write(f",{json.dumps(key)}:{_compact(kept)}".encode())
    target.write(b"}")


def _compact_type(body: bytes) -> bytes:
    """Return a type as JSON on one line, as JavaScript writes it, without documentation."""
    text = _DOCUMENTATION_AND_INDENTATION.sub(b"", body).replace(b'": ', b'":')
    if (
        b"\\" in text
        or b'"docs":' in text
        or b'"locationInModule":' in text
        or b'"readme":' in text
    ):
        # A text with quotes, or documentation of another form.
        value = json.loads(body, object_hook=_without_documentation)
        return _compact(value).encode()
    return text


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _without_documentation_in(value: object) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(json.dumps(value), object_hook=_without_documentation)


def _without_documentation(value: dict[str, object]) -> dict[str, object]:
    # jsii's kernel also omits these in its index of an assembly.
    value.pop("docs", None)
    value.pop("locationInModule", None)
    value.pop("readme", None)
    return value


class _Text:
    """Read a text from a stream, with one piece and one chunk in memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._text = b""
        self._at = 0

    def until(self, end: bytes) -> bytes:
        """Read the text before *end*, and *end* itself."""
        searched = self._at
        while (found := self._text.find(end, searched)) < 0:
            searched = max(len(self._text) - len(end) + 1, self._at) - self._at
            if not self._read_on():
                raise ValueError(f"no {end.decode().strip()}")
        piece = self._text[self._at : found]
        self._at = found + len(end)
        return piece

    def next_is(self, expected: bytes) -> bool:
        """Return whether *expected* comes next."""
        while len(self._text) - self._at < len(expected) and self._read_on():
            pass
        return self._text.startswith(expected, self._at)

    def skip(self, expected: bytes) -> bool:
        """Read *expected* if it comes next, and return whether it did."""
        found = self.next_is(expected)
        if found:
            self._at += len(expected)
        return found

    def rest(self) -> bytes:
        """Read the rest."""
        while self._read_on():
            pass
        return self._text[self._at :]

    def _read_on(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return bool(chunk)
