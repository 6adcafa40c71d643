"""The command `adopt`: what it refuses, in one line and with nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.unit.adopt.states import ARN, POOL_ID, USERS, WEB, client, pool, resource, state

OTHER = resource(
    "aws_cognito_user_pool",
    "others",
    pool(id="eu-central-1_Other1234", arn=ARN.replace("eu-west-1", "eu-central-1"), name="others"),
)


PLAN = {
    "format_version": "1.2",
    "planned_values": {},
    "resource_changes": [],
    "prior_state": state(USERS),
}


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
        ({"version": 3, "lineage": "a", "modules": []}, "must be a state of version 4"),
        ('{"version": 4, "lineage": "a", "resources": [{"mode": "ma', "must be JSON"),
        ({**state(USERS), "format_version": "2.0"}, "must have a format_version of 1.x"),
        ({**PLAN, "format_version": "2.0"}, "must have a format_version of 1.x"),
        (
            {**PLAN, "prior_state": {**state(USERS), "format_version": "2.0"}},
            "must have a format_version of 1.x",
        ),
        ({**PLAN, "prior_state": None}, "must contain a user pool"),
        (
            {"lineage": "a", "serial": 1, "encrypted_data": "a", "encryption_version": "v0"},
            "is a state that OpenTofu encrypted; give the output of `tofu show -json` for it",
        ),
        ("", "must be JSON, got an empty file"),
        ([], "must contain an object, not a list"),
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


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"PK\x03\x04...", "is a plan that only Terraform can read; give it as JSON"),
        (b"\x1f\x8b\x08", "must be JSON, got a file that gzip compressed"),
        (b"\xff\xff\xff", "cannot be read (not text in UTF-8)"),
    ],
)
def test_a_file_that_is_no_text_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, error: str
) -> None:
    file, out = tmp_path / "saved.tfplan", tmp_path / "out"
    file.write_bytes(content)
    assert cli.main(["adopt", str(file), "--out", str(out)]) == 3
    printed = capsys.readouterr()
    assert error in printed.err
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert not out.exists()


def test_a_file_that_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    for name in ("missing.json", "folder.json/state.json"):
        assert cli.main(["adopt", str(tmp_path / name), "--out", str(out)]) == 3
        printed = capsys.readouterr()
        assert "cannot be read (No such file or directory)" in printed.err
        assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert not out.exists()


def test_a_folder_needs_terraform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "out"
    assert cli.main(["adopt", str(tmp_path), "--out", str(out)]) == 3
    printed = capsys.readouterr()
    assert "needs terraform on the PATH to read its state; install Terraform" in printed.err
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert not out.exists()


@pytest.mark.parametrize(
    ("partition", "region"), [("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")]
)
def test_a_pool_of_another_partition_is_adopted(
    tmp_path: Path, partition: str, region: str
) -> None:
    pool_id = f"{region}_aBcDeFgH1"
    arn = f"arn:{partition}:cognito-idp:{region}:123456789012:userpool/{pool_id}"
    users = resource("aws_cognito_user_pool", "users", pool(id=pool_id, arn=arn))
    assert run(tmp_path, state(users)) == 0
    text = (tmp_path / "out" / "main.py").read_text(encoding="utf-8")
    assert f'region="{region}"' in text
    assert f'users.import_from("{pool_id}")' in text


def test_the_region_of_each_resource_is_not_written(tmp_path: Path) -> None:
    """AWS provider 6 has it in the state; the provider of the stack has one region."""
    users = resource("aws_cognito_user_pool", "users", pool(region="eu-west-1"))
    web = resource("aws_cognito_user_pool_client", "web", client(region="eu-west-1"))
    assert run(tmp_path, state(users, web)) == 0
    text = (tmp_path / "out" / "main.py").read_text(encoding="utf-8")
    assert text.count("region") == 1


def test_clients_with_one_name_stay_in_their_pools(tmp_path: Path) -> None:
    other = pool(id="eu-west-1_Other1234", arn=ARN.replace(POOL_ID, "eu-west-1_Other1234"))
    pools = [
        {**resource("aws_cognito_user_pool", "this", values), "index": key}
        for key, values in (("a", pool()), ("b", other))
    ]
    clients = [
        {
            **resource("aws_cognito_user_pool_client", "this", client(user_pool_id=one)),
            "index": key,
        }
        for key, one in (("a", POOL_ID), ("b", "eu-west-1_Other1234"))
    ]
    assert run(tmp_path, state(*pools, *clients)) == 0
    text = (tmp_path / "out" / "main.py").read_text(encoding="utf-8")
    for key, pool_id in (("a", POOL_ID), ("b", "eu-west-1_Other1234")):
        part = text.partition(f"this_{key}_user_pool_client = UserPoolClient(")[2]
        assert f"user_pool=this_{key}," in part.partition(")")[0]
        assert f'"{pool_id}/1example23456789"' in part.partition("import_from(")[2][:60]


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
    assert capsys.readouterr().err == f"wrote {out / 'main.py'}: 2 constructs\n"


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
