"""The command: what it writes, what it refuses, and that it leaves nothing half written."""

import errno
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.handoff.desk import Desk
from tests.unit.handoff.samples import document, files_in


def test_writes_the_files_that_a_terraform_engineer_expects(desk: Desk) -> None:
    assert desk.run() == 0
    assert desk.wrote == f"wrote {desk.out}: 12 files\n"
    assert desk.said == ""
    assert list(files_in(desk.out)) == [
        ".gitignore",
        "CHANGELOG.md",
        "README.md",
        "backend.tf",
        "main.tf",
        "manifest.json",
        "outputs.tf",
        "providers.tf",
        "terraform.tf",
        "terraform.tfvars.example",
        "tests/as_written.tftest.hcl",
        "variables.tf",
    ]


def test_json_has_the_same_layout(desk: Desk) -> None:
    desk.run("--format", "json")
    assert [name for name in files_in(desk.out) if name.endswith(".tf.json")] == [
        "backend.tf.json",
        "main.tf.json",
        "outputs.tf.json",
        "providers.tf.json",
        "terraform.tf.json",
        "variables.tf.json",
    ]
    assert "//" not in desk.text("main.tf.json")
    client = json.loads(desk.text("main.tf.json"))["resource"]["aws_cognito_user_pool_client"]
    assert client["web"]["generate_secret"] is True


def test_region_and_tags_become_variables(desk: Desk) -> None:
    desk.run()
    assert desk.text("providers.tf") == (
        'provider "aws" {\n  region = var.region\n\n  default_tags {\n    tags = var.tags\n  }\n}\n'
    )
    assert (
        desk.text("variables.tf")
        == """\
variable "google_secret" {
  type        = string
  description = "From Google."
  sensitive   = true
}

variable "region" {
  type        = string
  description = "The AWS region of all resources."
  default     = "eu-west-1"
}

variable "tags" {
  type        = map(string)
  description = "The tags of all resources."

  default = {
    team = "identity"
  }
}
"""
    )
    assert (
        desk.text("terraform.tfvars.example")
        == """\
# From Google.
# A secret: set the environment variable TF_VAR_google_secret instead.

# The AWS region of all resources.
# region = "eu-west-1"

# The tags of all resources.
# tags = {
#   team = "identity"
# }
"""
    )


@pytest.mark.parametrize("region", ["${var.place}", "%{ if true }eu-west-1%{ endif }"])
def test_a_region_that_terraform_evaluates_stays_in_the_provider(desk: Desk, region: str) -> None:
    content = document()
    content["provider"]["aws"][0]["region"] = region
    desk.put(content)
    desk.run("--format", "json")
    (provider,) = json.loads(desk.text("providers.tf.json"))["provider"]["aws"]
    assert provider["region"] == region
    assert "region" not in json.loads(desk.text("variables.tf.json"))["variable"]


def test_a_module_has_neither_provider_nor_state(desk: Desk) -> None:
    content = document()
    content["provider"]["aws"].append({"alias": "us_east_1", "region": "us-east-1"})
    desk.put(content)
    desk.run("--module")
    names = list(files_in(desk.out))
    assert "providers.tf" not in names
    assert "backend.tf" not in names
    assert "configuration_aliases = [aws.us_east_1]" in desk.text("terraform.tf")
    assert 'variable "region"' not in desk.text("variables.tf")


def test_a_partial_backend_leaves_the_place_of_the_state_to_terraform_init(desk: Desk) -> None:
    desk.run("--partial-backend")
    assert desk.text("backend.tf") == 'terraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n'
    assert desk.text("backend.s3.tfbackend.example") == (
        'bucket = "acme"\nkey    = "a"\nregion = "eu-west-1"\n'
    )
    assert "terraform init -backend-config=backend.s3.tfbackend" in desk.text("README.md")


def test_a_lock_file_is_taken_over_once(desk: Desk) -> None:
    """Terraform keeps it up to date afterwards."""
    (desk.stack / ".terraform.lock.hcl").write_text("# one\n", encoding="utf-8")
    desk.run()
    assert desk.text(".terraform.lock.hcl") == "# one\n"
    (desk.out / ".terraform.lock.hcl").write_text("# two\n", encoding="utf-8")
    assert desk.run() == 0
    assert desk.text(".terraform.lock.hcl") == "# two\n"


