"""What OpenTofu writes and reads, where it differs from Terraform.

No test runs OpenTofu. Each says which file of github.com/opentofu/opentofu shows the difference, in
the branches v1.10 (1.10.10), v1.11 (1.11.14) and v1.12 (1.12.6).
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.cli import main
from constructs_auth.facts.versions import OPENTOFU_REGISTRY, TERRAFORM_REGISTRY
from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.schema import aws_schema
from constructs_auth.review.report import markdown
from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.terraform_json import read_document
from tests.plans.record import RECORDED
from tests.unit.handoff.samples import examples
from tests.unit.review.plans import (
    CLIENT,
    POOL,
    change,
    plan,
    reviewed,
    run,
    said,
    written,
)
from tests.unit.rules.test_check_hcl import Checked, write

EPHEMERAL = {
    "address": "ephemeral.aws_secretsmanager_secret_version.google",
    "mode": "ephemeral",
    "type": "aws_secretsmanager_secret_version",
    "name": "google",
    "provider_name": "registry.opentofu.org/hashicorp/aws",
    "change": {
        "actions": ["create"],
        "before": None,
        "after": None,
        "after_unknown": {},
        "before_sensitive": False,
        "after_sensitive": False,
    },
}
"""An ephemeral resource among the changes, since 1.11: internal/command/jsonplan/plan.go."""


def reviews(capsys: pytest.CaptureFixture[str], document: Any, folder: Path) -> dict[str, Any]:
    """Review a plan, and give the report as JSON."""
    run(written(folder, document), "--format", "json")
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    return dict(review)


def of_opentofu(document: Mapping[str, Any], version: str) -> Any:
    """Give a plan of Terraform as OpenTofu writes it: another registry, and fewer keys."""
    less = {key: value for key, value in document.items() if key not in ("applyable", "complete")}
    text = json.dumps({**less, "terraform_version": version})
    return json.loads(text.replace(TERRAFORM_REGISTRY, OPENTOFU_REGISTRY))


@pytest.mark.parametrize("version", ["1.10.10", "1.11.14", "1.12.6"])
@pytest.mark.parametrize("name", ["pool_unprotected_name", "no_change"])
def test_a_plan_of_opentofu_means_the_same(
    name: str, version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    of_terraform = reviews(capsys, {**document, "applyable": True}, tmp_path)
    own = reviews(capsys, of_opentofu(document, version), tmp_path)
    assert own == {**of_terraform, "terraform_version": version}


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_report_names_what_made_the_plan(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = change(CLIENT, "web", {"name": "web"}, {"name": "web2"})
    client["provider_name"] = "registry.opentofu.org/hashicorp/aws"
    run(written(tmp_path, {**plan(client), "terraform_version": "1.12.6"}), "--format", form)
    assert "OpenTofu 1.12.6" in capsys.readouterr().out


def test_an_ephemeral_resource_is_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = change(POOL, "users", {"name": "a"}, {"name": "a", "mfa_configuration": "OFF"})
    document = plan(EPHEMERAL, pool)
    review = reviews(capsys, document, tmp_path)
    assert [one["address"] for one in review["changes"]] == [f"{POOL}.users"]


def test_a_resource_is_not_taken_for_a_data_source_of_the_same_name() -> None:
    """The configuration of a plan lists resources of all modes (jsonconfig/config.go)."""
    pool = change(POOL, "users", None, {"name": "users"})
    modes = {"managed": {"name": "users"}, "data": {"user_pool_id": "eu-west-1_a"}}
    configured = [
        {
            "mode": mode,
            "type": POOL,
            "name": "users",
            "expressions": {key: {"constant_value": value} for key, value in arguments.items()},
        }
        for mode, arguments in modes.items()
    ]
    document = plan(pool, configuration={"root_module": {"resources": configured}})
    (users,) = read_plan(document).resources
    assert users.body.written == {"name": {"constant_value": "users"}}


@pytest.mark.parametrize(
    ("action", "reason", "rule", "why"),
    [
        ("delete", "delete_because_enabled_false", "CR01", "enabled is false"),
        ("forget", "forgot_because_lifecycle_destroy_in_config", "CR18", "destroy is false"),
        ("forget", "forgot_because_lifecycle_destroy_in_state", "CR18", "destroy was false"),
    ],
)
def test_a_pool_that_goes_for_a_reason_of_opentofu_has_its_finding(
    action: str, reason: str, rule: str, why: str
) -> None:
    """The reasons of 1.11 and 1.12: internal/command/jsonplan/plan.go."""
    pool = change(POOL, "users", {"name": "acme"}, None, actions=(action,))
    result = reviewed(plan({**pool, "action_reason": reason}))
    assert [finding.rule.id for finding in result.findings] == [rule]
    assert f"{why} in its lifecycle" in markdown.write([result])


def test_a_pool_that_another_one_takes_the_place_of_has_its_finding() -> None:
    """The order of the actions is OpenTofu's: internal/command/jsonplan/plan.go, actionString."""
    pool = change(
        POOL,
        "users",
        {"name": "acme"},
        {"name": "acme2"},
        actions=("forget", "create"),
        replace_paths=[["name"]],
    )
    (found,) = [text for text in said(plan(pool)) if text.startswith("CR17")]
    assert "drops the pool" in found


