"""Run an unchanged program, and write its measurements when it exits.

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
    """Return the size of the large package that jsii unpacked, wherever its files are."""
    temporary = Path(os.environ["TMPDIR"])
    packages = temporary.glob(f"jsii-kernel-*/node_modules/{os.environ['BENCH_PACKAGE']}")
    files = [file for package in packages for file in package.resolve().rglob("*")]
    return sum(file.stat().st_size for file in files if file.is_file())


def own_peak_bytes() -> int:
    """Return the peak of this process; `getrusage` includes the parent's at the fork."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def write_report() -> None:
    """Write the facts; registered first, it runs last, after jsii has stopped Node."""
    FACTS["python_bytes"] = own_peak_bytes()
    node = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    FACTS["node_bytes"] = node * BYTES_PER_UNIT
    Path(os.environ["BENCH_REPORT"]).write_text(json.dumps(FACTS), encoding="utf-8")


atexit.register(write_report)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
if "BENCH_SIZE" in os.environ:
    FACTS["unpacked_bytes"] = unpacked_bytes()