def test_two_runs_give_the_same_bytes(desk: Desk) -> None:
    desk.run()
    first = files_in(desk.out)
    assert desk.run() == 0
    assert files_in(desk.out) == first


def test_a_long_stack_has_a_file_for_each_subject(desk: Desk) -> None:
    content = document()
    groups = {f"g{i}": {"name": f"g{i}", "user_pool_id": "p", "precedence": i} for i in range(60)}
    content["resource"]["aws_cognito_user_group"] = groups
    content["resource"]["aws_sns_topic"] = {"a": {"name": "a"}}
    desk.put(content)
    desk.run()
    names = list(files_in(desk.out))
    assert [name for name in names if name.endswith(".tf")] == [
        "backend.tf",
        "clients.tf",
        "main.tf",
        "outputs.tf",
        "providers.tf",
        "terraform.tf",
        "user_pools.tf",
        "users.tf",
        "variables.tf",
    ]


def test_the_changelog_says_in_words_what_is_new(desk: Desk) -> None:
    desk.run()
    content = document()
    content["resource"]["aws_cognito_user_pool"]["users"]["mfa_configuration"] = "ON"
    content["resource"]["aws_cognito_user_group"] = {"a": {"name": "a", "user_pool_id": "p"}}
    del content["resource"]["aws_cognito_user_pool_client"]
    del content["output"]
    desk.put(content)
    assert desk.run() == 0
    assert (
        desk.text("CHANGELOG.md")
        == """\
# Changelog

What each hand-off changed, newest first.

## Hand-off 2

- Added `aws_cognito_user_group.a`.
- Changed `aws_cognito_user_pool.users`: `mfa_configuration`.
- Removed `aws_cognito_user_pool_client.web`.

## Hand-off 1

- The first one, with 2 resources.
"""
    )
    assert not (desk.out / "outputs.tf").exists()


def test_a_changed_address_of_the_same_construct_is_moved(desk: Desk) -> None:
    desk.run()
    content = document()
    pools = content["resource"]["aws_cognito_user_pool"]
    pools["people"] = pools.pop("users")
    desk.put(content)
    desk.run()
    moved = (
        "moved {\n  from = aws_cognito_user_pool.users\n  to   = aws_cognito_user_pool.people\n}\n"
    )
    assert desk.text("moved.tf") == moved
    assert "- Moved `aws_cognito_user_pool.users` to `aws_cognito_user_pool.people`." in desk.text(
        "CHANGELOG.md"
    )
    desk.run()
    assert desk.text("moved.tf") == moved, "not every state may have moved yet"


@pytest.mark.parametrize("form", ["{}", "${{{}}}"])
def test_a_move_of_the_program_is_no_lost_pool_and_is_not_written_twice(
    desk: Desk, form: str
) -> None:
    desk.run()
    content = document()
    pools = content["resource"]["aws_cognito_user_pool"]
    pools["people"] = pools.pop("users") | {"//": {"metadata": {"path": "auth/people/Default"}}}
    old, new = "aws_cognito_user_pool.users", "aws_cognito_user_pool.people"
    desk.put(content | {"moved": [{"from": form.format(old), "to": form.format(new)}]})
    assert desk.run() == 0
    assert desk.complained == ""
    moved = f"moved {{\n  from = {old}\n  to   = {new}\n}}\n"
    assert desk.text("moved.tf") == moved
    assert f"- Moved `{old}` to `{new}`." in desk.text("CHANGELOG.md")
    assert desk.run("--moved", f"{old}={new}") == 0
    assert desk.text("moved.tf") == moved
    desk.put(content)
    assert desk.run() == 0
    assert desk.text("moved.tf") == moved, "not every state may have moved yet"


def test_a_move_from_an_address_that_the_stack_has_is_refused(desk: Desk) -> None:
    old, new = "aws_cognito_user_pool.users", "aws_cognito_user_pool_client.web"
    assert desk.run("--moved", f"{old}={new}") == 2
    assert desk.complained == (
        f"constructs-auth handoff: --moved {old}: must be an address that the stack no longer has; "
        "give the former address first, then the new one\n"
    )


