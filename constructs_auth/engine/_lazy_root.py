"""A root package that imports a submodule when it is first used."""

import importlib
import importlib.util
import pkgutil
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType


def install_lazy_root(spec: ModuleSpec) -> None:
    """Put a lazy module into `sys.modules` where the package's own root would be.

    The shipped root imports all of its submodules, thousands for AWS. All of Python's ways
    to import a submodule work with either; so does `from package import *`, which then
    imports them all. Newer jsii releases generate such a root themselves.
    """
    name = spec.name
    root = importlib.util.module_from_spec(spec)
    root.__path__ = pkgutil.extend_path(list(spec.submodule_search_locations or ()), name)

    def submodules() -> list[str]:
        found = (module.name for module in pkgutil.iter_modules(root.__path__))
        return sorted(module for module in found if not module.startswith("_"))

    def load(attribute: str) -> ModuleType | list[str]:
        if attribute == "__all__":
            return submodules()
        missing = AttributeError(f"module {name!r} has no attribute {attribute!r}")
        if attribute.startswith("__"):
            raise missing
        try:
            return importlib.import_module(f"{name}.{attribute}")
        except ModuleNotFoundError as error:
            if error.name != f"{name}.{attribute}":
                raise
            raise missing from error

    root.__dict__["__getattr__"] = load
    root.__dict__["__dir__"] = lambda: sorted({*root.__dict__, *submodules()})
    sys.modules[name] = root
