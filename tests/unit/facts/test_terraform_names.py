"""Names, and what Terraform itself says of them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from constructs_auth.facts.terraform_names import RESERVED_VARIABLES, is_terraform_name

ACCEPTED = ("a", "_", "_1", "a-b", "A", "é", "用户", "a_b-")
REJECTED = ("", "1st", "-x", "a b", "a.b", "a/b", "!", "٣")


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_terraform_accepts(name: str) -> None:
    assert is_terraform_name(name)


@pytest.mark.parametrize("name", REJECTED)
def test_what_terraform_rejects(name: str) -> None:
    assert not is_terraform_name(name)


@pytest.mark.thorough
def test_terraform_says_the_same(tmp_path: Path) -> None:
    """Each name in a folder of its own; a reserved one is rejected for a variable alone."""
    terraform = shutil.which("terraform")
    assert terraform is not None
    outputs = [("output", name) for name in (*ACCEPTED, *REJECTED)]
    variables = [("variable", name) for name in sorted(RESERVED_VARIABLES)]
    accepted = []
    for number, (section, name) in enumerate([*outputs, *variables]):
        folder = tmp_path / str(number)
        folder.mkdir()
        written = json.dumps({section: {name: {"value": 1} if section == "output" else {}}})
        (folder / "main.tf.json").write_text(written, encoding="utf-8")
        done = subprocess.run([terraform, "validate"], cwd=folder, capture_output=True, check=False)
        if done.returncode == 0:
            accepted.append(name)
    assert accepted == [*ACCEPTED]