@pytest.mark.parametrize("old", ["users", "aws_cognito_user_pool.a b", "a.b\n}", "${a.b}"])
def test_a_move_from_something_else_than_an_address_is_refused(desk: Desk, old: str) -> None:
    assert desk.run("--moved", f"{old}=aws_cognito_user_pool.users") == 2
    assert "must begin with the address of a resource" in desk.complained
    assert not desk.out.exists()


def test_a_move_from_an_index_or_a_module_is_kept(desk: Desk) -> None:
    old = 'module.auth.aws_cognito_user_pool.users["eu"]'
    assert desk.run("--moved", f"{old}=aws_cognito_user_pool.users") == 0
    assert f"  from = {old}\n" in desk.text("moved.tf")
    assert desk.run("--check") == 0


def test_a_backend_in_a_list_can_be_partial(desk: Desk) -> None:
    content = document()
    content["terraform"]["backend"] = [{"s3": [{"bucket": "acme-state", "key": "k"}]}]
    desk.put(content)
    assert desk.run("--partial-backend") == 0
    assert "acme-state" not in desk.text("backend.tf")
    assert "acme-state" in desk.text("backend.s3.tfbackend.example")


@pytest.mark.parametrize("call", ["${file()}", "${[file()]}", "${{a = fileset(path.module)}}"])
def test_a_call_without_its_arguments_ends_without_a_traceback(desk: Desk, call: str) -> None:
    desk.put(document() | {"locals": {"a": call}})
    assert desk.run() in (0, 3)


def test_a_pool_that_is_gone_is_said_aloud(desk: Desk) -> None:
    """With another path too, it may be another pool: only its author knows."""
    desk.run()
    content = document()
    del content["resource"]["aws_cognito_user_pool"]["users"]
    content["resource"]["aws_cognito_user_pool"]["people"] = {"name": "users"}
    desk.put(content)
    assert desk.run() == 0
    assert desk.complained == (
        "warning: aws_cognito_user_pool.users: is not in this hand-off, and an apply would delete "
        "it with its users; if it has a new name, use --moved "
        "aws_cognito_user_pool.users=NEW_ADDRESS\n"
    )
    assert not (desk.out / "moved.tf").exists()

    desk.run("--moved", "aws_cognito_user_pool.users=aws_cognito_user_pool.people")
    assert "from = aws_cognito_user_pool.users" in desk.text("moved.tf")


def test_import_blocks_come_on_request(desk: Desk) -> None:
    desk.run("--import", "aws_cognito_user_pool_client.web=eu-west-1_a/b")
    assert desk.text("imports.tf") == (
        'import {\n  to = aws_cognito_user_pool_client.web\n  id = "eu-west-1_a/b"\n}\n'
    )
    assert desk.complained == (
        "warning: aws_cognito_user_pool_client.web: remove generate_secret to import a client, or "
        "its plan replaces the client; add it to lifecycle.ignore_changes\n"
    )


def test_a_list_of_resources_is_one_of_terraforms_spellings(desk: Desk) -> None:
    content = document()
    content["resource"] = [{kind: [blocks]} for kind, blocks in content["resource"].items()]
    desk.put(content)
    assert desk.run("--import", "aws_cognito_user_pool_client.web=eu-west-1_a/b") == 0
    assert "remove generate_secret to import a client" in desk.complained


def test_an_arn_of_one_account_is_said_aloud(desk: Desk) -> None:
    content = document()
    content["resource"]["aws_cognito_user_pool_domain"] = {
        "a": {"certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/a"}
    }
    desk.put(content)
    assert desk.run() == 0
    assert desk.complained == (
        "warning: resource.aws_cognito_user_pool_domain.a.certificate_arn: contains the ARN of one "
        "account; use a variable or a reference instead\n"
    )


def test_a_data_source_that_must_give_something_is_mocked(desk: Desk) -> None:
    content = document()
    content["data"] = {"aws_ssoadmin_instances": {"directory": {}}}
    desk.put(content)
    desk.run()
    assert desk.text("tests/as_written.tftest.hcl").startswith("""\
mock_provider "aws" {
  mock_data "aws_ssoadmin_instances" {
    defaults = {
      arns               = ["arn:aws:sso:::instance/ssoins-1234567890abcdef"]
      identity_store_ids = ["d-1234567890"]
    }
  }
}
""")


