"""What holds for each program that `adopt` writes."""

import fcntl
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from constructs_auth import AuthApp, cli
from tests.support.synthesized import PROJECT
from tests.unit.adopt.states import state


def adopted_document(folder: Path, *resources: dict[str, Any]) -> dict[str, Any]:
    """The Terraform JSON of the program for a state of *resources*."""
    file = folder / "state.json"
    file.write_text(json.dumps(state(*resources)), encoding="utf-8")
    assert cli.main(["adopt", str(file), "--out", str(folder / "out"), "--no-verify"]) == 0
    app = AuthApp(outdir=str(folder / "cdktf.out"), context={})
    runpy.run_path(str(folder / "out" / "main.py"))["define"](app)
    app.synth()
    text = (folder / "cdktf.out/stacks/auth/cdk.tf.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def complaints(folder: Path) -> list[str]:
    """What ruff, with its default rules, and mypy, which is strict, say about a program.

    All programs share one cache of mypy, in which `variables` of one program takes the place of
    `variables` of another. So only one process at a time may read and write it.
    """
    cache = PROJECT / ".mypy_cache" / "programs"
    cache.mkdir(parents=True, exist_ok=True)
    options = f"--config-file={PROJECT / 'pyproject.toml'}", f"--cache-dir={cache}"
    found = [
        run_tool(folder, "ruff", "check", "--isolated", "--no-cache", "."),
        run_tool(folder, "ruff", "format", "--isolated", "--no-cache", "--check", "."),
    ]
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found.append(run_tool(folder, "mypy", *options, "."))
    return [complaint for complaint in found if complaint]


def run_tool(folder: Path, *command: str) -> str:
    """Run a tool of Python on the program in *folder*, and return what it complains about."""
    finished = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode == 0:
        return ""
    return f"{command[0]} ended with {finished.returncode}: {finished.stdout}{finished.stderr}"
