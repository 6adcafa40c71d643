"""Derive the assembly in another process, while this one imports the framework."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from constructs_auth.engine._cache import cached_assembly, progress_line
from constructs_auth.engine._package import Assembly

PREPARING = "constructs-auth: preparing the AWS bindings, once"
"""What a terminal shows during the derivation."""

_PATIENCE_SECONDS = 120
_FAREWELL_SECONDS = 2
# It says nothing: the process that started it derives itself what this one could not.
_PROGRAM = """
import sys
try:
    import json
    import signal
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # removes what it has begun
    given = json.load(sys.stdin)
    sys.path += given["path"]
    from constructs_auth.engine._beside import derive
    derive(given)
except BaseException:
    sys.exit(1)
"""
_STARTED: dict[Assembly, subprocess.Popen[bytes]] = {}
_STARTING = threading.Lock()


def start_deriving(shipped: Assembly, folder: Path) -> None:
    """Let another process derive the assembly into the cache in *folder*.

    It only saves time. Where no other process can do it, `cached_assembly` does, and it reports
    each error. This function does nothing where this process is not a usual Python: its executable
    may be the program of the user.
    """
    usual = Path(sys.executable or "").name.lower().startswith(("python", "pypy"))
    if not usual or getattr(sys, "frozen", False):
        return
    with _STARTING, suppress(OSError, ValueError):
        if shipped not in _STARTED:
            _start(shipped, folder)


def _start(shipped: Assembly, folder: Path) -> None:
    given = {
        "path": [entry for entry in sys.path if isinstance(entry, str)],
        "folder": os.fspath(folder),
        "name": shipped.name,
        "version": shipped.version,
        "tarball": os.fspath(shipped.tarball),
    }
    no_bytecode = ["-B"] if sys.dont_write_bytecode else []
    terminal = sys.stderr
    process = subprocess.Popen(  # noqa: S603 (this Python, with a program of this module)
        [sys.executable, "-I", "-S", *no_bytecode, "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        # For its progress; who reads this stream from a pipe waits for all that have it.
        stderr=None if terminal is not None and terminal.isatty() else subprocess.DEVNULL,
    )
    _STARTED[shipped] = process
    atexit.register(_end, process)
    if process.stdin is not None:
        with process.stdin as stdin:
            stdin.write(json.dumps(given).encode())


def wait_for(shipped: Assembly) -> None:
    """Wait for the process that derives the assembly, if there is one."""
    process = _STARTED.pop(shipped, None)
    if process is None:
        return
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE_SECONDS)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process; what it had not finished is derived at the next start."""
    process.terminate()  # nothing, if it has ended
    try:
        process.wait(_FAREWELL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def derive(given: Mapping[str, str]) -> None:
    """Derive what *given* names.

    Raises:
        UnknownLayoutError: The shipped assembly has an unknown layout.
        OSError: The cache cannot be used.
    """
    shipped = Assembly(
        name=given["name"],
        version=given["version"],
        tarball=Path(given["tarball"]),
        dependencies=(),
    )
    with progress_line(PREPARING) as progress:
        cached_assembly(shipped, Path(given["folder"]), progress)
