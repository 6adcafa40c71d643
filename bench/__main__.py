"""Run the benchmark: `python -m bench`."""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console

from bench.adopt import adopt_table
from bench.contestants import CDKTF, CDKTF_FAST, OURS, OURS_OFF, OURS_UNCHECKED, PEERS, Contestant
from bench.hcl import hcl_table
from bench.judging import judging_table
from bench.review import review_table
from bench.tables import first_start_table, floor_table, growth_table, pairs_table, start_table


def main() -> None:
    """Measure everything in one run, and print a table of each kind."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="starts of each program (5)")
    parser.add_argument("--pairs", type=int, default=1000, help="pools, each with a client (1000)")
    parser.add_argument("--without-peers", action="store_true", help="install nothing")
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="constructs-auth-bench-") as temporary:
        peers = [] if arguments.without_peers else _install_peers(console, Path(temporary))
        with console.status("the limit: an empty Python, an empty Node, jsii alone"):
            console.print(floor_table(arguments.runs))
        with console.status("start-up"):
            everybody = [OURS, OURS_OFF, CDKTF_FAST, CDKTF, *peers]
            console.print(start_table(everybody, arguments.runs))
        with console.status("the first start, which creates the cache"):
            console.print(first_start_table(Path(temporary)))
        with console.status(f"{arguments.pairs} pairs"):
            console.print(
                pairs_table([OURS, OURS_UNCHECKED, CDKTF_FAST, CDKTF, *peers], arguments.pairs)
            )
        with console.status("growth"):
            console.print(growth_table(OURS, arguments.pairs))
        with console.status("the judge"):
            console.print(judging_table(arguments.pairs, arguments.runs))
        with console.status("the review of a plan"):
            console.print(review_table(Path(temporary), 2_000, arguments.runs))
        with console.status("a folder of HCL"):
            console.print(hcl_table(Path(temporary), 500, arguments.runs))
        with console.status("the adoption of a state"):
            console.print(adopt_table(Path(temporary), arguments.runs))


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
