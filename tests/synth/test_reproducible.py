"""The same program writes the same bytes, whatever the process and its hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from constructs_auth import AuthApp
from tests.synth import access, everything, identities, members, workforce

PROGRAM = """\
from tests.support.renamed_imports import rename_imports
rename_imports()
from constructs_auth import AuthApp
from tests.synth.test_reproducible import define
app = AuthApp()
define(app)
app.synth()
"""


def define(app: AuthApp) -> None:
    """Define every stack that the tests of this folder share."""
    for part in (access, everything, identities, members, workforce, main):
        part.define(app)


@pytest.mark.thorough
def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    """Sets are sorted, and nothing depends on time or chance."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    other = {**os.environ, "CDKTF_OUTDIR": str(tmp_path / "other"), "PYTHONHASHSEED": seed}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=other) as process:
        app = AuthApp(outdir=str(tmp_path / "own"))
        define(app)
        app.synth()
    assert process.returncode == 0
    own = written(tmp_path / "own")
    assert own == written(tmp_path / "other")
    assert own


def written(folder: Path) -> dict[str, bytes]:
    """The JSON files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.json"))
    }
