"""Which resource each reference means: in Terraform JSON, in plans, through modules, by key."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.references import traversals
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.terraform_json import read_document, read_folder
from tests.unit.rules.cases import CLIENT, POOL

PLANS = Path(__file__).parent / "plans"


def pool_of(configuration: Configuration, address: str) -> str:
    """Say which pool the client *address* means: its address, `unknown` or `elsewhere`."""
    (client,) = (one for one in configuration.resources if one.address == address)
    target = configuration.target(client, "user_pool_id")
    match target:
        case Resource():
            return target.address
        case Unknown():
            return "unknown"
        case None:
            return "elsewhere"


@pytest.fixture(scope="module")
def plan() -> Configuration:
    """A plan of Terraform 1.11.4 and provider 5.100.0, with modules and instances by key."""
    document: dict[str, Any] = json.loads((PLANS / "modules.json").read_text(encoding="utf-8"))
    return read_plan(document)


@pytest.mark.parametrize(
    ("client", "pool"),
    [
        (f'{CLIENT}.by_tenant["acme"]', f'{POOL}.by_tenant["acme"]'),
        (f'{CLIENT}.by_tenant["zeta"]', f'{POOL}.by_tenant["zeta"]'),
        (f"{CLIENT}.of_acme", f'{POOL}.by_tenant["acme"]'),
        (f"{CLIENT}.of_module", f'module.auth["acme"].{POOL}.users'),
        (f'module.auth["acme"].{CLIENT}.web', f'module.auth["acme"].{POOL}.users'),
        (f'module.auth["zeta"].{CLIENT}.web', f'module.auth["zeta"].{POOL}.users'),
        (f"module.clients.{CLIENT}.direct", f"{POOL}.shared"),
        # A plan does not tell what a local is.
        (f"module.clients.{CLIENT}.by_local", "unknown"),
        (f"{CLIENT}.foreign", "elsewhere"),
    ],
)
def test_a_plan_leads_from_a_client_to_its_pool(
    plan: Configuration, client: str, pool: str
) -> None:
    assert pool_of(plan, client) == pool


def test_the_members_of_a_pool_are_told_with_whether_there_may_be_others(
    plan: Configuration,
) -> None:
    (shared,) = (one for one in plan.resources if one.address == f"{POOL}.shared")
    members = plan.members(shared, CLIENT)

    assert [member.address for member in members.resources] == [f"module.clients.{CLIENT}.direct"]
    assert not members.complete


def in_json(user_pool_id: str, **sections: Any) -> Configuration:
    """A pool `users`, a client `web` with that *user_pool_id*, and other *sections*."""
    return read_document(
        {
            "resource": {
                POOL: {"users": {"name": "users"}},
                CLIENT: {"web": {"user_pool_id": user_pool_id}},
            },
            **sections,
        }
    )


@pytest.mark.parametrize(
    ("user_pool_id", "pool"),
    [
        ("${aws_cognito_user_pool.users.id}", f"{POOL}.users"),
        ('${aws_cognito_user_pool.users["id"]}', f"{POOL}.users"),
        ("${local.pool}", f"{POOL}.users"),
        ("${local.circle}", "unknown"),
        ("${local.nowhere}", "unknown"),
        ("${var.pool_id}", "elsewhere"),
        ("${data.aws_cognito_user_pool.other.id}", "elsewhere"),
        ("${module.nowhere.pool_id}", "unknown"),
        ("eu-west-1_Foreign01", "elsewhere"),
        ("$${aws_cognito_user_pool.users.id}", "elsewhere"),
    ],
)
def test_terraform_json_leads_from_a_client_to_its_pool(user_pool_id: str, pool: str) -> None:
    configuration = in_json(
        user_pool_id,
        locals={
            "pool": "${aws_cognito_user_pool.users.id}",
            "circle": "${local.other}",
            "other": "${local.circle}",
        },
    )
    assert pool_of(configuration, f"{CLIENT}.web") == pool


def test_a_pool_is_known_by_its_id_too() -> None:
    """In the state that a plan begins with, references are values."""
    pool = {"id": "eu-west-1_Known0001"}
    client = {"user_pool_id": "eu-west-1_Known0001"}
    document = {
        "format_version": "1.2",
        "resource_changes": [
            _change(POOL, "users", pool),
            _change(CLIENT, "web", client),
        ],
    }
    assert pool_of(read_plan(document), f"{CLIENT}.web") == f"{POOL}.users"


def _change(kind: str, name: str, after: Mapping[str, object]) -> dict[str, object]:
    return {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "change": {"actions": ["no-op"], "before": after, "after": after, "after_unknown": {}},
    }


def test_modules_in_folders_are_read_with_what_they_are_called_with(tmp_path: Path) -> None:
    """A module of JSON beside the root, as a path in `source`."""
    root = {
        "resource": {POOL: {"users": {"name": "users"}}},
        "module": {
            "clients": {
                "source": "./clients",
                "user_pool_id": "${aws_cognito_user_pool.users.id}",
            },
            "registry": {"source": "acme/clients/aws"},
        },
    }
    clients = {
        "variable": {"user_pool_id": {"type": "string"}},
        "resource": {CLIENT: {"web": {"user_pool_id": "${var.user_pool_id}"}}},
    }
    (tmp_path / "clients").mkdir()
    (tmp_path / "main.tf.json").write_text(json.dumps(root), encoding="utf-8")
    (tmp_path / "clients" / "main.tf.json").write_text(json.dumps(clients), encoding="utf-8")

    assert pool_of(read_folder(tmp_path), f"module.clients.{CLIENT}.web") == f"{POOL}.users"


def test_a_module_that_calls_itself_ends(tmp_path: Path) -> None:
    root = {"module": {"again": {"source": "./"}}}
    (tmp_path / "main.tf.json").write_text(json.dumps(root), encoding="utf-8")

    assert read_folder(tmp_path).resources == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("${aws_x.a.id}", ["aws_x.a.id"]),
        ("${aws_x.a[0].id}", ["aws_x.a[0].id"]),
        ('${aws_x.a["k.l"].id}', ['aws_x.a["k.l"].id']),
        ('${module.m["k"].pool_id}', ['module.m["k"].pool_id']),
        ("${aws_x.a.*.id}", ["aws_x.a.*.id"]),
        ("${aws_x.a[*].id}", ["aws_x.a[*].id"]),
        ("https://${aws_x.a.domain}/${var.path}", ["aws_x.a.domain", "var.path"]),
        ("${var.on ? aws_x.a.id : aws_x.b.id}", ["var.on", "aws_x.a.id", "aws_x.b.id"]),
        ("%{ if var.on }${aws_x.a.id}%{ endif }", ["var.on", "aws_x.a.id"]),
        ('${join(",", ["aws_x.a.id", aws_x.b.id])}', ["aws_x.b.id"]),
        ('${"${aws_x.a.id}-aws_x.b.id"}', ["aws_x.a.id"]),
        ("${aws_x.a.n-aws_x.b.n}", ["aws_x.a.n-aws_x.b.n"]),
        ("${aws_x.a.n - aws_x.b.n}", ["aws_x.a.n", "aws_x.b.n"]),
        ("${aws_x.a.id /* aws_x.b.id */}", ["aws_x.a.id"]),
        ("$${aws_x.a.id}", []),
        ("%%{ if aws_x.a.id }", []),
        ("$$${aws_x.a.id}", []),
        ("users%${var.p}", ["var.p"]),
        ("aws_x.a.id", []),
    ],
)
def test_references_are_what_the_lexer_says(text: str, named: list[str]) -> None:
    assert list(traversals(text)) == named
