"""A program talks to jsii's kernel without a second Node process, and notices no difference."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from constructs_auth.engine._channel import MODULE_OF_NODE
from tests.synth.engine.programs import PROJECT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="jsii's own way is used there")

ASKS_LINUX = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="asks Linux for the processes"
)

TREE = """
import constructs_auth.engine
from constructs import Construct, RootConstruct

root = RootConstruct("root")
"""
PROCESSES = """
import os, pathlib
def children(of):
    found = pathlib.Path(f"/proc/{of}/task").glob("*/children")
    return sorted(int(one) for file in found for one in file.read_text().split())
"""

BELOW_NODE = TREE + PROCESSES + "print(len(children(children(os.getpid())[0])))"
"""Prints how many processes Node has started."""


def start(program: str, **environment: str) -> subprocess.Popen[str]:
    """Start a program in a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if name != "JSII_RUNTIME"}
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={**inherited, "PYTHONPATH": str(PROJECT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    process = start(program, **environment)
    output, errors = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def package_of_jsii() -> Path:
    """Return the folder of the package jsii."""
    spec = find_spec(MODULE_OF_NODE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parents[2]


def doing(code: str, folder: Path) -> str:
    """Return options with which Node also runs *code* in the process of the kernel."""
    script = folder / "code.js"
    script.write_text(
        f'if (process.argv[1]?.endsWith("program.js")) {{ {code} }}', encoding="utf-8"
    )
    return f"--require {script}"


@pytest.fixture(params=["1", pytest.param("0", marks=pytest.mark.thorough)])
def fast(request: pytest.FixtureRequest) -> str:
    """The switch: `0` is jsii's own way, which tells what is right."""
    switch: str = request.param
    return switch


@pytest.mark.parametrize(
    ("switch", "levels"), [("1", [1, 0]), pytest.param("0", [1, 1, 0], marks=pytest.mark.thorough)]
)
@ASKS_LINUX
def test_python_starts_one_node_process_that_starts_none(switch: str, levels: list[int]) -> None:
    program = (
        TREE
        + PROCESSES
        + """
found, at = [], os.getpid()
while True:
    below = children(at)
    found.append(len(below))
    if not below:
        break
    (at,) = below
print(found)
"""
    )
    finished = run(program, CONSTRUCTS_AUTH_FAST_START=switch)
    assert finished.stdout == f"{levels}\n"


def test_what_node_prints_appears_where_it_belongs(fast: str, tmp_path: Path) -> None:
    options = doing(
        'console.log("on stdout: ä"); console.error("on stderr: 😀");'
        'process.on("exit", () => console.log("at the end"))',
        tmp_path,
    )
    finished = run(TREE, NODE_OPTIONS=options, CONSTRUCTS_AUTH_FAST_START=fast, PYTHONUTF8="1")
    assert finished.stdout == "on stdout: ä\nat the end\n"
    assert finished.stderr == "on stderr: 😀\n"


@pytest.mark.thorough
def test_messages_of_any_length_pass(fast: str) -> None:
    program = (
        TREE
        + """
text = "ä" * 3_000_000
root.node.set_context("text", text)
assert root.node.get_context("text") == text
print("the same")
"""
    )
    assert run(program, CONSTRUCTS_AUTH_FAST_START=fast).stdout == "the same\n"


@pytest.mark.thorough
def test_an_error_in_node_reaches_the_program(fast: str) -> None:
    program = (
        TREE
        + """
Construct(root, "twice")
try:
    Construct(root, "twice")
except RuntimeError as error:
    print(error)
"""
    )
    finished = run(program, CONSTRUCTS_AUTH_FAST_START=fast)
    assert "There is already a Construct with name 'twice'" in finished.stdout


@pytest.mark.thorough
def test_node_has_each_variable_whatever_its_name(fast: str, tmp_path: Path) -> None:
    options = doing('console.log(process.env["my.var"], process.env["TF_VAR_a-b"])', tmp_path)
    variables = {"my.var": "1", "TF_VAR_a-b": "2", "NODE_OPTIONS": options}
    finished = run(TREE, CONSTRUCTS_AUTH_FAST_START=fast, **variables)
    assert finished.stdout == "1 2\n"


@pytest.mark.thorough
def test_what_node_prints_at_its_end_is_not_cut_early(fast: str, tmp_path: Path) -> None:
    options = doing('process.on("exit", () => process.stdout.write("x".repeat(120_000)))', tmp_path)
    finished = run(TREE, CONSTRUCTS_AUTH_FAST_START=fast, NODE_OPTIONS=options)
    assert len(finished.stdout) == 120_000


@pytest.mark.thorough
def test_a_node_that_does_not_start_is_named(fast: str) -> None:
    without = "import constructs_auth.engine, os\nos.environ['JSII_NODE'] = '/missing/node'\n"
    finished = run(without + TREE, CONSTRUCTS_AUTH_FAST_START=fast)
    assert "FileNotFoundError: [Errno 2] No such file or directory: '/missing/node'" in (
        finished.stderr
    )


@pytest.mark.thorough
@ASKS_LINUX
def test_the_end_of_a_program_after_that_of_node_is_silent() -> None:
    program = (
        TREE
        + PROCESSES
        + """
import signal, time
(node,) = children(os.getpid())
os.kill(node, signal.SIGKILL)
time.sleep(0.2)
"""
    )
    finished = run(program)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


@pytest.mark.thorough
def test_a_timeout_for_all_sockets_of_a_program_is_not_one_for_node() -> None:
    program = "import socket; socket.setdefaulttimeout(1e-9)\n" + TREE + "print(root.node.id)"
    finished = run(program)
    assert (finished.stdout, finished.stderr) == ("root\n", "")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "closed", ["0<&-", "0<&- 1>&-", "0<&- 2>&-", "0<&- 1>&- 2>&-", "3>&1 4>&1"]
)
def test_a_program_needs_no_open_streams(closed: str, tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(TREE + f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8")
    finished = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, file],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (tmp_path / "ran").exists(), finished.stderr


@pytest.fixture
def waiting() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A program that has started Node, and waits; and the process of Node."""
    process = start(TREE + PROCESSES + "print(children(os.getpid())[0], flush=True)\ninput()")
    assert process.stdout is not None
    yield process, int(process.stdout.readline())
    process.kill()
    process.communicate()


@pytest.mark.thorough
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@ASKS_LINUX
def test_node_ends_with_its_program(
    end: signal.Signals, waiting: tuple[subprocess.Popen[str], int]
) -> None:
    program, node = waiting
    program.send_signal(end)
    program.wait(10)
    until = time.monotonic() + 10
    while Path(f"/proc/{node}").exists():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.thorough
def test_another_runtime_is_started_as_jsii_does(tmp_path: Path) -> None:
    embedded = package_of_jsii() / "_embedded/jsii"
    for file in embedded.glob("*__*.js"):
        target = tmp_path / file.name.replace("__", "/")
        target.parent.mkdir(exist_ok=True)
        shutil.copy(file, target)
    runtime = str(tmp_path / "bin/jsii-runtime.js")
    assert run(BELOW_NODE, JSII_RUNTIME=runtime).stdout == "1\n"


@pytest.mark.thorough
@pytest.mark.parametrize("change", ['"--max-old-space-size=4069",', "env=environ,"])
def test_a_jsii_with_another_start_of_node_is_left_alone(change: str, tmp_path: Path) -> None:
    shutil.copytree(package_of_jsii(), tmp_path / "jsii")
    file = tmp_path / "jsii/_kernel/providers/process.py"
    text = file.read_text(encoding="utf-8")
    assert change in text
    file.write_text(text.replace(change, f"{change}  # new"), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(PROJECT)])
    assert run(BELOW_NODE, PYTHONPATH=path).stdout == "1\n"
