"""The command `adopt`: what it refuses, in one line and with nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.unit.adopt.states import ARN, POOL_ID, USERS, WEB, pool, resource, state

OTHER = resource(
    "aws_cognito_user_pool",
    "others",
    pool(id="eu-central-1_Other1234", arn=ARN.replace("eu-west-1", "eu-central-1"), name="others"),
)


def run(folder: Path, content: object, *more: str) -> int:
    """The exit code of the command on *content*."""
    file = folder / "state.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return cli.main(["adopt", str(file), "--out", str(folder / "out"), "--no-verify", *more])


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (state(), "must contain a user pool; give the state that manages the pool"),
        (state(USERS, OTHER), "must contain pools of one region, got eu-central-1, eu-west-1"),
        ('{"format_version": "1.0", "val', "must be JSON"),
        ({"version": 5, "lineage": "a", "resources": []}, "must be a state of version 4"),
        ({"resource": {}}, "must be a state or a plan; give the output of `terraform sh"),
        (
            state(resource("aws_cognito_user_pool", "users", {"id": POOL_ID, "name": "users"})),
            "must have the ARN of a user pool; give the state after an apply",
        ),
    ],
)
def test_an_input_without_a_pool_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Any, error: str
) -> None:
    assert run(tmp_path, content) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("constructs-auth adopt: ")
    assert error in printed.err
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_one_of_several_pools_can_be_named(tmp_path: Path) -> None:
    assert run(tmp_path, state(USERS, OTHER, WEB), "--user-pool-id", POOL_ID) == 0
    text = (tmp_path / "out" / "main.py").read_text(encoding="utf-8")
    assert 'region="eu-west-1"' in text
    assert "eu-central-1" not in text
    assert text.count("UserPool(") == 1


def test_a_pool_that_the_state_lacks_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, state(USERS), "--user-pool-id", "eu-west-1_Unknown12") == 3
    assert "must contain the user pool eu-west-1_Unknown12" in capsys.readouterr().err


def test_a_folder_that_is_not_empty_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "main.py").write_text("mine", encoding="utf-8")
    assert run(tmp_path, state(USERS)) == 2
    assert "--out: must be a new or an empty folder" in capsys.readouterr().err
    assert (tmp_path / "out" / "main.py").read_text(encoding="utf-8") == "mine"


def test_without_a_state_the_pool_and_the_region_are_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["adopt", "--out", str(tmp_path / "out")]) == 2
    assert "INPUT: must be given, or --user-pool-id and --region" in capsys.readouterr().err


def test_a_new_folder_holds_all_that_a_program_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, state(USERS, WEB), "--stack", "sign-in") == 0
    out = tmp_path / "out"
    names = {path.name for path in out.iterdir()}
    assert names == {"main.py", "cdktf.json", ".gitignore", "ADOPTION.md"}
    assert json.loads((out / "cdktf.json").read_text(encoding="utf-8"))["app"] == "python main.py"
    assert '"""Define the stack `sign-in` in *app*."""' in (out / "main.py").read_text("utf-8")
    assert "2 constructs" in capsys.readouterr().out


def test_what_no_construct_covers_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    risk = resource("aws_cognito_risk_configuration", "risk", {"user_pool_id": POOL_ID})
    assert run(tmp_path, state(USERS, risk)) == 0
    assert "not covered, see ADOPTION.md: aws_cognito_risk_configuration.risk" in (
        capsys.readouterr().out
    )
    page = (tmp_path / "out" / "ADOPTION.md").read_text(encoding="utf-8")
    assert "## Not covered" in page
