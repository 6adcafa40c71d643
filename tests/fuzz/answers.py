"""Runs a command on hostile input, and holds what every answer must be."""

import contextlib
import hashlib
import io
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from constructs_auth import cli

DOCUMENTED = (0, 1, 2, 3)
"""The exit codes of a command that was not interrupted, and whose output somebody reads."""

_UNREADABLE = 3
_LONGEST_LINE = 2_000
_MOST_SECONDS = 20
"""Of the processor: what grows with the square of the input takes hours."""

SAVED = Path("build/fuzz")
"""Where an input that failed is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str


def answered(arguments: Sequence[str], *, stdin: bytes = b"") -> Answer:
    """Run a command in this process; its answer must be one that the documentation knows.

    No exception leaves it, it ends in time, its exit code is documented, and an error is one line:
    the command, the subject, the rule and the remedy.
    """
    try:
        return _answered(arguments, stdin)
    except BaseException as failure:
        failure.add_note(_saved(arguments, stdin))
        raise


def _answered(arguments: Sequence[str], stdin: bytes) -> Answer:
    started = time.process_time()
    with _streams(stdin) as (out, err):
        try:
            code = cli.main(list(arguments))
        except SystemExit as ended:  # argparse
            code = ended.code if isinstance(ended.code, int) else -1
    passed = time.process_time() - started
    answer = Answer(code=code, out=_text(out), err=_text(err))
    assert "Traceback" not in answer.err
    assert answer.code in DOCUMENTED, f"exit code {answer.code}: {answer.err}"
    assert passed < _MOST_SECONDS, f"{passed:.0f} seconds"
    if answer.code == _UNREADABLE and not answer.out:
        (line,) = answer.err.splitlines()
        assert line.startswith(f"constructs-auth {arguments[0]}: "), line
        assert "; " in line, f"no remedy: {line}"
        assert len(line) <= _LONGEST_LINE, f"a line of {len(line)} characters"
    return answer


@contextlib.contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Put streams in the place of this process's, as a terminal in UTF-8 has them."""
    fresh = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before = sys.stdin
    sys.stdin = fresh
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield out, err
    finally:
        sys.stdin = before


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode("utf-8")


def _saved(arguments: Sequence[str], stdin: bytes) -> str:
    """Keep the files that the command was given, and say where."""
    SAVED.mkdir(parents=True, exist_ok=True)
    kept = []
    for content in (stdin, *(_content(argument) for argument in arguments)):
        if content:
            file = SAVED / hashlib.sha256(content).hexdigest()[:12]
            file.write_bytes(content)
            kept.append(str(file))
    return f"constructs-auth {' '.join(arguments)}\nits input is in {', '.join(kept) or os.devnull}"


def _content(argument: str) -> bytes:
    """Return the content of the file that *argument* names, or of the stack in a folder."""
    with contextlib.suppress(OSError, ValueError):
        path = Path(argument)
        path = path / "cdk.tf.json" if path.is_dir() else path
        return path.read_bytes() if path.is_file() else b""
    return b""
