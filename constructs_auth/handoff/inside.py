"""Decides which files can be in a hand-off, and reads them without following links."""

import os
import stat
import unicodedata
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

MANIFEST: Final = "manifest.json"
LOCK: Final = ".terraform.lock.hcl"
"""Terraform maintains this file; a hand-off writes it only if there is none."""

_OWNED: Final = (".git", ".terraform")
"""Folders of other tools."""
_IGNORED: Final = ("*.tfstate", "*.tfstate.*", "*.tfplan", "*.secret.tfvars")
"""States, plans and secrets, which the `.gitignore` of a hand-off excludes."""
_UNREADABLE: Final = ("Cc", "Cs")
"""Control characters, and bytes of a name that are not UTF-8."""
_VALUES: Final = (".tfvars", ".tfvars.json", ".hcl")
"""The ends of names of files in the folder that belong to its owner or to Terraform."""


def belongs_to_a_tool(name: str) -> bool:
    """Return whether the file *name* is in a folder of another tool."""
    return any(part.casefold() in _OWNED for part in PurePosixPath(name).parts)


def is_never_shared(name: str) -> bool:
    """Return whether the file *name* is a state, a plan or a file of secrets."""
    return any(fnmatch(PurePosixPath(name).name, pattern) for pattern in _IGNORED)


def is_of_handoff(name: str) -> bool:
    """Return whether a hand-off can write a file *name* beside its manifest.

    A hand-off deletes files that only the last one wrote, according to its manifest. So a name must
    be a path inside the folder, on every system and in one spelling, and not that of a file of
    others.
    """
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and path.as_posix() == name
        and not path.is_absolute()
        and ".." not in path.parts
        and "\\" not in name
        and not PureWindowsPath(name).drive
        and not any(unicodedata.category(character) in _UNREADABLE for character in name)
        and not belongs_to_a_tool(name)
        and not is_never_shared(name)
        and not (len(path.parts) == 1 and name.endswith(_VALUES))
        and name.casefold() != MANIFEST
    )


def read_inside(folder: Path, name: str) -> bytes | None:
    """Return the content of the file *name* in *folder*.

    A pull request can put a link or a pipe into the folder. Its target is not a file of the
    hand-off, and is not read: no diff shows it, and no run waits for it.

    Returns:
        The content; `None` if there is no regular file, or its path leads through a link.
    """
    if is_through_link(folder, name):
        return None
    file = folder / name
    try:
        return file.read_bytes() if stat.S_ISREG(file.lstat().st_mode) else None
    except (OSError, ValueError):
        return None


def is_through_link(folder: Path, name: str) -> bool:
    """Return whether one of the folders between *folder* and *name* is a link."""
    parents = PurePosixPath(name).parents
    return any((folder / parent).is_symlink() for parent in parents if parent.parts)


def is_irregular(folder: Path, name: str) -> bool:
    """Return whether the path of the file *name* has something other than a regular file."""
    if is_through_link(folder, name):
        return True
    file = folder / name
    return os.path.lexists(file) and not (file.is_file() and not file.is_symlink())
