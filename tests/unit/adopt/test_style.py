"""A program that `adopt` wrote is one that ruff and mypy accept as it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.adopt.program import program
from constructs_auth.adopt.system import read_system
from constructs_auth.terraform.state_json import read_state
from tests.support.adopted import complaints, run_tool
from tests.unit.adopt.everything import EVERYTHING
from tests.unit.adopt.states import USERS, WEB, state


def written(folder: Path, resources: list[dict[str, Any]], *, longest: int) -> Mapping[str, str]:
    """Write the program for a state of *resources* into *folder*."""
    system = read_system(read_state(state(*resources), file="state.json"), file="state.json")
    files = program(system, stack="auth", longest=longest)
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return files


@pytest.mark.parametrize(
    ("resources", "longest", "count"), [([USERS, WEB], 300, 1), (EVERYTHING, 0, 8)]
)
def test_ruff_leaves_a_program_as_it_is(
    tmp_path: Path, resources: list[dict[str, Any]], longest: int, count: int
) -> None:
    """The rules are its default ones, and the order of imports."""
    assert len(written(tmp_path, resources, longest=longest)) == count
    isolated = ("--isolated", "--no-cache")
    assert run_tool(tmp_path, "ruff", "check", *isolated, "--extend-select", "I", ".") == ""
    assert run_tool(tmp_path, "ruff", "format", *isolated, "--check", ".") == ""


@pytest.mark.thorough
def test_mypy_accepts_a_program(tmp_path: Path) -> None:
    """It is strict, and knows from the classes of the files what each function needs."""
    assert len(written(tmp_path / "divided", EVERYTHING, longest=0)) == 8
    assert complaints(tmp_path / "divided") == []
    written(tmp_path / "one", [USERS, WEB], longest=300)
    assert complaints(tmp_path / "one") == []
