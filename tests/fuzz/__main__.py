"""Search for ten minutes with random seeds: `python -m tests.fuzz [SECONDS [SEED]]`."""

import os
import random
import subprocess
import sys
import time

from tests.fuzz.conftest import SEARCH

_SECONDS = 600
_LARGEST_SEED = 2**32


def main() -> int:
    """Run the tests of this folder with one seed after the other, until one fails."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    first = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(_LARGEST_SEED)  # noqa: S311
    end = time.monotonic() + seconds
    seed = first
    while time.monotonic() < end:
        print(f"seed {seed}", flush=True)  # noqa: T201 - whoever repeats it needs it
        ended = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "tests/fuzz", "-q", "-x", "-n", "0"),
                f"--hypothesis-seed={seed}",
            ],
            env={**os.environ, SEARCH: str(int(end - time.monotonic()))},
            check=False,
        )
        if ended.returncode:
            print(f"failed with seed {seed}; python -m tests.fuzz 1 {seed} repeats it")  # noqa: T201
            return ended.returncode
        seed = (seed + 1) % _LARGEST_SEED
    return 0


if __name__ == "__main__":
    sys.exit(main())
