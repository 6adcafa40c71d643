"""Bindings cut down to a few resources: as the shipped ones, but small enough to use as shipped."""

import io
import json
import re
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from constructs_auth.engine._assembly import DEFINITIONS_FILE, MANIFEST_FILE
from constructs_auth.engine._loading import BINDINGS
from constructs_auth.engine._package import find_package

SOURCE_MAP = b"//# sourceMappingURL=data:application/json;base64,e30="


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallBindings:
    """A folder for `PYTHONPATH`, with the bindings in it."""

    folder: Path

    @property
    def root(self) -> Path:
        """The package's folder."""
        return self.folder / BINDINGS

    @property
    def tarball(self) -> Path:
        """The shipped assembly."""
        (tarball,) = self.root.glob("_jsii/*.tgz")
        return tarball


def cut_bindings(derived: Path, folder: Path) -> SmallBindings:
    """Write bindings that hold only what the door imports, and buckets."""
    package = find_package(BINDINGS)
    assert package is not None
    assert package.spec.origin is not None
    assert package.assembly is not None
    shipped = Path(package.spec.origin).parent
    imported = {name.split(".")[1] for name in sys.modules if name.startswith(f"{BINDINGS}.")}
    submodules = sorted((imported | {"s3_bucket"}) - {"_jsii"})
    small = SmallBindings(folder=folder)
    (small.root / "_jsii").mkdir(parents=True)
    for submodule in submodules:
        (small.root / submodule).symlink_to(shipped / submodule)
    (small.root / "__init__.py").write_text(_root(shipped, submodules), encoding="utf-8")
    (small.root / "_jsii/__init__.py").write_bytes((shipped / "_jsii/__init__.py").read_bytes())
    tarball = small.root / "_jsii" / package.assembly.tarball.name
    pack(tarball, _files(derived, submodules))
    return small


def pack(tarball: Path, files: dict[str, bytes]) -> None:
    """Write a package's files into a tarball, as npm does."""
    with tarfile.open(tarball, "w:gz") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(f"package/{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def unpack(tarball: Path) -> dict[str, bytes]:
    """Read a package's files from a tarball."""
    with tarfile.open(tarball, "r:gz") as archive:
        members = ((member.name, archive.extractfile(member)) for member in archive)
        return {name.partition("/")[2]: file.read() for name, file in members if file}


def _root(shipped: Path, submodules: list[str]) -> str:
    source = (shipped / "__init__.py").read_text(encoding="utf-8")
    head = source.partition("\n__all__ = [")[0]
    names = "".join(f'    "{name}",\n' for name in submodules)
    imports = "".join(f"from . import {name}\n" for name in submodules)
    return f"{head}\n__all__ = [\n{names}]\n\npublication.publish()\n\n{imports}"


def _files(derived: Path, submodules: list[str]) -> dict[str, bytes]:
    files = unpack(derived)
    exported = re.findall(rb'exports, "(\w+)", .*require\("\./([\w-]+)"\)', files["lib/index.js"])
    names = {path.decode(): name.decode() for name, path in exported}
    kept = {submodule.replace("_", "-") for submodule in submodules}
    manifest = json.loads(files[MANIFEST_FILE])
    namespaces = [f'"namespace":"{names[path]}"'.encode() for path in kept]
    lines = [
        line
        for line in files[DEFINITIONS_FILE].splitlines()
        if any(namespace in line for namespace in namespaces)
    ]
    description = manifest["assemblyMetadata"] | {
        "submodules": {f"@cdktf/provider-aws.{names[path]}": {} for path in kept},
        "types": {
            definition["fqn"]: definition | {"docs": {"summary": "As the documentation says."}}
            for definition in map(json.loads, lines)
        },
    }
    index = [f'exports.{names[path]} = require("./{path}");\n' for path in sorted(kept)]
    small = {
        ".jsii": json.dumps(description, indent=2).encode(),
        "package.json": files["package.json"],
        "README.md": b"# Bindings",
        "lib/index.js": b'"use strict";\n' + "".join(index).encode() + SOURCE_MAP,
        "lib/index.d.ts": b"export {};\n",
    }
    for path in kept:
        small[f"lib/{path}/index.js"] = files[f"lib/{path}/index.js"] + SOURCE_MAP
        small[f"lib/{path}/index.d.ts"] = b"export {};\n"
    return small