def test_check_is_silent_where_nothing_changed(desk: Desk) -> None:
    desk.run("--source-commit", "1" * 40)
    before = files_in(desk.out)
    assert desk.run("--check") == 0, "another commit alone is no difference"
    assert desk.said == f"{desk.out}: up to date\n"
    assert desk.wrote == ""
    assert files_in(desk.out) == before


def test_check_prints_a_diff_and_writes_nothing(desk: Desk) -> None:
    desk.run()
    before = files_in(desk.out)
    content = document()
    content["resource"]["aws_cognito_user_pool"]["users"]["name"] = "people"
    desk.put(content)
    assert desk.run("--check") == 1
    assert (
        "--- a/main.tf\n"
        "+++ b/main.tf\n"
        "@@ -1,5 +1,5 @@\n"
        ' resource "aws_cognito_user_pool" "users" {\n'
        '-  name                = "users"\n'
        '+  name                = "people"\n'
    ) in desk.said
    assert files_in(desk.out) == before


def test_check_finds_an_edit_and_a_missing_folder(desk: Desk) -> None:
    assert desk.run("--check") == 1
    assert not desk.out.exists()
    desk.run()
    (desk.out / "main.tf").write_text("", encoding="utf-8")
    assert desk.run("--check") == 1
    assert "--- a/main.tf\n" in desk.said


def test_refuses_a_folder_of_somebody_else(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "main.tf").write_text("# mine\n", encoding="utf-8")
    assert desk.run() == 2
    assert desk.complained == (
        f"constructs-auth handoff: {desk.out}: must be empty, or a hand-off with its "
        "manifest.json; choose another folder, or use --force to write into this one\n"
    )
    assert files_in(desk.out) == {"main.tf": b"# mine\n"}


def test_refuses_a_folder_that_was_edited(desk: Desk) -> None:
    desk.run()
    (desk.out / "main.tf").write_text("# mine\n", encoding="utf-8")
    (desk.out / "outputs.tf").unlink()
    before = files_in(desk.out)
    assert desk.run() == 2
    assert desk.complained == (
        f"constructs-auth handoff: {desk.out}: must not have edited files, got main.tf, "
        "outputs.tf; make the edit in the program, or use --force to overwrite it\n"
    )
    assert files_in(desk.out) == before
    assert desk.run("--force") == 0
    assert "aws_cognito_user_pool" in desk.text("main.tf")


def test_what_others_have_in_the_folder_stays(desk: Desk) -> None:
    desk.run()
    for name in ("prod.tfvars", "tests/ours.tftest.hcl", ".terraform/providers/lock"):
        (desk.out / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.out / name).write_text("theirs", encoding="utf-8")
    content = document()
    del content["output"]
    desk.put(content)
    assert desk.run() == 0
    assert desk.text("prod.tfvars") == "theirs"
    assert desk.text("tests/ours.tftest.hcl") == "theirs"
    assert desk.text(".terraform/providers/lock") == "theirs"


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_failure_leaves_the_folder_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """Whichever of the steps is the one that the disk, or the user, refuses."""
    desk.run()
    (desk.out / "prod.tfvars").write_text("theirs", encoding="utf-8")
    before = files_in(desk.out)
    content = document()
    content["resource"]["aws_cognito_user_pool"]["users"]["name"] = "people"
    del content["output"]
    desk.put(content)
    replace, unlink = Path.replace, Path.unlink
    steps = 0

    def count() -> None:
        nonlocal steps
        steps -= 1
        if steps == 0:
            raise error

    def replace_until(path: Path, target: Path) -> Path:
        count()
        return replace(path, target)

    def unlink_until(path: Path, *, missing_ok: bool = False) -> None:
        count()
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", replace_until)
    monkeypatch.setattr(Path, "unlink", unlink_until)
    failures = 0
    for fails_at in range(1, 40):
        steps = fails_at
        code = desk.run()
        if code == 0:
            break
        failures += 1
        assert code == (2 if error is OSError else 130)
        assert files_in(desk.out) == before
        assert [path.name for path in desk.out.parent.iterdir()] == ["stacks", "terraform"]

    assert failures == 12, "11 files are replaced, and outputs.tf goes"
    assert "people" in desk.text("main.tf")
    assert not (desk.out / "outputs.tf").exists()


