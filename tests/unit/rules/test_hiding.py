"""`check` finds what is wrong with a sensitive value, and does not print the value."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.cli import main
from constructs_auth.rules.command import Format
from tests.unit.review.plans import CLIENT, POOL, change, plan

SECRET = "http://CANARY.example/callback"


def checked(
    document: dict[str, Any], form: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> str:
    """Give what `check` prints of a plan or a state."""
    file = folder / "given.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert main(["check", str(file), "--format", form, "--fail-on", "never"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("marks", [True, [True], [False, True]])
def test_a_sensitive_url_is_judged_and_not_shown(
    form: str, marks: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"name": "web", "callback_urls": ["https://a.example", SECRET]}
    document = plan(change(CLIENT, "web", None, values, after_sensitive={"callback_urls": marks}))
    printed = checked(document, form, tmp_path, capsys)
    assert "CANARY" not in printed
    assert "CVH12C" in printed


def test_a_sensitive_value_in_the_sentence_about_another_resource_is_hidden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = {"username": True}
    users = [
        change(
            "aws_cognito_user",
            name,
            None,
            {"user_pool_id": "eu-west-1_a", "username": "CANARY-of-one"},
            after_sensitive=marks if name == "a" else {},
        )
        for name in ("a", "b")
    ]
    pool = {"id": "eu-west-1_a", "name": "p"}
    document = plan(change(POOL, "p", pool, pool, actions=("no-op",)), *users)
    printed = checked(document, Format.TEXT, tmp_path, capsys)
    assert "CVA16" in printed
    assert "CANARY" not in printed


def test_a_state_hides_what_it_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {
        "format_version": "1.0",
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": f"{CLIENT}.web",
                        "mode": "managed",
                        "type": CLIENT,
                        "name": "web",
                        "values": {"name": "web", "callback_urls": [SECRET]},
                        "sensitive_values": {"callback_urls": [True]},
                    }
                ]
            }
        },
    }
    printed = checked(document, Format.TEXT, tmp_path, capsys)
    assert "callback_urls: Callback URLs must be https" in printed
    assert "the value is sensitive and not shown" in printed


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ('db_password = "CANARY99"', "db_password"),
        ('a = { api_token = "CANARY99" }', "a.api_token"),
    ],
)
@pytest.mark.parametrize("form", Format)
def test_a_local_value_with_the_name_of_a_secret_is_not_shown(
    written: str,
    reference: str,
    form: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "main.tf").write_text(
        f'locals {{\n  {written}\n}}\nresource "{POOL}" "users" {{\n  name = "users"\n'
        f"  mfa_configuration = local.{reference}\n}}\n",
        encoding="utf-8",
    )
    assert main(["check", str(tmp_path), "--format", form, "--fail-on", "never"]) == 0
    printed = capsys.readouterr().out
    assert "mfa_configuration" in printed
    assert "CANARY" not in printed
