"""A state that the program takes over as it is: the same addresses, or `moved` blocks."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.unit.adopt.states import ARN, POOL_ID, USERS, WEB, client, pool, resource, state

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:greet"
PERMISSION = resource(
    "aws_lambda_permission",
    "cognito",
    {
        "id": "AllowCognito",
        "action": "lambda:InvokeFunction",
        "function_name": "greet",
        "principal": "cognito-idp.amazonaws.com",
        "qualifier": "",
        "source_arn": ARN,
        "statement_id": "AllowCognito",
    },
)
WITH_TRIGGER = resource(
    "aws_cognito_user_pool", "users", pool(lambda_config=[{"pre_sign_up": FUNCTION}])
)


def adopted(folder: Path, document: dict[str, Any], *more: str) -> int:
    """The exit code of the command on *document*, with the same state."""
    file = folder / "state.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    arguments = ["adopt", str(file), "--out", str(folder / "out"), "--no-verify", "--same-state"]
    return cli.main([*arguments, *more])


def program(folder: Path) -> str:
    """The program that was written."""
    return (folder / "out" / "main.py").read_text(encoding="utf-8")


def test_an_address_that_stays_needs_nothing(tmp_path: Path) -> None:
    assert adopted(tmp_path, state(USERS, WEB)) == 0
    assert "import_from" not in program(tmp_path)
    assert "moved_from" not in program(tmp_path)
    page = (tmp_path / "out" / "ADOPTION.md").read_text(encoding="utf-8")
    assert "its `backend` must be that of the old Terraform" in page
    assert "imported by" not in page


def test_a_resource_of_a_module_is_moved(tmp_path: Path) -> None:
    document = state()
    inside = {**USERS, "address": "module.auth.aws_cognito_user_pool.users[0]", "index": 0}
    document["values"]["root_module"]["child_modules"] = [
        {"address": "module.auth", "resources": [inside]}
    ]
    assert adopted(tmp_path, document) == 0
    moved = 'moved_from("module.auth.aws_cognito_user_pool.users[0]")'
    assert moved in program(tmp_path)


def test_a_permission_moves_into_the_construct_of_its_pool(tmp_path: Path) -> None:
    assert adopted(tmp_path, state(WITH_TRIGGER, PERMISSION)) == 0
    text = program(tmp_path)
    address = "aws_lambda_permission.users_pre_sign_up"
    assert f'"{address}": "aws_lambda_permission.cognito"' in text.partition("users.moved_from")[2]
    changed = text.partition("stack.add_override(")[2].partition(")")[0]
    assert ast.literal_eval(f"({changed})") == (f"resource.{address}.function_name", "greet")


def test_what_the_program_would_destroy_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    role = resource("aws_iam_role", "sms", {"id": "sms", "name": "sms"})
    assert adopted(tmp_path, state(USERS, role)) == 3
    assert (
        "must contain only what the program defines, got "
        "aws_iam_role.sms; leave out --same-state" in capsys.readouterr().err
    )
    assert not (tmp_path / "out").exists()


def test_one_of_two_pools_cannot_keep_the_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = resource("aws_cognito_user_pool", "other", pool(id="eu-west-1_Other1234", name="other"))
    assert adopted(tmp_path, state(USERS, other), "--user-pool-id", POOL_ID) == 3
    assert "got aws_cognito_user_pool.other" in capsys.readouterr().err


def test_memberships_and_passwords_stay_in_the_state(tmp_path: Path) -> None:
    group = resource("aws_cognito_user_group", "staff", {"user_pool_id": POOL_ID, "name": "staff"})
    ann = resource(
        "aws_cognito_user",
        "ann",
        {
            "user_pool_id": POOL_ID,
            "username": "ann",
            "attributes": {"email": "ann@acme.example", "team": "a"},
            "desired_delivery_mediums": ["EMAIL"],
            "enabled": True,
            "temporary_password": "Made-up-1",
        },
        sensitive_values={"temporary_password": True},
    )
    member = resource(
        "aws_cognito_user_in_group",
        "ann_staff",
        {"user_pool_id": POOL_ID, "username": "ann", "group_name": "staff"},
    )
    assert adopted(tmp_path, state(USERS, group, ann, member)) == 0
    text = program(tmp_path)
    assert 'UserInGroup(stack, "ann_staff", user=ann, group=staff)' in text
    assert "temporary_password=ann_temporary_password.string_value" in text
    assert "desired_delivery_mediums=[DeliveryMedium.EMAIL]" in text
    assert 'attributes={"email": "ann@acme.example", "custom:team": "a"}' in text
    assert "Made-up-1" not in text


def test_an_import_reads_no_password(tmp_path: Path) -> None:
    ann = resource(
        "aws_cognito_user",
        "ann",
        {"user_pool_id": POOL_ID, "username": "ann", "password": "Made-up-1", "enabled": True},
        sensitive_values={"password": True},
    )
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state(USERS, ann)), encoding="utf-8")
    out = str(tmp_path / "out")
    assert cli.main(["adopt", str(file), "--out", out, "--no-verify"]) == 0
    text = program(tmp_path)
    assert "password" not in text.partition("ann = User(")[2]
    assert "desired_delivery_mediums=AS_IT_IS" in text


def test_it_needs_a_state(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pool_of_aws = ["--user-pool-id", POOL_ID, "--region", "eu-west-1"]
    assert cli.main(["adopt", *pool_of_aws, "--same-state", "--out", str(tmp_path / "o")]) == 2
    assert "--same-state: needs INPUT" in capsys.readouterr().err


def test_a_plan_is_taken_as_what_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "resource_changes": [
            {
                "address": "aws_cognito_user_pool_client.web",
                "mode": "managed",
                "type": "aws_cognito_user_pool_client",
                "name": "web",
                "change": {"actions": ["update"], "before": client(), "after": client(name="new")},
            }
        ],
        "prior_state": state(USERS, WEB),
    }
    assert adopted(tmp_path, plan) == 0
    assert (
        "the plan has changes, which the program leaves out: aws_cognito_user_pool_client.web"
        in (capsys.readouterr().out)
    )
    assert '"web"' in program(tmp_path)
    assert '"new"' not in program(tmp_path)


def test_a_first_plan_has_nothing_to_adopt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = {"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": []}
    assert adopted(tmp_path, plan) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_a_state_that_could_be_kept_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "state.json"
    for resources, said in ([USERS, WEB], True), ([USERS, PERMISSION], False):
        file.write_text(json.dumps(state(*resources)), encoding="utf-8")
        out = str(tmp_path / f"out{said}")
        assert cli.main(["adopt", str(file), "--out", out, "--no-verify"]) == 0
        assert ("--same-state takes the state over" in capsys.readouterr().out) is said
