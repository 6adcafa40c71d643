"""Read the name, version and assembly of installed bindings without importing them."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

# jsii's root package publishes its definitions, then imports each submodule.
_SUBMODULE_IMPORTS = re.compile(r"(?:from \. import \w+\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """The JavaScript part of a jsii package, which its `_jsii` module passes to the kernel."""

    name: str
    version: str
    tarball: Path
    dependencies: tuple[str, ...]


def only_imports_submodules(root: Path) -> bool:
    """Return whether the root package in the file *root* defines nothing itself."""
    try:
        source = root.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    published, separator, rest = source.rpartition("\npublication.publish()\n")
    code = published.split("'''", 2)[-1]  # without the docstring, the package's README
    defines_types = re.search(r"^(?:class |@)", code, re.MULTILINE) is not None
    body = "".join(line for line in rest.splitlines(keepends=True) if re.match(r"[^#\s]", line))
    return bool(separator) and not defines_types and bool(_SUBMODULE_IMPORTS.fullmatch(body))


def find_assembly(package: Path) -> Assembly | None:
    """Return the assembly of the package in a folder, or None if its layout is unknown.

    Its `_jsii` module contains one `JSIIAssembly.load(name, version, module, file)`.
    """
    folder = package / "_jsii"
    try:
        tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return None
    calls = [
        node.args
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func).endswith("JSIIAssembly.load")
    ]
    match calls:
        case [[ast.Constant(str(name)), ast.Constant(str(version)), _, ast.Constant(str(file))]]:
            pass
        case _:
            return None
    tarball = folder / file
    if tarball.parent != folder or not tarball.is_file():
        return None
    dependencies = tuple(
        alias.name
        for node in tree.body
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.endswith("._jsii")
    )
    return Assembly(name=name, version=version, tarball=tarball, dependencies=dependencies)


class UnknownLayoutError(Exception):
    """A jsii package has an unknown layout and must be used as shipped."""
