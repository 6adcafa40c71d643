"""What `check` says of one configuration in the forms that Terraform gives it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from constructs_auth.rules.judge import judge
from constructs_auth.rules.load import load
from constructs_auth.rules.profile import STANDARD, Profile
from constructs_auth.rules.registry import RULES

Answer = tuple[str, str]
"""A rule and the address of a resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The answers of all rules.

    Attributes:
        findings: What is reported, with its severity.
        undecided: What is not known, with the argument that is not.
    """

    findings: Mapping[Answer, str]
    undecided: Mapping[Answer, str]

    @classmethod
    def read(cls, path: Path, *, profile: Profile = STANDARD) -> Self:
        """Judge what `check` reads from *path*: a folder, a plan or a state."""
        report = judge(
            load(str(path)).configuration, rules=RULES, profile=profile, today=date(2026, 1, 1)
        )
        return cls(
            findings={
                (one.rule.id, one.resource.address): str(one.severity) for one in report.findings
            },
            undecided={(one.rule.id, one.resource.address): one.at for one in report.undecided},
        )

    @classmethod
    def of(cls, document: Mapping[str, Any], folder: Path, *, profile: Profile = STANDARD) -> Self:
        """Judge *document*, which is written to *folder* for it."""
        file = folder / "document.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return cls.read(file, profile=profile)

    def within(self, module: str) -> Self:
        """Return the same answers with the addresses that they have in a module."""
        return type(self)(
            findings={(rule, f"{module}.{at}"): text for (rule, at), text in self.findings.items()},
            undecided={
                (rule, f"{module}.{at}"): text for (rule, at), text in self.undecided.items()
            },
        )

    def __or__(self, other: Self) -> Self:
        """Return the answers of both."""
        return type(self)(
            findings={**self.findings, **other.findings},
            undecided={**self.undecided, **other.undecided},
        )


def differences(terraform: Judged, other: Judged) -> list[str]:
    """Name each answer to *other* that differs from that to the Terraform itself.

    `+` is a finding too many, `-` one too few, `?` a result that has become unknown. Where the
    Terraform leaves a rule undecided, any answer is right.
    """
    more = other.findings.keys() - terraform.findings.keys() - terraform.undecided.keys()
    less = terraform.findings.keys() - other.findings.keys() - other.undecided.keys()
    unknown = other.undecided.keys() - terraform.undecided.keys() - other.findings.keys()
    return [
        *(f"+ {rule} {address}" for rule, address in sorted(more)),
        *(f"- {rule} {address}" for rule, address in sorted(less)),
        *(f"? {rule} {address}" for rule, address in sorted(unknown)),
    ]


def as_root(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the part of a plan or a state that is the module *name*, as if it were the root."""
    prefix = f"module.{name}"
    own: dict[str, Any] = {"format_version": document["format_version"]}
    if "values" in document:
        own["values"] = {"root_module": _child(document["values"]["root_module"], prefix)}
    else:
        configuration = document["configuration"]
        own["resource_changes"] = [
            change
            for change in document["resource_changes"]
            if change.get("module_address", "").startswith(prefix)
            and change["module_address"][len(prefix) :][:1] in {"", "."}
        ]
        own["configuration"] = {
            "provider_config": configuration["provider_config"],
            "root_module": configuration["root_module"]["module_calls"][name]["module"],
        }
    text = json.dumps(own).replace(f"{prefix}.", "").replace(f"{prefix}:", "")
    found: dict[str, Any] = json.loads(text)
    for part in (
        *found.get("resource_changes", ()),
        found.get("values", {}).get("root_module", {}),
    ):
        for key in ("module_address", "address"):
            if part.get(key) == prefix:
                del part[key]
    return found


def _child(module: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    return next(one for one in module["child_modules"] if one["address"] == address)
