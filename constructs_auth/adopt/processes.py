"""Runs Terraform and the written program, each as a separate process."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_QUIET = {
    "CHECKPOINT_DISABLE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",  # the folder of the program keeps what was written, no more
    "TF_INPUT": "0",
    "TF_IN_AUTOMATION": "1",
}


class ProcessError(Exception):
    """A process failed.

    Attributes:
        output: What it printed.
    """

    def __init__(self, output: str) -> None:
        self.output = output
        super().__init__(output)


def find_terraform() -> str | None:
    """Return the program `terraform` of the PATH."""
    return shutil.which("terraform")


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run *command* in *folder*, and return what it prints.

    Args:
        command: The program and its arguments.
        folder: The working folder.
        environment: Variables in addition to those of this process. By default none.

    Raises:
        ProcessError: It ends with another exit code than 0.
    """
    finished = subprocess.run(  # noqa: S603 - the program that was just written, and Terraform
        command,
        cwd=folder,
        env={**_neutral(os.environ), **_QUIET, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise ProcessError(finished.stderr or finished.stdout)
    return finished.stdout


def _neutral(environment: Mapping[str, str]) -> dict[str, str]:
    """Return *environment* without variables that change where or how Terraform works."""
    return {
        name: value
        for name, value in environment.items()
        if name not in {"TF_DATA_DIR", "TF_WORKSPACE"} and not name.startswith("TF_CLI_ARGS")
    }
