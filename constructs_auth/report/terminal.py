"""Standard output with tables and colours; only what prints them loads `rich`."""

from rich.console import Console
from rich.text import Text


class Terminal(Console):
    """Standard output. Where nobody reads it any more, it raises instead of exiting with 1."""

    def on_broken_pipe(self) -> None:
        """Raise for `main`, which knows the exit code."""
        raise BrokenPipeError


def print_line(console: Console, line: Text) -> None:
    """Print one line without wrapping, so that addresses and paths can be searched for.

    Where it has no colours it is written as it is, which takes a tenth of the time.
    """
    if console.color_system is None:
        console.file.write(f"{line.plain}\n")
    else:
        console.print(line, soft_wrap=True, highlight=False)
