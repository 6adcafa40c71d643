"""The public names: all there, all from one place, and the values without Node."""

import ast
import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import constructs_auth
from constructs_auth._lazy_names import homes_in_stub
from tests.support.sources import tree_of

STUB = Path(constructs_auth.__file__).with_suffix(".pyi")
NEED_NODE = (
    "constructs_auth.app",
    "constructs_auth.cognito",
    "constructs_auth.identity_store",
    "constructs_auth.judge",
    "constructs_auth.stack",
    "constructs_auth.state.state_access_policy",
    "constructs_auth.state.state_bucket",
    "constructs_auth.variable",
)


HOMES = {name: module for name, (module, _) in homes_in_stub(STUB).items()}
VALUES = sorted(name for name, module in HOMES.items() if not module.startswith(NEED_NODE))


def test_the_stub_exports_each_name_to_type_checkers() -> None:
    """Only `X as X` is public there; without it, importing the name would be an error."""
    for node in ast.parse(STUB.read_text(encoding="utf-8")).body:
        assert isinstance(node, ast.ImportFrom)
        assert node.level == 0
        assert [alias.asname for alias in node.names] == [alias.name for alias in node.names]


def test_all_names_what_the_stub_names() -> None:
    assert len(HOMES) > 150
    assert sorted(vars(constructs_auth)["__getattr__"]("__all__")) == sorted(HOMES)


def test_each_value_can_be_imported_from_the_package() -> None:
    for name in VALUES:
        home = importlib.import_module(HOMES[name])
        assert getattr(constructs_auth, name) is getattr(home, name)


def test_each_construct_is_defined_where_the_stub_says() -> None:
    """Read, not imported: importing it would start Node. The tests in tests/synth import it."""
    root = Path(constructs_auth.__file__).parents[1]
    missing = {
        name
        for name in HOMES.keys() - set(VALUES)
        if name not in names_defined_in(root / f"{HOMES[name].replace('.', '/')}.py")
    }
    assert missing == set()


def names_defined_in(path: Path) -> set[str]:
    """The classes, aliases and constants at the top level of a file."""
    return {
        node.name
        if isinstance(node, ast.ClassDef)
        else ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef | ast.Assign | ast.AnnAssign)
    }


def test_values_are_loaded_without_node() -> None:
    """Neither CDKTF nor jsii, whose import alone starts Node."""
    program = (
        f"from constructs_auth import {', '.join(VALUES)}\n"
        "import sys\n"
        "roots = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(roots & {'cdktf', 'cdktn', 'constructs', 'jsii'}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert run.stdout == "[]\n"


def test_an_unknown_name_is_no_attribute() -> None:
    """Type checkers find it too, or else the comment below would be refused as unused."""
    with pytest.raises(AttributeError) as caught:
        _ = constructs_auth.Pool  # type: ignore[attr-defined]  # that is the test
    assert str(caught.value) == "module 'constructs_auth' has no attribute 'Pool'"


def test_dir_names_everything_before_it_is_loaded() -> None:
    assert set(vars(constructs_auth)["__getattr__"]("__all__")) <= set(dir(constructs_auth))


def test_the_version_is_the_one_that_the_build_reads() -> None:
    root = Path(constructs_auth.__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    read = (root / project["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")
    assert f'__version__ = "{constructs_auth.__version__}"' in read
