"""The command `app-config`: from the outputs of Terraform to the file that an application reads."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from constructs_auth.app_config.command import FORMATS

AMPLIFY = {"version": "1.4", "auth": {"user_pool_id": "eu-west-1_AbCdEf123"}}
ENV = "AUTH_COGNITO_ID=1example\nAUTH_COGNITO_SECRET=made-up\n"


def output(value: object, *, sensitive: bool = False) -> dict[str, Any]:
    """An output, as `terraform output -json` shows it."""
    return {"sensitive": sensitive, "type": "string", "value": value}


OUTPUTS = {
    "users_issuer": output("https://issuer.example"),
    "urls": {"sensitive": False, "type": ["map", "string"], "value": {"a": "b"}},
    "amplify": output(json.dumps(AMPLIFY)),
    "env": output(ENV, sensitive=True),
}


def run(monkeypatch: pytest.MonkeyPatch, document: object, *arguments: str) -> int:
    """The exit code of the command on *document*."""
    text = document if isinstance(document, str) else json.dumps(document)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return cli.main(["app-config", *arguments])


def test_json_is_printed_for_people(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, OUTPUTS, "--format", "amplify-outputs") == 0
    assert capsys.readouterr().out == json.dumps(AMPLIFY, indent=2) + "\n"


def test_a_file_is_written_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "amplify_outputs.json"
    arguments = ["--format", "amplify-outputs", "--output", str(file)]
    assert run(monkeypatch, OUTPUTS, *arguments) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == AMPLIFY
    assert capsys.readouterr() == ("", f"wrote {file}: amplify-outputs, of the output amplify\n")
    assert run(monkeypatch, {}, *arguments) == 3
    assert json.loads(file.read_text(encoding="utf-8")) == AMPLIFY


def test_a_secret_is_not_printed_and_its_file_is_the_owners(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, OUTPUTS, "--format", "auth-js") == 3
    printed = capsys.readouterr()
    assert "output env: contains a secret and must not be printed; write it to" in printed.err
    assert "made-up" not in printed.out + printed.err
    file = tmp_path / ".env"
    assert run(monkeypatch, OUTPUTS, "--format", "auth-js", "--output", str(file)) == 0
    assert file.read_text(encoding="utf-8") == ENV
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_all_could_read_is_the_owners_once_it_has_a_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("", encoding="utf-8")
    file.chmod(0o644)
    assert run(monkeypatch, OUTPUTS, "--format", "auth-js", "--output", str(file)) == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_only_false_says_that_an_output_may_be_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {"env": {**output(ENV), "sensitive": "true"}}
    assert run(monkeypatch, document, "--format", "auth-js") == 3
    assert "made-up" not in capsys.readouterr().out


def test_half_of_a_character_is_written_as_an_escape(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    auth = {"version": "1.4", "auth": {"user_pool_id": "a\ud800\u202e"}}
    file = tmp_path / "auth.json"
    document = {"amplify": output(json.dumps(auth))}
    arguments = ["--format", "amplify-outputs", "--output", str(file)]
    assert run(monkeypatch, document, *arguments) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == auth
    assert "\u202e" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ("", "must be JSON"),
        ("[]", "must be the outputs of Terraform as JSON; pipe `terraform output -json` into it"),
        ({"a": 1}, "must be the outputs of Terraform as JSON"),
        (
            {"users_issuer": output("https://issuer.example"), "deep": output("[" * 5_000)},
            "must contain an output in the format amplify-outputs; add AppConfiguration(…, "
            "format=AmplifyOutputs()) to the program, and apply it",
        ),
        (
            {"a": output(json.dumps(AMPLIFY)), "b": output(json.dumps(AMPLIFY))},
            "must contain one output in the format amplify-outputs, got a, b; name one with --name",
        ),
    ],
)
def test_what_has_no_configuration_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    document: object,
    error: str,
) -> None:
    assert run(monkeypatch, document, "--format", "amplify-outputs") == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert error in printed.err
    assert printed.err.count("\n") == 1


def test_one_of_several_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = {**AMPLIFY, "version": "1.5"}
    outputs = {"a": output(json.dumps(AMPLIFY)), "b": output(json.dumps(second))}
    wanted = ["--format", "amplify-outputs", "--name"]
    assert run(monkeypatch, outputs, *wanted, "b") == 0
    assert json.loads(capsys.readouterr().out)["version"] == "1.5"
    assert run(monkeypatch, outputs, *wanted, "c") == 3
    assert "output c: must be an output in the format amplify-outputs, got a, b" in (
        capsys.readouterr().err
    )


def test_each_format_has_its_class() -> None:
    import constructs_auth  # noqa: PLC0415 - the names are imported when they are first used

    assert all(hasattr(constructs_auth, one.python) for one in FORMATS.values())
