"""Reads the Terraform JSON of a plan: provenance, prevent_destroy, accepted findings, versions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.synthesized import read_synthesized
from constructs_auth.terraform.resource import Origin
from constructs_auth.terraform.terraform_json import read_folder

_LOCKED = re.compile(r'provider "[^"]*/hashicorp/aws" \{[^}]*?\bversion\s*=\s*"([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class TerraformSource:
    """Facts of the Terraform JSON that a plan lacks.

    Attributes:
        origins: The provenance of each resource, by address without instance keys.
        guarded: The addresses of resources with prevent_destroy, without instance keys.
        accepted: The findings that the program accepts, of `check` and of change rules.
        profile: The profile of the stack, or `None`.
        provider_version: The version of the AWS provider in the lock file; empty if there is none.
    """

    origins: Mapping[str, Origin] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()
    accepted: tuple[Accepted, ...] = ()
    profile: str | None = None
    provider_version: str = ""


def read_terraform_source(folder: Path) -> TerraformSource:
    """Read *folder*, such as `cdktf.out/stacks/auth`.

    Raises:
        UnreadableError: It contains no Terraform JSON.
    """
    synthesized = read_synthesized(folder)
    resources = synthesized.named(read_folder(folder)).resources
    return TerraformSource(
        origins={resource.static_address: resource.origin for resource in resources},
        guarded=frozenset(
            resource.static_address for resource in resources if resource.prevent_destroy
        ),
        accepted=(*synthesized.accepted, *synthesized.accepted_changes),
        profile=synthesized.profile,
        provider_version=_locked_version(folder / ".terraform.lock.hcl"),
    )


def _locked_version(file: Path) -> str:
    """Return the version of the AWS provider in a lock file of Terraform or OpenTofu."""
    try:
        found = _LOCKED.search(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""
