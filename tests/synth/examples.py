"""Finds the programs of `examples/`, and loads one as a module."""

import importlib.util
from pathlib import Path
from types import ModuleType

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/main.py"))


def load(path: Path) -> ModuleType:
    """Run the program *path* as a module: it defines, and does not synthesize."""
    spec = importlib.util.spec_from_file_location(f"example_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
