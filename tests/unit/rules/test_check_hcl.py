"""`check` reads Terraform as people write it: folders and files of HCL."""

import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from constructs_auth.cli import main
from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.hcl.folder import read_hcl_folder
from constructs_auth.terraform.hcl.syntax import read_hcl_text

POOL = """\
# The pool.
resource "aws_cognito_user_pool" "users" {
  name                = "users"
  deletion_protection = "ACTIVE"
  mfa_configuration   = var.mfa

  password_policy {
    minimum_length = local.length
  }
}

variable "mfa" {
  default = "OFF"
}

locals {
  length = 4 + 1
}
"""
CLIENT = """\
resource "aws_cognito_user_pool_client" "web" {
  for_each = toset(["shop", "app"])

  name                = each.key
  user_pool_id        = aws_cognito_user_pool.users.id
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]

  # constructs-auth: accept CG207, the pages of 2019, which are slow, until 2099-06-30
  prevent_user_existence_errors = "LEGACY"
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pool and its clients, which is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TF_VAR_length", "5")
    write(tmp_path, {"pool.tf": POOL, "client.tf": CLIENT})
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    """Write *files*; a name may have folders."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


class Checked:
    """What `check` printed, as JSON."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        self.code = main(["check", *arguments, "--format", "json"])
        printed = capsys.readouterr()
        self.errors = printed.err
        self.document: dict[str, Any] = json.loads(printed.out) if printed.out else {}

    def findings(self, rule: str, among: str = "findings") -> list[str]:
        """Return the findings of *rule*: the address, the place and the text."""
        return [
            f"{one['address']} {one['file']}:{one['line']} {one.get('text', one.get('why'))}"
            for one in self.document[among]
            if one["rule"] == rule
        ]


@pytest.mark.usefixtures("folder")
def test_a_finding_names_the_file_and_the_line_of_its_argument(
    capsys: pytest.CaptureFixture[str],
) -> None:
    checked = Checked(capsys, ".")

    assert checked.code == 1
    assert checked.findings("CVC01") == [
        "aws_cognito_user_pool.users pool.tf:8 must be from 6 to 99 characters, got 5"
    ]
    assert checked.findings("CG102") == [
        "aws_cognito_user_pool.users pool.tf:5 must be ON or OPTIONAL, got 'OFF'"
    ]
    assert checked.findings("CG209") == [
        'aws_cognito_user_pool_client.web["app"] client.tf:1 must be ENABLED, got null',
        'aws_cognito_user_pool_client.web["shop"] client.tf:1 must be ENABLED, got null',
    ]


def test_the_text_shows_the_line_of_source(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(folder), "--fail-on", "never"])
    printed = capsys.readouterr().out

    assert f"aws_cognito_user_pool.users ({folder}/pool.tf:8)" in printed
    assert "│ minimum_length = local.length" in printed
    assert "(3 resources in 2 files, profile standard)" in printed


def test_a_line_with_a_secret_is_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    provider = """
resource "aws_cognito_identity_provider" "google" {
  user_pool_id     = aws_cognito_user_pool.users.id
  provider_name    = "Google"
  provider_type    = "Google"
  provider_details = { client_id = "a", client_secret = "GOCSPX-canary", x = "y" }
}

variable "client_secret" { default = "GOCSPX-canary" }
"""
    write(folder, {"google.tf": provider})
    printed = {}
    for form in ("text", "json", "markdown", "sarif"):
        main(["check", str(folder), "--show-unknown", "--format", form])
        printed[form] = "".join(capsys.readouterr())

    assert "CG301" in printed["text"]
    assert not [form for form, text in printed.items() if "canary" in text]


def test_the_line_of_source_is_that_of_this_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for length in (3, 4):
        (tmp_path / "main.tf").write_text(
            'resource "aws_cognito_user_pool" "users" {\n'
            f"  password_policy {{\n    minimum_length = {length}\n  }}\n}}\n",
            encoding="utf-8",
        )
        main(["check", str(tmp_path)])
        assert f"│ minimum_length = {length}\n" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_sarif_has_the_file_and_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", ".", "--format", "sarif"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    places = {
        (
            one["ruleId"],
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            one["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for one in results
    }

    assert ("CVC01", "pool.tf", 8) in places
    assert ("CG207", "client.tf", 9) in places


@pytest.mark.usefixtures("folder")
def test_a_file_is_judged_with_those_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    checked = Checked(capsys, "client.tf")

    assert {one["file"] for one in checked.document["findings"]} == {"client.tf"}
    # Its pool is in another file.
    assert checked.findings("CG207", "accepted")[0].startswith("aws_cognito_user_pool_client.web")


@pytest.mark.usefixtures("folder")
def test_several_paths_make_one_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, {"other/main.tf": POOL.replace('"users"', '"others"')})
    checked = Checked(capsys, "client.tf", "pool.tf", "other")

    assert checked.findings("CVC01") == [
        "aws_cognito_user_pool.users pool.tf:8 must be from 6 to 99 characters, got 5",
        "aws_cognito_user_pool.others other/main.tf:8 must be from 6 to 99 characters, got 5",
    ]


def test_hcl_and_json_are_one_module(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        folder,
        {
            "domain.tf.json": json.dumps(
                {
                    "resource": {
                        "aws_cognito_user_pool_domain": {
                            "login": {
                                "domain": "${local.prefix}-login",
                                "user_pool_id": "${aws_cognito_user_pool.users.id}",
                            }
                        }
                    }
                }
            ),
            "more.tf": 'locals { prefix = "aws" }',
            "x_override.tf": """
