"""The commands `check` and `rules`, as they are typed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.cli import main
from constructs_auth.review.registry import CHANGE_RULES, markdown as changes
from constructs_auth.rules.catalogue import page
from constructs_auth.rules.registry import RULES
from tests.unit.rules.cases import POOL
from tests.unit.rules.test_rules import CASES
from tools.rules_page import examples

GOOD = {"mfa_configuration": "OFF", "deletion_protection": "ACTIVE"}
UNPROTECTED = {"mfa_configuration": "OFF", "deletion_protection": "INACTIVE"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Terraform JSON with a pool that has no deletion protection."""
    path = tmp_path / "cdk.tf.json"
    path.write_text(json.dumps({"resource": {POOL: {"users": UNPROTECTED}}}), encoding="utf-8")
    return path


def accept(folder: Path, **changed: str) -> str:
    """Write a file that accepts the missing deletion protection."""
    path = folder / "accepted.json"
    entry = {"rule": "CG101", "address": f"{POOL}.users", "reason": "A test.", **changed}
    path.write_text(json.dumps({"accepted": [entry]}), encoding="utf-8")
    return str(path)


def findings(printed: str) -> list[str]:
    """List the rules that a report in JSON has findings of."""
    document: dict[str, Any] = json.loads(printed)
    return [finding["rule"] for finding in document["findings"]]


def test_a_finding_of_the_asked_level_exits_with_1(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(file)]) == 1
    assert "high CG101 aws_cognito_user_pool.users" in capsys.readouterr().out


@pytest.mark.parametrize(("level", "code"), [("info", 1), ("high", 1), ("critical", 0)])
def test_the_level_can_be_chosen(file: Path, level: str, code: int) -> None:
    only_this = accept(file.parent, rule="none")
    assert main(["check", str(file), "--fail-on", level, "--accepted", only_this]) == code


@pytest.mark.parametrize("rule", ["CG101", "deletion-protection-active"])
def test_an_accepted_finding_does_not_fail(
    rule: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(file), "--format", "json", "--accepted", accept(file.parent, rule=rule)])
    assert "CG101" not in findings(capsys.readouterr().out)


def test_the_synthesized_stack_brings_its_accepted_findings_and_its_profile(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted = json.loads(Path(accept(file.parent)).read_text(encoding="utf-8"))
    beside = {"format_version": 1, "profile": "strict", **accepted}
    (file.parent / "constructs-auth.json").write_text(json.dumps(beside), encoding="utf-8")

    main(["check", str(file.parent), "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert document["profile"] == "strict"
    assert [finding["rule"] for finding in document["accepted"]] == ["CG101"]

    main(["check", str(file.parent), "--format", "json", "--profile", "nist"])
    assert json.loads(capsys.readouterr().out)["profile"] == "nist"


@pytest.mark.parametrize(
    ("format", "beginning"),
    [("sarif", '{\n  "$schema":'), ("markdown", "**"), ("json", '{\n  "format_version": 1')],
)
def test_the_format_can_be_chosen(
    file: Path,
    format: str,  # noqa: A002 - the option's name
    beginning: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["check", str(file), "--format", format])
    assert capsys.readouterr().out.startswith(beginning)


def test_what_cannot_be_read_exits_with_3_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere"
    assert main(["check", str(path)]) == 3
    assert capsys.readouterr().err == (
        f"constructs-auth check: {path}: cannot be read (No such file or directory); name a "
        "readable file or folder\n"
    )


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check"], ["check", "a", "--format", "xml"]])
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("C")] == [
        *(rule.id for rule in RULES),
        *(rule.id for rule in CHANGE_RULES),
    ]
    assert lines[-1].endswith("`constructs-auth rules ID` explains one")


@pytest.mark.parametrize("name", ["cg101", "CG101", "deletion-protection-active"])
def test_one_rule_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", name]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.startswith(
        "rule CG101 name deletion-protection-active requirement Deletion protection must be active "
        "resource aws_cognito_user_pool"
    )
    assert "Security Hub Cognito.6" in printed


@pytest.mark.parametrize("name", ["ch21", "CH21", "callback-url-removed"])
def test_one_change_rule_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", name]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.startswith(
        "change rule CH21 name callback-url-removed what happens A callback URL is removed "
        "resource aws_cognito_user_pool_client, aws_cognito_managed_user_pool_client"
    )
    assert main(["rules", name, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("### CH21\n\n**A callback URL is removed**")


def test_a_file_of_check_and_review_may_accept_changes(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted = accept(file.parent, rule="callback-url-removed")
    main(["check", str(file), "--format", "json", "--accepted", accepted])
    assert json.loads(capsys.readouterr().out)["stale"] == []


def test_the_page_of_rules_is_what_the_rules_and_their_cases_say() -> None:
    written = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page(RULES, examples(CASES)), "run `make docs`"


def test_every_rule_shows_what_to_avoid() -> None:
    shown = examples(CASES)
    assert shown.keys() == {rule.id for rule in RULES}
    assert all(one.avoid for one in shown.values())


def test_the_command_writes_the_same_page_without_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rules", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == f"{page(RULES)}\n{changes(CHANGE_RULES)}"


def test_a_rule_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "CG999"]) == 2
    assert capsys.readouterr().err == (
        "constructs-auth rules: no rule CG999; run it without an ID to list all\n"
    )


def test_the_module_is_the_command_and_starts_without_node(file: Path) -> None:
    """On a machine without Node, and at once."""
    program = (
        "import sys, runpy\n"
        f"sys.argv = ['constructs-auth', 'check', {str(file)!r}]\n"
        "try:\n"
        "    runpy.run_module('constructs_auth', run_name='__main__')\n"
        "except SystemExit as error:\n"
        "    assert error.code == 1\n"
        "assert not {'jsii', 'cdktf'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
