"""Writes a hand-off into a folder: all of it or nothing, and never over edits of others.

The manifest records what the last hand-off wrote: digests, constructs, moves.
"""

import difflib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, Final, Self, TypeAlias

from constructs_auth.errors import ForeignFolderError
from constructs_auth.handoff.assets import Asset
from constructs_auth.handoff.hcl.bodies import COMMENT
from constructs_auth.handoff.reading import construct_path, resources

_TOOL: Final = "constructs-auth"

Content: TypeAlias = str | Asset
"""The content of a file of a hand-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """The facts of a resource that the next hand-off needs.

    Attributes:
        construct: The path of the construct that defines it, if CDKTF recorded it.
        arguments: The digest of each of its arguments.
    """

    construct: str | None
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The content of `manifest.json`.

    Attributes:
        stack: The name of the stack.
        number: The number of this hand-off; it rises only if resources, or the
            files that they read, change.
        versions: The version of this package, and of the sources of its table of blocks.
        source_commit: The commit of the program, if it is known.
        files: The SHA-256 digest of each file but the manifest.
        resources: The resources, by address.
        moved: The new address of each former one.
    """

    stack: str
    number: int
    versions: Mapping[str, str]
    source_commit: str | None
    files: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return its text; equal manifests have equal texts."""
        written = {
            "tool": _TOOL,
            "stack": self.stack,
            "number": self.number,
            "versions": dict(sorted(self.versions.items())),
            "source_commit": self.source_commit,
            "files": dict(sorted(self.files.items())),
            "moved": dict(sorted(self.moved.items())),
            "resources": {
                address: {
                    "construct": resource.construct,
                    "arguments": dict(sorted(resource.arguments.items())),
                }
                for address, resource in sorted(self.resources.items())
            },
        }
        return json.dumps(written, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest in *folder*.

        Raises:
            ForeignFolderError: There is none, or another tool wrote it.
        """
        try:
            found = json.loads((folder / FILE).read_text(encoding="utf-8"))
            if found["tool"] != _TOOL:
                raise _foreign(folder)
            if not all(map(_is_inside, found["files"])):
                raise _foreign(folder)
            return cls(
                stack=found["stack"],
                number=int(found["number"]),
                versions=dict(found["versions"]),
                source_commit=found["source_commit"],
                files=dict(found["files"]),
                resources={
                    address: Resource(
                        construct=resource["construct"], arguments=dict(resource["arguments"])
                    )
                    for address, resource in found["resources"].items()
                },
                moved=dict(found["moved"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise _foreign(folder) from None


def digest(content: Content) -> str:
    """Return the SHA-256 digest of the content of a file."""
    return hashlib.sha256(_bytes(content)).hexdigest()


def _bytes(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content.content


def resources_of(document: Mapping[str, Any]) -> dict[str, Resource]:
    """Describe the managed resources of a document."""
    return {
        address: Resource(
            construct=construct_path(body),
            arguments={
                name: digest(json.dumps(value, sort_keys=True, default=_number))[:12]
                for name, value in body.items()
                if name != COMMENT
            },
        )
        for address, body in resources(document)
        if not address.startswith("data.")
    }


def _number(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def _is_inside(name: str) -> bool:
    """Return whether *name* is a path in the folder: what only it has is deleted."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _foreign(folder: Path) -> ForeignFolderError:
    return ForeignFolderError(
        str(folder),
        "must be empty, or a hand-off with its manifest.json",
        remedy="choose another folder, or use --force to write into this one",
    )


_EXECUTABLE: Final = 0o755

LOCK: Final = ".terraform.lock.hcl"
"""Terraform maintains this file; a hand-off writes it only if there is none."""


def previous(folder: Path) -> Manifest | None:
    """Return the manifest of the hand-off in *folder*; `None` if the folder is empty or new.

    Raises:
        ForeignFolderError: The folder contains something else.
    """
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(str(folder), "must be a folder", remedy="choose another folder")
    if not folder.exists() or not any(folder.iterdir()):
        return None
    return Manifest.read(folder)


def refuse_edits(folder: Path, manifest: Manifest) -> None:
    """Reject a folder whose files were edited after the last hand-off.

    Raises:
        ForeignFolderError: Files were edited; the message names them.
    """
    edited = [
        name
        for name, written in sorted(manifest.files.items())
        if _digest_of(folder / name) != written
    ]
    if edited:
        raise ForeignFolderError(
            str(folder),
            f"must not have edited files, got {', '.join(edited)}",
            remedy="make the edit in the program, or use --force to overwrite it",
        )


def _digest_of(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None


def difference(folder: Path, files: Mapping[str, Content], manifest: Manifest | None) -> str:
    """Return what writing *files* would change, as a unified diff; empty if nothing changes."""
    gone = [name for name in (manifest.files if manifest else ()) if name not in files]
    return "".join(
        line
        for name in sorted((*files, *gone))
        for line in _difference_of(name, folder / name, files.get(name))
    )


def _difference_of(name: str, file: Path, content: Content | None) -> Iterator[str]:
    if content is None or isinstance(content, str):
        yield from _diff(name, _text(file), content)
    elif _digest_of(file) != digest(content):
        yield f"{name}: {'differs' if file.exists() else 'is missing'}\n"


def write(folder: Path, files: Mapping[str, Content], manifest: Manifest | None) -> None:
    """Write *files*, and delete those that only the last hand-off wrote; other files stay.

    Everything is written to a temporary folder first. Then each file is moved to its place, the
    manifest last. If a move fails, all moves are undone.

    Raises:
        OSError: A file cannot be written.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    gone = [name for name in (manifest.files if manifest else ()) if name not in files]
    try:
        for name, content in files.items():
            place = beside / "new" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_bytes(content))
            if isinstance(content, Asset) and content.executable:
                place.chmod(_EXECUTABLE)
        _swap(folder, [*gone, *sorted(files, key=lambda name: (name == FILE, name))], beside)
    finally:
        with suppress(OSError):
            shutil.rmtree(beside)


def _swap(folder: Path, names: Sequence[str], beside: Path) -> None:
    """Move each file to its place and the old one aside; undo all moves on failure."""
    done: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
            done.append((source, target))

    try:
        for name in names:
            move(folder / name, beside / "old" / name)
            move(beside / "new" / name, folder / name)
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise
    finally:
        for name in names:
            _remove_empty(folder, (folder / name).parent)


def _remove_empty(folder: Path, place: Path) -> None:
    """Remove *place* if it is empty, such as the folder of the tests, and what is empty then."""
    with suppress(OSError):
        place.rmdir()
        if place != folder:
            _remove_empty(folder, place.parent)


def _text(path: Path) -> str | None:
    """Read a file; `None` if there is none. Bytes that are not UTF-8 become U+FFFD."""
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return None


def _diff(name: str, before: str | None, after: str | None) -> Iterator[str]:
    if before == after:
        return
    lines = difflib.unified_diff(
        (before or "").splitlines(keepends=True),
        (after or "").splitlines(keepends=True),
        "/dev/null" if before is None else f"a/{name}",
        "/dev/null" if after is None else f"b/{name}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n"


FILE: Final = "manifest.json"
