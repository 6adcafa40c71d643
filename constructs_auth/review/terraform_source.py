"""Reads the Terraform of a plan: provenance, prevent_destroy, accepted findings, versions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from constructs_auth.review.provider_settings import settings_of
from constructs_auth.review.source import TerraformSource
from constructs_auth.rules.in_place import accepted_by
from constructs_auth.rules.synthesized import read_synthesized
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.configuration import Backend, Configuration
from constructs_auth.terraform.counterpart import secrets_of_configuration
from constructs_auth.terraform.hcl.as_written import read_as_written
from constructs_auth.terraform.hcl.folder import has_hcl
from constructs_auth.terraform.hcl.written import Comment
from constructs_auth.terraform.json_files import bodies
from constructs_auth.terraform.sensitive import HIDDEN, Copies, without_login
from constructs_auth.terraform.terraform_json import read_folder

_STATE = (
    "bucket",
    "container_name",
    "hostname",
    "key",
    "organization",
    "path",
    "prefix",
    "region",
    "storage_account_name",
    "workspace_key_prefix",
)
"""The arguments of a backend that choose the state; none of them holds a secret."""

_LOCKED = re.compile(r'provider "[^"]*/hashicorp/aws" \{[^{}]*?\bversion\s*=\s*"([^"]*)"')


def read_terraform_source(folder: Path) -> TerraformSource:
    """Read *folder*, such as `cdktf.out/stacks/auth`, or a folder of HCL.

    Raises:
        UnreadableError: It contains no Terraform.
    """
    synthesized = read_synthesized(folder)
    configuration, comments = _written(folder)
    resources = synthesized.named(configuration).resources
    copies = Copies(secrets_of_configuration(configuration))
    return TerraformSource(
        origins={resource.static_address: resource.origin for resource in resources},
        guarded=frozenset(
            resource.static_address for resource in resources if resource.prevent_destroy
        ),
        perhaps_guarded=frozenset(
            resource.static_address for resource in resources if resource.prevent_destroy is None
        ),
        accepted=(
            *synthesized.accepted,
            *synthesized.accepted_changes,
            *map(accepted_by, comments),
        ),
        profile=synthesized.profile,
        provider_version=_locked_version(folder / ".terraform.lock.hcl"),
        backend=_without_copies(_backend(configuration.backend), copies),
        providers={
            resource.static_address: _without_copies(settings_of(resource.provider), copies)
            if resource.provider is not None
            else {}
            for resource in resources
        },
        arguments={
            resource.static_address: frozenset(_set_arguments(resource.body.values))
            for resource in resources
        },
    )


def _written(folder: Path) -> tuple[Configuration, Sequence[Comment]]:
    if folder.is_dir() and has_hcl(folder):
        written = read_as_written(folder)
        return written.configuration, written.comments
    return read_folder(folder), ()


def _set_arguments(values: Mapping[str, object]) -> Iterator[str]:
    """Walk through the names of arguments, and of those in a block; also in a dynamic one."""
    for name, value in values.items():
        if value is not None:
            yield name
        block = _first(value)
        if isinstance(block, Mapping):
            yield from (f"{name}.{inner}" for inner in block if block[inner] is not None)
    for dynamic in bodies(values.get("dynamic")):
        for name, value in dynamic.items():
            block = _first(value)
            content = _first(block.get("content")) if isinstance(block, Mapping) else None
            if isinstance(content, Mapping):
                yield from _set_arguments({name: content})


def _first(value: object) -> object:
    """Return a block, which may be in a list."""
    return value[0] if isinstance(value, list) and value else value


def _backend(backend: Backend | None) -> Mapping[str, str]:
    if backend is None or backend.kind == "none":
        return {}
    return {"kind": backend.kind, **_texts(backend.arguments, _STATE)}


def _without_copies(settings: Mapping[str, str], copies: Copies) -> Mapping[str, str]:
    """Hide each setting that contains a secret of another place, such as a variable's default.

    A value whose own form shows that it is secret stays, because its change counts; reports hide
    it.
    """
    return {
        name: HIDDEN if copies.finds(without_login(value)) else value
        for name, value in settings.items()
    }


def _texts(block: Block, names: Sequence[str]) -> Mapping[str, str]:
    """Return the arguments *names* that are texts; none of them may hold a secret."""
    return {name: value for name in names if isinstance(value := block.values.get(name), str)}


def _locked_version(file: Path) -> str:
    """Return the version of the AWS provider in a lock file of Terraform or OpenTofu."""
    if not file.is_file():
        return ""
    try:
        found = _LOCKED.search(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""
