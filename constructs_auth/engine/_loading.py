"""Load the AWS bindings in less than a second: one submodule at a time, and few files."""

import importlib
import importlib.util
import logging
import os
import pkgutil
import shutil
import sys
import tempfile
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from constructs_auth.engine._cache import cached_assembly, default_folder, progress_line
from constructs_auth.engine._package import Assembly, find_package

BINDINGS = "cdktf_cdktf_provider_aws"
SWITCH = "CONSTRUCTS_AUTH_FAST_START"

_OFF = frozenset({"0", "false", "no", "off"})
_log = logging.getLogger(__name__)


def prepare_bindings() -> None:
    """Speed up the following imports of the bindings, without a change in behaviour.

    As shipped, the first import of an AWS resource imports all 2,212 Python modules, and Node reads
    all the JavaScript. This function installs two replacements: a root package that imports a
    submodule at its first use, and for Node an assembly derived from the shipped one. It skips a
    replacement that may not fit, and then the bindings work as shipped. It does nothing with
    `CONSTRUCTS_AUTH_FAST_START=0`, or if the bindings are already imported.
    """
    if os.environ.get(SWITCH, "").lower() in _OFF:
        return
    if {BINDINGS, f"{BINDINGS}._jsii"} & sys.modules.keys():
        return
    package = find_package(BINDINGS)
    if package is None:
        return
    _avoid_unusable_jsii_cache()
    if package.assembly is not None:
        _load_derived(package.assembly)
    if package.root_only_imports_submodules:
        _install_lazy_root(package.spec)


def _load_derived(shipped: Assembly) -> None:
    """Load the derived assembly; the bindings' own load of that name then has no effect."""
    with progress_line("constructs-auth: preparing the AWS bindings, once") as progress:
        derived = cached_assembly(shipped, default_folder(), progress)
    if derived is None:
        return
    for dependency in shipped.dependencies:
        importlib.import_module(dependency)
    import jsii  # noqa: PLC0415 (starts nothing of jsii where there is nothing to load)
    from jsii.errors import JSIIError  # noqa: PLC0415

    try:
        jsii.load(shipped.name, shipped.version, os.fspath(derived))
    except (JSIIError, RuntimeError) as error:
        _log.debug(
            "the AWS bindings are used as shipped, because the kernel rejected the assembly: %s",
            error,
        )


def _install_lazy_root(spec: ModuleSpec) -> None:
    """Put a lazy module into `sys.modules` in place of the package's root.

    The shipped root imports all of its submodules, thousands for AWS. All ways to import a
    submodule work with both; `from package import *` imports them all. Newer jsii releases generate
    such a root themselves.
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


_BYTES_UNPACKED = 200_000_000


def _avoid_unusable_jsii_cache() -> None:
    """Turn off jsii's package cache if it is not writable.

    jsii unpacks each package into a folder of the user, and fails if it cannot, such as in a
    read-only home. Without the cache it unpacks into a temporary folder. This function does nothing
    if the environment configures the cache, or if there is no home.
    """
    decided = {"JSII_RUNTIME_PACKAGE_CACHE", "JSII_RUNTIME_PACKAGE_CACHE_ROOT"}
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises without a home)
    if decided.isdisjoint(os.environ) and home.is_absolute() and not _is_writable(_root(home)):
        os.environ["JSII_RUNTIME_PACKAGE_CACHE"] = "disabled"


def _root(home: Path) -> Path:
    """Return jsii's folder, by jsii's own rules."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData/Local") / "AWS/jsii/package-cache"
    if sys.platform == "darwin":
        return home / "Library/Caches/com.amazonaws.jsii/package-cache"
    return home / ".cache/aws/jsii/package-cache"


def _is_writable(folder: Path) -> bool:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            return shutil.disk_usage(existing).free > _BYTES_UNPACKED
    except OSError:
        return False
