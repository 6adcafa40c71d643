"""Load the AWS bindings in a part of a second: one submodule at a time, and few files."""

import importlib
import logging
import os
import sys

from constructs_auth.engine._cache import cached_assembly, default_folder
from constructs_auth.engine._jsii_cache import avoid_unusable_jsii_cache
from constructs_auth.engine._lazy_root import install_lazy_root
from constructs_auth.engine._package import Assembly, find_package
from constructs_auth.engine._progress import progress_line

BINDINGS = "cdktf_cdktf_provider_aws"
SWITCH = "CONSTRUCTS_AUTH_FAST_START"

_OFF = frozenset({"0", "false", "no", "off"})
_log = logging.getLogger(__name__)


def prepare_bindings() -> None:
    """Make the imports of the bindings that follow quick; they stay what they are.

    As shipped, the first import of any AWS resource imports all of its 2,212 Python
    modules, and Node reads all of its JavaScript. Two things are put in their place: a root
    package that imports a submodule when it is used, and for Node an assembly derived from
    the shipped one. Each is left out where it may not be right: the bindings are then used
    as shipped. So they are where `CONSTRUCTS_AUTH_FAST_START=0`, or were already imported.
    """
    if os.environ.get(SWITCH, "").lower() in _OFF:
        return
    if {BINDINGS, f"{BINDINGS}._jsii"} & sys.modules.keys():
        return
    package = find_package(BINDINGS)
    if package is None:
        return
    avoid_unusable_jsii_cache()
    if package.assembly is not None:
        _load_derived(package.assembly)
    if package.root_only_imports_submodules:
        install_lazy_root(package.spec)


def _load_derived(shipped: Assembly) -> None:
    """Load the derived assembly; the bindings' own load of that name then changes nothing."""
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
        _log.debug("the AWS bindings are used as shipped, the kernel refused: %s", error)
