"""What Git keeps of a project: the program and the lock files, and no state."""

import subprocess
from pathlib import Path

from constructs_auth.project.files import GITIGNORE

KEPT = (
    "main.py",
    "cdktf.json",
    "package-lock.json",
    "cdktf.out/stacks/auth/.terraform.lock.hcl",
)
IGNORED = (
    "terraform.tfstate",
    "terraform.tfstate.backup",
    "cdktf.out/manifest.json",
    "cdktf.out/stacks/auth/cdk.tf.json",
    "cdktf.out/stacks/auth/terraform.tfstate",
    "cdktf.out/stacks/auth/.terraform/providers/a",
    "cdktf.out/stacks/auth/plan",
    "node_modules/cdktf-cli/package.json",
    ".venv/bin/python",
    "tests/__pycache__/test_main.pyc",
)


def test_git_keeps_lock_files_and_ignores_what_is_made(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
    for name in (*KEPT, *IGNORED):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    for command in (["init", "-q"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)  # noqa: S607 - as users do
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 - the same
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert set(listed.stdout.split()) == {".gitignore", *KEPT}
