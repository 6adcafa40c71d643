"""Runs the tests on CDK Terrain: what they import from CDKTF comes from there, as after a move."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

RENAMED = {"cdktf": "cdktn", "cdktf_cdktf_provider_aws": "cdktn_provider_aws"}
"""The edit that docs/cdk_terrain.md asks for."""


def rename_imports() -> None:
    """Rename the imports of this process if it runs on CDK Terrain."""
    if os.environ.get("CONSTRUCTS_AUTH_FRAMEWORK") == "cdktn":
        import_module("constructs_auth.engine")  # its finder comes after the one below
        sys.meta_path.insert(0, _Renaming())


class _Renaming:
    """Finds a module of CDKTF, and gives that of CDK Terrain."""

    def __init__(self) -> None:
        self._own_specs: dict[str, ModuleSpec | None] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        root = name.partition(".")[0]
        return ModuleSpec(name, self, is_package=True) if root in RENAMED else None  # type: ignore[arg-type] # it has what importlib uses

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        root, dot, rest = spec.name.partition(".")
        module = import_module(f"{RENAMED[root]}{dot}{rest}")
        self._own_specs[spec.name] = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__ = self._own_specs[module.__spec__.name]
