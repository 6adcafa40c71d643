"""Measure the time for pools, each with a client."""

import sys
import time
from collections.abc import Callable

from facts import FACTS


def build(pair: Callable[[int], object], synthesize: Callable[[], object]) -> None:
    """Define the number of pairs from the command line, synthesize them, and record the times."""
    started = time.perf_counter()
    for number in range(int(sys.argv[1])):
        pair(number)
    built = time.perf_counter()
    synthesize()
    FACTS["build_seconds"] = built - started
    FACTS["synth_seconds"] = time.perf_counter() - built
