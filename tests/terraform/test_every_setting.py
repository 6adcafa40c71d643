"""What is not in `main.py`: all examples settle, all members of a pool live, all settings plan."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.synthesized import PROJECT
from tests.support.terraform import Terraform

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import everything, members
from tests.synth.examples import EXAMPLES, load

app = AuthApp(context={})
everything.define(app)
members.define(app)
for path in EXAMPLES:
    load(path).define(app)
app.synth()
"""

SECRET = "Made-up-secret-1"
ROTATED = "Made-up-secret-2"


@pytest.fixture(scope="module")
def stacks(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - without Terraform there is no use for it
    """The folder with a stack for each example, and those that belong to no example."""
    out = tmp_path_factory.mktemp("stacks")
    subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=PROJECT,
        env=os.environ | {"CDKTF_OUTDIR": str(out)},
        check=True,
        capture_output=True,
    )
    return out / "stacks"


def test_every_example_is_applied_and_then_has_nothing_to_change(
    stacks: Path, executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """All of them in one root module, each as a module of it."""
    names = sorted({path.name for path in stacks.iterdir()} - {"everything", "members"})
    terraform = _root_module(tmp_path, executable, environment, stacks, names)

    said = terraform.apply()
    assert f"module.{names[0]}.aws_cognito_user_pool.users: Creation complete" in said
    plan = terraform.plan()
    assert not plan.has_changes, plan.text


def test_members_of_a_pool_settle_change_in_place_and_go(
    stacks: Path, executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """A rotated secret shows, and is not shown; but not Apple's key, which Cognito never tells."""
    terraform = _root_module(tmp_path, executable, environment, stacks, ["members"])
    terraform.apply()
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    _replace(tmp_path / "main.tf.json", SECRET, ROTATED)
    _replace(tmp_path / "members" / "cdk.tf.json", '"Read"', '"See"')
    plan = terraform.plan()
    assert SECRET not in plan.text
    assert ROTATED not in plan.text
    assert {
        change["address"].removeprefix("module.members."): change["change"]["actions"]
        for change in terraform.show(plan)["resource_changes"]
        if change["change"]["actions"] != ["no-op"]
    } == {
        "aws_cognito_identity_provider.amazon": ["update"],
        "aws_cognito_identity_provider.discovered": ["update"],
        "aws_cognito_identity_provider.facebook": ["update"],
        "aws_cognito_identity_provider.google": ["update"],
        "aws_cognito_identity_provider.named": ["update"],
        "aws_cognito_resource_server.api": ["update"],
        "aws_cognito_user.ann": ["update"],
        "aws_cognito_user.tester": ["update"],
    }

    terraform.apply(plan)
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    assert "Destroy complete! Resources: 19 destroyed." in terraform.destroy()


def test_every_setting_is_accepted_by_the_provider(
    stacks: Path, executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """A plan runs all of the provider's own checks."""
    terraform = _root_module(tmp_path, executable, environment, stacks, ["everything"])
    plan = terraform.plan()
    made = terraform.show(plan)["planned_values"]["root_module"]["child_modules"][0]["resources"]

    assert sum(resource["type"] == "aws_cognito_user_pool" for resource in made) == 2
    assert sum(resource["type"] == "aws_cognito_user_pool_client" for resource in made) == 5
    assert sum(resource["type"] == "aws_lambda_permission" for resource in made) == 12


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def _root_module(
    folder: Path,
    executable: Path,
    environment: Mapping[str, str],
    stacks: Path,
    names: list[str],
) -> Terraform:
    """Several stacks in one state, so that Terraform and its provider start once for all."""
    modules = {}
    for name in names:
        document = json.loads((stacks / name / "cdk.tf.json").read_text(encoding="utf-8"))
        del document["terraform"]["backend"]  # the state of the root module is a local file
        (folder / name).mkdir()
        (folder / name / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
        # A made-up value for each variable, such as the secret of an identity provider.
        variables = dict.fromkeys(document.get("variable", {}), SECRET)
        modules[name] = {"source": f"./{name}"} | variables
    (folder / "main.tf.json").write_text(json.dumps({"module": modules}), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()
    return terraform