def test_a_failure_leaves_no_new_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert desk.run() == 2
    assert desk.complained == (
        f"constructs-auth handoff: {desk.out}: must be writable, got No space left on device; "
        "nothing has changed in it; correct this and try again\n"
    )
    assert not desk.out.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "{file}: must be JSON, Expecting property name enclosed in double quotes: line 1 "
         "column 2 (char 1); synthesize it again"),
        ("[]", "{file}: must be an object of Terraform blocks; give a cdk.tf.json"),
        ('{"locals": {"a": NaN}}', (
            "{file}: must be JSON, NaN is not a number; synthesize it again"
        )),
        ('{"AWSTemplateFormatVersion": "2010-09-09"}',
         "AWSTemplateFormatVersion: must be one of terraform, provider, variable, locals, data, "
         "ephemeral, resource, module, check, output, moved, import, removed; "
         "give the cdk.tf.json of a stack, or other Terraform JSON"),
        ('{"resource": {"aws_sns_topic": {"a": {}, "a": {}}}}',
         "resource.aws_sns_topic.a: must be unique; two blocks have this address; rename one"),
        ('{"resource": [{"aws_sns_topic": {"a": {}}}, {"aws_sns_topic": {"a": {}}}]}',
         "resource.aws_sns_topic.a: must be unique; two blocks have this address; rename one"),
        ('{"resource": {"aws_cognito_identity_provider": {"g": {"provider_details": '
         '{"client_secret": "HUSH"}}}}}',
         "resource.aws_cognito_identity_provider.g.provider_details.client_secret: must not "
         "contain a secret; use a sensitive variable or a data source instead"),
        ('{"resource": {"aws_cognito_user": {"a": {"temporary_password": "HUSH"}}}}',
         "resource.aws_cognito_user.a.temporary_password: must not contain a secret; "
         "use a sensitive variable or a data source instead"),
        ('{"resource": {"aws_acm_certificate": {"a": {"private_key_wo": "HUSH"}}}}',
         "resource.aws_acm_certificate.a.private_key_wo: must not contain a secret; "
         "use a sensitive variable or a data source instead"),
        ('{"provider": {"aws": [{"secret_key": "HUSH"}]}}',
         "provider.aws.secret_key: must not contain a secret; "
         "use a sensitive variable or a data source instead"),
        ('{"terraform": {"backend": {"s3": {"token": "HUSH"}}}}',
         "terraform.backend.s3.token: must not contain a secret; "
         "use a sensitive variable or a data source instead"),
        ('{"variable": {"google": {"sensitive": true, "default": "HUSH"}}}',
         "variable.google.default: must not contain a secret; "
         "use a sensitive variable or a data source instead"),
    ],
)  # fmt: skip
def test_refuses_a_stack_that_cannot_be_handed_over(desk: Desk, content: str, message: str) -> None:
    desk.put(content)
    assert desk.run() == 3
    told = message.replace("{file}", str(desk.stack / "cdk.tf.json"))
    assert desk.complained == f"constructs-auth handoff: {told}\n"
    assert not desk.out.exists()


