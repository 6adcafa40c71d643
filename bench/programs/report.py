"""Run a program as it is, and at its very end write down what it took.

Run as `report.py PROGRAM [PAIRS]`.
"""

import atexit
import json
import os
import resource
import runpy
import sys
from pathlib import Path

from facts import FACTS

BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024


def unpacked_bytes() -> int:
    """Count what jsii unpacked of the large package, wherever its files really are."""
    temporary = Path(os.environ["TMPDIR"])
    packages = temporary.glob(f"jsii-kernel-*/node_modules/{os.environ['BENCH_PACKAGE']}")
    files = [file for package in packages for file in package.resolve().rglob("*")]
    return sum(file.stat().st_size for file in files if file.is_file())


def write_report() -> None:
    """Write the facts; registered first, it runs last, after jsii has ended Node."""
    for name, process in {"python": resource.RUSAGE_SELF, "node": resource.RUSAGE_CHILDREN}.items():
        FACTS[f"{name}_bytes"] = resource.getrusage(process).ru_maxrss * BYTES_PER_UNIT
    Path(os.environ["BENCH_REPORT"]).write_text(json.dumps(FACTS), encoding="utf-8")


atexit.register(write_report)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
if "BENCH_SIZE" in os.environ:
    FACTS["unpacked_bytes"] = unpacked_bytes()
