"""The source of the package, read and parsed once for all tests that look at it."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Give every node of a file, as `ast.walk` does."""
    return tuple(ast.walk(tree_of(path)))