resource "aws_cognito_user_pool" "users" {
  password_policy {
    minimum_length = 3
  }
}
""",
        },
    )
    checked = Checked(capsys, str(folder))

    assert checked.findings("CVC01") == [
        f"aws_cognito_user_pool.users {folder}/x_override.tf:4 must be from 6 to 99 characters, "
        "got 3"
    ]
    assert len(checked.findings("CVI02")) == 1
    assert checked.document["summary"]["files"] == 5


def test_the_files_of_a_folder_are_those_that_terraform_reads(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a hidden file, and not a folder with the name of a file."""
    write(
        folder,
        {
            ".hidden.tf": "no HCL",
            ".hidden.tf.json": "no JSON",
            "modules.tf/main.tf": "no HCL",
            "modules.tf.json/main.tf": "no HCL",
            "#1.tf": 'resource "aws_cognito_user_pool" "others" { name = "others" }',
        },
    )
    checked = Checked(capsys, str(folder))

    assert checked.errors == ""
    assert checked.document["summary"]["files"] == 3


MEMBERS = """
variable "pool" {}
resource "aws_cognito_user_pool_domain" "login" {
  domain       = "acme-login"
  user_pool_id = var.pool
}
resource "aws_cognito_user_group" "admins" {
  name         = "admins"
  user_pool_id = var.pool
}
"""
CALLS = """
variable "is_new" { type = bool }
module "old" {
  source = "./members"
  count  = OLD
  pool   = aws_cognito_user_pool.users.id
}
module "new" {
  source = "./members"
  count  = NEW
  pool   = aws_cognito_user_pool.users.id
}
"""


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("1", "1", ["CVI06", "CVK05E"]),
        ("0", "1", []),
        ("var.is_new ? 0 : 1", "var.is_new ? 1 : 0", []),
    ],
)
def test_of_two_modules_of_which_one_may_have_no_instance_nothing_is_twice(
    old: str, new: str, rules: list[str], *, as_json: bool, tmp_path: Path, capsys: Any
) -> None:
    pool = 'resource "aws_cognito_user_pool" "users" { name = "users" }\n'
    written = {
        "main.tf": pool + CALLS.replace("OLD", old).replace("NEW", new),
        "members/main.tf": MEMBERS,
    }
    if as_json:
        written = {f"{name}.json": in_json(text) for name, text in written.items()}
        rules = []  # JSON alone is not evaluated
    write(tmp_path, written)
    checked = Checked(capsys, str(tmp_path))
    found = {one["rule"] for one in checked.document["findings"]}
    assert sorted(found & {"CVI06", "CVK05E"}) == rules
    addresses = {one["address"] for one in checked.document["findings"]}
    if old == "0" and not as_json:
        assert not any(one.startswith("module.old") for one in addresses)


def in_json(text: str) -> str:
    """Write HCL as Terraform JSON."""
    return json.dumps(read_hcl_text(text.encode(), file="main.tf").document)


def test_a_letter_with_a_mark_is_one_character_as_in_terraform(tmp_path: Path) -> None:
    """A file may have it as two, which Terraform joins."""
    write(tmp_path, {"a.tf": 'resource "terraform_data" "a" {\n  input = "e\u0301"\n}\n'})
    (resource,) = read_hcl_folder(tmp_path).configuration.resources
    assert resource.body.values["input"] == "\u00e9"


def test_a_whole_number_may_have_a_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = "password_policy { minimum_length = 5.0 }"
    write(tmp_path, {"a.tf": f'resource "aws_cognito_user_pool" "a" {{\n{policy}\n}}'})
    (found,) = Checked(capsys, str(tmp_path)).findings("CVC01")
    assert found.endswith("must be from 6 to 99 characters, got 5")


