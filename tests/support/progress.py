"""Runs the steps of a program one after the other, shows them, and sums them up in a table."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.table import Table


class StepFailedError(Exception):
    """A step failed; the exception's cause says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step that was run, and how it ended."""

    step: str
    result: str
    seconds: float
    failed: bool


@dataclass(slots=True, kw_only=True)
class Progress:
    """The steps so far.

    Attributes:
        console: Where they are shown.
    """

    console: Console
    _rows: list[Row] = field(default_factory=list)

    def step(self, name: str, action: Callable[[], str]) -> None:
        """Runs a step, which says in words what came of it.

        Raises:
            StepFailedError: If the step raises.
        """
        started = time.monotonic()
        try:
            with self.console.status(name):
                result = action()
        except Exception as error:
            self._show(Row(step=name, result="failed", seconds=_since(started), failed=True))
            raise StepFailedError(name) from error
        self._show(Row(step=name, result=result, seconds=_since(started), failed=False))

    def table(self, title: str) -> Table:
        """All steps: name, result and seconds."""
        table = Table("step", title=title, title_justify="left")
        table.add_column("result", overflow="fold")
        table.add_column("seconds", justify="right")
        for row in self._rows:
            table.add_row(
                escape(row.step),
                escape(row.result),
                f"{row.seconds:.1f}",
                style="red" if row.failed else None,
            )
        return table

    def _show(self, row: Row) -> None:
        self._rows.append(row)
        mark = "[red]✗[/red]" if row.failed else "[green]✓[/green]"
        self.console.print(f"{mark} {escape(row.step)}: {escape(row.result)}")


def _since(started: float) -> float:
    return time.monotonic() - started
