"""A line of progress on a terminal, and nothing anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_STEP = 0.05


@contextmanager
def progress_line(title: str) -> Iterator[Callable[[float], None]]:
    """Yield a function that is told the part that is done, from 0 to 1.

    The line appears when it is first called, on standard error.
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
