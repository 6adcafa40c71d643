"""What belongs to a pool, with real Terraform: made, settled, changed in place, destroyed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform

SECRET = "Made-up-secret-1"
ROTATED = "Made-up-secret-2"

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import members

app = AuthApp(context={})
members.define(app)
app.synth()
"""


@pytest.fixture
def members(executable: Path, environment: Mapping[str, str], tmp_path: Path) -> Terraform:
    """The stack `members`, whose state is a local file."""
    folder = synthesize(tmp_path, "-c", _PROGRAM) / "members"
    document = with_local_state(folder)
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    terraform = Terraform(
        folder=folder,
        executable=executable,
        environment={**environment, "TF_VAR_secret": SECRET},
    )
    terraform.init()
    return terraform


@pytest.mark.thorough
def test_members_of_a_pool_settle_change_in_place_and_go(members: Terraform) -> None:
    """A rotated secret shows, and is not shown; but not Apple's key, which Cognito never tells."""
    members.apply()
    plan = members.plan()
    assert not plan.has_changes, plan.text

    file = members.folder / "cdk.tf.json"
    described = file.read_text(encoding="utf-8").replace('"Read"', '"See"')
    file.write_text(described, encoding="utf-8")
    members = replace(members, environment={**members.environment, "TF_VAR_secret": ROTATED})
    plan = members.plan()
    assert SECRET not in plan.text
    assert ROTATED not in plan.text
    assert {
        change["address"]: change["change"]["actions"]
        for change in members.show(plan)["resource_changes"]
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

    members.apply(plan)
    plan = members.plan()
    assert not plan.has_changes, plan.text
    assert "Destroy complete! Resources: 19 destroyed." in members.destroy()
