"""Stacks as CDKTF writes them: one that is small enough to read, and those of the examples."""

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

_SNAPSHOTS = Path(__file__).parents[2] / "synth" / "__snapshots__" / "test_examples"

_DOCUMENT: dict[str, Any] = {
    "//": {"metadata": {"backend": "s3", "stackName": "auth", "version": "0.21.0"}},
    "provider": {
        "aws": [{"default_tags": [{"tags": {"team": "identity"}}], "region": "eu-west-1"}]
    },
    "resource": {
        "aws_cognito_user_pool": {
            "users": {
                "//": {"metadata": {"path": "auth/users/Default", "uniqueId": "users"}},
                "deletion_protection": "ACTIVE",
                "name": "users",
            }
        },
        "aws_cognito_user_pool_client": {
            "web": {
                "//": {"metadata": {"path": "auth/web/Default", "uniqueId": "web"}},
                "generate_secret": True,
                "name": "web",
                "user_pool_id": "${aws_cognito_user_pool.users.id}",
            }
        },
    },
    "output": {
        "client_id": {
            "description": "The client.",
            "value": "${aws_cognito_user_pool_client.web.id}",
        }
    },
    "terraform": {
        "backend": {"s3": {"bucket": "acme", "encrypt": True, "key": "a", "region": "eu-west-1"}},
        "required_providers": {
            "aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}
        },
        "required_version": ">= 1.10.0, < 2.0.0",
    },
    "variable": {
        "google_secret": {"description": "From Google.", "sensitive": True, "type": "string"}
    },
}  # fmt: skip


def examples() -> dict[str, dict[str, Any]]:
    """The Terraform JSON of each stack of `main.py` and of the examples, by a name."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(_SNAPSHOTS.glob("*.json")):
        name = path.stem.removeprefix("test_example[").removesuffix("]").removeprefix("test_")
        content = json.loads(path.read_text(encoding="utf-8"))
        # An example of several stacks has them by their names.
        found |= {name: content} if "terraform" in content else content
    return found


VARIED = frozenset({"company", "main", "sign_in_pages", "state_bucket", "tenants-1"})
"""Stacks that have among them most of what stacks have."""


def thorough_examples() -> "list[ParameterSet]":
    """The names of all, where a test of each takes long: outside of CI only some are tried."""
    return [
        pytest.param(name, marks=() if name in VARIED else pytest.mark.thorough)
        for name in examples()
    ]


def document() -> dict[str, Any]:
    """The stack, to change as a test likes."""
    return copy.deepcopy(_DOCUMENT)


def write(folder: Path, content: object) -> Path:
    """Put a stack where CDKTF would."""
    folder.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "cdk.tf.json").write_text(text, encoding="utf-8")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
