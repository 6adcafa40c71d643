"""A state, in both formats that Terraform writes it in."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.cli import main
from constructs_auth.errors import UnreadableError
from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.plan_json import is_plan
from constructs_auth.terraform.state_json import is_state, read_state

POOL = {
    "id": "eu-west-1_AbCdEf123",
    "name": "users",
    "deletion_protection": "INACTIVE",
    "password_policy": [{"minimum_length": 6}],
}
CLIENT = {
    "id": "1example23456789",
    "user_pool_id": "eu-west-1_AbCdEf123",
    "client_secret": "not-to-be-shown",
    "allowed_oauth_flows": ["implicit"],
}

SHOWN: Mapping[str, Any] = {
    "format_version": "1.0",
    "terraform_version": "1.11.4",
    "values": {
        "outputs": {"secret": {"sensitive": True, "type": "string", "value": "not-to-be-shown"}},
        "root_module": {
            "resources": [
                {
                    "address": "aws_cognito_user_pool.users",
                    "mode": "managed",
                    "type": "aws_cognito_user_pool",
                    "name": "users",
                    "values": POOL,
                    "sensitive_values": {"password_policy": [{}]},
                },
                {
                    "address": "data.aws_region.current",
                    "mode": "data",
                    "type": "aws_region",
                    "name": "current",
                    "values": {"name": "eu-west-1"},
                },
            ],
            "child_modules": [
                {
                    "address": 'module.clients["a.b"]',
                    "resources": [
                        {
                            "address": 'module.clients["a.b"].aws_cognito_user_pool_client.it[0]',
                            "mode": "managed",
                            "type": "aws_cognito_user_pool_client",
                            "name": "it",
                            "index": 0,
                            "values": CLIENT,
                            "sensitive_values": {"client_secret": True},
                            "depends_on": ["aws_cognito_user_pool.users"],
                        }
                    ],
                }
            ],
        },
    },
}

RAW: Mapping[str, Any] = {
    "version": 4,
    "terraform_version": "1.11.4",
    "serial": 3,
    "lineage": "5a1b",
    "outputs": {"secret": {"value": "not-to-be-shown", "type": "string", "sensitive": True}},
    "resources": [
        {
            "mode": "managed",
            "type": "aws_cognito_user_pool",
            "name": "users",
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [{"schema_version": 0, "attributes": POOL, "sensitive_attributes": []}],
        },
        {
            "module": 'module.clients["a.b"]',
            "mode": "managed",
            "type": "aws_cognito_user_pool_client",
            "name": "it",
            "instances": [
                {
                    "index_key": 0,
                    "attributes": CLIENT,
                    "sensitive_attributes": [[{"type": "get_attr", "value": "client_secret"}]],
                    "dependencies": ["aws_cognito_user_pool.users"],
                },
                {"deposed": "00000001", "attributes": CLIENT},
            ],
        },
        {"mode": "data", "type": "aws_region", "name": "current", "instances": []},
    ],
}

STATES = pytest.mark.parametrize("document", [SHOWN, RAW], ids=["shown", "raw"])


@STATES
def test_both_formats_give_the_same_resources(document: Mapping[str, Any]) -> None:
    configuration = read_state(document)
    pool, client = configuration.resources
    assert pool.address == "aws_cognito_user_pool.users"
    assert pool.body.text("name") == "users"
    assert client.address == 'module.clients["a.b"].aws_cognito_user_pool_client.it[0]'
    assert client.static_address == "module.clients.aws_cognito_user_pool_client.it"
    assert client.key == "0"
    assert client.depends_on == ("aws_cognito_user_pool.users",)
    assert client.body.sensitive["client_secret"] is True


@STATES
def test_a_client_belongs_to_the_pool_whose_id_it_has(document: Mapping[str, Any]) -> None:
    configuration = read_state(document)
    pool, client = configuration.resources
    assert configuration.known_target(client, "user_pool_id") is pool
    assert configuration.members(pool, client.type).resources == (client,)


@STATES
def test_nothing_is_unknown_but_where_values_come_from(document: Mapping[str, Any]) -> None:
    configuration = read_state(document)
    assert configuration.is_state
    assert configuration.backend is None
    (output,) = configuration.outputs
    assert output.sensitive


@STATES
@pytest.mark.parametrize("by_file", [True, False], ids=["file", "standard-input"])
def test_check_judges_a_state(
    document: Mapping[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    by_file: bool,
) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    with file.open(encoding="utf-8") as text:
        monkeypatch.setattr("sys.stdin", text)
        code = main(["check", str(file) if by_file else "-", "--format", "json"])
    printed = capsys.readouterr().out
    assert code == 1
    rules = {finding["rule"] for finding in json.loads(printed)["findings"]}
    assert {"CG101", "CG104", "CG201"} <= rules
    assert "not-to-be-shown" not in printed


def test_where_a_password_comes_from_is_no_secret_in_the_open() -> None:
    """A state holds every password, however it was written."""
    user = {"type": "aws_cognito_user", "name": "it", "values": {"password": "not-to-be-shown"}}
    document = {"format_version": "1.0", "values": {"root_module": {"resources": [user]}}}
    assert _undecided_and_findings(read_state(document)) == (["CG701"], ["CG701B"])


def _undecided_and_findings(configuration: Configuration) -> tuple[list[str], list[str]]:
    report = judge(configuration, rules=RULES, profile=STANDARD, today=date(2026, 1, 1))
    return (
        [one.rule.id for one in report.undecided if one.rule.id.startswith("CG701")],
        [one.rule.id for one in report.findings if one.rule.id.startswith("CG701")],
    )


def test_a_state_is_told_from_a_plan_and_from_a_configuration() -> None:
    assert is_state(SHOWN)
    assert is_state(RAW)
    assert is_state({"format_version": "1.0"})
    plan = {"format_version": "1.2", "planned_values": {}, "resource_changes": []}
    assert not is_state(plan)
    assert is_plan(plan)
    assert not is_state({"resource": {}})


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ({"version": 3, "lineage": "a"}, "must be a state of version 4"),
        (
            {"format_version": "2.0", "values": {}},
            "must have a format_version of 1.x, which this version reads",
        ),
        ({"version": 4, "lineage": "a", "resources": {}}, "resources must be a list"),
        (
            {"version": 4, "lineage": "a", "resources": [{"type": 1, "instances": [{}]}]},
            "each resource must have a type, a name and values",
        ),
        ({"format_version": "1.0", "values": []}, "values must be an object"),
    ],
)
def test_what_is_no_state_is_refused(document: Mapping[str, Any], rule: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_state(document, file="state.json")
    assert str(error.value).startswith(f"state.json: {rule}; ")
