"""The measurements, each as a table."""

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.measure import Measurement as Width
from rich.table import Table

from bench.contestants import CDKTF_FAST, CDKTF_SAME, OURS, Contestant
from bench.measure import Measurement, measure

MEGABYTE = 1_000_000

_BEST_OF = 3
_WIDEST = 1_000
MOST_FIRST_SECONDS = 4.0
"""The limit for a first start with all caches empty."""

MOST_KEPT_SECONDS = 1.5
"""The limit for a start where CI keeps our cache."""

MOST_OF_CDKTF = 1.3
"""The limit for many pairs: how many times what CDKTF itself needs for the same resources, with all
arguments that we write."""


def print_whole(console: Console, table: Table) -> None:
    """Print *table* with whole cells, also in a file that `rich` takes for 80 columns wide."""
    everything = console.options.update(max_width=_WIDEST)
    console.width = max(console.width, Width.get(console, everything, table).maximum)
    console.print(table)


def floor_table(runs: int) -> Table:
    """Measure the minimum for any program with Python, Node and jsii."""
    node = shutil.which("node") or "node"
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "node -e 0": [node, "-e", "0"],
        "import constructs": [sys.executable, "-c", "import constructs"],
        "import cdktf": [sys.executable, "-c", "import cdktf"],
    }
    table = _table("the limit", title="What a start consists of")
    table.add_column("seconds", justify="right")
    for name, command in commands.items():
        table.add_row(name, f"{statistics.median(_seconds(command) for _ in range(runs)):.2f}")
    return table


def start_table(contestants: list[Contestant], runs: int) -> Table:
    """Measure whole processes that synthesize one pool and one client, with warm caches."""
    sizes = {each.name: measure(each, environment={"BENCH_SIZE": "1"}) for each in contestants}
    rounds = _in_turn(contestants, runs)
    table = _table("start-up", title=f"One pool, one client; the median of {runs}, and the range")
    for heading in ("seconds", "from", "to", "ratio", "Python MB", "Node MB", "unpacked MB"):
        table.add_column(heading, justify="right")
    ours = _median_seconds(rounds[OURS.name])
    for name, found in rounds.items():
        seconds = [run.seconds for run in found]
        table.add_row(
            name,
            f"{statistics.median(seconds):.2f}",
            f"{min(seconds):.2f}",
            f"{max(seconds):.2f}",
            f"{_median_seconds(found) / ours:.1f}",
            f"{max(run.python_bytes for run in found) / MEGABYTE:.0f}",
            f"{max(run.node_bytes for run in found) / MEGABYTE:.0f}",
            f"{sizes[name].unpacked_bytes / MEGABYTE:.0f}",
        )
    return table


def first_start_table(folder: Path) -> Table:
    """Measure the start that creates the cache, and starts with what CI may keep of it."""
    new = folder / "first"
    new.mkdir()
    table = _table("what is kept", title="By what is kept of the cache")
    for heading in ("seconds", "limit", "Python MB", "Node MB"):
        table.add_column(heading, justify="right")
    cache = new / "constructs-auth"
    for name, removed, limit in (
        ("nothing", None, f"{MOST_FIRST_SECONDS:.0f}"),
        ("all of it", None, f"{MOST_KEPT_SECONDS:.1f}"),
        ("what jsii unpacked", "bindings", ""),
        ("the derived assembly", "jsii", ""),
    ):
        if removed is not None:
            shutil.rmtree(cache / removed)
        run = measure(OURS, environment={"XDG_CACHE_HOME": str(new)})
        table.add_row(
            name,
            f"{run.seconds:.2f}",
            limit,
            f"{run.python_bytes / MEGABYTE:.0f}",
            f"{run.node_bytes / MEGABYTE:.0f}",
        )
    for name, folder_of in (("what jsii unpacked", "jsii"), ("the derived assembly", "bindings")):
        kept = (cache / folder_of).rglob("*")
        size = sum(file.stat().st_size for file in kept if file.is_file())
        table.add_row(f"{name}: {size / MEGABYTE:.0f} MB", "", "", "", "")
    return table


def pairs_table(contestants: list[Contestant], pairs: int) -> Table:
    """Measure one stack of many pools, each with a client."""
    table = _table(
        f"{pairs} pairs", title=f"{pairs} pools, each with a client; the best of {_BEST_OF}"
    )
    ratios = ("ratio to CDKTF", "to the same arguments", "limit")
    for heading in ("seconds", "build", "synth", "ms a pair", *ratios, "Python MB", "Node MB"):
        table.add_column(heading, justify="right")
    rounds = _in_turn(contestants, _BEST_OF, pairs=pairs)
    best = {name: _best(runs) for name, runs in rounds.items()}
    short, same = (_milliseconds(best[one.name], pairs) for one in (CDKTF_FAST, CDKTF_SAME))
    for name, run in best.items():
        table.add_row(
            name,
            f"{run.seconds:.2f}",
            f"{run.build_seconds:.2f}",
            f"{run.synth_seconds:.2f}",
            f"{_milliseconds(run, pairs):.1f}",
            f"{_milliseconds(run, pairs) / short:.1f}",
            f"{_milliseconds(run, pairs) / same:.1f}",
            f"{MOST_OF_CDKTF:.1f}" if name == OURS.name else "",
            f"{run.python_bytes / MEGABYTE:.0f}",
            f"{run.node_bytes / MEGABYTE:.0f}",
        )
    return table


def growth_table(contestant: Contestant, pairs: int) -> Table:
    """Measure from a quarter to five times the pairs; the cost of a pair should be constant."""
    table = _table("pairs", title=f"Growth of {contestant.name}; the best of {_BEST_OF}")
    for heading in ("build", "synth", "ms a pair"):
        table.add_column(heading, justify="right")
    for count in (pairs // 4, pairs // 2, pairs, 5 * pairs):
        run = _best(_in_turn([contestant], _BEST_OF, pairs=count)[contestant.name])
        table.add_row(
            str(count),
            f"{run.build_seconds:.2f}",
            f"{run.synth_seconds:.2f}",
            f"{_milliseconds(run, count):.1f}",
        )
    return table


def _table(first: str, *, title: str) -> Table:
    table = Table(title=title)
    table.add_column(first, no_wrap=True)
    return table


def _in_turn(
    contestants: list[Contestant], runs: int, *, pairs: int | None = None
) -> dict[str, list[Measurement]]:
    """Run all programs in turn, so that other load affects all equally."""
    rounds: dict[str, list[Measurement]] = {each.name: [] for each in contestants}
    for _ in range(runs):
        for each in contestants:
            rounds[each.name].append(measure(each, pairs=pairs))
    return rounds


def _milliseconds(run: Measurement, pairs: int) -> float:
    return 1000 * (run.build_seconds + run.synth_seconds) / pairs


def _best(runs: list[Measurement]) -> Measurement:
    return min(runs, key=lambda run: run.build_seconds + run.synth_seconds)


def _median_seconds(runs: list[Measurement]) -> float:
    return statistics.median(run.seconds for run in runs)


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (those above)
    return time.perf_counter() - started
