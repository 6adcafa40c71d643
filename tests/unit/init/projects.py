"""Projects that the tests write with the command."""

from pathlib import Path

from constructs_auth import cli
from constructs_auth.init.kinds import Kind

KINDS = [*Kind]
FILES = {
    "main.py",
    "tests/test_main.py",
    "cdktf.json",
    "requirements.txt",
    "requirements-dev.txt",
    "package.json",
    ".npmrc",
    "pyproject.toml",
    ".gitignore",
    ".github/workflows/plan.yml",
    "README.md",
}


def new_project(folder: Path, *options: str) -> Path:
    """Write a project into *folder*."""
    assert cli.main(["init", str(folder), *options]) == 0
    return folder


def names(folder: Path) -> set[str]:
    """Name the files of a project."""
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
