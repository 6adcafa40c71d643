"""`main.py` is deployed, changed, planned and reviewed: the plan knows what the state knows."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.cli import main
from tests.support.synthesized import FILE, Synthesized
from tests.support.terraform import Terraform
from tests.terraform.conftest import NewFolder

pytestmark = pytest.mark.thorough

POOL = "aws_cognito_user_pool.exampleUserPool"
CLIENT = "aws_cognito_user_pool_client.exampleUserPoolClient"


@pytest.fixture(scope="module")
def deployed(new_folder: NewFolder, synthesized_stack: Synthesized) -> Terraform:
    """The stack, deployed, with what the synthesis says beside it."""
    terraform = new_folder("review")
    beside = "constructs-auth.json"
    shutil.copyfile(synthesized_stack.file.parent / beside, terraform.folder / beside)
    terraform.apply()
    return terraform


def change(terraform: Terraform, address: str, arguments: Mapping[str, object]) -> None:
    """Change arguments of a resource in the Terraform JSON."""
    kind, _, name = address.partition(".")
    file = terraform.folder / FILE
    document = json.loads(file.read_text(encoding="utf-8"))
    document["resource"][kind][name] |= arguments
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")


def reviewed(
    terraform: Terraform, folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, Mapping[str, Any]]:
    """Plan and review; give the exit code and what was said as JSON."""
    plan = folder / "plan.json"
    plan.write_text(json.dumps(terraform.show(terraform.plan())), encoding="utf-8")
    capsys.readouterr()
    code = main(["review", str(plan), "--synth", str(terraform.folder), "--format", "json"])
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    return code, review


def test_what_was_just_deployed_has_nothing_to_review(
    deployed: Terraform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, review = reviewed(deployed, tmp_path, capsys)
    assert code == 0
    assert review["verdict"] == "No changes."
    assert review["findings"] == []


def test_a_change_is_told_with_the_line_of_the_program_that_made_the_resource(
    deployed: Terraform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://login.example.com/callback"
    change(deployed, CLIENT, {"callback_urls": [url], "default_redirect_uri": url})
    code, review = reviewed(deployed, tmp_path, capsys)
    assert code == 1
    found = {finding["rule"]: finding for finding in review["findings"]}
    assert set(found) == {"CH21", "CH22"}
    assert found["CH21"]["address"] == CLIENT
    assert found["CH21"]["construct_path"] == "auth/exampleUserPoolClient"
    assert found["CH21"]["source"].startswith("main.py:")
    assert "https://www.example.com/callback" in found["CH21"]["text"]


def test_a_replaced_pool_takes_its_client_along_in_one_finding(
    deployed: Terraform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(deployed, POOL, {"name": "another"})
    code, review = reviewed(deployed, tmp_path, capsys)
    assert code == 1
    (finding,) = (one for one in review["findings"] if one["address"] == POOL)
    assert finding["rule"] == "CR01"
    assert [one["address"] for one in finding["dependents"]] == [CLIENT]
