"""Parses JSON for every reader, with the same refusals in each command."""

import codecs
import json
import marshal
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from constructs_auth.errors import UnreadableError

MOST_DIGITS = 300
"""The number of digits of the largest accepted number: floating point ends at 308."""

MEGABYTE = 1_000_000
MOST_MEGABYTES = 250
"""The largest input that is read: `review` needs about eight times as much memory."""

MOST_MEGABYTES_VARIABLE = "CONSTRUCTS_AUTH_MAX_INPUT_MB"
"""The environment variable that sets another limit."""

COMMENT = "//"
"""A key that Terraform's JSON syntax allows twice, and ignores."""

_MOST_DIGITS_OF_MEGABYTES = 9

_MARKS = (
    # UTF-32 begins like UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAY_BE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile(r"[\ud800-\udfff]")
_FIRST = frozenset({"action_reason", "address", "instances", "mode", "module"})
"""The first key of a resource in a plan or in a raw state, as Terraform writes it or sorted."""

_PARTS = frozenset({"change", "instances"})
"""The keys of a resource whose objects have its arguments."""

_ARGUMENTS = frozenset({"after", "attributes", "before", "values"})
"""The keys whose objects are the arguments of a resource."""

_ALIKE = frozenset(
    {"after_sensitive", "after_unknown", "before_sensitive", "expressions", "sensitive_values"}
)
"""The keys whose objects have something for each argument, and that many resources have alike."""

_MARSHAL = 0
"""The version of `marshal` that writes equal values alike, whether or not they are one object."""

_MOST_MARSHALLED = 8
"""How many bytes `marshal` may write for each character of a text. A plan needs less than one, and
what a resource contains at most four; but `marshal` writes arguments again at each level if they
contain what looks like another resource."""

_BINARY = (
    (b"PK\x03\x04", "a plan file of Terraform, or another archive"),
    (b"\x1f\x8b", "a file that gzip compressed"),
)


def most_bytes() -> int:
    """Return how large an input may be.

    Raises:
        UnreadableError: `CONSTRUCTS_AUTH_MAX_INPUT_MB` is not a whole number above 0.
    """
    given = os.environ.get(MOST_MEGABYTES_VARIABLE, "").strip()
    if not given:
        return MOST_MEGABYTES * MEGABYTE
    if not given.isdecimal() or len(given) > _MOST_DIGITS_OF_MEGABYTES or int(given) == 0:
        raise UnreadableError(
            MOST_MEGABYTES_VARIABLE,
            f"must be a whole number of megabytes, got {given!r}",
            remedy=f"set it to {MOST_MEGABYTES}, or remove it",
        )
    return int(given) * MEGABYTE


def refuse_too_large(subject: str, size: int) -> None:
    """Check that an input of *size* bytes, or of more, is not too large.

    Raises:
        UnreadableError: It is.
    """
    most = most_bytes()
    if size > most:
        raise UnreadableError(
            subject,
            f"must have at most {most // MEGABYTE} MB",
            remedy=f"give a part of it, or set {MOST_MEGABYTES_VARIABLE} to its size, if the "
            "machine has eight times as much memory",
        )


def refuse_pipe(file: Path, *, remedy: str) -> None:
    """Check that *file* is not a named pipe: a command would wait for it.

    Raises:
        UnreadableError: It is one.
        OSError: Nobody can tell.
    """
    if file.is_fifo():
        why = "must be a regular file, got a named pipe"
        raise UnreadableError(str(file), why, remedy=remedy)


def read_bytes(file: Path, *, remedy: str) -> bytes:
    """Return the content of *file*.

    Raises:
        UnreadableError: It cannot be read, is too large, or is a named pipe.
    """
    try:
        # The pipe of a shell, `<(terraform show -json)`, has a writer.
        if file.parts[1:2] not in {("dev",), ("proc",)}:
            refuse_pipe(file, remedy="give a file, or - for standard input")
        if file.is_file():
            refuse_too_large(str(file), file.stat().st_size)
            return file.read_bytes()
        with file.open("rb") as opened:
            return _read(opened)
    except OSError as error:
        raise UnreadableError(
            str(file), f"cannot be read ({error.strerror})", remedy=remedy
        ) from None


def read_standard_input() -> bytes:
    """Return what is left of standard input, unless it is too large: then the start, for `parse`.

    Raises:
        UnreadableError: As `most_bytes`.
    """
    binary: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read().encode() if binary is None else _read(binary)


def _read(stream: BinaryIO) -> bytes:
    """Return what *stream* has, but not much more than the most bytes, which `parse` refuses."""
    most = most_bytes()
    parts: list[bytes] = []
    size = 0
    while size <= most and (part := stream.read(MEGABYTE)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def parse(content: bytes, subject: str, *, remedy: str) -> Any:  # noqa: ANN401 - what JSON can hold
    """Parse JSON in UTF-8, or in another encoding that its byte-order mark names.

    PowerShell writes UTF-16 with a mark if a command's output goes to a file.

    Raises:
        UnreadableError: It is too large, is something else, has a key twice, a number that is none
            or too large, or is nested too deeply.
    """
    refuse_too_large(subject, len(content))
    for start, what in _BINARY:
        if content.startswith(start):
            raise UnreadableError(subject, f"must be JSON, got {what}", remedy=remedy)
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(
            subject, "cannot be read (not text in UTF-8)", remedy=remedy
        ) from None
    del content  # a large plan is then in memory once, if the caller does not keep it
    return parse_text(text, subject, remedy=remedy)


def parse_text(text: str, subject: str, *, remedy: str) -> Any:  # noqa: ANN401 - what JSON can hold
    """Parse JSON, as `parse` does.

    Raises:
        UnreadableError: As `parse` does.
    """
    try:
        try:
            return _parsed(text)
        except _RepeatedError:
            # What follows the key may be no JSON.
            key = next(repeated_keys(_loads(text, marked_object)))
            raise UnreadableError(
                subject, f"{key} must be unique, got it twice", remedy="write each key once"
            ) from None
    except json.JSONDecodeError as error:
        why = f"must be JSON, but: {error}" if text.strip() else "must be JSON, got an empty file"
        raise UnreadableError(subject, why, remedy=remedy) from None
    except ValueError as error:
        raise UnreadableError(subject, f"must be JSON, but: {error}", remedy=remedy) from None
    except RecursionError:
        raise UnreadableError(subject, "is nested too deeply", remedy=remedy) from None


def _parsed(text: str) -> Any:  # noqa: ANN401 - as above
    if _MAY_BE_HALF.search(text):
        return _loads(text, _whole)
    sharing = _Sharing(len(text) * _MOST_MARSHALLED)
    try:
        return sharing.value(_loads(text, sharing.read))
    except (ValueError, RecursionError):
        # This reads deeper nesting, and shares nothing. If it fails, its error is the right one.
        return _loads(text, _distinct)


def whole_number(digits: str) -> int:
    """Return the number of *digits*.

    Raises:
        ValueError: It is too large.
    """
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def no_number(text: str) -> None:
    """Refuse `NaN` and `Infinity`, which are not JSON.

    Raises:
        ValueError: Always.
    """
    raise ValueError(f"{text} is not a number")


def _number(text: str) -> float:
    found = float(text)
    if abs(found) >= float(f"1e{MOST_DIGITS}"):
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return found


class _RepeatedError(Exception):
    """An object has a key twice."""


def _loads(text: str, make: Callable[[list[tuple[str, Any]]], object]) -> Any:  # noqa: ANN401 - as above
    return json.loads(
        text,
        parse_int=whole_number,
        parse_float=_number,
        parse_constant=no_number,
        object_pairs_hook=make,
    )


def _distinct(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) and _repeated(pairs):
        raise _RepeatedError
    return found


class _Sharing:
    """Makes equal parts of a document the same object.

    A plan repeats most of its parts in many resources and on both sides. Parsed so, it needs a
    quarter of the memory. Nobody may change what is parsed.

    Equal texts, lists and objects become one object, except for resources and all arguments of one,
    which few have alike. Equal numbers become one object if they are whole and arguments.

    `json.loads` makes a tuple of pairs of each object, and a resource becomes an object as soon as
    it is parsed. Its arguments, which are most of a plan, are known by how `marshal` writes them:
    it tells all values of JSON apart, and is faster than a visit of each part.

    Args:
        most: How many bytes `marshal` may write.
    """

    __slots__ = ("_empty_list", "_empty_object", "_known", "_left", "_written")

    def __init__(self, most: int) -> None:
        self._left = most
        # By text or whole number; a list or an object by the identity of what it contains. All of
        # it stays alive until everything is parsed, so nothing else gets such an identity.
        self._known: dict[object, Any] = {}
        self._written: dict[bytes, Any] = {}
        self._empty_list: list[Any] = []
        self._empty_object: dict[str, Any] = {}

    def read(self, pairs: list[tuple[str, Any]]) -> object:
        """Return a resource as an object, anything else as a tuple of its pairs.

        Raises:
            _RepeatedError: As `value`.
            RecursionError: As `value`.
            ValueError: As `value`.
        """
        of_object = tuple(pairs)
        return self._resource(of_object) if pairs and pairs[0][0] in _FIRST else of_object

    def value(self, value: Any) -> Any:  # noqa: ANN401 - as above
        """Return *value* with an object for each tuple of pairs.

        Raises:
            _RepeatedError: An object has a key twice.
            RecursionError: It is nested too deeply.
            ValueError: It is nested too deeply for `marshal`.
        """
        if value.__class__ is tuple:
            return self._object(value)
        if value.__class__ is list:
            return self._list(value)
        return self._known.setdefault(value, value) if value.__class__ is str else value

    def _object(self, pairs: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
        if not pairs:
            return self._empty_object
        found = _distinct(pairs)
        for name, value in found.items():
            found[name] = self.value(value)
        shared: dict[str, Any] = self._known.setdefault((*found, *map(id, found.values())), found)
        return shared

    def _list(self, items: list[Any]) -> list[Any]:
        if not items:
            return self._empty_list
        for at, item in enumerate(items):
            items[at] = self.value(item)
        shared: list[Any] = self._known.setdefault((list, *map(id, items)), items)
        return shared

    def _resource(self, pairs: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
        """Return a resource, or the part with its arguments; few have an equal one."""
        found = _distinct(pairs)
        for name, value in found.items():
            is_object = value.__class__ is tuple and self._left > 0
            if is_object and name in _ARGUMENTS:
                found[name] = self._arguments(value)
            elif is_object and name in _ALIKE:
                found[name] = self._alike(value)
            elif is_object and name in _PARTS:
                found[name] = self._resource(value)
            elif value.__class__ is list and name in _PARTS:
                found[name] = [
                    self._resource(one) if one.__class__ is tuple else self.value(one)
                    for one in value
                ]
            else:
                found[name] = self.value(value)
        return found

    def _arguments(self, pairs: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
        """Return the arguments of a resource; each of them may be that of others, too."""
        if not pairs:
            return self._empty_object
        found = _distinct(pairs)
        same = self._known.setdefault
        written = self._written
        size = 0
        for name, value in found.items():
            kind = value.__class__
            if kind is str or kind is int:  # a flag or a fraction could equal a whole number
                found[name] = same(value, value)
            elif kind is list or kind is tuple:
                key = marshal.dumps(value, _MARSHAL)
                size += len(key)
                known = written.get(key)
                if known is None:
                    known = written[key] = self.value(value)
                found[name] = known
        self._left -= size
        return found

    def _alike(self, pairs: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
        """Return what many resources have alike as a whole."""
        key = marshal.dumps(pairs, _MARSHAL)
        self._left -= len(key)
        known: dict[str, Any] | None = self._written.get(key)
        if known is None:
            known = self._written[key] = self._arguments(pairs)
        return known


def _whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return _distinct([(clean(key), clean(value)) for key, value in pairs])


def clean(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    """Replace half of a surrogate pair, as Terraform does: no file can contain one."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    return [clean(item) for item in value] if isinstance(value, list) else value


_REPEATED = "\0repeated"

_NAMES_OF_BLOCKS = {
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "locals": 1,
    "module": 1,
    "output": 1,
    "provider": 1,
    "resource": 2,
    "variable": 1,
}
"""The sections of Terraform's JSON syntax, and how many names a block of them has."""

_WORDS = frozenset(
    (
        *_NAMES_OF_BLOCKS,
        *("import", "moved", "removed", "terraform", "backend", "required_providers"),
        # a plan and a state
        *("action_reason", "actions", "address", "after", "after_sensitive", "after_unknown"),
        *("applyable", "before", "before_sensitive", "change", "checks", "child_modules"),
        *("complete", "configuration", "deferred_changes", "depends_on", "deposed", "errored"),
        *("expressions", "format_version", "importing", "index", "mode", "module_address"),
        *("module_calls", "name", "output_changes", "outputs", "planned_values", "prior_state"),
        *("previous_address", "provider_config", "provider_config_key", "provider_name"),
        *("reason", "relevant_attributes", "replace_paths", "resource_changes"),
        *("resource_drift", "resources", "root_module", "schema_version", "sensitive"),
        *("sensitive_values", "terraform_version", "timestamp", "type", "values", "variables"),
        *("accepted", "rule", "until"),  # accepted findings
    )
)
_NAME = re.compile(r"[A-Za-z_][\w-]{0,99}", re.ASCII)


def marked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Create an object that records its repeated keys, for `repeated_keys`."""
    found = dict(pairs)
    if len(found) != len(pairs) and (keys := _repeated(pairs)):
        found[_REPEATED] = keys
    return found


def _repeated(pairs: Sequence[tuple[str, Any]]) -> list[str]:
    counts = Counter(key for key, _ in pairs)
    return sorted(key for key, count in counts.items() if count > 1 and key != COMMENT)


def repeated_keys(value: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON can hold
    """Walk through the paths of the repeated keys in a result of `marked_object`.

    A key may be secret, such as one of a sensitive map. So the paths contain only words of
    Terraform's formats and names of blocks; for any other key, only the place of the object around
    it.
    """
    yield from _repeated_in(value, "", ())


def _repeated_in(value: Any, place: str, steps: tuple[str, ...] | None) -> Iterator[str]:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        for name in value.get(_REPEATED, ()):
            if steps is not None and _is_shown(name, steps):
                yield f"{place}.{name}".lstrip(".")
            else:
                yield f"a key in {place or 'the document'}"
        for name, item in value.items():
            if steps is not None and _is_shown(name, steps):
                yield from _repeated_in(item, f"{place}.{name}".lstrip("."), (*steps, name))
            else:
                yield from _repeated_in(item, place, None)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            inner = place if steps is None else f"{place}[{index}]"
            yield from _repeated_in(item, inner, steps)


def _is_shown(name: str, steps: tuple[str, ...]) -> bool:
    """Return whether the key *name* below *steps* is a word of a format, or names a block."""
    is_of_block = bool(steps) and len(steps) <= _NAMES_OF_BLOCKS.get(steps[0], 0)
    return name in _WORDS or (is_of_block and _NAME.fullmatch(name) is not None)
