"""What a hand-off remembers of itself, for the next one: digests, constructs, moves."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Self

from constructs_auth.handoff.errors import ForeignFolderError
from constructs_auth.handoff.hcl.bodies import COMMENT
from constructs_auth.handoff.reading import construct_path, resources

FILE: Final = "manifest.json"
_TOOL: Final = "constructs-auth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource, as far as the next hand-off needs it.

    Attributes:
        construct: The path of the construct that made it, where CDKTF noted it.
        arguments: The digest of each of its arguments.
    """

    construct: str | None
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What stands in `manifest.json`.

    Attributes:
        stack: The name of the stack.
        number: How many hand-offs with other resources there were, this one included.
        versions: The version of this package, and of what its table of blocks was made from.
        source_commit: The commit of the program, if it is known.
        files: The SHA-256 digest of each file but the manifest.
        resources: The resources, by address.
        moved: Former addresses, and what each became.
    """

    stack: str
    number: int
    versions: Mapping[str, str]
    source_commit: str | None
    files: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Write it, always in the same way."""
        written = {
            "tool": _TOOL,
            "stack": self.stack,
            "number": self.number,
            "versions": dict(sorted(self.versions.items())),
            "source_commit": self.source_commit,
            "files": dict(sorted(self.files.items())),
            "moved": dict(sorted(self.moved.items())),
            "resources": {
                address: {
                    "construct": resource.construct,
                    "arguments": dict(sorted(resource.arguments.items())),
                }
                for address, resource in sorted(self.resources.items())
            },
        }
        return json.dumps(written, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest in *folder*.

        Raises:
            ForeignFolderError: There is none, or it is not one of this package.
        """
        try:
            found = json.loads((folder / FILE).read_text(encoding="utf-8"))
            if found["tool"] != _TOOL:
                raise _foreign(folder)
            return cls(
                stack=found["stack"],
                number=int(found["number"]),
                versions=dict(found["versions"]),
                source_commit=found["source_commit"],
                files=dict(found["files"]),
                resources={
                    address: Resource(
                        construct=resource["construct"], arguments=dict(resource["arguments"])
                    )
                    for address, resource in found["resources"].items()
                },
                moved=dict(found["moved"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise _foreign(folder) from None


def digest(text: str) -> str:
    """Give the SHA-256 digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def resources_of(document: Mapping[str, Any]) -> dict[str, Resource]:
    """Describe the managed resources of a document."""
    return {
        address: Resource(
            construct=construct_path(body),
            arguments={
                name: digest(json.dumps(value, sort_keys=True, default=_number))[:12]
                for name, value in body.items()
                if name != COMMENT
            },
        )
        for address, body in resources(document)
        if not address.startswith("data.")
    }


def _number(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def _foreign(folder: Path) -> ForeignFolderError:
    return ForeignFolderError(
        str(folder),
        "must be empty, or a hand-off with its manifest.json",
        remedy="choose another folder, or say --force to write into this one",
    )
