"""Create the table of blocks of `constructs_auth.handoff`: `python -m tools.provider_schema`.

Most of it comes from `terraform providers schema -json` for the installed AWS provider and for
Terraform's own provider (`terraform_data`, `terraform_remote_state`). The bindings have types and
blocks of a newer provider. These come from their jsii assembly, which describes each block as "…
block." and names it with a link to the registry's page.
"""

import gzip
import importlib.util
import json
import os
import re
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from constructs_auth.handoff.schema import (
    TABLE,
    BodySchema,
    ProviderSchema,
    pack,
    read_provider_schemas,
)
from tests.support.terraform import Terraform, find_terraform, terraform_environment

_BINDINGS = "cdktf_cdktf_provider_aws"
_SOURCE = "registry.terraform.io/hashicorp/aws"
_LINK = re.compile(
    r"aws/(?P<version>[0-9.]+)/docs(?:/(?P<kind>[a-z-]+)/(?P<page>\w+))?#(?P<name>\w+)"
)
_KINDS = {"resources": "resource", "data-sources": "data", "ephemeral-resources": "ephemeral"}
_CONFIGURATION = re.compile(r"(?P<name>\w+)Config")


def installed_schema(work: Path) -> tuple[str, ProviderSchema]:
    """Return the version and the schema of the installed AWS provider, from Terraform."""
    # Terraform outputs the schema of its own provider only if a resource uses it.
    document = {
        "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
        "resource": {"terraform_data": {"any": {}}},
    }
    (work / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
    terraform = Terraform(
        folder=work,
        executable=find_terraform(os.environ),
        environment=terraform_environment(os.environ, work=work),
    )
    terraform.init()
    version: str = json.loads(terraform.run("version", "-json"))["provider_selections"][_SOURCE]
    return version, read_provider_schemas(json.loads(terraform.run("providers", "schema", "-json")))


@dataclass(slots=True)
class _Bindings:
    """The types of a jsii assembly, and the bodies from it."""

    types: Mapping[str, Any]
    version: str = ""
    bodies: dict[str, BodySchema] = field(default_factory=dict)

    def configurations(self) -> Iterator[tuple[str, str, BodySchema]]:
        """Yield the configurations: kind of block, Terraform type, body."""
        for name, described in self.types.items():
            if described["kind"] != "interface" or not described["name"].endswith("Config"):
                continue
            links = [link for link in map(_link, described.get("properties", [])) if link]
            if "cdktf.TerraformMetaArguments" in described.get("interfaces", []) and links:
                self.version = links[0]["version"]
                yield _KINDS[links[0]["kind"]], f"aws_{links[0]['page']}", self._body(name)
            elif described["name"] == "AwsProviderConfig":
                yield "provider", "aws", self._body(name)

    def _body(self, name: str) -> BodySchema:
        if name not in self.bodies:
            properties = self.types[name].get("properties", [])
            named = [(link["name"], each) for each in properties if (link := _link(each))]
            self.bodies[name] = BodySchema(
                blocks={
                    attribute: self._body(struct) if (struct := _struct(each)) else BodySchema()
                    for attribute, each in named
                    if _is_block(attribute, each)
                },
                required=frozenset(
                    attribute
                    for attribute, each in named
                    if not each.get("optional") and not _is_block(attribute, each)
                ),
            )
        return self.bodies[name]


def bindings_schema() -> tuple[str, ProviderSchema]:
    """Return the provider version and the bodies of the bindings' configurations."""
    spec = importlib.util.find_spec(_BINDINGS)  # an import would start Node
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(_BINDINGS)
    tarball = next(Path(spec.origin).parent.glob("_jsii/*.jsii.tgz"))
    with tarfile.open(tarball, "r|gz") as members:
        content = next(
            members.extractfile(each) for each in members if each.name.endswith("/.jsii")
        )
        if content is None:
            raise FileNotFoundError(tarball)
        bindings = _Bindings(json.load(content)["types"])
    kinds: dict[str, dict[str, BodySchema]] = defaultdict(dict)
    for kind, name, body in bindings.configurations():
        kinds[kind][name] = body
    return bindings.version, ProviderSchema(
        versions={},
        provider=kinds["provider"],
        resource=kinds["resource"],
        data=kinds["data"],
        ephemeral=kinds["ephemeral"],
    )


def joined(installed: ProviderSchema, bindings: ProviderSchema) -> ProviderSchema:
    """Return Terraform's schema with the types and blocks that only the bindings have."""
    return ProviderSchema(
        versions=installed.versions,
        provider=_joined_bodies(installed.provider, bindings.provider),
        resource=_joined_bodies(installed.resource, bindings.resource),
        data=_joined_bodies(installed.data, bindings.data),
        ephemeral=_joined_bodies(installed.ephemeral, bindings.ephemeral),
    )


def _joined_bodies(
    installed: Mapping[str, BodySchema], bindings: Mapping[str, BodySchema]
) -> dict[str, BodySchema]:
    return {
        name: _joined_body(installed[name], bindings[name])
        if name in installed and name in bindings
        else (installed.get(name) or bindings[name])
        for name in {**installed, **bindings}
    }


def _joined_body(installed: BodySchema, bindings: BodySchema) -> BodySchema:
    return BodySchema(
        blocks=_joined_bodies(installed.blocks, bindings.blocks),
        required=installed.required,
        objects=installed.objects,
    )


def _link(described: Mapping[str, Any]) -> re.Match[str] | None:
    docs = described.get("docs", {})
    return _LINK.search(f"{docs.get('summary', '')} {docs.get('remarks', '')}")


def _is_block(name: str, described: Mapping[str, Any]) -> bool:
    return bool(described.get("docs", {}).get("summary") == f"{name} block.")


def _struct(described: Mapping[str, Any]) -> str | None:
    """Return the struct in the type of a property, also for a list of it."""
    found = re.findall(r"'fqn': '(@cdktf/provider-aws\.[\w.]+)'", str(described["type"]))
    return found[0] if found else None


def make_table(work: Path) -> dict[str, Any]:
    """Return the table of the installed provider and bindings."""
    provider, installed = installed_schema(work)
    bound, bindings = bindings_schema()
    table = pack(joined(installed, bindings))
    return {**table, "versions": {"provider": provider, "bindings": bound}}


def main() -> None:
    """Write the table into the package."""
    with tempfile.TemporaryDirectory() as work:
        table = make_table(Path(work))
    target = Path(str(files("constructs_auth.handoff").joinpath(TABLE)))
    text = json.dumps(table, separators=(",", ":")).encode()
    # Without a time stamp, the same table gives the same file.
    target.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))
    sys.stdout.write(f"{target.name}: {len(table['bodies'])} bodies of {table['versions']}\n")


if __name__ == "__main__":
    main()
