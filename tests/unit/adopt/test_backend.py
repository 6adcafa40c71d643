"""The backend of the program, from what `terraform init` recorded."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.adopt.backend import LOCAL, Backend, backend_argument, backend_of
from constructs_auth.adopt.python import Statement

S3 = {"bucket": "acme-state", "key": "prod/terraform.tfstate", "region": "eu-west-1"}


def recorded(folder: Path, kind: str, **config: Any) -> Backend:
    """The backend of a folder where Terraform recorded it."""
    (folder / ".terraform").mkdir()
    record = {"version": 3, "backend": {"type": kind, "config": config, "hash": 1}}
    (folder / ".terraform" / "terraform.tfstate").write_text(json.dumps(record), encoding="utf-8")
    return backend_of(folder)


def source(backend: Backend | None, *, keeps_state: bool = False) -> str:
    """The argument as the program has it, with its comment."""
    found = backend_argument(backend, stack="auth", keeps_state=keeps_state)
    return f"{found.comment}\n{Statement('', found.value).text().strip()}"


def test_the_program_gets_a_key_beside_the_old_one(tmp_path: Path) -> None:
    text = source(recorded(tmp_path, "s3", **S3))
    assert 'S3Backend(bucket="acme-state", key="prod/auth.tfstate", region="eu-west-1")' in text
    assert "The old Terraform has the key prod/terraform.tfstate in this bucket." in text


def test_the_same_state_keeps_its_key(tmp_path: Path) -> None:
    text = source(recorded(tmp_path, "s3", **S3), keeps_state=True)
    assert 'key="prod/terraform.tfstate"' in text


@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("auth.tfstate", "auth-adopted.tfstate"),
        ("prod/auth.tfstate", "prod/auth-adopted.tfstate"),
        ("state", "auth.tfstate"),
    ],
)
def test_the_own_key_is_another_one(tmp_path: Path, key: str, own: str) -> None:
    assert f'key="{own}"' in source(recorded(tmp_path, "s3", **{**S3, "key": key}))


def test_credentials_stay_out_and_other_settings_are_named(tmp_path: Path) -> None:
    backend = recorded(
        tmp_path,
        "s3",
        **S3,
        access_key="AKIAMADEUP",
        dynamodb_table="locks",
        encrypt=True,
        profile=None,
        assume_role=[
            {"role_arn": "arn:aws:iam::123456789012:role/state", "external_id": "made-up"}
        ],
    )
    text = source(backend)
    assert "S3Backend does not offer: access_key, assume_role.external_id, dynamodb_table." in text
    assert 'assume_role=AssumeRole(role_arn="arn:aws:iam::123456789012:role/state")' in text
    assert "AKIAMADEUP" not in text
    assert "made-up" not in text
    assert "AKIAMADEUP" not in repr(backend)


def test_another_backend_is_named(tmp_path: Path) -> None:
    text = source(recorded(tmp_path, "gcs", bucket="b"))
    assert "a backend of the type gcs, which this library does not offer." in text
    assert "LocalBackend()" in text


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"backend": 1}', "\xff"])
def test_without_a_record_the_state_is_a_local_file(tmp_path: Path, content: str) -> None:
    (tmp_path / ".terraform").mkdir()
    (tmp_path / ".terraform" / "terraform.tfstate").write_text(content, encoding="latin-1")
    backend = backend_of(tmp_path)
    assert (backend.kind, backend.workspace) == ("local", "default")
    assert backend_argument(backend, stack="auth", keeps_state=False) is LOCAL


def test_the_workspace_is_read(tmp_path: Path) -> None:
    (tmp_path / ".terraform").mkdir()
    (tmp_path / ".terraform" / "environment").write_text("staging", encoding="utf-8")
    assert backend_of(tmp_path).workspace == "staging"
