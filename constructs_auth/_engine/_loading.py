"""Load the AWS bindings without importing their 2,200 modules."""

import importlib
import importlib.util
import sys
from types import ModuleType

BINDINGS = "cdktf_cdktf_provider_aws"


def prepare_bindings() -> None:
    """Put a lazy root in place of the bindings' own, which imports every AWS resource.

    Submodules then load one by one, when first imported. Nothing happens where the
    bindings' root is already imported, or where they are not installed: the import that
    follows then says so in Python's own words.
    """
    if BINDINGS in sys.modules:
        return
    spec = importlib.util.find_spec(BINDINGS)
    if spec is None or spec.submodule_search_locations is None:
        return
    root = ModuleType(BINDINGS)
    root.__spec__ = spec
    root.__file__ = spec.origin
    root.__path__ = list(spec.submodule_search_locations)

    def load_submodule(name: str) -> ModuleType:
        try:
            return importlib.import_module(f"{BINDINGS}.{name}")
        except ModuleNotFoundError as error:
            raise AttributeError(f"module {BINDINGS!r} has no attribute {name!r}") from error

    root.__getattr__ = load_submodule  # type: ignore[method-assign]
    sys.modules[BINDINGS] = root
