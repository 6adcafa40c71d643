"""Writes the output of a command as a whole, or not at all."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from constructs_auth.errors import UnreadableError
from constructs_auth.report.characters import log_text

_READABLE_BY_ALL = 0o644
ONLY_FOR_THE_OWNER = 0o600
"""The permissions of a file that contains a secret."""


def write_file(file: Path, text: str, *, mode: int = _READABLE_BY_ALL) -> None:
    """Write *text* to *file*; an old file stays whole if that fails.

    Args:
        file: The file.
        text: Its content.
        mode: The permissions of a new file, without those that the umask removes. An old file keeps
            its own, unless only its owner may read the new text.

    Raises:
        UnreadableError: The file cannot be written.
    """
    try:
        if file.exists() and not file.is_file():  # a device or a named pipe cannot be replaced
            file.write_text(text, encoding="utf-8", newline="\n")
        else:
            _replace(file.resolve(), text, mode)
    except (OSError, RuntimeError) as error:  # a RuntimeError is a circle of links
        why = error.strerror if isinstance(error, OSError) else "a circle of links"
        raise UnreadableError(
            str(file), f"cannot be written ({why})", remedy="name another --output"
        ) from None


def _replace(file: Path, text: str, new_mode: int) -> None:
    import tempfile  # noqa: PLC0415 - only to write a file

    mode = file.stat().st_mode if file.exists() else new_mode & ~_umask()
    if new_mode == ONLY_FOR_THE_OWNER:
        mode &= new_mode
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as beside:  # noqa: PTH123 - a handle
            beside.write(text)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


def complain(text: str) -> None:
    """Print *text* on standard error, without commands that a log would run."""
    sys.stderr.write(f"{log_text(text)}\n")


def tell_written(what: str) -> None:
    """Print, on standard error, one line of what a command has written and where.

    Standard output stays what the command gives: a report, or data.
    """
    complain(f"wrote {what}")


def tell_progress(step: str) -> None:
    """Print the step that begins now, which may take seconds, if somebody watches a terminal."""
    if sys.stderr.isatty():
        complain(f"{step} …")
        sys.stderr.flush()


def prepare_streams() -> None:
    """Let standard output and error escape a character that their encoding lacks.

    A stream that is closed, for which Python has none, becomes an empty one.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - until the end
            setattr(sys, name, stream)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # a stream that a program put in the place
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def abandon_stdout() -> None:
    """Discard the rest of standard output, because its reader has ended."""
    with suppress(OSError, AttributeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
