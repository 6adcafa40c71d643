"""The arrows of the design, which CONTRIBUTING shows and these tests hold: who may import whom."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import constructs_auth
from tests.support.sources import nodes_of, tree_of

ROOT = Path(constructs_auth.__file__).parent
CONTRIBUTING = ROOT.parent / "CONTRIBUTING.md"
MODULES = sorted(ROOT.rglob("*.py"))
LONGEST = 600
TABLES = ("constructs_auth.facts.limits",)
"""One entry after the other."""

FRAMEWORKS = ("cdktf", "cdktf_cdktf_provider_aws", "cdktn", "cdktn_provider_aws")
GENERATED = (*FRAMEWORKS, "constructs", "jsii")
"""What starts Node, or comes from code that a generator wrote."""


def name_of(path: Path) -> str:
    """Give the dotted name of the module in *path*."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


BY_NAME = {name_of(path): path for path in MODULES}


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk through the statements of *tree*: expressions, which are most of it, import nothing."""
    left = [tree]
    while left:
        node = left.pop()
        yield node
        for inside in ("body", "orelse", "finalbody", "handlers", "cases"):
            found = getattr(node, inside, ())
            left += found if isinstance(found, list) else ()


def imports(tree: ast.AST) -> Iterator[str]:
    """Walk through what is imported, also where it is only for types, as dotted names."""
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            # `from package import module` imports the module too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_in(name: str) -> str | None:
    """Give the module of ours that the import of *name* loads, or `None`."""
    while name:
        if name in BY_NAME:
            return name
        name = name.rpartition(".")[0]
    return None


@cache
def imported() -> Mapping[str, frozenset[str]]:
    """Give what each module imports, as dotted names."""
    return {name: frozenset(imports(tree_of(path))) for name, path in BY_NAME.items()}


@cache
def graph() -> Mapping[str, frozenset[str]]:
    """Give, for each module, which modules of ours it imports."""
    edges = {}
    for name, names in imported().items():
        found = {module for each in names if (module := module_in(each)) is not None}
        # The package's own `__init__` loads its names when they are first asked for.
        edges[name] = frozenset(found - {name, "constructs_auth"})
    return edges


def read_table() -> Mapping[str, frozenset[str]]:
    """Read «Where things are»: for each part, in its own words, which parts it may import."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    section = text.partition("## Where things are")[2].partition("\n## ")[0]
    table = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `constructs_auth/") and len(cells) == 3:
            allowed = frozenset(re.findall(r"`([^`]+)`", cells[2]))
            for part in re.findall(r"`constructs_auth/([^`]+?)/?`", cells[0]):
                table[part.removesuffix(".py")] = allowed
    return table


TABLE = read_table()


def part_of(module: str) -> str:
    """Give the part of the table that *module* belongs to."""
    path = module.removeprefix("constructs_auth").lstrip(".").replace(".", "/") or "__init__"
    parts = [part for part in TABLE if path == part or path.startswith(f"{part}/")]
    assert parts, f"CONTRIBUTING's table does not say where {module} belongs"
    return max(parts, key=len)


def circles(edges: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Give the groups of modules that import each other in a circle (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for node in edges:
        if node not in index:
            visit(node)
    return found


def test_the_modules_and_the_table_are_read() -> None:
    """Otherwise the tests below could pass on nothing."""
    assert len(graph()) > 100
    assert len(TABLE) > 10
    assert "constructs_auth.facts.limit_kinds" in graph()["constructs_auth.facts.limits"]


def test_imports_for_types_alone_count_too() -> None:
    source = (
        "import a.b\n"
        "from c import d\n"
        "def late():\n"
        "    from e import f\n"
        "if TYPE_CHECKING:\n"
        "    from g import h\n"
    )
    assert sorted(imports(ast.parse(source))) == ["a.b", "c.d", "e.f", "g.h"]


def test_a_circle_is_seen() -> None:
    edges = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset({"b"})}
    assert circles(edges) == [["b", "c"]]


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(graph()) == []


def test_no_parts_import_each_other_in_a_circle() -> None:
    assert circles({part: allowed - {part} for part, allowed in TABLE.items()}) == []


def test_a_module_imports_only_what_the_table_allows() -> None:
    forbidden = {
        (module, part)
        for module, imported in graph().items()
        for part in {part_of(other) for other in imported} - {part_of(module)}
        if part not in TABLE[part_of(module)]
    }
    assert forbidden == set()


def test_only_the_engine_imports_generated_code() -> None:
    importers = {
        name
        for name, names in imported().items()
        if not {each.partition(".")[0] for each in names}.isdisjoint(GENERATED)
    }
    assert {part_of(name) for name in importers} == {"engine"}


def test_only_the_engine_names_a_module_of_a_framework_in_a_text() -> None:
    """Such a name could be imported; the files of CDKTF and CDK Terrain keep their names."""
    module = re.compile(rf"({'|'.join(FRAMEWORKS)})(\.(?!json$|out$)\w+)*")
    naming = {
        name
        for name, path in BY_NAME.items()
        for node in nodes_of(path)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and module.fullmatch(node.value)
    }
    assert {part_of(name) for name in naming} == {"engine"}


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    first = {
        name: (ast.get_docstring(tree_of(path)) or "").partition("\n\n")[0]
        for name, path in BY_NAME.items()
    }
    assert [name for name, said in first.items() if not re.fullmatch(r"((?!\. ).)+\.", said)] == []


def test_no_module_is_too_long_to_read() -> None:
    long = {
        name
        for name, path in BY_NAME.items()
        if len(path.read_text("utf-8").splitlines()) > LONGEST
    }
    assert long == {*TABLES}


def test_each_file_of_values_has_its_test() -> None:
    tests = Path(__file__).parent / "values"
    tested = {path.stem.removeprefix("test_") for path in tests.glob("test_*.py")}
    assert tested == {path.stem for path in (ROOT / "values").glob("[a-z]*.py")}
