"""The directory of IAM Identity Center, with real Terraform: made, settled, changed, destroyed."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import workforce

app = AuthApp(context={})
workforce.define(app)
app.synth()
"""

_CHANGES = {
    "Builders": "Engineers",
    "Who makes": "Who builds",
    '"Bobo"': '"Bob"',
    "Cork": "Dublin",
    "5550101": "5550100",
    "Employee": "Contractor",
    "Mr.": "Dr.",
    "anna@acme.example": "ann@acme.example",
}


@pytest.fixture
def workforce(executable: Path, environment: Mapping[str, str], tmp_path: Path) -> Terraform:
    """The stack `workforce`, whose state is a local file."""
    folder = synthesize(tmp_path, "-c", _PROGRAM) / "workforce"
    document = with_local_state(folder)
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()
    return terraform


@pytest.mark.thorough
def test_the_directory_settles_changes_in_place_and_goes(workforce: Terraform) -> None:
    """Only another user name is another user, and takes its memberships along."""
    workforce.apply()
    plan = workforce.plan()
    assert not plan.has_changes, plan.text

    file = workforce.folder / "cdk.tf.json"
    text = file.read_text(encoding="utf-8")
    for after, before in _CHANGES.items():
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")
    plan = workforce.plan()
    assert {
        change["address"]: change["change"]["actions"]
        for change in workforce.show(plan)["resource_changes"]
        if change["change"]["actions"] != ["no-op"]
    } == {
        "aws_identitystore_group.engineers": ["update"],
        "aws_identitystore_group_membership.people_ann_acme_example_engineers": [
            "delete",
            "create",
        ],
        "aws_identitystore_group_membership.people_ann_acme_example_support": ["delete", "create"],
        "aws_identitystore_user.bob": ["update"],
        "aws_identitystore_user.people_ann_acme_example": ["delete", "create"],
    }

    workforce.apply(plan)
    plan = workforce.plan()
    assert not plan.has_changes, plan.text
    assert "Destroy complete! Resources: 11 destroyed." in workforce.destroy()
