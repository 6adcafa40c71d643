"""The workflow for pull requests: its steps run here as they run there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # it comes with moto, without types

from constructs_auth.facts.node_releases import TRIED
from tests.plans.record import RECORDED
from tests.support.synthesized import PROJECT
from tests.unit.review.plans import change, plan
from tests.unit.review.test_command import synthesized
from tools.runtimes import PYTHONS

FILE = PROJECT / ".github" / "workflows" / "plan.yml"
TEXT = FILE.read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOBS = WORKFLOW["jobs"]
FAKE_GITHUB = """
const seen = JSON.parse(process.env.SEEN);
const done = [];
const context = { repo: { owner: "acme", repo: "auth" }, issue: { number: 7 } };
const github = {
  paginate: async () => seen,
  rest: {
    issues: {
      listComments: null,
      createComment: async (given) => done.push(["create", given.issue_number, given.body]),
      updateComment: async (given) => done.push(["update", given.comment_id, given.body]),
    },
  },
};
(async () => {
  await (async () => { SCRIPT })();
  console.log(JSON.stringify(done));
})();
"""


def step(job: str, name: str) -> dict[str, Any]:
    """Give the step *name* of *job*."""
    found: dict[str, Any] = next(one for one in JOBS[job]["steps"] if one.get("name") == name)
    return found


def test_actions_are_pinned_by_digest_and_say_their_version() -> None:
    used = re.findall(r"uses: (.*)", TEXT)
    assert len(used) >= 10
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)


def test_what_runs_code_of_the_pull_request_cannot_write() -> None:
    assert WORKFLOW["permissions"] == {}
    assert JOBS["synth"]["permissions"] == {"contents": "read"}
    assert JOBS["base"]["permissions"] == {"contents": "read"}
    assert JOBS["plan"]["permissions"] == {"contents": "read", "id-token": "write"}
    assert JOBS["plan"]["environment"] == "plan"


def test_what_writes_runs_no_code_of_the_pull_request() -> None:
    assert JOBS["report"]["permissions"] == {
        "contents": "read",
        "pull-requests": "write",
        "security-events": "write",
    }
    assert not [one for one in JOBS["report"]["steps"] if "run" in one]
    assert "checkout" not in json.dumps(JOBS["report"])


def test_a_fork_gets_no_credentials() -> None:
    for job in ("base", "plan"):
        assert "head.repo.full_name == github.repository" in JOBS[job]["if"]
    assert "pull_request_target" not in TEXT


def test_no_script_holds_an_expression() -> None:
    """What somebody calls a branch or a stack would become part of the script."""
    scripts = [
        one.get("run") or one.get("with", {}).get("script", "")
        for job in JOBS.values()
        for one in job["steps"]
    ]
    assert len([script for script in scripts if script]) >= 8
    assert not [script for script in scripts if "${{" in script]


def ran(script: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step in *folder*, as GitHub does."""
    commands = folder / "bin"
    commands.mkdir(exist_ok=True)
    command = commands / "constructs-auth"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m constructs_auth "$@"\n', "utf-8")
    command.chmod(0o755)
    return subprocess.run(
        [str(shutil.which("bash")), "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "STACK": "auth",
            "RUNNER_TEMP": str(folder / "temporary"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            **more,
        },
        capture_output=True,
        text=True,
        check=False,
    )


ACCEPTED = {
    "accepted": [
        {
            "rule": "CH21",
            "address": "aws_cognito_user_pool_client.web",
            "reason": "The beta is over.",
        }
    ]
}


@pytest.mark.parametrize(
    ("plan", "accepted", "code"),
    [
        pytest.param("no_change", None, 0, marks=pytest.mark.thorough),
        pytest.param("callback_url_removed", None, 1, marks=pytest.mark.thorough),
        ("callback_url_removed", ACCEPTED, 0),
        pytest.param("prevent_destroy_client", None, 3, marks=pytest.mark.thorough),
    ],
)
def test_the_review_step_writes_its_reports_and_keeps_no_plan(
    tmp_path: Path, plan: str, accepted: object, code: int
) -> None:
    (tmp_path / "stacks").mkdir()
    synthesized(tmp_path / "stacks" / "auth")
    if accepted is not None:
        (tmp_path / "stacks" / "accepted.json").write_text(json.dumps(accepted), "utf-8")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    shutil.copy(RECORDED / f"{plan}.json", temporary / "plan.json")
    finished = ran(step("plan", "Review")["run"], tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "output").read_text("utf-8") == f"code={code}\n"
    assert sorted(file.name for file in (tmp_path / "review").iterdir()) == [
        "auth.html",
        "auth.md",
        "auth.sarif",
    ]
    page = (tmp_path / "review" / "auth.md").read_text("utf-8")
    assert page.startswith('<!-- constructs-auth {"v": 1, "root": "auth"} -->\n')
    assert (tmp_path / "summary").read_text("utf-8") == page
    assert not (temporary / "plan.json").exists()
    assert ("The beta is over." in page) is (accepted is not None)


@pytest.mark.thorough
def test_what_is_deployed_is_compared_with(tmp_path: Path) -> None:
    """The stacks of the target branch are there, with another backend."""
    for folder, key in (("stacks", "staging"), ("base", "prod")):
        (tmp_path / folder).mkdir()
        file = Path(synthesized(tmp_path / folder / "auth")) / "cdk.tf.json"
        document = json.loads(file.read_text("utf-8"))
        document["terraform"] = {"backend": {"s3": {"bucket": "state", "key": key}}}
        document["resource"]["aws_cognito_user_pool"] = {"users": {"name": "acme"}}
        file.write_text(json.dumps(document), "utf-8")
    (tmp_path / "temporary").mkdir()
    created = plan(change("aws_cognito_user_pool", "users", None, {"name": "acme"}))
    (tmp_path / "temporary" / "plan.json").write_text(json.dumps(created), "utf-8")
    finished = ran(step("plan", "Review")["run"], tmp_path)
    assert finished.returncode == 0, finished.stderr
    page = (tmp_path / "review" / "auth.md").read_text("utf-8")
    assert "key of the backend changes from prod to staging" in page


FAKE_TERRAFORM = """#!/bin/sh
echo "$1 of a secret password"; echo "error with a secret password" >&2
cp "$TF_CLI_CONFIG_FILE" "$RUNNER_TEMP/seen.rc"
case "$FAILS" in *"$1"*) fails=1 ;; *) fails=0 ;; esac
for argument in "$@"; do
  case "$argument" in
    -var-file=*) cp "${argument#-var-file=}" "$RUNNER_TEMP/seen.json" ;;
    -out=*) if [ "$fails" = 0 ] || [ "$FAILS" = "plan and writes" ]; then
        echo made > "${argument#-out=}"
      fi ;;
  esac
done
if [ "$1" = show ] && [ "$fails" = 0 ]; then cat "$3"; fi
exit "$fails"
"""


def planned(folder: Path, fails: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the step that plans, with a Terraform that says secrets and fails at *fails*."""
    for name in ("stacks/auth", "temporary", "bin"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    document = folder / "stacks" / "auth" / "cdk.tf.json"
    if not document.exists():
        document.write_text(json.dumps(GOOD), "utf-8")
    terraform = folder / "bin" / "terraform"
    terraform.write_text(FAKE_TERRAFORM, "utf-8")
    terraform.chmod(0o755)
    return ran(
        step("plan", "Plan")["run"],
        folder,
        TF_CLI_CONFIG_FILE=str(folder / "terraform.rc"),
        FAILS=fails,
        **more,
    )


SECRET_VARIABLE = {"google_secret": {"type": "string", "sensitive": True}}


def with_variables(folder: Path, variables: object) -> None:
    """Write a stack that defines *variables*."""
    (folder / "stacks" / "auth").mkdir(parents=True)
    document = json.dumps({**GOOD, "variable": variables})
    (folder / "stacks" / "auth" / "cdk.tf.json").write_text(document, "utf-8")


@pytest.mark.parametrize(
    ("public", "secret", "seen"),
    [
        ("", "", {}),
        ('{"size": 3, "urls": ["a"]}', "", {"size": 3, "urls": ["a"]}),
        ("", '{"google_secret": "s\\n"}', {"google_secret": "s\n"}),
        ('{"size": 3}', '{"google_secret": "s"}', {"size": 3, "google_secret": "s"}),
    ],
)
def test_terraform_gets_the_variables_of_the_repository(
    tmp_path: Path, public: str, secret: str, seen: object
) -> None:
    """They are for this step alone, and their file is gone after it."""
    with_variables(tmp_path, {name: {} for name in seen} if isinstance(seen, dict) else {})
    finished = planned(tmp_path, PLAN_VARIABLES=public, PLAN_SECRETS=secret)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    given = json.loads((tmp_path / "temporary" / "seen.json").read_text("utf-8"))
    assert given == seen
    assert not (tmp_path / "temporary" / "plan.tfvars.json").exists()


@pytest.mark.parametrize("given", ["a secret password", '["password"]', '{"a": 1} 7 "password"'])
def test_variables_that_are_no_objects_are_named_and_not_shown(tmp_path: Path, given: str) -> None:
    for name in ("PLAN_VARIABLES", "PLAN_SECRETS"):
        finished = planned(tmp_path, **{name: given})
        assert finished.returncode == 1
        assert finished.stdout == "PLAN_VARIABLES and PLAN_SECRETS must be JSON objects.\n"
        assert finished.stderr == ""


def test_a_variable_without_a_value_is_named(tmp_path: Path) -> None:
    hostile: dict[str, object] = {"::error::\u202e": {}}
    optional: dict[str, object] = {"b": {"default": None}}
    with_variables(tmp_path, {**SECRET_VARIABLE, **hostile, **optional, "c": {}})
    finished = planned(tmp_path, PLAN_VARIABLES='{"c": 1}')
    assert finished.returncode == 1
    assert finished.stdout == (
        "No value for the variables google_secret error. "
        "Set them in PLAN_VARIABLES or PLAN_SECRETS.\n"
    )


@pytest.mark.parametrize("variables", [[1], {"a": 1}, "x"])
def test_variables_of_another_form_end_in_a_line(tmp_path: Path, variables: object) -> None:
    with_variables(tmp_path, variables)
    finished = planned(tmp_path)
    assert finished.returncode == 1
    assert "terraform plan failed" in finished.stdout
    assert finished.stderr == ""


def test_secret_variables_are_in_no_other_step() -> None:
    assert TEXT.count("PLAN_SECRETS: ${{ secrets.PLAN_SECRETS }}") == 1
    assert "secrets.PLAN_SECRETS" in step("plan", "Plan")["env"]["PLAN_SECRETS"]
    assert set(re.findall(r"secrets\.(\w+)", TEXT)) == {"PLAN_SECRETS"}


def test_the_lock_file_of_a_stack_goes_along_and_its_absence_is_said(tmp_path: Path) -> None:
    assert "No lock file: the plan takes the newest provider." in planned(tmp_path).stdout
    (tmp_path / "stacks" / "auth" / ".terraform.lock.hcl").write_text("", "utf-8")
    assert "lock file" not in planned(tmp_path).stdout
    uploads = [
        one["with"]
        for job in ("synth", "base")
        for one in JOBS[job]["steps"]
        if "upload-artifact" in one.get("uses", "")
    ]
    assert [one["include-hidden-files"] for one in uploads] == [True, True]


def test_a_stack_that_is_gone_is_neither_checked_nor_planned(tmp_path: Path) -> None:
    """Git keeps its lock file."""
    for name in ("auth/cdk.tf.json", "auth/.terraform.lock.hcl", "old/.terraform.lock.hcl"):
        file = tmp_path / "cdktf.out" / "stacks" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"resource": {}}', "utf-8")
    checked = ran(step("synth", "Check each stack")["run"], tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    listed = ran(step("synth", "List the stacks")["run"], tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert (tmp_path / "output").read_text("utf-8") == 'names=["auth"]\n'


def test_the_jobs_run_on_the_newest_python_and_node_that_are_tried() -> None:
    assert set(re.findall(r"python-version: (.*)", TEXT)) == {f'"{PYTHONS[-1]}"'}
    assert set(re.findall(r"node-version: (.*)", TEXT)) == {f'"{TRIED[-1]}"'}


@pytest.mark.parametrize(
    ("fails", "code"), [("", 0), ("plan and writes", 0), ("init", 1), ("plan", 1), ("show", 1)]
)
def test_nothing_that_terraform_prints_is_in_the_log(tmp_path: Path, fails: str, code: int) -> None:
    finished = planned(tmp_path, fails)
    assert finished.returncode == code, finished.stderr
    assert "password" not in finished.stdout + finished.stderr
    assert ("on your machine to see why" in finished.stdout) is bool(code)


def test_a_plan_that_another_job_has_put_there_is_not_read(tmp_path: Path) -> None:
    for place in ("stacks/auth", "temporary"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "tfplan").write_text("forged", "utf-8")
    assert planned(tmp_path, "plan").returncode == 1
    assert planned(tmp_path).returncode == 0
    shown = (tmp_path / "temporary" / "plan.json").read_text("utf-8")
    assert "made" in shown
    assert "forged" not in shown


def test_a_plan_runs_no_provider_but_that_of_aws(tmp_path: Path) -> None:
    planned(tmp_path)
    assert 'include = ["registry.terraform.io/hashicorp/aws"]' in (
        tmp_path / "temporary" / "seen.rc"
    ).read_text("utf-8")


def asked(folder: Path, stack: str = "auth") -> subprocess.CompletedProcess[str]:
    """Run the step that refuses files of the pull request."""
    found = step("plan", "Refuse anything but Terraform JSON")
    assert found["shell"] == "python -I {0}"
    script = folder / "refuse.py"
    script.write_text(found["run"], "utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(script)],
        cwd=folder,
        env={"STACK": stack},
        capture_output=True,
        text=True,
        check=False,
    )


AWS = {"region": "eu-west-1", "default_tags": [{"tags": {"profile": "a"}}]}
ARCHIVE = "assets/code/archive.zip"
GOOD = {
    "locals": {
        "description": "a file (of 2026)",
        "a": f'${{filebase64sha256("{ARCHIVE}")}}',
        "b": f'${{filebase64sha256("${{path.module}}/{ARCHIVE}")}}',
        "c": f'${{templatefile("{ARCHIVE}", {{ profile = 1 }})}}',
    },
    "provider": {"aws": [AWS, {**AWS, "alias": "b", "assume_role": [{"role_arn": "a"}]}]},
    "terraform": {"backend": {"s3": {"bucket": "state"}}, "required_providers": {}},
    "resource": {"aws_cognito_user_pool": {"users": {"name": "acme"}}},
}


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    """What the job of the pull request hands over, as it should be; give the stack's folder."""
    folder = tmp_path / "stacks" / "auth"
    (folder / "assets" / "code").mkdir(parents=True)
    (folder / "assets" / "code" / "archive.zip").write_bytes(b"PK")
    (folder / ".terraform.lock.hcl").write_text("", "utf-8")
    (folder / "constructs-auth.json").write_text("{}", "utf-8")
    (folder / "cdk.tf.json").write_text(json.dumps(GOOD), "utf-8")
    (tmp_path / "stacks" / "accepted.json").write_text(json.dumps(ACCEPTED), "utf-8")
    return folder


def test_the_terraform_json_of_a_stack_and_its_assets_are_accepted(artifact: Path) -> None:
    finished = asked(artifact.parent.parent)
    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.thorough
def test_the_terraform_json_of_every_example_is_accepted(artifact: Path) -> None:
    found = sorted((PROJECT / "tests" / "synth" / "__snapshots__" / "test_examples").glob("*.json"))
    assert len(found) > 15
    for file in found:
        written = json.loads(file.read_text("utf-8"))
        for document in [written] if "terraform" in written else written.values():
            (artifact / "cdk.tf.json").write_text(json.dumps(document), "utf-8")
            finished = asked(artifact.parent.parent)
            assert (finished.returncode, finished.stderr) == (0, ""), file.name


@pytest.mark.parametrize(
    "name",
    [
        "tfplan",
        "main.tf",
        "more.tf.json",
        "a_override.tf.json",
        "terraform.tfvars.json",
        "a.auto.tfvars",
        "terraform.tfstate",
        ".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/aws",
        "terraform.d/plugins/a",
        "constructs-auth.json/a",
        "::error::x",
        "##[error]\u202e",
    ],
)
def test_any_other_file_is_refused(artifact: Path, name: str) -> None:
    file = artifact / name
    if file.parent.is_file():
        file.parent.unlink()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}", "utf-8")
    finished = asked(artifact.parent.parent)
    assert finished.returncode == 1
    assert finished.stderr.startswith("Refused: ")
    assert finished.stderr.count("\n") == 1
    assert "##[" not in finished.stderr
    assert finished.stderr.isascii()


@pytest.mark.parametrize("name", ["assets/a", "cdk.tf.json", "../accepted.json", "../auth"])
def test_a_link_is_refused(artifact: Path, name: str) -> None:
    file = Path(os.path.normpath(artifact / name))
    elsewhere = artifact.parent.parent / "elsewhere"
    if file.exists():
        file.rename(elsewhere)
    file.symlink_to(elsewhere if elsewhere.exists() else "/proc/self/environ")
    finished = asked(artifact.parent.parent)
    assert finished.returncode == 1
    assert "is no file" in finished.stderr


@pytest.mark.parametrize(
    "document",
    [
        {"module": {"m": {"source": "./assets/m"}}},
        {"provider": {"external": {}}},
        {"provider": {"aws": {"shared_config_files": ["assets/config"], "profile": "a"}}},
        {"provider": {"aws": [{"endpoints": [{"cognitoidp": "http://a.example"}]}]}},
        {"provider": {"aws": [{"http_proxy": "http://a.example"}]}},
        {"terraform": {"backend": {"http": {"address": "http://a.example"}}}},
        {"terraform": {"backend": {"s3": {"shared_credentials_file": "assets/config"}}}},
        {"data": {"terraform_remote_state": {"a": {"backend": "http", "config": {}}}}},
        {"data": {"terraform_remote_state": {"a": {}}}},
        {"locals": {"a": '${file("/proc/self/environ")}'}},
        {"locals": {"a": '${core::file ( "/proc/self/environ")}'}},
        {"locals": {"a": '${file/**/("/proc/self/environ")}'}},
        {"locals": {"a": '${file("assets/../../../proc/self/environ")}'}},
        {"locals": {"a": '${file("assets/./../../x")}'}},
        {"locals": {"a": '${file("assets/code/../../x")}'}},
        {"locals": {"a": '${file("assets/${local.b}")}'}},
        {"locals": {"a": '${filebase64(join("/", ["", "proc"]))}'}},
        {"locals": {"a": {'${templatefile("/etc/passwd", {})}': 1}}},
        {"output": {"a": {"value": ['%{ if file("~/.aws/credentials") != "" }a%{ endif }']}}},
        {"provider": 1},
        [],
        "",
    ],
)
def test_terraform_json_that_runs_programs_or_asks_others_is_refused(
    artifact: Path, document: object
) -> None:
    written = {**GOOD, **document} if isinstance(document, dict) else document
    (artifact / "cdk.tf.json").write_text(json.dumps(written), "utf-8")
    finished = asked(artifact.parent.parent)
    assert finished.returncode == 1
    assert finished.stderr.startswith("Refused: ")


@pytest.mark.parametrize(
    "text",
    [
        '{"provider": {"aws": {"profile": "a"}}, "provider": {}}',
        "{",
        "",
        "[" * 100_000,
        '\ufeff{"resource": {}}',
    ],
)
def test_json_that_terraform_reads_in_another_way_is_refused(artifact: Path, text: str) -> None:
    (artifact / "cdk.tf.json").write_text(text, "utf-8")
    finished = asked(artifact.parent.parent)
    assert finished.returncode == 1
    assert finished.stderr.startswith("Refused: ")


@pytest.mark.parametrize("stack", ["", ".", "..", "../reviewer", "auth/assets", "a b", "-rf", "é"])
def test_a_stack_is_named_like_one(artifact: Path, stack: str) -> None:
    finished = asked(artifact.parent.parent, stack)
    assert finished.returncode == 1
    assert finished.stderr == "Refused: 'the name of the stack'\n"


def test_files_are_refused_before_credentials_and_terraform_come() -> None:
    steps = [
        one.get("name") or one.get("uses", "").partition("@")[0] for one in JOBS["plan"]["steps"]
    ]
    at = steps.index("Refuse anything but Terraform JSON")
    assert at == steps.index("actions/download-artifact") + 1
    assert at < steps.index("hashicorp/setup-terraform")
    assert at < steps.index("aws-actions/configure-aws-credentials") < steps.index("Plan")


def test_only_what_the_plans_have_written_is_published() -> None:
    """Code of the pull request could upload a review of its own, if it knew the name."""
    word = "${{ needs.base.outputs.word }}"
    (uploaded,) = (
        one["with"] for one in JOBS["plan"]["steps"] if "upload-artifact" in one.get("uses", "")
    )
    downloaded = JOBS["report"]["steps"][0]["with"]
    assert uploaded["name"] == f"review-{word}-${{{{ matrix.stack }}}}"
    assert downloaded["pattern"] == f"review-{word}-*"
    assert JOBS["base"]["needs"] == "synth"
    assert "ref: ${{ github.event.pull_request.base.sha }}" in TEXT


def test_the_file_of_accepted_findings_goes_along_with_the_stacks(tmp_path: Path) -> None:
    """After the stacks are listed: it is none of them."""
    names = [one.get("name") for one in JOBS["synth"]["steps"]]
    assert names.index("List the stacks") < names.index("Accepted findings")
    script = step("synth", "Accepted findings")["run"]
    (tmp_path / "cdktf.out" / "stacks").mkdir(parents=True)
    for _ in ("without the file", "with it"):
        subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, check=True)  # noqa: S607 - as GitHub does
        (tmp_path / "accepted.json").write_text(json.dumps(ACCEPTED), "utf-8")
    assert (tmp_path / "cdktf.out" / "stacks" / "accepted.json").is_file()


