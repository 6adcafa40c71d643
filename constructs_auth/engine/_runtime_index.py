"""The index of types that jsii's kernel reads instead of a whole type description."""

import json
import struct
from typing import IO

# Format 1 of jsii's kernel (`runtime-index.ts`): the position in this list is stored.
_KINDS = ["class", "interface", "enum"]
_METADATA_WITHOUT = frozenset({"types", "readme", "submodules"})

MANIFEST_FILE = ".jsii.runtime.v1.json"
COLUMNS_FILE = ".jsii.runtime-index.v1"
DEFINITIONS_FILE = ".jsii.runtime-defs.v1.jsonl"


class RuntimeIndex:
    """Collects an assembly's types while its description is read.

    jsii makes this index itself, in a thread beside the first program that uses a package,
    and a program that ends within a second ends that thread too: so it comes with the
    assembly. A kernel that knows another format ignores it and reads the description,
    and so does one that finds a flaw in it.
    """

    def __init__(self, definitions: IO[bytes]) -> None:
        """Write the definitions, the large part, to the given file."""
        self._definitions = definitions
        self._names: list[str] = []
        self._kinds = bytearray()
        self._offsets = [0]
        self._metadata: dict[str, object] = {}

    def add_metadata(self, key: str, value: object) -> None:
        """Take one member of the assembly other than its types."""
        if key not in _METADATA_WITHOUT:
            self._metadata[key] = value

    def add_type(self, name: str, kind: str, definition: str) -> None:
        """Take one type, with its definition as JSON on one line.

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
        """Return the file that tells the kernel where things stand."""
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
