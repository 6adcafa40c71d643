"""What a start loads, and that everything else stays within reach."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.engine._assembly import DEFINITIONS_FILE
from constructs_auth.engine._package import Assembly
from tests.synth.engine.programs import PROJECT, Program, Run
from tests.synth.engine.small_bindings import code_in, shipped_root, unpack

SUBMODULES_AT_MOST = 40  # of 2,212; the door imports what the program uses


def test_imports_few_of_the_submodules_and_unpacks_nothing_shipped(
    derived: Path, tmp_path: Path
) -> None:
    """The bindings as they are installed, with what the user's cache holds."""
    assert derived.is_file()
    run = Program(tmp_path, None).finish()
    assert 0 < run.imported_by_us < SUBMODULES_AT_MOST
    assert not run.shipped_assembly


@pytest.mark.thorough
def test_writes_the_same_terraform_as_without_it(first_run: Run, as_shipped: Run) -> None:
    """Byte for byte, from small bindings, whose shipped assembly is not unpacked."""
    assert first_run.terraform == as_shipped.terraform
    assert not first_run.shipped_assembly
    assert as_shipped.shipped_assembly


def test_reading_values_and_rules_starts_no_node() -> None:
    """The package itself stays lazy."""
    code = "import constructs_auth, sys; print('jsii' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"


@pytest.mark.thorough
def test_keeps_each_type_submodule_and_line_of_code(shipped: Assembly, derived: Path) -> None:
    """Of the installed bindings: what is left out is documentation, positions and maps."""
    ours = unpack(derived)
    described: dict[str, Any] = {}
    code: dict[str, bytes] = {}
    with tarfile.open(shipped.tarball, "r|gz") as archive:
        for member in archive:
            path = member.name.partition("/")[2]
            if path == ".jsii":
                content = archive.extractfile(member)
                assert content is not None
                described = json.loads(content.read(), object_hook=_without_documentation)
            elif path.endswith(".js") and path != "lib/index.js":
                content = archive.extractfile(member)
                assert content is not None
                code[path] = content.read().partition(b"//# sourceMappingURL=")[0]
    definitions = [json.loads(line) for line in ours[DEFINITIONS_FILE].splitlines()]
    assert definitions == list(described["types"].values())
    assert json.loads(ours[".jsii"])["types"] == described["types"]
    assert code_in(ours) == code


@pytest.mark.thorough
def test_every_submodule_can_be_imported_and_resolved(
    every_submodule: subprocess.Popen[str],
) -> None:
    """And a resource of each of several services can be created."""
    output, _ = every_submodule.communicate(timeout=240)
    facts = json.loads(output)
    folders = {path.parent.name for path in shipped_root().glob("*/__init__.py")}
    assert set(facts["modules"]) == folders - {"_jsii"}
    assert all(name.startswith("aws_") for name in facts["some_types"].values())
    assert facts["resources"] == [
        "aws_cloudwatch_log_group",
        "aws_dynamodb_table",
        "aws_iam_role",
        "aws_lambda_function",
        "aws_route53_zone",
        "aws_sqs_queue",
    ]


def _without_documentation(value: dict[str, Any]) -> dict[str, Any]:
    left_out = ("docs", "locationInModule", "readme")
    return {key: each for key, each in value.items() if key not in left_out}
