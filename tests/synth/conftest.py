"""What the tests share: an app in a folder of its own, and the Terraform JSON it writes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

# Its names are loaded when a test needs them: the process that spreads the tests starts no Node.
import constructs_auth

if TYPE_CHECKING:
    from constructs_auth import AuthApp, AuthStack

Synthesize: TypeAlias = Callable[["AuthStack"], dict[str, Any]]


def rules_in(printed: str) -> list[str]:
    """Name the rules that the table on stderr speaks of, in its order."""
    return re.findall(r"^\w+ +(C[GV]\w+)", printed, re.MULTILINE)


@pytest.fixture
def app(tmp_path: Path) -> "AuthApp":
    """An app that writes below the test's own folder."""
    return constructs_auth.AuthApp(outdir=str(tmp_path / "cdktf.out"), context={})


@pytest.fixture
def stack(app: "AuthApp") -> "AuthStack":
    """An empty stack named `auth`."""
    return constructs_auth.AuthStack(
        app,
        "auth",
        region="eu-west-1",
        backend=constructs_auth.S3Backend(
            bucket="acme-state", key="auth/terraform.tfstate", region="eu-west-1"
        ),
    )


@pytest.fixture
def synthesize(app: "AuthApp") -> Synthesize:
    """Synthesize the app for real, and give the Terraform JSON of a stack."""

    def run(stack: "AuthStack") -> dict[str, Any]:
        app.synth()
        path = Path(app.outdir) / "stacks" / stack.node.id / "cdk.tf.json"
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return document

    return run
