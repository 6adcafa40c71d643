"""Writes a hand-off into a folder: everything or nothing, and never over edits of others.

The manifest records what the last hand-off wrote: digests, constructs, moves.
"""

import difflib
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

from constructs_auth.errors import ForeignFolderError
from constructs_auth.handoff.assets import Asset
from constructs_auth.handoff.hcl.bodies import COMMENT
from constructs_auth.handoff.inside import (
    MANIFEST,
    is_irregular,
    is_of_handoff,
    is_through_link,
    read_inside,
)
from constructs_auth.handoff.reading import construct_path, resources
from constructs_auth.report.swap import swap

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
        number: The number of this hand-off; it increases only if resources, or the files that they
            read, change.
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

        A pull request can change it, so it is rejected if it contains anything that no hand-off
        writes.

        Raises:
            ForeignFolderError: There is none, another tool wrote it, or it names a file that no
                hand-off writes.
        """
        content = read_inside(folder, MANIFEST)
        if content is None:
            raise _foreign(folder)
        try:
            found = json.loads(content, object_pairs_hook=_distinct)
            if found["tool"] != _TOOL:
                raise _foreign(folder)
            files = _texts(found["files"], _DIGEST)
            commit, number = found["source_commit"], found["number"]
            if type(number) is not int or not isinstance(commit, str | None):
                raise _foreign(folder)
            resources = {
                _matching(address, _ADDRESS): Resource(
                    construct=_text_or_none(resource["construct"]),
                    arguments=_texts(resource["arguments"], _SHORT_DIGEST, names=_NAME),
                )
                for address, resource in found["resources"].items()
            }
            manifest = cls(
                stack=_matching(found["stack"], _ANY),
                number=number,
                versions=_texts(found["versions"], _ANY),
                source_commit=commit,
                files=files,
                resources=resources,
                moved=_texts(found["moved"], REFERENCE, names=REFERENCE),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise _foreign(folder) from None
        for name in files:
            if not is_of_handoff(name):
                raise ForeignFolderError(
                    str(folder / MANIFEST),
                    f"must name only files that a hand-off writes, got {name!r}",
                    remedy="restore it, or use --force to write into the folder without it",
                )
        return manifest


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


_ANY: Final = re.compile(r".*", re.DOTALL)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SHORT_DIGEST: Final = re.compile(r"[0-9a-f]{12}")
_NAME: Final = re.compile(r"[^\W\d][\w-]*", re.ASCII)
_ADDRESS: Final = re.compile(rf"{_NAME.pattern}\.{_NAME.pattern}", re.ASCII)
REFERENCE: Final = re.compile(
    rf'{_NAME.pattern}(?:\.{_NAME.pattern}|\[\d+\]|\["[^"\\\n]*"\])+', re.ASCII
)
"""The shape of our manifests. Names in it become Terraform, or lines of the changelog."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _matching(text: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError
    return text


def _text_or_none(text: object) -> str | None:
    return None if text is None else _matching(text, _ANY)


def _texts(
    found: Mapping[str, object], pattern: re.Pattern[str], *, names: re.Pattern[str] = _ANY
) -> dict[str, str]:
    return {_matching(name, names): _matching(text, pattern) for name, text in found.items()}


def _foreign(folder: Path) -> ForeignFolderError:
    return ForeignFolderError(
        str(folder),
        "must be empty, or a hand-off with its manifest.json",
        remedy="choose another folder, or use --force to write into this one",
    )


_EXECUTABLE: Final = 0o755


def previous(folder: Path) -> Manifest | None:
    """Return the manifest of the hand-off in *folder*; `None` if the folder is empty or new.

    Raises:
        ForeignFolderError: The folder contains something else.
    """
    if _is_circle(folder) or (folder.exists() and not folder.is_dir()):
        raise ForeignFolderError(str(folder), "must be a folder", remedy="choose another folder")
    if not folder.exists() or not any(folder.iterdir()):
        return None
    return Manifest.read(folder)


def _is_circle(folder: Path) -> bool:
    """Return whether *folder* is a link that leads to itself."""
    try:
        folder.resolve()
    except RuntimeError:
        return True
    return False


def refuse_edits(folder: Path, manifest: Manifest) -> None:
    """Reject a folder whose files were edited after the last hand-off.

    Raises:
        ForeignFolderError: Files were edited; the message names them.
    """
    edited = [
        name
        for name, written in sorted(manifest.files.items())
        if _digest_of(folder, name) != written
    ]
    if edited:
        raise ForeignFolderError(
            str(folder),
            f"must not have edited files, got {', '.join(edited)}",
            remedy="make the edit in the program, or use --force to overwrite it",
        )


def refuse_links(folder: Path, names: Iterable[str]) -> None:
    """Reject a folder in which the path of a file leads through a link, or to a folder.

    Not even `--force` writes there: a link leads out of the folder, and a folder can contain files
    of others. A link instead of a file is an edit, which `--force` replaces.

    Raises:
        ForeignFolderError: There is such a path.
    """
    for name in sorted(names):
        if is_through_link(folder, name):
            raise ForeignFolderError(
                str(folder), f"must have no link on the way to {name}", remedy="remove the link"
            )
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise ForeignFolderError(
                str(folder), f"must have no folder in the place of {name}", remedy="move the folder"
            )


def _digest_of(folder: Path, name: str) -> str | None:
    content = read_inside(folder, name)
    return None if content is None else hashlib.sha256(content).hexdigest()


def difference(folder: Path, files: Mapping[str, Content], manifest: Manifest | None) -> str:
    """Return what writing *files* would change, as a unified diff; empty if nothing changes."""
    gone = [name for name in (manifest.files if manifest else ()) if name not in files]
    return "".join(
        line
        for name in sorted((*files, *gone))
        for line in _difference_of(folder, name, files.get(name))
    )


def _difference_of(folder: Path, name: str, content: Content | None) -> Iterator[str]:
    found = read_inside(folder, name)
    if is_irregular(folder, name):
        yield f"{name}: is not a regular file in the folder\n"
    elif content is None or isinstance(content, str):
        # Bytes that are not UTF-8 become U+FFFD.
        before = None if found is None else found.decode("utf-8", errors="replace")
        yield from _diff(name, before, content)
    elif found != content.content:
        yield f"{name}: {'is missing' if found is None else 'differs'}\n"


def write(folder: Path, files: Mapping[str, Content], manifest: Manifest | None) -> None:
    """Write *files*, and delete those that only the last hand-off wrote; other files stay.

    Everything is written to a temporary folder first. Then each file is moved to its place, the
    manifest last. If a move fails, all moves are undone.

    Raises:
        ForeignFolderError: A file would be outside of the folder, or in the place of a folder.
        OSError: A file cannot be written.
    """
    # The folder itself can be a link; the temporary folder has to be beside its target.
    folder = folder.resolve()
    refuse_links(folder, {*files, *(manifest.files if manifest else ())})
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
        swap(folder, [*gone, *sorted(files, key=lambda name: (name == MANIFEST, name))], beside)
    finally:
        with suppress(OSError):
            shutil.rmtree(beside)


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