def test_units_of_time_are_no_secrets(desk: Desk) -> None:
    content = document()
    content["resource"]["aws_cognito_user_pool_client"]["web"]["token_validity_units"] = [
        {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
    ]
    desk.put(content)
    assert desk.run() == 0


def test_says_which_stacks_there_are(desk: Desk) -> None:
    missing = desk.stack.parent / "shop"
    assert desk.run(stack=str(missing)) == 3
    assert desk.complained == (
        f"constructs-auth handoff: {missing}: must be the folder of a synthesized stack; "
        f"there are auth in {desk.stack.parent}\n"
    )


def test_says_which_stacks_the_app_has(desk: Desk, tmp_path: Path) -> None:
    program = tmp_path / "app.py"
    copy = f"shutil.copytree({str(desk.stack.parent)!r}, os.environ['CDKTF_OUTDIR'] + '/stacks')"
    program.write_text(f"import os, shutil\n{copy}\n", encoding="utf-8")
    assert desk.run("--app", f"{sys.executable} {program}", stack="shop") == 3
    assert desk.complained == (
        "constructs-auth handoff: the stack 'shop': must be one of the app; choose from auth\n"
    )


def test_refuses_to_import_what_is_not_there(desk: Desk) -> None:
    assert desk.run("--import", "aws_sns_topic.a=x") == 2
    assert desk.complained == (
        "constructs-auth handoff: --import aws_sns_topic.a: must be the address of a resource in "
        "the stack; choose from aws_cognito_user_pool.users, aws_cognito_user_pool_client.web\n"
    )


def test_takes_a_stack_straight_from_the_app(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, pathlib, sys\n"
        "out = pathlib.Path(os.environ['CDKTF_OUTDIR'], 'stacks', 'auth')\n"
        "out.mkdir(parents=True)\n"
        f"out.joinpath('cdk.tf.json').write_text({json.dumps(document())!r})\n",
        encoding="utf-8",
    )
    commit = ("--source-commit", "1" * 40)
    assert desk.run("--app", f"{sys.executable} {program}", *commit, stack="auth") == 0
    first = files_in(desk.out)

    monkeypatch.chdir(tmp_path)
    Path("cdktf.json").write_text(
        json.dumps({"app": f"{sys.executable} {program}"}), encoding="utf-8"
    )
    assert desk.run(*commit, stack="auth") == 0
    assert files_in(desk.out) == first


@pytest.mark.parametrize("output", ["cdktf.out", "out"])
def test_the_lock_file_of_an_app_is_in_the_folder_where_it_usually_synthesizes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    app = "import os, shutil; shutil.copytree('stacks', os.environ['CDKTF_OUTDIR'] + '/stacks')"
    Path(tmp_path, "app.py").write_text(app, encoding="utf-8")
    settings = {"app": f"{sys.executable} app.py"} | ({"output": "out"} if output == "out" else {})
    Path(tmp_path, "cdktf.json").write_text(json.dumps(settings), encoding="utf-8")
    usual = tmp_path / output / "stacks" / "auth"
    usual.mkdir(parents=True)
    (usual / ".terraform.lock.hcl").write_text("# one\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    for options in ((), ("--module", "--force")):
        assert desk.run(*options, stack="auth") == 0
        assert desk.text(".terraform.lock.hcl") == "# one\n"
        (desk.out / ".terraform.lock.hcl").unlink()


def test_an_app_that_fails_is_quoted(desk: Desk) -> None:
    app = f"{sys.executable} -c \"raise SystemExit('no such region')\""
    assert desk.run("--app", app, stack="auth") == 3
    assert desk.complained == (
        f"constructs-auth handoff: app {app!r}: must synthesize, got exit code 1; its error output "
        "is:\nno such region\n"
    )
    assert not desk.out.exists()


def test_an_app_has_to_be_known(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert desk.run(stack="auth") == 3
    assert desk.complained == (
        "constructs-auth handoff: app: must be known, got no cdktf.json with an app here; "
        'use --app "python main.py", or give the folder of a synthesized stack\n'
    )


def test_another_providers_schema_tells_its_blocks(desk: Desk, tmp_path: Path) -> None:
    content = document()
    content["resource"]["acme_thing"] = {"a": {"settings": {"size": 1}}}
    desk.put(content)
    schema: dict[str, Any] = {
        "provider_schemas": {
            "registry.terraform.io/acme/acme": {
                "resource_schemas": {
                    "acme_thing": {"block": {"block_types": {"settings": {"block": {}}}}}
                }
            }
        }
    }
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(schema), encoding="utf-8")
    desk.run("--schema", str(file))
    assert "  settings {\n    size = 1\n  }\n" in desk.text("main.tf")
    file.write_text("[]", encoding="utf-8")
    assert desk.run("--schema", str(file)) == 3
    assert desk.complained == (
        f"constructs-auth handoff: {file}: must be the output of `terraform providers schema "
        "-json`; run `terraform providers schema -json > FILE`\n"
    )
