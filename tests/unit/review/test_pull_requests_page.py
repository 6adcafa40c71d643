"""What docs/pull-requests.md lets jobs run: it runs here, against an API on this machine."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml  # type: ignore[import-untyped] # it comes with moto, without types

from tests.plans.record import RECORDED
from tests.support.serving import serving
from tests.support.synthesized import PROJECT
from tests.unit.review.test_command import synthesized
from tests.unit.review.test_workflow import ACCEPTED

PAGE = (PROJECT / "docs" / "pull-requests.md").read_text(encoding="utf-8")
BLOCKS = [yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
PIPELINE = next(one for one in BLOCKS if "plan" in one)
COMMENT = next(one for one in BLOCKS if "comment" in one)["comment"]
STEPS = {
    step["name"]: step for one in BLOCKS if isinstance(one, list) for step in one if "name" in step
}
TOKEN = "glpat-secret"
ME, MALLORY = {"id": 42}, {"id": 13}
AUTH = '<!-- constructs-auth {"v": 1, "root": "auth"} -->\n\nnew\n'
BILLING = '<!-- constructs-auth {"v": 1, "root": "billing"} -->\n\nnew\n'


@dataclass
class GitLab:
    """A project with one merge request, 7, and what was written to it.

    Attributes:
        reports: The report of each job that plans, by the job's id.
        notes: The comments that are there.
        written: Method, path and body of each request that writes.
    """

    url: str = ""
    reports: dict[int, str] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    written: list[tuple[str, str, str]] = field(default_factory=list)

    def answer(self, path: str) -> list[dict[str, Any]] | dict[str, Any] | None:
        """Give what is at *path*; `None` if there is nothing."""
        jobs = [{"id": one, "stage": "plan"} for one in self.reports]
        found: dict[str, Any] = {
            "/user": ME,
            "/projects/1/merge_requests": [
                {"iid": 6, "state": "closed"},
                {"iid": 7, "state": "opened"},
            ],
            "/projects/1/merge_requests/7/pipelines": [
                {"id": 70, "project_id": 1, "source": "merge_request_event"},
                {"id": 71, "project_id": 1, "source": "merge_request_event"},
                {"id": 72, "project_id": 1, "source": "push"},
                {"id": 73, "project_id": 2, "source": "merge_request_event"},
            ],
            "/projects/1/pipelines/71/jobs": [{"id": 1, "stage": "synth"}, *jobs],
            "/projects/1/merge_requests/7/notes": self.notes,
        }
        return found.get(path)


def handler_of(gitlab: GitLab) -> type[BaseHTTPRequestHandler]:
    """Make the handler that answers as *gitlab*, one item on a page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.headers["PRIVATE-TOKEN"] == TOKEN
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            report = re.fullmatch(r"/projects/1/jobs/(\d+)/artifacts/review\.md", path)
            if report and gitlab.reports.get(int(report[1])):
                self._give(gitlab.reports[int(report[1])].encode())
                return
            found = gitlab.answer(path)
            if found is None:
                self.send_error(404)
            elif isinstance(found, dict):
                self._give(json.dumps(found).encode())
            else:
                page = int(query["page"][0])
                following = str(page + 1) if page < len(found) else ""
                self._give(json.dumps(found[page - 1 : page]).encode(), following)

        def do_POST(self) -> None:
            self._write()

        def do_PUT(self) -> None:
            self._write()

        def _write(self) -> None:
            assert self.headers["PRIVATE-TOKEN"] == TOKEN
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            gitlab.written.append((self.command, self.path, sent["body"]))
            self._give(b"{}")

        def _give(self, body: bytes, following: str = "") -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Next-Page", following)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            """Say nothing."""

    return Handler


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    """An API of GitLab on this machine."""
    missing = [one for one in ("bash", "curl", "jq") if shutil.which(one) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not on the PATH")
    found = GitLab()
    with serving(handler_of(found)) as found.url:
        yield found


def ran(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run *script* in *folder* as a job does, and fail if it does."""
    return subprocess.run(
        [str(shutil.which("bash")), "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": f"{folder}/bin:{os.environ['PATH']}", "no_proxy": "127.0.0.1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def commented(gitlab: GitLab, folder: Path) -> list[tuple[str, str, str]]:
    """Run the job that comments; give what it wrote."""
    (script,) = COMMENT["script"]
    finished = ran(script, folder, CI_API_V4_URL=gitlab.url, PROJECT="1", REVIEW_TOKEN=TOKEN)
    assert finished.returncode == 0, finished.stderr
    assert TOKEN not in finished.stdout + finished.stderr
    return gitlab.written


NOTES = "/projects/1/merge_requests/7/notes"


@pytest.mark.thorough
def test_each_stack_gets_a_comment(gitlab: GitLab, tmp_path: Path) -> None:
    gitlab.reports = {1000: AUTH, 1001: BILLING, 1002: ""}
    assert commented(gitlab, tmp_path) == [("POST", NOTES, AUTH), ("POST", NOTES, BILLING)]


def test_its_own_comment_is_updated_and_nobody_elses(gitlab: GitLab, tmp_path: Path) -> None:
    gitlab.reports = {1000: AUTH}
    old = AUTH.replace("new", "old")
    gitlab.notes = [
        {"id": 1, "author": MALLORY, "body": old},
        {"id": 2, "author": ME, "body": "another comment"},
        {"id": 3, "author": ME, "body": BILLING},
        {"id": 4, "author": ME, "body": old},
    ]
    assert commented(gitlab, tmp_path) == [("PUT", f"{NOTES}/4", AUTH)]


@pytest.mark.thorough
def test_an_equal_comment_is_left_alone(gitlab: GitLab, tmp_path: Path) -> None:
    gitlab.reports = {1000: AUTH}
    gitlab.notes = [{"id": 4, "author": ME, "body": AUTH.rstrip("\n")}]
    assert commented(gitlab, tmp_path) == []


def test_a_report_that_a_branch_forged_does_nothing_as_the_writer(
    gitlab: GitLab, tmp_path: Path
) -> None:
    gitlab.reports = {1000: f"{AUTH}/approve\n \t/merge\n", 1001: "/close\n", 1002: "x" * 400_000}
    ((method, path, body),) = commented(gitlab, tmp_path)
    assert (method, path) == ("POST", NOTES)
    assert body == f"{AUTH}&#47;approve\n \t&#47;merge\n"


def test_the_token_that_writes_is_in_no_job_of_the_branch() -> None:
    assert "REVIEW_TOKEN" not in json.dumps(PIPELINE)
    assert "checkout" not in json.dumps(COMMENT)
    assert COMMENT["variables"]["GIT_STRATEGY"] == "none"
    assert PIPELINE["plan"]["variables"]["GIT_STRATEGY"] == "none"
    assert "id_tokens" not in PIPELINE["synth"]


TERRAFORM = """#!/bin/sh
echo "a secret password" >&2
[ "$1" = show ] || echo "a secret password"
for argument in "$@"; do
  case "$argument" in -out=*) echo made > "${argument#-out=}" ;; esac
done
[ "$1$TF_VAR_google_client_id" = "$1" ] || echo "$TF_VAR_google_client_id" > "$TMPDIR/variable"
case "$1" in
  show) cat "$RECORDED" ;;
  apply) cp "$2" applied ;;
  "$FAILS") exit 1 ;;
esac
"""


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """Put a Terraform that says secrets, and the command, on the PATH of the scripts."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = f'#!/bin/sh\nexec "{sys.executable}" -m constructs_auth "$@"\n'
    for name, text in (("terraform", TERRAFORM), ("constructs-auth", command)):
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o755)
    return tmp_path


def planned(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the job that plans on GitLab."""
    (script,) = PIPELINE["plan"]["script"]
    return ran(
        script,
        folder,
        PYTHONPATH=str(PROJECT),
        STACK="auth",
        TMPDIR=str(folder),
        AWS_TOKEN="token",
        AWS_PLAN_ROLE="role",
        RECORDED=str(RECORDED / "callback_url_removed.json"),
        **more,
    )


def test_the_plan_on_gitlab_leaves_only_its_report(commands: Path) -> None:
    (commands / "cdktf.out" / "stacks").mkdir(parents=True)
    synthesized(commands / "cdktf.out" / "stacks" / "auth")
    finished = planned(commands, FAILS="plan")
    assert finished.returncode == 1
    assert "password" not in finished.stdout + finished.stderr
    assert "CH21" in (commands / "review.md").read_text("utf-8")
    assert sorted(one.name for one in commands.iterdir()) == ["bin", "cdktf.out", "review.md"]


def test_variables_and_accepted_findings_reach_the_plan_on_gitlab(commands: Path) -> None:
    """The last line of the first job takes along the file at the top of the repository."""
    (commands / "cdktf.out" / "stacks").mkdir(parents=True)
    synthesized(commands / "cdktf.out" / "stacks" / "auth")
    (commands / "accepted.json").write_text(json.dumps(ACCEPTED), "utf-8")
    assert ran(PIPELINE["synth"]["script"][-1], commands).returncode == 0
    finished = planned(commands, TF_VAR_google_client_id="1234")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "The beta is over." in (commands / "review.md").read_text("utf-8")
    assert (commands / "variable").read_text("utf-8") == "1234\n"
    assert PIPELINE["synth"]["artifacts"]["paths"] == ["cdktf.out/stacks"]


@pytest.mark.parametrize("name", ["tfplan", "more.tf", ".terraform/a", "assets/link"])
def test_the_plan_on_gitlab_refuses_other_files(commands: Path, name: str) -> None:
    stack = commands / "cdktf.out" / "stacks" / "auth"
    stack.parent.mkdir(parents=True)
    synthesized(stack)
    (stack / name).parent.mkdir(exist_ok=True)
    if name.endswith("link"):
        (stack / name).symlink_to("/proc/self/environ")
    else:
        (stack / name).write_text("", "utf-8")
    finished = planned(commands)
    assert finished.returncode == 1
    assert finished.stdout == "Refused: files that are no Terraform JSON.\n"


def test_terraform_that_fails_says_nothing_in_the_log(commands: Path) -> None:
    (commands / "cdktf.out" / "stacks").mkdir(parents=True)
    synthesized(commands / "cdktf.out" / "stacks" / "auth")
    finished = planned(commands, FAILS="init")
    assert finished.returncode == 1
    assert finished.stdout == "Terraform failed. Run it on your machine to see why.\n"


@pytest.mark.parametrize("forged", [pytest.param(False, marks=pytest.mark.thorough), True])
def test_only_the_plan_file_that_was_reviewed_is_applied(commands: Path, *, forged: bool) -> None:
    if shutil.which("openssl") is None or shutil.which("jq") is None:
        pytest.skip("openssl or jq is not on the PATH")
    environment = {
        "PYTHONPATH": str(PROJECT),
        "PLAN_KEY": "a key",
        "RUNNER_TEMP": str(commands),
        "GITHUB_OUTPUT": str(commands / "output"),
        "RECORDED": str(RECORDED / "no_change.json"),
    }
    shutil.copy(RECORDED / "no_change.json", commands / "plan.json")
    (commands / "tfplan").write_text("the plan", "utf-8")
    kept = ran(STEPS["Keep the plan"]["run"], commands, **environment)
    assert kept.returncode == 0, kept.stderr
    name, _, fingerprint = (commands / "output").read_text("utf-8").strip().partition("=")
    assert name == "fingerprint"
    assert "the plan" not in (commands / "tfplan.enc").read_bytes().decode("latin-1")
    if forged:
        (commands / "tfplan").write_text("another plan", "utf-8")
        again = ran(STEPS["Keep the plan"]["run"], commands, **environment)
        assert again.returncode == 0
    (commands / "tfplan").unlink()
    applied = ran(STEPS["Apply the plan"]["run"], commands, REVIEWED=fingerprint, **environment)
    assert (applied.returncode != 0) is forged, applied.stderr
    assert (commands / "applied").exists() is not forged