def commented(folder: Path, seen: list[dict[str, Any]]) -> list[list[Any]]:
    """Run the script of the comment on reviews in *folder*, where *seen* is there already."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not on the PATH")
    script = step("report", "Comment")["with"]["script"]
    finished = subprocess.run(
        [node, "-e", FAKE_GITHUB.replace("SCRIPT", script)],
        cwd=folder,
        env={"SEEN": json.dumps(seen), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    done: list[list[Any]] = json.loads(finished.stdout)
    return done


BOT = {"login": "github-actions[bot]"}
AUTH = '<!-- constructs-auth {"v": 1, "root": "auth"} -->\n\nnew\n'
BILLING = '<!-- constructs-auth {"v": 1, "root": "billing"} -->\n\nnew\n'


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """Two reviews, and a file that is none."""
    folder = tmp_path / "review"
    folder.mkdir()
    (folder / "auth.md").write_text(AUTH, "utf-8")
    (folder / "billing.md").write_text(BILLING, "utf-8")
    (folder / "auth.sarif").write_text("{}", "utf-8")
    return tmp_path


def test_each_stack_gets_a_comment(reviews: Path) -> None:
    assert commented(reviews, []) == [["create", 7, AUTH], ["create", 7, BILLING]]


def test_its_own_comment_is_updated_and_nobody_elses(reviews: Path) -> None:
    seen = [
        {"id": 1, "user": {"login": "mallory"}, "body": AUTH},
        {"id": 2, "user": BOT, "body": "another report"},
        {"id": 3, "user": BOT, "body": AUTH.replace("new", "old").replace("\n", "\r\n")},
        {"id": 4, "user": BOT, "body": BILLING.replace("new", "old")},
    ]
    assert commented(reviews, seen) == [["update", 3, AUTH], ["update", 4, BILLING]]


def test_an_equal_comment_is_left_alone(reviews: Path) -> None:
    seen = [
        {"id": 3, "user": BOT, "body": AUTH.replace("\n", "\r\n")},
        {"id": 4, "user": BOT, "body": BILLING.rstrip()},
    ]
    assert commented(reviews, seen) == []
