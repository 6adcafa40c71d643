"""Run a program in a separate process, and measure it."""

import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.contestants import PROGRAMS, PROJECT, Contestant


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One run: seconds, and peak bytes."""

    seconds: float
    python_bytes: float
    node_bytes: float
    build_seconds: float = 0
    synth_seconds: float = 0
    unpacked_bytes: float = 0


def measure(
    contestant: Contestant, *, pairs: int | None = None, environment: dict[str, str] | None = None
) -> Measurement:
    """Run the program of one pool and one client, or that of many *pairs*.

    Raises:
        RuntimeError: The program failed.
    """
    program = contestant.start if pairs is None else contestant.pairs
    with tempfile.TemporaryDirectory(prefix="constructs-auth-bench-") as temporary:
        report = Path(temporary) / "report.json"
        own = {
            "AUTH_REGION": "eu-west-1",
            "AUTH_STATE_BUCKET": "acme-state",
            "BENCH_PACKAGE": contestant.package,
            "BENCH_REPORT": str(report),
            "CDKTF_OUTDIR": str(Path(temporary) / "out"),
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
            "OUTDIR": str(Path(temporary) / "out"),
            "PYTHONPATH": str(PROJECT),
            "TMPDIR": temporary,
        }
        arguments = [str(PROGRAMS / "report.py"), str(program), str(pairs or 1)]
        command = [str(contestant.python), *contestant.options, *arguments]
        started = time.perf_counter()
        result = subprocess.run(  # noqa: S603 (programs of this folder)
            command,
            env=os.environ | own | contestant.environment | (environment or {}),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - started
        if result.returncode:
            raise RuntimeError(f"{contestant.name}: {result.stderr}")
        return Measurement(seconds=seconds, **json.loads(report.read_text(encoding="utf-8")))
