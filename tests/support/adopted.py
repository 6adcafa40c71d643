"""What holds for each program that `adopt` writes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.synthesized import PROJECT


def complaints(folder: Path) -> list[str]:
    """What ruff, with its default rules, and mypy, which is strict, say about a program."""
    options = (
        f"--config-file={PROJECT / 'pyproject.toml'}",
        f"--cache-dir={PROJECT / '.mypy_cache'}",
    )
    found = []
    for command in (
        ("ruff", "check", "--isolated", "--no-cache", "."),
        ("ruff", "format", "--isolated", "--no-cache", "--check", "."),
        ("mypy", *options, "."),
    ):
        finished = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "MYPYPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            found.append(finished.stdout + finished.stderr)
    return found
