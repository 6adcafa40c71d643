"""Puts the files of a new project into a folder: all of them, or none, and never over others."""

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def existing(folder: Path, names: Mapping[str, object]) -> list[str]:
    """Return which of *names* exist in *folder* already, as anything, also as a dangling link."""
    return [name for name in names if os.path.lexists(folder / name)]


def create_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Create *files* in *folder*, which is created with its parents if it does not exist.

    They are written beside the folder first, so that a full disk or an interruption leaves nothing.

    Args:
        folder: The folder, as an absolute path.
        files: The content of each file, by its path in the folder.

    Raises:
        OSError: A file cannot be written, or exists already.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = folder if folder.exists() else folder.parent
        # Not the whole name, which may be as long as a name can be.
        with tempfile.TemporaryDirectory(dir=place, prefix=f".{folder.name[:40]}.") as beside:
            whole = Path(beside) / "whole"
            for name, content in files.items():
                (whole / name).parent.mkdir(parents=True, exist_ok=True)
                written = content.encode() if isinstance(content, str) else content
                (whole / name).write_bytes(written)
            if folder.exists():
                _add(folder, whole, files)
            else:
                whole.replace(folder)
    except BaseException:
        for one in missing:
            with suppress(OSError):
                one.rmdir()
        raise


def _add(folder: Path, whole: Path, names: Mapping[str, object]) -> None:
    """Move each of *names* from *whole* into *folder*; take all back if one cannot be moved."""
    done: list[Path] = []
    created: list[Path] = []
    try:
        for name in names:
            place = folder / name
            for parent in reversed(place.relative_to(folder).parents[:-1]):
                if not (folder / parent).exists():
                    (folder / parent).mkdir()
                    created.append(folder / parent)
            _move(whole / name, place)
            done.append(place)
    except BaseException:
        for place in done:
            place.unlink(missing_ok=True)
        for parent in reversed(created):
            with suppress(OSError):
                parent.rmdir()
        raise


def _move(new: Path, place: Path) -> None:
    """Move a file, but not over another one, also not over one that came in this moment."""
    try:
        place.hardlink_to(new)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # not every file system has links
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        new.rename(place)
