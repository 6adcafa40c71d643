"""Bindings cut down to a few resources: as the shipped ones, but small enough to use as shipped."""

import io
import json
import re
import tarfile
import zlib
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from constructs_auth import engine
from constructs_auth._lazy_names import homes_in_stub
from constructs_auth.engine._assembly import DEFINITIONS_FILE, MANIFEST_FILE
from constructs_auth.engine._framework import CDKTF, framework_in_use
from constructs_auth.engine._package import Assembly, find_assembly

BINDINGS = framework_in_use().bindings
PACKAGE = {
    "cdktf_cdktf_provider_aws": "@cdktf/provider-aws",
    "cdktn_provider_aws": "@cdktn/provider-aws",
}[BINDINGS]
"""The name of the package for Node."""

SOURCE_MAP = b"//# sourceMappingURL=data:application/json;base64,e30="


_LAZY_EXPORT = re.compile(
    r'Object\.defineProperty\(exports, "(?P<name>\w+)", \{ enumerable: true, '
    r'get: \(\) => (?P<start>.*require)\("\./loader"\)'
    r'(?P<end>\("\./(?P<path>[\w-]+)(?:/index)?"\)+) \}\);'
)


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


def shipped_root() -> Path:
    """Return the folder of the installed bindings."""
    spec = PathFinder.find_spec(BINDINGS)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def shipped_assembly() -> Assembly:
    """Return the assembly of the installed bindings."""
    assembly = find_assembly(shipped_root())
    assert assembly is not None
    return assembly


def cut_bindings(derived: Path, folder: Path) -> SmallBindings:
    """Write bindings that hold only what the door imports, and buckets."""
    shipped = shipped_root()
    stub = Path(engine.__file__).with_suffix(".pyi")
    homes = [module.split(".") for module, _ in homes_in_stub(stub).values()]
    imported = {home[1] for home in homes if home[0] == CDKTF.bindings}
    # The JavaScript of `provider` requires the functions, where the bindings have them.
    wanted = imported | {"s3_bucket", "provider_functions"}
    submodules = sorted(name for name in wanted if (shipped / name).is_dir())
    small = SmallBindings(folder=folder)
    (small.root / "_jsii").mkdir(parents=True)
    for submodule in submodules:
        (small.root / submodule).symlink_to(shipped / submodule)
    (small.root / "__init__.py").write_text(_root(shipped, submodules), encoding="utf-8")
    (small.root / "_jsii/__init__.py").write_bytes((shipped / "_jsii/__init__.py").read_bytes())
    tarball = small.root / "_jsii" / shipped_assembly().tarball.name
    pack(tarball, _files(derived, submodules))
    return small


def pack(tarball: Path, files: dict[str, bytes]) -> None:
    """Write a package's files into a tarball, as npm does."""
    with tarfile.open(tarball, "w:gz", compresslevel=1) as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(f"package/{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def unpack(tarball: Path) -> dict[str, bytes]:
    """Read a package's files from a tarball."""
    with tarfile.open(tarball, "r:gz") as archive:
        members = ((member.name, archive.extractfile(member)) for member in archive)
        return {name.partition("/")[2]: file.read() for name, file in members if file}


def code_in(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the JavaScript of each submodule of a derived assembly, by its path."""
    packed = files["lib/modules.bin"]
    places = json.loads(files["lib/modules.json"])
    return {
        f"lib/{path}": zlib.decompress(packed[start : start + length], -zlib.MAX_WBITS)
        for path, (start, length) in places.items()
    }


def _root(shipped: Path, submodules: list[str]) -> str:
    source = (shipped / "__init__.py").read_text(encoding="utf-8")
    if "\nfrom . import " not in source:
        return source  # it imports a submodule at its first use
    head = source.partition("\n__all__ = [")[0]
    names = "".join(f'    "{name}",\n' for name in submodules)
    imports = "".join(f"from . import {name}\n" for name in submodules)
    return f"{head}\n__all__ = [\n{names}]\n\npublication.publish()\n\n{imports}"


def _files(derived: Path, submodules: list[str]) -> dict[str, bytes]:
    files = unpack(derived)
    code = code_in(files)
    lines = files["lib/index.js"].decode().splitlines()
    exports = {found["path"]: found for line in lines if (found := _LAZY_EXPORT.fullmatch(line))}
    names = {path: found["name"] for path, found in exports.items()}
    kept = {submodule.replace("_", "-") for submodule in submodules}
    manifest = json.loads(files[MANIFEST_FILE])
    namespaces = [f'"namespace":"{names[path]}"'.encode() for path in kept]
    definitions = [
        line
        for line in files[DEFINITIONS_FILE].splitlines()
        if any(namespace in line for namespace in namespaces)
    ]
    description = manifest["assemblyMetadata"] | {
        "submodules": {f"{PACKAGE}.{names[path]}": {} for path in kept},
        "types": {
            definition["fqn"]: definition | {"docs": {"summary": "As the documentation says."}}
            for definition in map(json.loads, definitions)
        },
    }
    ours = 'require("./loader");'
    head = [
        line for line in lines if line != ours and ("exports" not in line or "__esModule" in line)
    ]
    index = [
        *head,
        *(
            f"exports.{names[path]} = {exports[path]['start']}{exports[path]['end']};"
            for path in sorted(kept)
        ),
    ]
    small = {
        ".jsii": json.dumps(description, indent=2).encode(),
        "package.json": files["package.json"],
        "README.md": b"# Bindings",
        "lib/index.js": "".join(f"{line}\n" for line in index).encode() + SOURCE_MAP,
        "lib/index.d.ts": b"export {};\n",
    }
    for path in kept:
        small[f"lib/{path}/index.js"] = code[f"lib/{path}/index.js"] + SOURCE_MAP
        small[f"lib/{path}/index.d.ts"] = b"export {};\n"
    return small
