"""Reads the Terraform JSON behind a plan: provenance, guards, what is accepted, versions."""

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
    """What the Terraform JSON says that a plan does not.

    Attributes:
        origins: By address without instance keys, the provenance of each resource.
        guarded: The addresses, without instance keys, of what has prevent_destroy.
        accepted: The findings that the program accepts.
        profile: The profile of the stack, or `None`.
        provider_version: The version of the AWS provider in the lock file; empty without one.
    """

    origins: Mapping[str, Origin] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()
    accepted: tuple[Accepted, ...] = ()
    profile: str | None = None
    provider_version: str = ""


def read_terraform_source(folder: Path) -> TerraformSource:
    """Read *folder*, such as `cdktf.out/stacks/auth`.

    Raises:
        UnreadableError: It holds no Terraform JSON.
    """
    synthesized = read_synthesized(folder)
    resources = synthesized.named(read_folder(folder)).resources
    return TerraformSource(
        origins={resource.static_address: resource.origin for resource in resources},
        guarded=frozenset(
            resource.static_address for resource in resources if resource.prevent_destroy
        ),
        accepted=synthesized.accepted,
        profile=synthesized.profile,
        provider_version=_locked_version(folder / ".terraform.lock.hcl"),
    )


def _locked_version(file: Path) -> str:
    """Read which version of the AWS provider a lock file names; it may be that of OpenTofu."""
    try:
        found = _LOCKED.search(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""
