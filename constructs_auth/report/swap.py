"""Puts files that were written beside a folder into it: all of them, or none."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def swap(folder: Path, names: Iterable[str], beside: Path) -> None:
    """Replace each file of *folder* with the one in *beside*, in the order of *names*.

    If that fails, or is interrupted, the old files are put back. A name without a new file is one
    to delete. A process that is killed in between leaves whole files, some of them new.

    Args:
        folder: The folder. Folders in it are created; those that become empty are deleted.
        names: The files, relative to the folder.
        beside: A folder of the same file system, with the new files in `new`. The old ones are kept
            in `old`; delete it afterwards.

    Raises:
        OSError: A file cannot be replaced, or there is a folder in its place.
    """
    names = [*names]
    done: list[tuple[Path, Path, bool]] = []
    try:
        for name in names:
            place, old, new = folder / name, beside / "old" / name, beside / "new" / name
            _refuse_folder(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            old.parent.mkdir(parents=True, exist_ok=True)
            done.append((place, old, os.path.lexists(place)))
            _keep(place, old)
            if os.path.lexists(new):
                new.replace(place)
            else:
                place.unlink(missing_ok=True)
    except BaseException:
        for place, old, was_there in reversed(done):
            if os.path.lexists(old):
                old.replace(place)
            elif not was_there:
                place.unlink(missing_ok=True)
        raise
    finally:
        for name in names:
            _remove_empty(folder, (folder / name).parent)


def _refuse_folder(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))


def _keep(place: Path, old: Path) -> None:
    """Keep the file *place* as *old*; it also stays in place for processes that read it."""
    if not os.path.lexists(place):
        return
    if not place.is_symlink():
        with suppress(OSError, NotImplementedError):  # not every file system has links
            old.hardlink_to(place)
            return
    place.rename(old)


def _remove_empty(folder: Path, place: Path) -> None:
    """Remove *place* if it is empty, and parents that become empty."""
    with suppress(OSError):
        place.rmdir()
        if place != folder:
            _remove_empty(folder, place.parent)
