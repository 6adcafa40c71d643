"""Measure the start of the commands and the memory of a review, each with its limit."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

from rich.table import Table

from bench.contestants import PROJECT
from bench.review import Contents, seconds_in_turn, write_plan

MOST_OVER_PYTHON = 0.15
"""The limit for a command that reads nothing: seconds over those of `python -c pass`."""

MOST_OF_FILE = 6
"""The limit for the memory of a review: how many times the size of the plan."""

_MEGABYTE = 1_000_000
_WITH_PEAK = """
import pathlib, resource, sys
try:
    exec(sys.argv.pop(1))
finally:
    status = pathlib.Path("/proc/self/status")
    if status.exists():  # `getrusage` includes the peak of the parent at the fork
        peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stderr.write(f"\\n{peak}")
"""


def commands_table(runs: int) -> Table:
    """Measure commands that read nothing, over the start of Python."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "constructs-auth --help": [sys.executable, "-m", "constructs_auth", "--help"],
        "constructs-auth rules": [sys.executable, "-m", "constructs_auth", "rules"],
    }
    used = {
        name: [processor for _, processor in found]
        for name, found in seconds_in_turn(commands, runs).items()
    }
    table = Table(title=f"The start of commands, in processor seconds; the median of {runs}")
    table.add_column("command", no_wrap=True)
    for heading in ("processor", "over Python", "limit"):
        table.add_column(heading, justify="right")
    base, *_ = (statistics.median(found) for found in used.values())
    for at, (name, found) in enumerate(used.items()):
        seconds = statistics.median(found)
        over = (f"{seconds - base:.2f}", f"{MOST_OVER_PYTHON}") if at else ("", "")
        table.add_row(name, f"{seconds:.2f}", *over)
    return table


def memory_table(folder: Path, resources: int) -> Table:
    """Measure the most memory of a review of a plan of *resources*, and of `json.load` of it."""
    plan = write_plan(folder, Contents.CHANGES, resources)
    size = plan.stat().st_size
    table = Table(title=f"The memory for a plan of {size / _MEGABYTE:.0f} MB")
    table.add_column("process", no_wrap=True)
    for heading in ("peak MB", "ratio to the file", "limit"):
        table.add_column(heading, justify="right")
    review = json.dumps(["review", str(plan), "--format", "json"])
    for name, code, limit in (
        ("json.load of the same file", f"import json; json.load(open({str(plan)!r}))", ""),
        (
            "review --format json",
            f"from constructs_auth.cli import main; main({review})",
            str(MOST_OF_FILE),
        ),
    ):
        peak = _peak(code)
        table.add_row(name, f"{peak / _MEGABYTE:.0f}", f"{peak / size:.1f}", limit)
    return table


def _peak(code: str) -> int:
    """Run *code* in a process of its own, and return the most bytes that it had in memory."""
    command = [sys.executable, "-c", _WITH_PEAK, code]
    result = subprocess.run(  # noqa: S603 (the code above)
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    return int(result.stderr.rpartition("\n")[2])
