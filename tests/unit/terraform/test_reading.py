"""What can be read, and what is said of what cannot."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.errors import UnreadableError
from constructs_auth.rules.load import load
from constructs_auth.terraform.block import AFTER_APPLY, Block
from constructs_auth.terraform.json_files import lines_of
from constructs_auth.terraform.plan_json import read_plan
from tests.unit.rules.cases import POOL


def write(path: Path, document: Any) -> str:
    """Write JSON, or a text as it is."""
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_each_resource_is_found_with_its_line_and_construct(tmp_path: Path) -> None:
    written = (
        "{\n"
        ' "resource": {\n'
        f'  "{POOL}": {{\n'
        '   "users": {"name": "u", "//": {"metadata": {"path": "auth/users/Default"}}},\n'
        '   "others":\n'
        '    {"name": "\\"users\\": {"}\n'
        "  }\n"
        " }\n"
        "}\n"
    )
    users, others = load(write(tmp_path / "cdk.tf.json", written)).configuration.resources

    assert (users.origin.line, users.origin.construct_path) == (4, "auth/users")
    assert (others.origin.line, others.origin.construct_path) == (5, "")


def test_lists_of_objects_mean_the_same_as_objects(tmp_path: Path) -> None:
    """Terraform's JSON syntax allows both wherever a block is."""
    written = {"resource": [{POOL: [{"users": [{"name": "u"}]}]}, {POOL: {"others": {}}}]}
    loaded = load(write(tmp_path / "main.tf.json", written))

    assert [one.address for one in loaded.configuration.resources] == [
        f"{POOL}.users",
        f"{POOL}.others",
    ]


def test_the_files_of_a_folder_are_one_module(tmp_path: Path) -> None:
    write(tmp_path / "a.tf.json", {"resource": {POOL: {"users": {}}}})
    write(tmp_path / "b.tf.json", {"resource": {POOL: {"others": {}}}})
    write(tmp_path / "package.json", "not Terraform's")

    addresses = [one.address for one in load(str(tmp_path)).configuration.resources]
    assert addresses == [f"{POOL}.users", f"{POOL}.others"]


def test_the_line_of_the_program_comes_from_beside_the_terraform_json(tmp_path: Path) -> None:
    write(tmp_path / "cdk.tf.json", {"resource": {POOL: {"users": {}}}})
    write(
        tmp_path / "constructs-auth.json",
        {
            "format_version": 1,
            "profile": "strict",
            "accepted": [],
            "resources": {f"{POOL}.users": {"construct_path": "auth/users", "source": "main.py:7"}},
        },
    )
    for path in (tmp_path, tmp_path / "cdk.tf.json"):
        loaded = load(str(path))
        assert loaded.synthesized.profile == "strict"
        assert loaded.configuration.resources[0].origin.source == "main.py:7"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            "{",
            "must be JSON, but: Expecting property name enclosed in double quotes: line 1 column 2 "
            "(char 1); give Terraform JSON or a plan",
        ),
        ("[]", "must contain an object, not a list; give Terraform JSON or a plan"),
        ("3", "must contain an object, not a number; give Terraform JSON or a plan"),
        (
            {"dependencies": {}},
            "has none of Terraform's blocks (resource, provider, terraform, …); give Terraform "
            "JSON or a plan",
        ),
        (
            {"resource": "x"},
            "resource must be an object, not a text; see Terraform's documentation of its JSON "
            "configuration syntax",
        ),
        (
            {"resource": {POOL: {"users": 1}}},
            f"resource.{POOL}.users must be an object, not a number; see Terraform's documentation "
            "of its JSON configuration syntax",
        ),
        (
            {"format_version": "1.2", "resource_changes": {}},
            "resource_changes must be a list; give the output of `terraform show -json` for a plan "
            "file",
        ),
        (
            {"format_version": "1.2", "resource_changes": [{"change": {"after": {}}}]},
            "each of resource_changes must have an address, a type and a name; give the output of "
            "`terraform show -json` for a plan file",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(
    tmp_path: Path, document: Any, message: str
) -> None:
    path = write(tmp_path / "main.tf.json", document)
    with pytest.raises(UnreadableError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "nowhere.json")
    with pytest.raises(UnreadableError) as caught:
        load(path)
    assert str(caught.value) == (
        f"{path}: cannot be read (No such file or directory); name a readable file or folder"
    )


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "main.tf.json"
    path.write_bytes(b"{\xff}")
    with pytest.raises(UnreadableError) as caught:
        load(str(path))
    assert str(caught.value) == (
        f"{path}: cannot be read (not text in UTF-8); give Terraform JSON or a plan"
    )


def test_a_folder_without_terraform_is_named(tmp_path: Path) -> None:
    write(tmp_path / "main.py", "")
    with pytest.raises(UnreadableError) as caught:
        load(str(tmp_path))
    assert str(caught.value) == (
        f"{tmp_path}: contains no *.tf and no *.tf.json file; name the folder of a root module"
    )


def test_too_deep_a_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "main.tf.json", '{"resource":' * 100_000 + "{" + "}" * 100_001)
    with pytest.raises(UnreadableError) as caught:
        load(path)
    assert str(caught.value) == (f"{path}: is nested too deeply; give Terraform JSON or a plan")


