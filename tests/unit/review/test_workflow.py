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

from tests.plans.record import RECORDED
from tests.support.synthesized import PROJECT
from tests.unit.review.test_command import synthesized

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
    assert JOBS["plan"]["permissions"] == {"contents": "read", "id-token": "write"}


def test_what_writes_runs_no_code_of_the_pull_request() -> None:
    assert JOBS["report"]["permissions"] == {
        "contents": "read",
        "pull-requests": "write",
        "security-events": "write",
    }
    assert not [one for one in JOBS["report"]["steps"] if "run" in one]
    assert "checkout" not in json.dumps(JOBS["report"])


def test_a_fork_gets_no_credentials() -> None:
    assert "head.repo.full_name == github.repository" in JOBS["plan"]["if"]
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
    commands = tmp_path / "bin"
    commands.mkdir()
    command = commands / "constructs-auth"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m constructs_auth "$@"\n', "utf-8")
    command.chmod(0o755)
    finished = subprocess.run(
        [str(shutil.which("bash")), "-eo", "pipefail", "-c", step("plan", "Review")["run"]],
        cwd=tmp_path,
        env={
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "STACK": "auth",
            "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
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
