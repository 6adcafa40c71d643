"""A new project of every kind synthesizes as it is, and the rules have nothing to say."""

import json
from pathlib import Path

import pytest

from constructs_auth import AuthApp, cli
from tests.synth.examples import load
from tests.unit.init.projects import KINDS, new_project


@pytest.mark.parametrize("options", [(), ("--bucket", "acme-states")], ids=["local", "s3"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_project_synthesizes_without_a_warning(
    kind: str, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_project(tmp_path / kind, "--kind", kind, *options)
    capsys.readouterr()
    context = json.loads((folder / "cdktf.json").read_text(encoding="utf-8"))["context"]
    app = AuthApp(outdir=str(folder / "cdktf.out"), context=context)
    load(folder / "main.py").define(app)
    app.synth()
    assert capsys.readouterr().err == ""

    stack = folder / "cdktf.out" / "stacks" / "auth"
    assert cli.main(["check", str(stack), "--fail-on", "low"]) == 0
    terraform = json.loads((stack / "cdk.tf.json").read_text(encoding="utf-8"))["terraform"]
    if options:
        assert terraform["backend"]["s3"]["bucket"] == "acme-states"
    else:
        state = stack / terraform["backend"]["local"]["path"]
        assert state.resolve() == (folder / "auth.tfstate").resolve()
