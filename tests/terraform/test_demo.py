"""The demo stops at the first failure or at Ctrl-C, and leaves nothing running."""

import json
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.running import running
from tests.support.synthesized import Synthesized

DEMO = "tests.support.demo"
_SECONDS = 60

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process: who started it, and the first letters of its name."""

    parent: int
    name: str


@pytest.mark.thorough
def test_ctrl_c_leaves_nothing_running(synthesized_stack: Synthesized) -> None:
    """Emulator, Terraform and provider end with the demo."""
    with running(DEMO, str(synthesized_stack.file)) as demo:
        started = descendants_with_a_provider(demo.pid)
        demo.send_signal(signal.SIGINT)
        said, _ = demo.communicate(timeout=_SECONDS)
    assert said.splitlines()[-1] == "interrupted; everything was stopped"
    assert demo.returncode == 130
    assert len(started) >= 3
    assert started.isdisjoint(processes())


@pytest.mark.thorough
def test_a_failing_step_is_named_and_everything_stopped(
    synthesized_stack: Synthesized, tmp_path: Path
) -> None:
    """The demo says which step failed and why, and the emulator is gone."""
    stack = json.loads(synthesized_stack.file.read_text(encoding="utf-8"))
    stack["terraform"]["required_version"] = "< 1.0.0"
    broken = tmp_path / "cdk.tf.json"
    broken.write_text(json.dumps(stack), encoding="utf-8")
    with running(DEMO, str(broken)) as demo:
        said, _ = demo.communicate(timeout=_SECONDS)
    assert demo.returncode == 1
    assert "terraform init: failed, and everything was stopped" in said
    assert "Unsupported Terraform Core version" in said
    emulator = int(said.split("process ")[1].split(",")[0])
    assert emulator not in processes()


def test_asks_for_a_synthesis_where_there_is_none(tmp_path: Path) -> None:
    """The demo deploys what was synthesized, and synthesizes nothing itself."""
    with running(DEMO, str(tmp_path / "cdk.tf.json")) as demo:
        said, _ = demo.communicate(timeout=_SECONDS)
    assert said == f"{tmp_path}/cdk.tf.json: is missing; run `make synth` first\n"
    assert demo.returncode == 1


def descendants_with_a_provider(ancestor: int) -> set[int]:
    """Waits until Terraform has started its provider; gives all that the demo has started."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        found = descendants(ancestor)
        if any(name.startswith("terraform-prov") for name in found.values()):
            return set(found)
        time.sleep(0.1)
    raise TimeoutError(f"no provider within {_SECONDS} s")


def descendants(ancestor: int) -> dict[int, str]:
    """The processes that a process has started, directly or not, with their names."""
    running = processes()
    family: dict[int, str] = {}
    generation = {ancestor}
    while generation:
        generation = {pid for pid, found in running.items() if found.parent in generation}
        family |= {pid: running[pid].name for pid in generation}
    return family


def processes() -> dict[int, Process]:
    """All processes that run, by their id."""
    running = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = file.read_text(encoding="utf-8").split("(", 1)[1].rsplit(") ", 1)
        except FileNotFoundError:
            continue  # has ended meanwhile
        state, parent, *_ = rest.split()
        if state != "Z":
            running[int(file.parent.name)] = Process(parent=int(parent), name=name)
    return running
