"""The arrows of the design: who may import whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import constructs_auth

ROOT = Path(constructs_auth.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
LONGEST = 600
TABLES = (
    "constructs_auth.facts.limits",
    "constructs_auth.rules.registry",
)
"""One entry after the other: limits of AWS's, rules."""

GENERATED = ("cdktf", "cdktf_cdktf_provider_aws", "constructs", "jsii")
"""What starts Node, or comes from code that a generator wrote."""

WITHOUT_NODE = (
    "constructs_auth._checks",
    "constructs_auth.facts.limit_kinds",
    "constructs_auth._tokens",
    "constructs_auth.errors",
    "constructs_auth.facts.limits",
    "constructs_auth.state._documents",
    "constructs_auth.state.access",
    "constructs_auth.state.access_logs",
    "constructs_auth.state.backends",
    "constructs_auth.values",
)
ON_JSON = (
    "constructs_auth.__main__",
    "constructs_auth._markdown",
    "constructs_auth.cli",
    "constructs_auth.handoff",
    "constructs_auth.review",
    "constructs_auth.rules",
    "constructs_auth.terraform",
)
"""What works on Terraform as plain dicts, wherever it came from."""

ENGINE = "constructs_auth.engine"
CONSTRUCTS = (
    "constructs_auth.app",
    "constructs_auth.cognito",
    "constructs_auth.identity_store",
    "constructs_auth.stack",
    "constructs_auth.state.state_access_policy",
    "constructs_auth.state.state_bucket",
    "constructs_auth.variable",
)


def name_of(path: Path) -> str:
    """Give the dotted name of the module in *path*."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def is_in(module: str, *packages: str) -> bool:
    """Say whether *module* is one of *packages* or inside of one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports(tree: ast.AST) -> Iterator[str]:
    """Walk through what is imported at run time, as dotted names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            # `from package import module` imports the module too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imports(node)


def imported_by(path: Path) -> list[str]:
    """List what the module in *path* imports at run time."""
    return list(imports(ast.parse(path.read_text(encoding="utf-8"))))


def in_packages(*packages: str) -> list[Path]:
    """List the modules of *packages*."""
    return [path for path in MODULES if is_in(name_of(path), *packages)]


def test_the_modules_are_found() -> None:
    """Otherwise the tests below could pass on nothing."""
    assert len(in_packages(ENGINE)) >= 1
    assert len(in_packages(*WITHOUT_NODE)) > 20


def test_imports_are_read_as_python_runs_them() -> None:
    source = (
        "import a.b\n"
        "from c import d\n"
        "def late():\n"
        "    from e import f\n"
        "if TYPE_CHECKING:\n"
        "    from g import h\n"
        "else:\n"
        "    i = 1\n"
    )
    assert list(imports(ast.parse(source))) == ["a.b", "c.d", "e.f"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_engine_imports_generated_code(path: Path) -> None:
    if not is_in(name_of(path), ENGINE):
        assert [name for name in imported_by(path) if is_in(name, *GENERATED)] == []


@pytest.mark.parametrize("path", in_packages(*WITHOUT_NODE), ids=name_of)
def test_values_need_no_node(path: Path) -> None:
    assert [name for name in imported_by(path) if is_in(name, ENGINE, *CONSTRUCTS)] == []


@pytest.mark.parametrize("package", ON_JSON)
def test_what_reads_terraform_knows_no_constructs(package: str) -> None:
    """Also for packages that are still to come."""
    for path in in_packages(package):
        assert [name for name in imported_by(path) if is_in(name, ENGINE, *CONSTRUCTS)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_in_one_sentence_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring is not None
    sentence = docstring.partition("\n\n")[0]
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_too_long_to_read(path: Path) -> None:
    if name_of(path) not in TABLES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
