"""The workflow that releases, and what a release must agree on."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # it comes with moto, without types

from constructs_auth import __version__

PROJECT = Path(__file__).parents[2]
WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (PROJECT / ".github/workflows/release.yml").read_text(encoding="utf-8")
)
JOBS = WORKFLOW["jobs"]


def test_a_release_is_a_tag_that_the_page_of_pre_commit_names() -> None:
    page = (PROJECT / "docs/check.md").read_text(encoding="utf-8")
    assert f"rev: v{__version__} #" in page
    assert WORKFLOW[True]["push"]["tags"] == ["v[0-9]+.[0-9]+.[0-9]+"]  # YAML reads `on` as true


def test_the_changelog_begins_with_the_version() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = next(line for line in changelog.splitlines() if line.startswith("## "))
    assert re.fullmatch(rf"## {re.escape(__version__)} - (unreleased|\d{{4}}-\d\d-\d\d)", first)


def test_what_publishes_runs_only_pinned_actions() -> None:
    assert not [step for step in JOBS["publish"]["steps"] if "run" in step]
    used = [step["uses"] for job in JOBS.values() for step in job["steps"] if "uses" in step]
    assert len(used) == 7
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one)] == []


def test_only_what_publishes_has_the_identity() -> None:
    assert WORKFLOW["permissions"] == {}
    assert JOBS["build"]["permissions"] == {"contents": "read"}
    assert JOBS["publish"]["permissions"] == {"attestations": "write", "id-token": "write"}
    assert JOBS["publish"]["environment"] == "pypi"
    assert "secrets." not in json.dumps(JOBS)


@pytest.mark.parametrize(
    ("tag", "changelog", "code"),
    [
        (f"v{__version__}", f"## {__version__} - 2027-01-31\n", 0),
        ("v9.9.9", "## 9.9.9 - 2027-01-31\n", 1),
        (f"v{__version__}", "## Unreleased\n", 1),
        (f"v{__version__}", f"## {__version__} - unreleased\n", 1),
    ],
)
def test_a_tag_needs_its_version_and_its_changes(
    tag: str, changelog: str, code: int, tmp_path: Path
) -> None:
    (check,) = (step["run"] for step in JOBS["build"]["steps"] if "GITHUB_REF" in str(step))
    (tmp_path / "constructs_auth").mkdir()
    shutil.copy(PROJECT / "constructs_auth/_version.py", tmp_path / "constructs_auth")
    (tmp_path / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    ended = subprocess.run(
        [str(shutil.which("bash")), "-eo", "pipefail", "-c", check],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "GITHUB_REF_NAME": tag},
        check=False,
    )
    assert ended.returncode == code
