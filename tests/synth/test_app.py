"""The app: where its settings come from, and where it writes."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import AuthApp, AuthStack, InvalidValueError, LocalBackend


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CDKTF_CONTEXT_JSON", raising=False)
    monkeypatch.delenv("AUTH_REGION", raising=False)


def write(content: object) -> None:
    """Write `cdktf.json`."""
    Path("cdktf.json").write_text(json.dumps(content), encoding="utf-8")


def test_a_setting_comes_from_the_context_of_cdktf_json() -> None:
    """Also when Python runs the program and not the CDKTF command."""
    write({"context": {"region": "eu-west-1"}})

    assert AuthApp().setting("region", environment="AUTH_REGION") == "eu-west-1"


def test_the_environment_goes_before_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody edits a file to try another region."""
    write({"context": {"region": "eu-west-1"}})
    monkeypatch.setenv("AUTH_REGION", "us-east-1")

    assert AuthApp().setting("region", environment="AUTH_REGION") == "us-east-1"


def test_the_cdktf_command_hands_the_context_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the file is not read again."""
    write({"context": {"region": "eu-west-1"}})
    monkeypatch.setenv("CDKTF_CONTEXT_JSON", json.dumps({"region": "eu-north-1"}))

    assert AuthApp().setting("region", environment="AUTH_REGION") == "eu-north-1"


@pytest.mark.parametrize("context", [{}, {"region": ""}, {"region": 7}])
def test_refuses_a_setting_that_is_nowhere(context: dict[str, object]) -> None:
    """The error names both places."""
    write({"context": context})
    got = context.get("region")

    with pytest.raises(InvalidValueError) as caught:
        AuthApp().setting("region", environment="AUTH_REGION")

    assert str(caught.value) == (
        f"setting region: must be a text that is not empty, got {got!r}; "
        'add "region" to the context of cdktf.json, or set AUTH_REGION'
    )


def test_works_without_cdktf_json() -> None:
    """A program of one's own may have none."""
    assert AuthApp().node.try_get_context("region") is None


def test_refuses_a_cdktf_json_that_is_no_json() -> None:
    """With the place of the mistake."""
    Path("cdktf.json").write_text("{,}", encoding="utf-8")

    with pytest.raises(InvalidValueError, match=r"^cdktf\.json: must be JSON, got .*line 1"):
        AuthApp()


def test_refuses_a_context_that_is_no_object() -> None:
    """CDKTF itself would fail later."""
    write({"context": ["region"]})

    with pytest.raises(InvalidValueError) as caught:
        AuthApp()

    assert str(caught.value) == (
        "cdktf.json: must have an object as context, got ['region']; write {}"
    )


@pytest.mark.parametrize(
    "context",
    [
        {"share": float("nan")},
        {"share": [float("inf")]},
        {"app": object()},
        {7: {1, 2}},
        7,
        "region",
    ],
)
def test_refuses_a_context_that_json_cannot_contain(context: Any) -> None:
    """Node would end, and every later call with it."""
    with pytest.raises(InvalidValueError, match=r"^AuthApp\.context: must be "):
        AuthApp(context=context)


def test_the_folders_around_the_output_are_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CDKTF alone creates the last one, and fails where the others are missing."""
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "build" / "terraform"))
    app = AuthApp()
    AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())
    app.synth()

    assert Path("build/terraform/stacks/auth/cdk.tf.json").is_file()


@pytest.mark.parametrize("outdir", ["file", "file/below"])
def test_refuses_an_output_that_cannot_be_a_folder(
    outdir: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file").touch()
    reason = "File exists" if outdir == "file" else "Not a directory"
    with pytest.raises(InvalidValueError) as caught:
        AuthApp(outdir=outdir)
    assert str(caught.value) == (
        f"AuthApp.outdir: must be a folder that can be created ({reason}), got {outdir!r}; name "
        "another folder"
    )
    monkeypatch.setenv("CDKTF_OUTDIR", outdir)
    with pytest.raises(InvalidValueError, match="CDKTF_OUTDIR: must be a folder"):
        AuthApp()
