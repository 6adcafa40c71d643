"""No false alarm: Terraform takes the random pools that the rules take, and they can be adopted."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from constructs_auth import cli
from tests.support.synthesized import PROJECT, synthesize, with_local_state
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import random_stacks

app = AuthApp(context={})
random_stacks.define(app)
app.synth()
"""


@pytest.fixture(scope="module")
def random_stacks(
    executable: Path, own_provider: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Terraform:
    """The stacks as the modules of one root module."""
    stacks = synthesize(tmp_path_factory.mktemp("out"), "-c", _PROGRAM)
    folder = tmp_path_factory.mktemp("root")
    names = sorted(path.name for path in stacks.iterdir())
    assert len(names) == 10
    for name in names:
        (folder / name).mkdir()
        document = with_local_state(stacks / name)
        (folder / name / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    modules = {name: {"source": f"./{name}"} for name in names}
    (folder / "main.tf.json").write_text(json.dumps({"module": modules}), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=own_provider)
    terraform.init()
    return terraform


def test_terraform_validates_random_pools_and_clients(random_stacks: Terraform) -> None:
    """What the rules find nothing in, for each of these stacks was synthesized."""
    told = json.loads(random_stacks.run("validate", "-json"))

    assert told["diagnostics"] == []
    assert told["valid"] is True


def test_random_pools_are_adopted_with_an_empty_plan(
    random_stacks: Terraform,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All of them in one program, and a role for SMS that stays where it is."""
    random_stacks.apply()
    for name, value in {**random_stacks.environment, "PYTHONPATH": str(PROJECT)}.items():
        monkeypatch.setenv(name, value)
    state = tmp_path / "state.json"
    state.write_text(random_stacks.run("show", "-json"), encoding="utf-8")

    code = cli.main(["adopt", str(state), "--out", str(tmp_path / "program")])

    printed = capsys.readouterr()
    assert "verified: 0 to add, 0 to change, 0 to destroy" in printed.out
    assert code == 0, printed.err
    assert not random_stacks.plan().has_changes