@pytest.mark.parametrize(
    ("files", "arguments", "length"),
    [
        ({}, (), 5),
        ({"terraform.tfvars": "length = 4"}, (), 4),
        ({"terraform.tfvars": "length = 4", "a.auto.tfvars.json": '{"length": 3}'}, (), 3),
        (
            {"terraform.tfvars": "length = 4", "b.tfvars": "length = 2"},
            ("--var-file", "b.tfvars"),
            2,
        ),
    ],
)
def test_variables_have_the_values_that_terraform_gives_them(
    files: dict[str, str],
    arguments: tuple[str, ...],
    length: int,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pool = """
variable "length" { type = number }
resource "aws_cognito_user_pool" "users" {
  name = "users"
  password_policy { minimum_length = var.length }
}
"""
    write(folder, {"pool.tf": pool, "client.tf": "", **files})
    checked = Checked(capsys, ".", *arguments)

    (found,) = checked.findings("CVC01")
    assert found.endswith(f"got {length}")


def test_what_only_the_caller_knows_is_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = """
variable "length" { type = number }
resource "aws_cognito_user_pool" "users" {
  name = "users"
  password_policy { minimum_length = var.length + 0 }
}
"""
    write(tmp_path, {"main.tf": pool})
    checked = Checked(capsys, str(tmp_path))

    assert checked.findings("CVC01", "unknown") == [
        f"aws_cognito_user_pool.users {tmp_path}/main.tf:5 set by var.length"
    ]


MODULES = {
    "main.tf": """
module "auth" {
  source   = "./auth"
  for_each = { staff = 4, people = 12 }
  pool     = { name = each.key, length = each.value }
}

module "network" {
  source = "terraform-aws-modules/vpc/aws"
}
""",
    "auth/main.tf": """
variable "pool" {
  type = object({ name = string, length = number, clients = optional(list(string), ["web"]) })
}

resource "aws_cognito_user_pool" "this" {
  name = var.pool.name
  password_policy {
    minimum_length = var.pool.length
  }
}

resource "aws_cognito_user_pool_client" "this" {
  count        = length(var.pool.clients)
  name         = var.pool.clients[count.index]
  user_pool_id = aws_cognito_user_pool.this.id
  dynamic "refresh_token_rotation" {
    for_each = [61]
    content {
      feature                    = "ENABLED"
      retry_grace_period_seconds = refresh_token_rotation.value
    }
  }
}
""",
}


def test_local_modules_are_read_and_others_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, MODULES)
    checked = Checked(capsys, str(tmp_path))

    assert checked.findings("CVC01") == [
        f'module.auth["staff"].aws_cognito_user_pool.this {tmp_path}/auth/main.tf:9 must be from '
        "6 to 99 characters, got 4"
    ]
    assert checked.document["not_read"] == [
        {"address": "module.network", "source": "terraform-aws-modules/vpc/aws"}
    ]
    main(["check", str(tmp_path)])
    assert "(4 resources in 2 files, 1 module not read, profile" in capsys.readouterr().out


def test_an_instance_of_a_dynamic_block_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, MODULES)
    found = Checked(capsys, str(tmp_path)).document["findings"]

    assert {one["at"] for one in found if "61" in one["text"]} == {
        "refresh_token_rotation[0].retry_grace_period_seconds"
    }


def test_a_broken_file_is_one_line_and_the_others_are_judged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, {"broken.tf": 'resource "a" "b" {\n  é = [1,\n}\n'})
    checked = Checked(capsys, str(folder))

    assert checked.code == 3
    assert re.fullmatch(
        rf"constructs-auth check: {folder}/broken\.tf:3:1: [^\n]*\n", checked.errors
    )
    assert len(checked.findings("CVC01")) == 1


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"a.tf": 'resource "a" {}'}, "a.tf:1:1: has a block resource with 1 labels, not 2"),
        ({"a.tf": "x = 1"}, "a.tf:1:1: has an argument outside of a block"),
        ({"a.tf": 'resource "a" "b" {\n  x = 1\n  x = 2\n}'}, "a.tf:3:3: has x twice"),
        ({"a.tf": 'module "m" {', "b.tf": ""}, "a.tf:1:12: unclosed configuration block"),
        ({"a.tf": 'resource "a" "b" {}', "b.tf": 'resource "a" "b" {}'}, "b.tf:1: a.b must be"),
        ({"a.tf": "", "b.tfvars": "", "terraform.tfvars": "x = ["}, "terraform.tfvars:1:1: is not"),
        ({"override.tf": 'resource "a" "b" {}'}, "override.tf: resource.a.b must override a block"),
        ({"a.tf": 'locals { x = "${1e3}" }'}, "a.tf:1:17: is valid HCL that check cannot read"),
    ],
)
def test_what_terraform_refuses_is_one_line(
    files: dict[str, str], error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, files)

    assert main(["check", str(tmp_path)]) == 3
    printed = capsys.readouterr().err
    assert printed.startswith(f"constructs-auth check: {tmp_path}/{error}")
    assert printed.count("\n") == 1


