"""What a stack writes beside its Terraform JSON: accepted findings, and provenance."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from constructs_auth.errors import UnreadableError
from constructs_auth.rules.accepted import Accepted, read_accepted
from constructs_auth.rules.registry import rule_named
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.json_text import parse, read_bytes
from constructs_auth.terraform.resource import Resource

FILE = "constructs-auth.json"
"""The file's name. It is beside `cdk.tf.json`, and Terraform does not read it."""

_FORMAT_VERSION = 1
_CHANGES = "accepted_changes"
_REMEDY = "synthesize again, which creates it again"


class Named(Protocol):
    """A rule or a change rule."""

    @property
    def id(self) -> str:
        """The id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The provenance of a resource.

    Attributes:
        construct_path: The construct: `auth/users`.
        source: The line of the program that defines it, `main.py:42`; empty if unknown.
    """

    construct_path: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesized:
    """The content of the file.

    Attributes:
        profile: The profile of the stack, or `None` if there is no file.
        accepted: The findings of `check` that the program accepts.
        accepted_changes: The findings of change rules that the program accepts, for `review`.
        made: The provenance of each resource, by address.
    """

    profile: str | None = None
    accepted: tuple[Accepted, ...] = ()
    accepted_changes: tuple[Accepted, ...] = ()
    made: Mapping[str, Provenance] = field(default_factory=dict, repr=False)

    def dumps(self) -> str:
        """Return the text of the file."""
        document = {
            "format_version": _FORMAT_VERSION,
            "profile": self.profile,
            "accepted": list(map(_entry, self.accepted)),
            **(
                {_CHANGES: list(map(_entry, self.accepted_changes))}
                if self.accepted_changes
                else {}
            ),
            "resources": {
                address: {"construct_path": made.construct_path, "source": made.source}
                for address, made in sorted(self.made.items())
            },
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def named(self, configuration: Configuration) -> Configuration:
        """Return *configuration* with the construct and the source line of each resource."""
        if not self.made:
            return configuration
        return configuration.with_resources([self._named(one) for one in configuration.resources])

    def _named(self, resource: Resource) -> Resource:
        made = self.made.get(resource.static_address)
        if made is None:
            return resource
        origin = replace(
            resource.origin,
            construct_path=made.construct_path or resource.origin.construct_path,
            source=made.source,
        )
        return replace(resource, origin=origin)


def read_synthesized(folder: Path) -> Synthesized:
    """Read the file in *folder*; an empty result if there is none.

    Raises:
        UnreadableError: The file has another format.
    """
    path = folder / FILE
    if not path.is_file():
        return Synthesized()
    document = parse(read_bytes(path, remedy=_REMEDY), str(path), remedy=_REMEDY)
    if not isinstance(document, Mapping) or document.get("format_version") != _FORMAT_VERSION:
        raise UnreadableError(
            str(path), f"must have the format_version {_FORMAT_VERSION}", remedy=_REMEDY
        )
    profile, resources = document.get("profile"), document.get("resources", {})
    if not isinstance(profile, str | None) or not isinstance(resources, Mapping):
        raise UnreadableError(str(path), "must have a profile and resources", remedy=_REMEDY)
    return Synthesized(
        profile=profile,
        accepted=read_accepted(document, file=str(path)),
        accepted_changes=read_accepted(document, file=str(path), key=_CHANGES),
        made={
            str(address): Provenance(
                construct_path=str(made.get("construct_path", "")),
                source=str(made.get("source", "")),
            )
            for address, made in resources.items()
            if isinstance(made, Mapping)
        },
    )


def _entry(accepted: Accepted) -> dict[str, str]:
    until = {"until": accepted.until.isoformat()} if accepted.until else {}
    return {
        "rule": accepted.rule,
        "address": accepted.address,
        "reason": accepted.reason,
        **until,
    }


def joined(
    *groups: Sequence[Accepted], named: Callable[[str], Named | None] = rule_named
) -> tuple[Accepted, ...]:
    """Join accepted findings; the first entry for a rule and an address wins.

    Args:
        groups: The entries.
        named: Returns the rule of an id or a slug.
    """
    found: dict[tuple[str, str], Accepted] = {}
    for entry in (entry for group in groups for entry in group):
        rule = named(entry.rule)
        found.setdefault((rule.id if rule else entry.rule, entry.address), entry)
    return tuple(found.values())