GUARDED, FREE = {"prevent_destroy": True}, {"prevent_destroy": False}
BY_VARIABLE = {"prevent_destroy": "${var.protect}"}


@pytest.mark.parametrize(
    ("now", "findings", "undecided"),
    [(GUARDED, [], []), (BY_VARIABLE, [], ["CH47"]), (FREE, ["CH47"], [])],
)
def test_a_guard_that_a_variable_decides_is_not_known(
    now: dict[str, Any],
    findings: list[str],
    undecided: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Since 1.12: website/docs/language/resources/behavior.mdx."""
    for name, lifecycle in (("base", GUARDED), ("now", now)):
        (tmp_path / name).mkdir()
        document = {"resource": {POOL: {"users": {"name": "a", "lifecycle": lifecycle}}}}
        (tmp_path / name / "cdk.tf.json").write_text(json.dumps(document), "utf-8")
    path = written(tmp_path, plan(change(POOL, "users", {"name": "a"}, {"name": "a"})))
    folders = ("--base", str(tmp_path / "base"), "--synth", str(tmp_path / "now"))
    run(path, *folders, "--format", "json")
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    assert [one["rule"] for one in review["findings"]] == findings
    assert [one["rule"] for one in review["unknown"]] == undecided


def test_of_two_domains_of_which_enabled_chooses_one_none_is_a_second_one() -> None:
    """Since 1.11, a lifecycle has enabled: website/docs/language/meta-arguments/enabled.mdx."""
    domain = {"domain": "acme", "user_pool_id": "${aws_cognito_user_pool.users.id}"}
    document = {
        "resource": {
            POOL: {"users": {"name": "users"}},
            "aws_cognito_user_pool_domain": {
                "a": {**domain, "lifecycle": {"enabled": "${var.old}"}},
                "b": {**domain, "lifecycle": [{"enabled": "${!var.old}"}]},
            },
        }
    }
    report = judge(read_document(document), rules=RULES, profile=STANDARD, today=date(2026, 1, 1))
    found = {finding.rule.id for finding in report.findings}
    assert not found & {"CVI06", "CVI06B"}


def test_a_hand_off_keeps_what_opentofu_evaluates_in_a_lifecycle() -> None:
    lifecycle = {"prevent_destroy": "${var.protect}", "enabled": "${var.create}", "destroy": False}
    document = {"resource": {POOL: {"users": {"name": "users", "lifecycle": lifecycle}}}}
    assert (
        render(document, aws_schema())
        == """\
resource "aws_cognito_user_pool" "users" {
  name = "users"

  lifecycle {
    prevent_destroy = var.protect
    destroy         = false
    enabled         = var.create
  }
}
"""
    )


BLOCKS = {
    "check",
    "data",
    "import",
    "locals",
    "module",
    "moved",
    "output",
    "provider",
    "removed",
    "resource",
    "terraform",
    "variable",
}
"""v1.10, internal/configs/parser_config.go, configFileSchema."""

LIFECYCLE = {
    "create_before_destroy",
    "ignore_changes",
    "postcondition",
    "precondition",
    "prevent_destroy",
    "replace_triggered_by",
}
"""v1.10, internal/configs/resource.go, resourceLifecycleBlockSchema."""

BACKEND = {
    "allowed_account_ids",
    "assume_role",
    "bucket",
    "encrypt",
    "key",
    "kms_key_id",
    "region",
    "use_lockfile",
    "workspace_key_prefix",
}
"""Those that `S3Backend` offers, of v1.10, internal/backend/remote-state/s3/backend.go."""

FUNCTIONS = {
    "element",
    "join",
    "jsonencode",
    "length",
    "one",
    "slice",
    "split",
    "tolist",
    "urlencode",
}
"""Those that the examples call, of v1.10, website/docs/language/functions."""


@pytest.mark.parametrize("name", sorted(examples()))
def test_what_an_example_writes_is_what_opentofu_1_10_has(name: str) -> None:
    document = examples()[name]
    terraform = document["terraform"]
    assert terraform["required_version"] == ">= 1.10.0, < 2.0.0"
    assert {*document} - {"//"} <= BLOCKS
    assert {*terraform["backend"].get("s3", {})} <= BACKEND
    lifecycles = [
        body["lifecycle"]
        for kind in ("resource", "data")
        for named in document.get(kind, {}).values()
        for body in named.values()
        if "lifecycle" in body
    ]
    assert {key for lifecycle in lifecycles for key in lifecycle} <= LIFECYCLE
    assert functions_in(json.dumps(document)) <= FUNCTIONS


def functions_in(text: str) -> set[str]:
    """Give the names of the functions that the templates of a text call."""
    return {
        name
        for template in re.findall(r"(?<!\$)\$\{([^}]*)\}", text)
        for name in re.findall(r"\b([a-z0-9_:]+)\(", template)
    }


def test_an_encrypted_state_has_its_own_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The keys of v1.10, internal/encryption/base.go."""
    state = {
        "serial": 1,
        "lineage": "0a1b2c3d",
        "meta": {"key_provider.pbkdf2.main": "e30="},
        "encrypted_data": "AAAA",
        "encryption_version": "v0",
    }
    path = written(tmp_path, state, "terraform.tfstate")
    assert main(["check", path]) == 3
    assert capsys.readouterr().err == (
        f"constructs-auth check: {path}: is a state that OpenTofu encrypted; give the output of "
        "`tofu show -json` for it\n"
    )


# Files of OpenTofu's own: internal/configs/parser_config_dir.go, «Files and Directories».

A_POOL = """
resource "aws_cognito_user_pool" "NAME" {
  name = "NAME"
  password_policy { minimum_length = LENGTH }
}
"""


def pool_of(name: str, length: int) -> str:
    """Write a pool whose passwords are too short."""
    return A_POOL.replace("NAME", name).replace("LENGTH", str(length))


def json_of(name: str, length: int) -> str:
    """Write the same in JSON."""
    policy = {"minimum_length": length}
    body = {"name": name, "password_policy": policy}
    return json.dumps({"resource": {"aws_cognito_user_pool": {name: body}}})


def lengths(checked: Checked) -> list[str]:
    """Give the pools with the lengths that were read."""
    return [
        f"{one['address'].rpartition('.')[2]} {one['file']} {one['text'].rpartition(' ')[2]}"
        for one in checked.document["findings"]
        if one["rule"] == "CVC01"
    ]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_of_opentofu_takes_the_place_of_one_of_terraform(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        here,
        {
            "a.tf": pool_of("a", 1),
            "a.tofu": pool_of("a", 2),
            "b.tf.json": json_of("b", 1),
            "b.tofu.json": json_of("b", 3),
            "c.tf.json": json_of("c", 4),
            "c.tofu": pool_of("d", 5),
            ".e.tofu": pool_of("e", 1),
        },
    )
    checked = Checked(capsys, ".")
    assert lengths(checked) == ["a a.tofu 2", "b b.tofu.json 3", "c c.tf.json 4", "d c.tofu 5"]
    assert checked.document["left_out"] == [
        {"file": "a.tf", "instead": "a.tofu"},
        {"file": "b.tf.json", "instead": "b.tofu.json"},
    ]
    assert checked.document["summary"]["files"] == 4


def test_the_report_names_what_opentofu_leaves_out(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, {"main.tf": pool_of("a", 1), "main.tofu": pool_of("a", 2)})
    main(["check", "main.tf"])
    printed = capsys.readouterr().out
    assert "left out: main.tf (OpenTofu reads main.tofu in its place)\n" in printed
    assert "in 1 file, 1 file left out, profile" in printed
    main(["check", "main.tofu"])
    assert "│ password_policy { minimum_length = 2 }" in capsys.readouterr().out


def test_an_override_file_of_opentofu_overrides(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        here,
        {
            "main.tf": pool_of("a", 1),
            "override.tf": pool_of("a", 2),
            "override.tofu": pool_of("a", 3),
            "z_override.tofu.json": json_of("a", 4),
        },
    )
    checked = Checked(capsys, ".")
    assert lengths(checked) == ["a main.tf 4"]
    assert checked.document["left_out"] == [{"file": "override.tf", "instead": "override.tofu"}]


@pytest.mark.parametrize("call", ["main.tofu", "main.tofu.json"])
def test_a_called_module_is_read_as_opentofu_reads_it(
    call: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = {"module": {"auth": {"source": "./auth"}}}
    write(
        here,
        {
            call: json.dumps(source)
            if call.endswith("json")
            else 'module "auth" { source = "./auth" }',
            "auth/pool.tf.json": json_of("a", 1),
            "auth/pool.tofu.json": json_of("a", 2),
        },
    )
    checked = Checked(capsys, ".")
    (found,) = lengths(checked)
    assert found.endswith("auth/pool.tofu.json 2")


def test_a_folder_of_json_is_read_as_opentofu_reads_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        here,
        {
            "a.tf.json": json_of("a", 1),
            "a.tofu.json": json_of("a", 2),
            ".b.tf.json": json_of("b", 3),
            "folder.tf.json/c.tf.json": json_of("c", 3),
        },
    )
    checked = Checked(capsys, ".")
    assert lengths(checked) == ["a a.tofu.json 2"]
    assert checked.document["left_out"] == [{"file": "a.tf.json", "instead": "a.tofu.json"}]
