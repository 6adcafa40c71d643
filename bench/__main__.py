"""Run the benchmark: `python -m bench`."""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.table import Table

from bench.adopt import adopt_table
from bench.commands import commands_table, memory_table
from bench.contestants import (
    CDKTF,
    CDKTF_FAST,
    CDKTF_SAME,
    OURS,
    OURS_OFF,
    OURS_UNCHECKED,
    PEERS,
    Contestant,
)
from bench.hcl import hcl_table
from bench.judging import judging_table
from bench.review import Contents, review_table
from bench.tables import (
    first_start_table,
    floor_table,
    growth_table,
    pairs_table,
    print_whole,
    start_table,
)

_RESOURCES_OF_100_MB = 17_600


def main() -> None:
    """Measure everything in one run, and print a table of each kind."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="starts of each program (5)")
    parser.add_argument("--pairs", type=int, default=1000, help="pools, each with a client (1000)")
    parser.add_argument("--without-peers", action="store_true", help="install nothing")
    parser.add_argument(
        "--quick", action="store_true", help="only what has a limit, in under two minutes"
    )
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="constructs-auth-bench-") as temporary:
        folder = Path(temporary)
        if arguments.quick:
            tables = _with_limits(folder, runs=3, pairs=200, resources_in_memory=8_000)
        else:
            peers = [] if arguments.without_peers else _install_peers(console, folder)
            tables = _all_tables(folder, peers, arguments.runs, arguments.pairs)
        for name, measured in tables:
            with console.status(name):
                table = measured()
            print_whole(console, table)


_Tables: TypeAlias = Iterator[tuple[str, Callable[[], Table]]]


def _with_limits(folder: Path, *, runs: int, pairs: int, resources_in_memory: int) -> _Tables:
    """Walk through the short measurements that have a limit."""
    yield "the first start", lambda: first_start_table(folder)
    yield f"{pairs} pairs", lambda: pairs_table([OURS, CDKTF_FAST, CDKTF_SAME], pairs)
    yield "the judge", lambda: judging_table(1_000, runs)
    yield "the review of a plan", lambda: review_table(folder, Contents.WHOLE, 2_000, runs)
    yield "that of its changes", lambda: review_table(folder, Contents.CHANGES, 2_000, runs)
    yield "the memory of a review", lambda: memory_table(folder, resources_in_memory)
    yield "the start of commands", lambda: commands_table(runs)


def _all_tables(folder: Path, peers: Sequence[Contestant], runs: int, pairs: int) -> _Tables:
    """Walk through all measurements."""
    many = [OURS, OURS_UNCHECKED, CDKTF_FAST, CDKTF_SAME, CDKTF, *peers]
    yield "the limit: an empty Python, an empty Node, jsii alone", lambda: floor_table(runs)
    yield "start-up", lambda: start_table([OURS, OURS_OFF, CDKTF_FAST, CDKTF, *peers], runs)
    yield "the first start, which creates the cache", lambda: first_start_table(folder)
    yield f"{pairs} pairs", lambda: pairs_table(many, pairs)
    yield "growth", lambda: growth_table(OURS, pairs)
    yield "the judge", lambda: judging_table(pairs, runs)
    yield "the review of a plan", lambda: review_table(folder, Contents.WHOLE, 2_000, runs)
    yield "that of its changes", lambda: review_table(folder, Contents.CHANGES, 2_000, runs)
    yield "that of secrets", lambda: review_table(folder, Contents.SECRETS, 2_000, runs)
    yield "the memory of a review", lambda: memory_table(folder, _RESOURCES_OF_100_MB)
    yield "the start of commands", lambda: commands_table(runs)
    yield "a folder of HCL", lambda: hcl_table(folder, 500, runs)
    yield "the adoption of a state", lambda: adopt_table(folder, runs)


def _install_peers(console: Console, folder: Path) -> list[Contestant]:
    peers: list[Contestant] = []
    for peer in PEERS:
        with console.status(f"installing {peer.name} for this run alone"):
            try:
                peers += peer.install(folder)
            except RuntimeError as error:
                console.print(f"skipped {peer.name}, it cannot be installed here: {error}")
    return peers


if __name__ == "__main__":
    main()