def test_standard_input_may_hold_either(monkeypatch: pytest.MonkeyPatch) -> None:
    resource: dict[str, Any] = {"resource": {POOL: {"users": {}}}}
    change = {"address": "a", "type": POOL, "name": "users", "change": {"after": {}}}
    plan = {"format_version": "1.2", "resource_changes": [change]}
    for document in (resource, plan):
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(document)))
        assert [one.type for one in load("-").configuration.resources] == [POOL]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "standard input: must be JSON, got an empty file"),
        ("[]", "standard input: must contain an object"),
    ],
)
def test_standard_input_that_holds_neither_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with pytest.raises(UnreadableError) as caught:
        load("-")
    assert str(caught.value) == f"{message}; pipe Terraform JSON or a plan into it"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            "x",
            "must be JSON, but: Expecting value: line 1 column 1 (char 0); synthesize again, which "
            "creates it again",
        ),
        ({}, "must have the format_version 1; synthesize again, which creates it again"),
        (
            {"format_version": 1, "resources": []},
            "must have a profile and resources; synthesize again, which creates it again",
        ),
    ],
)
def test_what_is_beside_the_terraform_json_is_read_with_care(
    tmp_path: Path, document: Any, message: str
) -> None:
    write(tmp_path / "cdk.tf.json", {"resource": {}})
    beside = write(tmp_path / "constructs-auth.json", document)
    with pytest.raises(UnreadableError) as caught:
        load(str(tmp_path))
    assert str(caught.value) == f"{beside}: {message}"


def test_destroyed_and_data_resources_of_a_plan_are_left_out() -> None:
    """There is nothing to judge in what goes, or belongs to others."""
    changes = [
        {
            "address": "a",
            "type": "t",
            "name": "a",
            "change": {"actions": ["delete"], "after": None},
        },
        {
            "address": "b",
            "mode": "data",
            "type": "t",
            "name": "b",
            "change": {"actions": ["read"], "after": {}},
        },
        {"address": "c", "type": "t", "name": "c", "change": {"actions": ["create"], "after": {}}},
    ]
    document = {"format_version": "1.2", "resource_changes": changes}
    assert [one.address for one in read_plan(document).resources] == ["c"]


