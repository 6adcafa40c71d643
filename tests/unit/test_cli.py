"""The options that several commands share: the same words in each, and wrong ones are answered."""

import contextlib
import os
import re
from pathlib import Path

import pytest

from constructs_auth import __version__
from constructs_auth.cli import main
from constructs_auth.rules.fail_on import WORDS
from tests.plans.record import RECORDED

WORST = str(RECORDED / "pool_unprotected_name.json")
"""A plan with a critical change; what it plans has findings of severity high."""

COMMANDS = ("init", "check", "rules", "handoff", "review", "adopt", "app-config")

DOCS = Path(__file__).parents[2] / "docs"
LEVELS = "error, critical, high, medium, warning, low, info, never"


def refusal_of(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command with wrong arguments, and give its last line."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize("word", [*WORDS, "HIGH"])
def test_check_and_review_fail_on_the_same_words(command: str, word: str) -> None:
    fails = {"error": 0, "critical": int(command == "review"), "never": 0}.get(word, 1)
    assert main([command, WORST, "--fail-on", word]) == fails


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", WORST, "--fail-on", "hi"], f"--fail-on: must be one of {LEVELS}, got 'hi'"),
        (["review", WORST, "--fail-on", "hi"], f"--fail-on: must be one of {LEVELS}, got 'hi'"),
        (
            ["check", WORST, "--format", "pdf"],
            "--format: must be one of text, json, sarif, markdown, got 'pdf'",
        ),
        (
            ["review", WORST, "--format", "pdf"],
            "--format: must be one of text, markdown, json, sarif, html, got 'pdf'",
        ),
        (["rules", "--format", "sarif"], "--format: must be one of text, markdown, got 'sarif'"),
        (
            ["handoff", "stack", "--out", "x", "--format", "pdf"],
            "--format: must be one of hcl, json, got 'pdf'",
        ),
    ],
)
def test_a_wrong_word_lists_the_right_ones(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = arguments[0]
    assert refusal_of(arguments, capsys) == f"constructs-auth {command}: error: argument {says}"


def test_the_help_and_the_pages_name_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    pages = {
        name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("check", "review")
    }
    for name, page in pages.items():
        with pytest.raises(SystemExit):
            main([name, "--help"])
        assert LEVELS in " ".join(capsys.readouterr().out.split())
        assert [word for word in WORDS if not re.search(rf"`{word}`", page)] == []


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"constructs-auth {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_names_its_exit_codes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    codes = capsys.readouterr().out.partition("\nexit codes:\n")[2]
    assert re.findall(r"^ *(\d+)  ", codes, re.MULTILINE)[-3:] == ["70", "130", "141"]
    assert codes.startswith("  0  ")


def test_these_are_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    ([a-z-]+)", capsys.readouterr().out, re.MULTILINE)
    assert listed == [*COMMANDS]


def test_a_wrong_command_and_a_wrong_profile_list_the_right_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert all(f"'{command}'" in refusal_of(["chek"], capsys) for command in COMMANDS)
    assert "'nist', 'standard', 'strict'" in refusal_of(["check", WORST, "--profile", "a"], capsys)


def test_a_misspelt_rule_is_answered_with_the_right_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rules", "no-implicit-grnt"]) == 2
    assert capsys.readouterr().err == (
        "constructs-auth rules: no rule no-implicit-grnt; did you mean no-implicit-grant? "
        "run it without an ID to list all\n"
    )


@pytest.mark.parametrize("word", ["text", "markdown", "json", "sarif", "html"])
def test_a_review_that_is_written_says_where(
    word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "review"
    main(["review", WORST, "--format", word, "--output", str(file)])
    assert capsys.readouterr().err == f"wrote {file}: the review as {word}\n"
    main(["review", WORST, "--format", word])
    assert capsys.readouterr().err == ""


HOSTILE = "x\n::error::pwn\x1b[31m"


@pytest.mark.parametrize(
    "arguments",
    [
        [HOSTILE],
        ["check", WORST, f"--{HOSTILE}"],
        ["check", WORST, "--format", HOSTILE],
        ["review", WORST, "--accept", HOSTILE, "a", "b"],
        ["rules", HOSTILE],
        ["handoff", WORST, "--out", "x", f"--{HOSTILE}"],
        ["adopt", WORST, "--out", "x", f"--{HOSTILE}"],
        ["init", "x", f"--{HOSTILE}"],
        ["init", "x", "--kind", HOSTILE],
    ],
)
def test_a_hostile_argument_is_answered_on_one_line_on_which_no_log_acts(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.suppress(SystemExit):
        assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "pwn" in said.splitlines()[-1]
    assert said.splitlines()[-1].startswith("constructs-auth")
    assert "\x1b" not in said
    assert not any(line.startswith("::") for line in said.splitlines())


def test_a_reason_that_nobody_sees_accepts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", WORST, "--accept", "CR01", "aws_cognito_user_pool.a", "\u200b"]) == 2
    assert "needs a rule, the address of a resource and a reason" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
@pytest.mark.parametrize("name", ["plan.json", "main.tf"])
@pytest.mark.parametrize("command", ["check", "review"])
def test_a_named_pipe_is_refused_instead_of_waited_for(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / name)
    assert main([command, str(tmp_path / name)]) == 3
    assert "must be a regular file, got a named pipe" in capsys.readouterr().err


def test_a_repeated_key_of_a_sensitive_map_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    after = '{"tags": {"Zq-canary": 1, "Zq-canary": 2}}'
    file.write_text(f'{{"resource_changes": [{{"change": {{"after": {after}}}}}]}}', "utf-8")
    for command in ("check", "review"):
        assert main([command, str(file)]) == 3
        assert capsys.readouterr().err == (
            f"constructs-auth {command}: {file}: a key in resource_changes[0].change.after must be "
            "unique, got it twice; write each key once\n"
        )