def test_without_the_extra_one_line_names_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("constructs_auth.terraform.hcl.parser.find_spec", lambda _name: None)

    assert main(["check", str(folder)]) == 3
    assert capsys.readouterr().err == (
        f"constructs-auth check: {folder}: contains *.tf files, which need the extra hcl of "
        "constructs-auth; install it: pip install 'constructs-auth[hcl]'\n"
    )


def test_a_binary_plan_gets_the_hint_how_to_show_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tfplan").write_bytes(b"PK\x03\x04\x14\x00")

    assert main(["check", str(tmp_path / "tfplan")]) == 3
    assert "`terraform show -json tfplan > plan.json`" in capsys.readouterr().err


def test_an_accepted_finding_that_matches_nothing_is_stale(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, {"client.tf": CLIENT.replace("LEGACY", "ENABLED")})
    checked = Checked(capsys, str(folder))

    assert [one["address"] for one in checked.document["stale"]] == [
        "aws_cognito_user_pool_client.web"
    ]


@pytest.mark.parametrize(
    ("comment", "error"),
    [
        ("accept CG207", "a comment must name a rule and a reason to accept it"),
        ("acept CG207, a reason", "a comment must name a rule and a reason to accept it"),
        ("accept CG207, a reason, until June", "until must be a date such as 2027-06-30"),
        ("accept CG207, a reason until 2020-06-30", "a comment must end with one last day"),
        ("accept CG207, a reason, UNTIL 2020-06-30", "a comment must end with one last day"),
        (
            "accept CG207, a reason, until 2020-06-30, until 2099-06-30",
            "a comment must end with one last day",
        ),
    ],
)
def test_a_comment_that_accepts_nothing_is_an_error(
    comment: str, error: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = re.sub(r"(constructs-auth: ).*", rf"\1{comment}", CLIENT)
    write(folder, {"client.tf": text})

    assert main(["check", str(folder)]) == 3
    assert f"{folder}/client.tf:8: {error}" in capsys.readouterr().err


def test_a_comment_in_a_text_accepts_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CLIENT.replace("# constructs-auth", 'x = "# constructs-auth').replace("06-30", '06-30"')
    write(folder, {"client.tf": text})
    checked = Checked(capsys, str(folder))

    assert checked.document["accepted"] == []
    assert len(checked.findings("CG207")) == 2


@pytest.fixture(scope="module")
def mutated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files that are cut and changed."""
    return tmp_path_factory.mktemp("mutated")


CHANGES = {
    "cut": st.integers(0, len(POOL + CLIENT)),
    "at": st.integers(0, len(POOL + CLIENT)),
    "insertion": st.text(alphabet='"${}[]()=<>\\\n#*/~%é\0', max_size=4)
    | st.sampled_from(["${", "%{ for x in y }", "<<EOT", "/*", "(" * 400, "[" * 400]),
}


def changed(cut: int, at: int, insertion: str) -> str:
    """Return a file that is cut and changed."""
    text = POOL + CLIENT
    return (text[:at] + insertion + text[at:])[: len(text) - cut % 7 * (cut // 7)]


@settings(deadline=None)
@given(**CHANGES)
def test_a_changed_file_is_read_or_refused(cut: int, at: int, insertion: str) -> None:
    with suppress(UnreadableError):
        read_hcl_text(changed(cut, at, insertion).encode(), file="main.tf")


@settings(
    deadline=None,
    max_examples=15 if os.environ.get("CI") else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(**CHANGES)
def test_no_file_ends_in_a_traceback(
    cut: int, at: int, insertion: str, mutated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(mutated, {"main.tf": changed(cut, at, insertion)})

    code = main(["check", str(mutated), "--format", "json"])
    errors = capsys.readouterr().err
    assert code in {0, 1, 3}
    assert code != 3 or all(
        line.startswith("constructs-auth check: ") for line in errors.splitlines()
    )


def test_the_first_marker_of_a_comment_speaks_in_time_in_line_with_its_length() -> None:
    line = b'  x = "constructs-auth: a" # constructs-auth: accept CG207, b'
    text = b'resource "aws_x" "a" {\n%b%b\n}\n' % (line, b" constructs-auth:" * 10_000)
    started = time.process_time()
    (comment,) = read_hcl_text(text, file="a.tf").comments
    assert time.process_time() - started < 2
    assert comment.text.startswith("accept CG207, b constructs-auth:")