def test_a_plan_tells_what_is_constant_in_the_provider_of_a_resource() -> None:
    configured = {
        "mode": "managed",
        "type": POOL,
        "name": "users",
        "provider_config_key": "module.a:aws",
    }
    change = {"actions": ["create"], "before": None, "after": {"name": "users"}}
    document = {
        "format_version": "1.2",
        "variables": {"region": {"value": "eu-west-1"}},
        "resource_changes": [
            {"address": f"{POOL}.users", "type": POOL, "name": "users", "change": change},
        ],
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "expressions": {"region": {"references": ["var.region"]}}},
                "module.a:aws": {
                    "name": "aws",
                    "module_address": "module.a",
                    "expressions": {
                        "region": {"constant_value": "eu-west-2"},
                        "profile": {"references": ["var.profile"]},
                        "default_tags": [{"tags": {"constant_value": {"team": "identity"}}}],
                    },
                },
            },
            "root_module": {"resources": [configured]},
        },
    }
    provider = read_plan(document).resources[0].provider
    assert provider is not None
    assert provider.peek_text("region") == "eu-west-2"
    assert provider.peek_text("profile") is AFTER_APPLY
    tags = provider.peek_block("default_tags")
    assert isinstance(tags, Block)
    assert tags.peek_entries("tags") == {"team": "identity"}

    configured["provider_config_key"] = "aws"
    provider = read_plan(document).resources[0].provider
    assert provider is not None
    assert provider.peek_text("region") == "eu-west-1"


def test_a_module_has_the_providers_that_its_call_passes(tmp_path: Path) -> None:
    regions = {"aws": [{"region": "eu-west-1"}, {"alias": "west", "region": "eu-west-2"}]}
    calls = {
        "same": {"source": "./inner"},
        "west": {"source": "./inner", "providers": {"aws": "aws.west"}},
        "own": {"source": "./own"},
    }
    inner = {"resource": {POOL: {"users": {"name": "users"}}}}
    for folder, document in (
        (tmp_path, {"provider": regions, "module": calls}),
        (tmp_path / "inner", inner),
        (tmp_path / "own", {"provider": {"aws": {"region": "ap-northeast-2"}}, **inner}),
    ):
        folder.mkdir(exist_ok=True)
        (folder / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")

    found = {
        resource.module: resource.provider.text("region")
        for resource in load(str(tmp_path)).configuration.resources
        if resource.provider is not None
    }
    assert found == {
        "module.same": "eu-west-1",
        "module.west": "eu-west-2",
        "module.own": "ap-northeast-2",
    }


def test_a_plan_without_changes_is_read_from_its_planned_values() -> None:
    values = {"name": "users", "sms_configuration": [{"external_id": "users"}], "schema": []}
    arn = {"references": ["aws_iam_role.sms.arn", "aws_iam_role.sms"]}
    pool = {"mode": "managed", "type": POOL, "name": "users"}
    child = {
        "address": "module.a",
        "resources": [{"address": f"module.a.{POOL}.users", **pool, "values": values}],
    }
    called = {
        "resources": [{**pool, "expressions": {"sms_configuration": [{"sns_caller_arn": arn}]}}]
    }
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"child_modules": [child]}},
        "configuration": {"root_module": {"module_calls": {"a": {"module": called}}}},
    }
    (users,) = read_plan(document).resources
    sms = users.body.block("sms_configuration")
    assert users.module == "module.a"
    assert sms is not None
    assert sms.text("external_id") == "users"
    assert sms.peek_text("sns_caller_arn") is AFTER_APPLY


def test_lines_are_counted_in_any_layout() -> None:
    text = '{"a":{"b":1,\n"c":[{"d":\n2}]},"e":"\\n"}'
    assert lines_of(text, depth=3) == {
        ("a",): 1,
        ("a", "b"): 1,
        ("a", "c"): 2,
        ("a", "c", "d"): 2,
        ("e",): 3,
    }


def test_a_constant_of_a_plan_is_no_reference() -> None:
    literal = {"constant_value": {"references": [f"{POOL}.other"]}}
    change = {"actions": ["create"], "before": None, "after": {"name": "users"}}
    document = {
        "format_version": "1.2",
        "resource_changes": [
            {"address": f"{POOL}.users", "type": POOL, "name": "users", "change": change},
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    {
                        "mode": "managed",
                        "type": POOL,
                        "name": "users",
                        "expressions": {"tags": literal, "name": {"references": ["var.name"]}},
                    }
                ]
            }
        },
    }
    assert list(read_plan(document).resources[0].references) == ["name"]
