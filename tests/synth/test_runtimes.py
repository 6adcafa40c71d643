"""Every supported Python and Node.js writes the same Terraform, byte by byte."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_auth.facts.node_releases import TRIED
from tests.support.requirements import require_node, require_python
from tools.runtimes import PYTHONS

PROJECT = Path(__file__).parents[2]
PROGRAMS = (
    "main.py",
    "examples/web_application/main.py",
    "examples/machine_to_machine/main.py",
)
OF_ITS_END = "constructs-auth: Node.js 20 reached its end of life on 2026-04-30; install Node.js 22"

Written = dict[str, bytes]
Synthesize = Callable[..., tuple[Written, str]]


@pytest.fixture(scope="module")
def synthesize(tmp_path_factory: pytest.TempPathFactory) -> Synthesize:
    """Run the programs, and return the files they wrote and what they printed on stderr."""

    def run(python: Path, **environment: str) -> tuple[Written, str]:
        written, printed = {}, ""
        for program in PROGRAMS:
            folder = tmp_path_factory.mktemp("runtime")
            printed += _run(python, program, folder, environment)
            for file in (folder / "cdktf.out").glob("stacks/*/cdk.tf.json"):
                written[f"{program}: {file.parent.name}"] = file.read_bytes()
        assert len(written) == len(PROGRAMS)
        return written, printed

    return run


def _run(python: Path, program: str, folder: Path, environment: dict[str, str]) -> str:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("JSII_")}
    own = {
        "AUTH_REGION": "eu-west-1",
        "AUTH_STATE_BUCKET": "acme-state",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(PROJECT),
    }
    finished = subprocess.run(
        [python, PROJECT / program],
        env=inherited | own | environment,
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stderr


@pytest.fixture(scope="module")
def expected(synthesize: Synthesize) -> Written:
    """The files that the Python and the Node.js of the tests write."""
    return synthesize(Path(sys.executable))[0]


@pytest.mark.thorough
@pytest.mark.parametrize("version", PYTHONS)
def test_each_python_writes_the_same_bytes(
    version: str, synthesize: Synthesize, expected: Written
) -> None:
    python = require_python(version, os.environ)
    written, printed = synthesize(python, JSII_NODE=str(require_node(24, os.environ)))
    assert written == expected
    assert printed == ""


@pytest.mark.thorough
@pytest.mark.parametrize("release", TRIED)
def test_each_node_writes_the_same_bytes_without_a_banner(
    release: int, synthesize: Synthesize, expected: Written
) -> None:
    """One line for each program on Node.js 20, and none on the others."""
    node = require_node(release, os.environ)
    written, printed = synthesize(Path(sys.executable), JSII_NODE=str(node))
    assert written == expected
    lines = [OF_ITS_END] * len(PROGRAMS) if release == TRIED[0] else []
    assert [line.partition(" or newer")[0] for line in printed.splitlines()] == lines


@pytest.mark.thorough
def test_a_program_runs_without_node_on_the_path(
    synthesize: Synthesize, expected: Written, tmp_path: Path
) -> None:
    """Python and the wheel suffice."""
    wheel = require_node(24, os.environ).parents[2]
    written, printed = synthesize(
        Path(sys.executable),
        PATH=str(tmp_path),
        PYTHONPATH=os.pathsep.join([str(wheel), str(PROJECT)]),
    )
    assert written == expected
    assert printed == ""


def test_each_python_that_is_declared_is_tried() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [text.rpartition(" :: ")[2] for text in project["classifiers"] if " :: 3." in text]
    assert declared == list(PYTHONS)
    assert project["requires-python"] == f">={PYTHONS[0]}"
