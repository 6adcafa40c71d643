"""Reads the Terraform that `main.py` writes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PROJECT = Path(__file__).resolve().parents[2]

STACK = "auth"
FILE = "cdk.tf.json"
MADE_BY_SYNTH = PROJECT / "cdktf.out" / "stacks" / STACK / FILE
"""What `make synth` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesized:
    """A synthesized stack.

    Attributes:
        file: Its Terraform JSON.
        bucket: The bucket of its state.
        key: The key of its state in that bucket.
        region: The region of its state, and of the emulated AWS.
    """

    file: Path
    bucket: str
    key: str
    region: str

    @classmethod
    def read(cls, file: Path) -> Self:
        """Reads where the state of a stack is.

        Raises:
            FileNotFoundError: If the stack has not been synthesized.
        """
        terraform: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["terraform"]
        state = terraform["backend"]["s3"]
        return cls(file=file, bucket=state["bucket"], key=state["key"], region=state["region"])

    @property
    def lock_key(self) -> str:
        """The key of the state's lock."""
        return f"{self.key}.tflock"

    def copy_to(self, folder: Path) -> None:
        """Copies the stack, unchanged, into a new folder where Terraform can work."""
        folder.mkdir()
        shutil.copyfile(self.file, folder / FILE)


def synthesize(out: Path, *program: str, environment: Mapping[str, str] | None = None) -> Path:
    """Runs a Python program that synthesizes into *out*; gives the folder of the stacks.

    Args:
        out: The folder to write into.
        program: What Python runs, as on its command line.
        environment: Settings of the program, beside the environment of the caller.
    """
    subprocess.run(
        [sys.executable, *program],
        cwd=PROJECT,
        # A program in another folder finds this library too.
        env=os.environ
        | {"CDKTF_OUTDIR": str(out), "PYTHONPATH": str(PROJECT)}
        | dict(environment or {}),
        check=True,
    )
    return out / "stacks"


def with_local_state(stack: Path) -> dict[str, Any]:
    """The Terraform JSON in the folder of a stack, without its backend."""
    document: dict[str, Any] = json.loads((stack / FILE).read_text(encoding="utf-8"))
    del document["terraform"]["backend"]
    return document


def for_provider_5(document: dict[str, Any]) -> dict[str, Any]:
    """Take out what AWS provider 5 does not know: styles, and the delivery of logs."""
    unknown = ("aws_cognito_log_delivery_configuration", "aws_cognito_managed_login_branding")
    if [kind for kind in unknown if document["resource"].pop(kind, None) is not None]:
        document["terraform"]["required_providers"]["aws"]["version"] = ">= 5.100.0, < 7.0.0"
    return document
