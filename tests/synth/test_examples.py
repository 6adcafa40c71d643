"""Each example is a test: its Terraform JSON is a file that a person can read."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

import main
from constructs_auth import AuthApp, AuthStack
from constructs_auth.engine._framework import framework_in_use
from tests.synth.conftest import Synthesize
from tests.synth.examples import EXAMPLES, load


@pytest.fixture
def snapshot_json(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """One JSON file for each test."""
    return snapshot.use_extension(JSONSnapshotExtension)


def test_main(
    app: AuthApp,
    synthesize: Synthesize,
    snapshot_json: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`main.py`, with the settings of `cdktf.json`."""
    monkeypatch.setenv("AUTH_REGION", "eu-west-1")
    monkeypatch.setenv("AUTH_STATE_BUCKET", "constructs-auth-state")

    assert on_cdktf(synthesize(main.define(app))) == snapshot_json


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_example(
    path: Path, app: AuthApp, synthesize: Synthesize, snapshot_json: SnapshotAssertion
) -> None:
    """Every program of `examples/`; of several stacks each by its name."""
    defined = load(path).define(app)
    if isinstance(defined, AuthStack):
        assert on_cdktf(synthesize(defined)) == snapshot_json
    else:
        assert {stack.node.id: on_cdktf(synthesize(stack)) for stack in defined} == snapshot_json


def on_cdktf(document: dict[str, Any]) -> dict[str, Any]:
    """Give the document with the version of CDKTF: nothing else differs on CDK Terrain."""
    metadata = document["//"]["metadata"]
    assert metadata["version"] == version(framework_in_use().module)
    metadata["version"] = "0.21.0"
    return document


def test_every_example_has_a_readme() -> None:
    """A folder without a word of what it shows helps nobody."""
    assert EXAMPLES
    assert [
        path.parent.name for path in EXAMPLES if not (path.parent / "README.md").is_file()
    ] == []
