"""The door to the AWS bindings: each name is there, and is loaded when it is first used."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from constructs_auth import engine
from constructs_auth.engine._bindings import HOMES
from constructs_auth.engine._loading import BINDINGS


def imports_for_type_checkers() -> dict[str, str]:
    """The submodule of each name that is imported under `if TYPE_CHECKING`."""
    (block,) = (
        node
        for node in ast.parse(Path(engine.__file__).read_text(encoding="utf-8")).body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    return {
        alias.name: str(node.module).removeprefix(f"{BINDINGS}.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_type_checkers_see_what_is_loaded() -> None:
    assert imports_for_type_checkers() == HOMES


@pytest.mark.parametrize("name", sorted(HOMES))
def test_a_name_is_the_class_of_the_bindings(name: str) -> None:
    assert getattr(engine, name) is getattr(import_module(f"{BINDINGS}.{HOMES[name]}"), name)


def test_a_name_that_is_not_there_is_named() -> None:
    with pytest.raises(AttributeError, match=r"engine' has no attribute 'CognitoUserPol'"):
        _ = engine.CognitoUserPol  # type: ignore[attr-defined]
