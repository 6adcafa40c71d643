"""Which arguments of a Terraform type are blocks: HCL distinguishes them, JSON does not."""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeAlias

TABLE = "aws_schema.json.gz"
"""The shipped table of the AWS provider; `tools/provider_schema.py` generates it."""

Document: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySchema:
    """The content of the body of a block.

    Attributes:
        blocks: The blocks in it, by name.
        required: The arguments that must be set.
        objects: The arguments of the type list or set of objects; Terraform also accepts them as
            blocks, which may omit keys that are null.
        known: Whether a provider's schema defines it; otherwise lists of objects count as blocks.
    """

    blocks: Mapping[str, "BodySchema"] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    known: bool = True


UNKNOWN: Final = BodySchema(blocks={"timeouts": BodySchema()}, known=False)
"""For types of unknown providers."""

ATTRIBUTES: Final = BodySchema()
"""A body without blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSchema:
    """The bodies of a provider's types; a type that is not listed is `UNKNOWN`.

    Attributes:
        versions: The sources of the table, with their versions.
        provider: The bodies of provider blocks, by local name.
        resource: The bodies of resources, by type.
        data: The bodies of data sources, by type.
        ephemeral: The bodies of ephemeral resources, by type.
    """

    versions: Mapping[str, str]
    provider: Mapping[str, BodySchema]
    resource: Mapping[str, BodySchema]
    data: Mapping[str, BodySchema]
    ephemeral: Mapping[str, BodySchema]

    def body(self, kind: str, name: str) -> BodySchema:
        """Return the body of the *kind* of block (`resource`, `data`, …) of the type *name*."""
        known: Mapping[str, Mapping[str, BodySchema]] = {
            "provider": self.provider,
            "resource": self.resource,
            "data": self.data,
            "ephemeral": self.ephemeral,
        }
        return known[kind].get(name, UNKNOWN)


@cache
def aws_schema() -> ProviderSchema:
    """Read the shipped table of the AWS provider."""
    packed = files("constructs_auth.handoff").joinpath(TABLE).read_bytes()
    return unpack(json.loads(gzip.decompress(packed)))


def unpack(table: Document) -> ProviderSchema:
    """Read a table, in which each body comes after the bodies that it contains."""
    bodies: list[BodySchema] = []
    for required, objects, blocks in table["bodies"]:
        bodies.append(
            BodySchema(
                blocks={name: bodies[index] for name, index in blocks.items()},
                required=frozenset(required),
                objects=frozenset(objects),
            )
        )
    kinds = {
        kind: {name: bodies[index] for name, index in table[kind].items()}
        for kind in ("provider", "resource", "data", "ephemeral")
    }
    return ProviderSchema(versions=table["versions"], **kinds)


def pack(schema: ProviderSchema) -> dict[str, Any]:
    """Return a table that contains each different body once."""
    packed = _Bodies()
    kinds: dict[str, Mapping[str, BodySchema]] = {
        "provider": schema.provider,
        "resource": schema.resource,
        "data": schema.data,
        "ephemeral": schema.ephemeral,
    }
    indices = {
        kind: {name: packed.add(bodies[name]) for name in sorted(bodies)}
        for kind, bodies in kinds.items()
    }
    return {"versions": dict(schema.versions), "bodies": packed.rows, **indices}


class _Bodies:
    """The rows of a table, and the index of each."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._found: dict[str, int] = {}

    def add(self, body: BodySchema) -> int:
        blocks = {name: self.add(body.blocks[name]) for name in sorted(body.blocks)}
        row = [sorted(body.required), sorted(body.objects), blocks]
        key = json.dumps(row)
        if key not in self._found:
            self._found[key] = len(self.rows)
            self.rows.append(row)
        return self._found[key]


def read_provider_schemas(document: Document, local_names: Iterable[str] = ()) -> ProviderSchema:
    """Read the output of `terraform providers schema -json`, with all of its providers.

    Args:
        document: The parsed JSON.
        local_names: The names of the providers in `provider` blocks, if they are not the last
            part of their address.
    """
    kinds: dict[str, dict[str, BodySchema]] = {"resource": {}, "data": {}, "ephemeral": {}}
    provider: dict[str, BodySchema] = {}
    for address, schema in document.get("provider_schemas", {}).items():
        for name in (address.rpartition("/")[2], *local_names):
            provider[name] = read_body(schema.get("provider", {}).get("block", {}))
        for kind, key in (
            ("resource", "resource_schemas"),
            ("data", "data_source_schemas"),
            ("ephemeral", "ephemeral_resource_schemas"),
        ):
            for name, found in schema.get(key, {}).items():
                kinds[kind][name] = read_body(found["block"])
    return ProviderSchema(versions={}, provider=provider, **kinds)


def read_body(block: Document) -> BodySchema:
    """Read one `block` of a provider's schema."""
    attributes: Document = block.get("attributes", {})
    blocks: Document = block.get("block_types", {})
    return BodySchema(
        blocks={name: read_body(nested["block"]) for name, nested in blocks.items()},
        required=frozenset(name for name, found in attributes.items() if found.get("required")),
        objects=frozenset(name for name, found in attributes.items() if _is_of_objects(found)),
    )


def _is_of_objects(attribute: Document) -> bool:
    settable = attribute.get("optional") or attribute.get("required")
    match attribute.get("type"):
        case [("list" | "set"), ["object", _]]:
            return bool(settable)
        case _:
            return False
