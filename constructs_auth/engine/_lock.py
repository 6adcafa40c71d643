"""One process at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.05


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file's lock, which ends with the process that holds it.

    It saves work and nothing depends on it: after a minute, and where the system has no
    such lock, the caller goes on without it.
    """
    with path.open("wb") as file:
        with suppress(ImportError, OSError):  # Windows; file systems without locks
            _wait_for_lock(file)
        yield


def _wait_for_lock(file: IO[bytes]) -> None:
    import fcntl  # noqa: PLC0415 (not on Windows)

    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return
