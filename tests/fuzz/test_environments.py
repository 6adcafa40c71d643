"""A command in a poor environment says the same as in a rich one, or fails on one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.answers import DOCUMENTED
from tests.plans.record import RECORDED
from tests.support.synthesized import PROJECT
from tests.unit.handoff.samples import document, write

PLAN = str(RECORDED / "pool_unprotected_name.json")
NOWHERE = "/nonexistent/folder"
ENVIRONMENTS = {
    "no home": {"HOME": NOWHERE, "XDG_CACHE_HOME": NOWHERE},
    "a cache that is no folder": {"XDG_CACHE_HOME": os.devnull},
    "no folder for temporary files": {"TMPDIR": NOWHERE},
    "the locale C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "a terminal of one column": {"COLUMNS": "1", "LINES": "1"},
    "a width that is not a number": {"COLUMNS": "x", "LINES": "-1"},
    "an unknown terminal": {"TERM": "x" * 1_000, "FORCE_COLOR": "1"},
    "an empty path": {"PATH": ""},
}


def ended(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own in *folder*, and hold how it ended."""
    process = subprocess.run(
        [sys.executable, "-m", "constructs_auth", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert process.returncode in DOCUMENTED, process.stderr
    assert b"Traceback" not in process.stderr
    return process


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_an_environment_changes_no_exit_code(name: str, tmp_path: Path) -> None:
    write(tmp_path / "stack", document())
    environment = ENVIRONMENTS[name]
    report = tmp_path / "report.html"
    options = ("--format", "html", "--output", str(report))
    assert ended(tmp_path, "review", PLAN, *options, **environment).returncode == 1
    assert report.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert ended(tmp_path, "check", PLAN, **environment).returncode == 1
    out = ended(tmp_path, "handoff", "stack", "--out", "out", **environment)
    assert out.returncode == 0, out.stderr


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    run = f'rmdir "{gone}"; exec "{sys.executable}" -m constructs_auth check .'
    process = subprocess.run(
        ["/bin/sh", "-c", run],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        check=False,
    )
    assert process.returncode == 3
    assert process.stderr.count(b"\n") == 1
