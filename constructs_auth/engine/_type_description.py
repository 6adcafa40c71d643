"""Strip a jsii type description of what only documentation and compilers read."""

import codecs
import json
from collections.abc import Iterator
from json.decoder import JSONDecodeError
from typing import IO, Any

from constructs_auth.engine._layout import UnknownLayoutError
from constructs_auth.engine._runtime_index import RuntimeIndex

_CHUNK = 1 << 20


def strip_types(source: IO[bytes], target: IO[bytes], index: RuntimeIndex) -> None:
    """Copy a `.jsii` file without documentation and source positions, one type at a time.

    The description of the AWS provider is 131 MB of JSON, a gigabyte once it is parsed:
    so no more than one type of it is held. Each type, member and submodule stays.

    Raises:
        UnknownLayoutError: It is not a jsii assembly that describes its own types.
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
            value = "*" * 10  # as jsii itself marks an assembly that was changed
        index.add_metadata(key, value)
        yield _compact(value)
    if not has_types:
        raise UnknownLayoutError("type description: must hold types, got none")
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
    # What jsii's kernel drops as well, from the index that it keeps of an assembly.
    value.pop("docs", None)
    value.pop("locationInModule", None)
    value.pop("readme", None)
    return value


class _JsonReader:
    """Reads JSON from a stream, holding one value and one chunk."""

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
                continue  # a number may go on in the next chunk
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
