"""No false alarm: Terraform takes the random pools that the rules take."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import random_stacks

app = AuthApp(context={})
random_stacks.define(app)
app.synth()
"""


@pytest.mark.thorough
def test_terraform_validates_random_pools_and_clients(
    executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """What the rules find nothing in, for each of these stacks was synthesized."""
    stacks = synthesize(tmp_path / "out", "-c", _PROGRAM)
    folder = tmp_path / "root"
    folder.mkdir()
    names = sorted(path.name for path in stacks.iterdir())
    for name in names:
        (folder / name).mkdir()
        document = with_local_state(stacks / name)
        (folder / name / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    modules = {name: {"source": f"./{name}"} for name in names}
    (folder / "main.tf.json").write_text(json.dumps({"module": modules}), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()

    told = json.loads(terraform.run("validate", "-json"))

    assert len(names) == 10
    assert told["diagnostics"] == []
    assert told["valid"] is True
