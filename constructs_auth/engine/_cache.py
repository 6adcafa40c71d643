"""The derived assembly of an installed package, created once and kept in the user's cache."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import platformdirs

from constructs_auth._version import installed_version
from constructs_auth.engine._package import Assembly, UnknownLayoutError

_FORMAT = 4  # increase it when the derived content changes, so that older files are not used
_ABANDONED_AFTER_SECONDS = 600
_BYTES_WHILE_DERIVING = 120_000_000
_OTHERS_MAY_WRITE = 0o022


def default_folder() -> Path:
    """Return the cache folder, on Linux `~/.cache/constructs-auth/bindings`."""
    return platformdirs.user_cache_path("constructs-auth", appauthor=False) / "bindings"


def cached_assembly(shipped: Assembly, folder: Path, progress: Callable[[float], None]) -> Path:
    """Return the derived assembly, created if needed.

    A cached file is used only if it has the digest that was recorded for this content of the
    shipped assembly. A file that was truncated, replaced, or derived from another build of the same
    version is created again.

    Raises:
        UnknownLayoutError: The shipped assembly has an unknown layout.
        OSError: The cache cannot be read or written, or may not be trusted.
    """
    entry = _entry(shipped, folder)
    return entry.read() or _derive(entry, shipped, progress)


def is_missing(shipped: Assembly, folder: Path) -> bool:
    """Return whether the cache has nothing of the assembly, without reading a file of it.

    `cached_assembly` decides whether a file can be used.

    Raises:
        OSError: The cache cannot be read or written, or may not be trusted.
    """
    return not _entry(shipped, folder).was_tried()


def create_private(folder: Path) -> None:
    """Create a folder of the user alone, because its content runs as the user.

    Raises:
        PermissionError: It exists, and others may write to it.
        OSError: It cannot be created or read, or is relative: the user has no home.
    """
    if not folder.is_absolute():
        raise OSError("the user has no home folder for a cache")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not hasattr(os, "getuid"):
        return
    status = folder.stat()
    if status.st_uid != os.getuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise PermissionError(f"{folder}: must belong to the user alone")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """The cache entry of one shipped assembly: a record, and the file that it names."""

    folder: Path
    stem: str

    def read(self) -> Path | None:
        """Return the derived assembly if it exists and is complete.

        Raises:
            UnknownLayoutError: This version of the product has failed before, because of the
                layout.
        """
        record = _read_json(self._record)
        reason = record.get("unknown_layout")
        if reason and record.get("rejected_by") == _product():
            raise UnknownLayoutError(str(reason))
        file = self.folder / Path(str(record.get("file"))).name
        with suppress(OSError):
            if _digest(file) == record.get("sha256"):
                return file
        return None

    def was_tried(self) -> bool:
        """Return whether there is a record: of a derived assembly, or of an unknown layout."""
        return self._record.exists()

    def accept(self, derived: Path) -> Path:
        """Move a derived assembly into the cache, then record it."""
        digest = _digest(derived)
        # Named by its content: a record never refers to a file of another process.
        file = self.folder / f"{self.stem}-{digest[:16]}.tgz"
        try:
            derived.replace(file)
        except PermissionError:  # Windows, while another process reads the file
            if _digest(file) != digest:
                raise
        _write_json(self._record, {"file": file.name, "sha256": digest})
        return file

    def reject(self, error: UnknownLayoutError) -> None:
        """Record that the assembly cannot be derived, so that later starts do not try again.

        Another version of the product may know the layout, and tries again.
        """
        _write_json(self._record, {"unknown_layout": str(error), "rejected_by": _product()})

    @property
    def _record(self) -> Path:
        return self.folder / f"{self.stem}.json"


def _entry(shipped: Assembly, folder: Path) -> _Entry:
    create_private(folder)
    digest = _shipped_digest(shipped.tarball, folder)
    return _Entry(folder=folder, stem=_stem(shipped, digest))


def _derive(entry: _Entry, shipped: Assembly, progress: Callable[[float], None]) -> Path:
    with _locked(entry.folder / "lock"):
        if derived_meanwhile := entry.read():
            return derived_meanwhile
        _remove_abandoned(entry.folder)
        if shutil.disk_usage(entry.folder).free < _BYTES_WHILE_DERIVING:
            raise OSError(f"{entry.folder}: the disk is full")
        # Only the first start needs this import, which takes some milliseconds.
        from constructs_auth.engine._assembly import derive_assembly  # noqa: PLC0415

        with tempfile.TemporaryDirectory(prefix="making-", dir=entry.folder) as temporary:
            target = Path(temporary) / "assembly.tgz"
            try:
                derive_assembly(shipped, target, progress)
            except UnknownLayoutError as error:
                entry.reject(error)
                raise
            return entry.accept(target)


def _remove_abandoned(folder: Path) -> None:
    """Remove the files of killed processes."""
    for left in folder.glob("making-*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
                shutil.rmtree(left)


def _stem(shipped: Assembly, digest: str) -> str:
    name = shipped.name.strip("@").replace("/", "-")
    return f"{name}-{shipped.version}-{digest[:16]}-v{_FORMAT}"


def _product() -> str:
    """Return the version of the product, and the digest of the code that knows the layouts."""
    return f"{installed_version()} {_digest(Path(__file__).with_name('_assembly.py'))}"


def _shipped_digest(tarball: Path, folder: Path) -> str:
    """Return the digest of a file's content, which is read again only if its status changed."""
    status = tarball.stat()
    seen = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
    path = hashlib.sha256(os.fsencode(tarball.resolve())).hexdigest()
    note = folder / f"seen-{path[:16]}.json"
    known = _read_json(note)
    if known.get("status") == seen and isinstance(digest := known.get("sha256"), str):
        return digest
    digest = _digest(tarball)
    with suppress(OSError):  # the note only saves time
        _write_json(note, {"status": seen, "sha256": digest})
    return digest


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _read_json(file: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        value = json.loads(file.read_bytes())
        if isinstance(value, dict):
            return value
    return {}


def _write_json(file: Path, value: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory(prefix="making-", dir=file.parent) as temporary:
        new = Path(temporary) / file.name
        new.write_text(json.dumps(value), encoding="utf-8")
        new.replace(file)


_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.05


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which ends with the process.

    The lock only saves work: after a minute, or on a file system without locks, the caller
    continues without it.
    """
    with path.open("wb") as file:
        with suppress(OSError):
            _wait_for_lock(file)
        yield


def _wait_for_lock(file: IO[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):  # of Linux and macOS; of Windows
            time.sleep(_PAUSE_SECONDS)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_STEP = 0.05


@contextmanager
def progress_line(title: str) -> Iterator[Callable[[float], None]]:
    """Yield a function that shows the completed fraction, from 0 to 1.

    The line appears on standard error at the first call.
    """
    terminal = sys.stderr
    if terminal is None or not terminal.isatty():
        yield lambda _: None
        return
    shown = -1.0

    def show(part: float) -> None:
        nonlocal shown
        if part - shown >= _STEP:
            shown = part
            terminal.write(f"\r{title}: {part:4.0%}")
            terminal.flush()

    try:
        yield show
    finally:
        if shown >= 0:
            terminal.write("\n")
