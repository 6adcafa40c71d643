"""Import the names of a package at their first use, as its stub file lists them."""

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path


def names_of_stub(
    package: str,
    file: str,
    *,
    home_of: Callable[[str], str] = str,
    on_load: Callable[[object], None] | None = None,
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of *package*, whose `__init__.py` is *file*.

    `__getattr__` also answers `__all__`. The stub is read when a name is needed: commands start
    without it.

    A line of the stub is `from MODULE import NAME as NAME`, which marks a public name for type
    checkers, or `import MODULE as MODULE`.

    Args:
        package: The name of the package.
        file: Its `__init__.py`.
        home_of: Returns the module to import in place of the one that the stub names.
        on_load: Called with each value that is imported. By default nothing is.
    """

    @cache
    def homes() -> dict[str, tuple[str, str | None]]:
        return homes_in_stub(Path(file).with_suffix(".pyi"))

    def load(name: str) -> object:
        """Import *name* at its first use, and return it."""
        if name == "__all__":
            return [*homes()]
        if name not in homes():
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, attribute = homes()[name]
        home = import_module(home_of(module))
        value: object = home if attribute is None else getattr(home, attribute)
        if on_load is not None:
            on_load(value)
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        """Return the available names, for editors and `dir()`."""
        return sorted({*vars(sys.modules[package]), *homes()})

    return load, names


def homes_in_stub(stub: Path) -> dict[str, tuple[str, str | None]]:
    """Return the module and the attribute of each name; the attribute is `None` for a module."""
    import ast  # noqa: PLC0415 - commands start without it

    homes: dict[str, tuple[str, str | None]] = {}
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                homes[alias.asname or alias.name] = node.module, alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                homes[alias.asname or alias.name] = alias.name, None
    return homes
