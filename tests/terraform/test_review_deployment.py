"""`main.py` is deployed, changed, planned and reviewed: the plan knows what the state knows."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.cli import main
from tests.emulator import Emulator
from tests.support.synthesized import FILE, Synthesized, with_local_state
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


def planned(terraform: Terraform, folder: Path, name: str, **arguments: str) -> Terraform:
    """Copy the working folder, with other arguments of the provider; the state is the same."""
    copy = folder / name
    shutil.copytree(terraform.folder, copy, symlinks=True)
    file = copy / FILE
    document = json.loads(file.read_text(encoding="utf-8"))
    document["provider"]["aws"][0] |= arguments
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")
    return replace(terraform, folder=copy)


@pytest.fixture(scope="module")
def other(new_folder: NewFolder, emulator: Emulator, synthesized_stack: Synthesized) -> Terraform:
    """The stack again, deployed by itself, with its state in the folder."""
    terraform = new_folder("outside")
    document = with_local_state(synthesized_stack.file.parent)
    (terraform.folder / FILE).write_text(json.dumps(document), encoding="utf-8")
    shutil.rmtree(terraform.folder / ".terraform")
    terraform.init()
    terraform.apply()
    assert emulator.pid
    return terraform


def test_a_plan_of_another_region_does_not_find_the_pool(
    other: Terraform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, review = reviewed(planned(other, tmp_path, "far", region="us-east-2"), tmp_path, capsys)
    assert code == 1
    (finding,) = review["findings"]
    assert (finding["rule"], finding["severity"]) == ("CR19", "critical")
    assert "The plan looks in another region: us-east-2" in finding["text"]
    assert [one["address"] for one in finding["dependents"]] == [CLIENT]
    assert review["verdict"].startswith("1 critical: The state holds the pool")
    assert review["check"] == []


def test_a_rename_is_one_cause_and_its_remedy_works(
    other: Terraform,
    emulator: Emulator,
    synthesized_stack: Synthesized,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The pool has two users since the last apply, which only the refresh of the plan sees."""
    pool_id = other.outputs()["user_pool_id"]
    cognito = emulator.cognito(synthesized_stack.region)
    for name in ("ann@example.com", "bob@example.com"):
        cognito.admin_create_user(UserPoolId=pool_id, Username=name)
    renamed = planned(other, tmp_path, "renamed")
    file = renamed.folder / FILE
    text = file.read_text(encoding="utf-8").replace(POOL, "aws_cognito_user_pool.people")
    document = json.loads(text)
    pools = document["resource"]["aws_cognito_user_pool"]
    pools["people"] = pools.pop("exampleUserPool")
    file.write_text(json.dumps(document), encoding="utf-8")
    code, review = reviewed(renamed, tmp_path, capsys)
    assert code == 1
    (finding,) = review["findings"]
    assert finding["rule"] == "CR01"
    assert "about 2 users" in finding["text"]
    assert f"moved {{ from = {POOL}, to = aws_cognito_user_pool.people }}" in finding["remedy"]
    assert [one["address"] for one in finding["dependents"]] == [CLIENT]
    assert review["check"] == []

    moved = {"from": POOL, "to": "aws_cognito_user_pool.people"}
    file.write_text(json.dumps({**document, "moved": [moved]}), encoding="utf-8")
    code, review = reviewed(renamed, tmp_path, capsys)
    assert (code, review["findings"]) == (0, [])


def test_what_somebody_does_outside_of_terraform_is_judged(
    other: Terraform,
    emulator: Emulator,
    synthesized_stack: Synthesized,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """First the protection is turned off, then the pool is deleted."""
    cognito = emulator.cognito(synthesized_stack.region)
    pool_id = other.outputs()["user_pool_id"]
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="INACTIVE")
    _, review = reviewed(other, tmp_path, capsys)
    outside = {one["rule"]: one for one in review["findings"] if one["is_drift"]}
    assert "this apply undoes that" in outside["CH01"]["text"]

    cognito.delete_user_pool(UserPoolId=pool_id)
    code, review = reviewed(other, tmp_path, capsys)
    assert code == 1
    assert review["findings"][0]["rule"] == "CR19"
    assert "somebody deleted everything outside of Terraform" in review["findings"][0]["text"]
