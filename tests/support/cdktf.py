"""Runs the command line of CDKTF, as `make diff` and `make deploy` do, or that of CDK Terrain."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.synthesized import PROJECT, STACK

EXECUTABLE = PROJECT / "node_modules" / ".bin" / "cdktf"
"""What `npm ci` installs."""

CDKTN = PROJECT / ".tools" / "cdktn"
"""Where `make .tools/cdktn/ready` puts CDK Terrain, its command line and a Python with both."""

CDKTN_EXECUTABLE = CDKTN / "node_modules" / ".bin" / "cdktn"

_SECONDS = 300
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # colours, and the moves of a spinner


class CdktfError(Exception):
    """A command failed; the message is what it printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cdktf:
    """The command line, on a project.

    Attributes:
        out: The folder for what is synthesized, instead of `cdktf.out`.
        environment: All environment variables that the command line and Terraform see.
        executable: The command line; by default that of CDKTF.
        programs: The folder of the Python that synthesizes; by default that of the tests.
        project: The folder with `cdktf.json`; by default this repository.
    """

    out: Path
    environment: Mapping[str, str] = field(repr=False)
    executable: Path = EXECUTABLE
    programs: Path = Path(sys.executable).parent
    project: Path = PROJECT

    @property
    def stack_folder(self) -> Path:
        """Where CDKTF runs Terraform."""
        return self.out / "stacks" / STACK

    def diff(self) -> str:
        """Synthesizes, and says what would change."""
        return self._run("diff", STACK)

    def deploy(self) -> str:
        """Deploys what is synthesized already."""
        return self._run("deploy", STACK, "--auto-approve", "--skip-synth")

    def _run(self, *arguments: str) -> str:
        # CDKTF's check of the provider lock asks a provider registry, which may not be there.
        command = [
            str(self.executable),
            *arguments,
            "--skip-provider-lock",
            "--output",
            str(self.out),
        ]
        with subprocess.Popen(
            command,
            cwd=self.project,
            env={
                **self.environment,
                "PATH": f"{self.programs}{os.pathsep}{self.environment['PATH']}",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # so that Terraform can be ended with it
        ) as process:
            try:
                said, _ = process.communicate(timeout=_SECONDS)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        if process.returncode != 0:
            raise CdktfError(said)
        return _ESCAPES.sub("", said)


def cdk_terrain(out: Path, environment: Mapping[str, str], project: Path = PROJECT) -> Cdktf:
    """The command line of CDK Terrain, with a Python that runs `main.py` on it."""
    return Cdktf(
        out=out,
        project=project,
        environment={**environment, "CONSTRUCTS_AUTH_FRAMEWORK": "cdktn"},
        executable=CDKTN_EXECUTABLE,
        programs=CDKTN / "bin",
    )
