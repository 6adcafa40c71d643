"""Every name of Python in an error, a warning or a remedy is one that a program can write.

A remedy that says `set another_name=…` helps nobody if no argument has that name. The messages are
read from the source: subjects and remedies of all raised errors, the problems and warnings that
constructs yield, and the remedies of rules in Python's words.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import constructs_auth
from constructs_auth._lazy_names import homes_in_stub
from tests.support.sources import nodes_of, tree_of

ROOT = Path(constructs_auth.__file__).parent
PROGRAM = (
    "_checks.py",
    "_inspection.py",
    "app.py",
    "cognito",
    "identity_store",
    "stack.py",
    "state",
    "values",
    "variable.py",
)
"""What raises errors in a program."""

QUOTED = re.compile(r"'[^' ]+'")
OF_PYTHON = re.compile(r"timedelta\([^)]*\)|Path\([^)]*\)(\.read_text\([^)]*\))?|\bOpenID\b")
"""Texts that name something of Python itself, or somebody else's name."""

CALL = re.compile(r"\b([A-Z]\w+)\(")
CALL_WITH = re.compile(r"\b([A-Z]\w+)\((\w+)=")
MEMBER = re.compile(r"\b([A-Z]\w+)\.(\w+)")
KEYWORD = re.compile(r"\b([a-z]\w*)=(?!=)")
CAMEL = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\b")
SNAKE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


@dataclass(frozen=True, slots=True)
class Public:
    """What a public class offers: its arguments and those of its methods, and its members."""

    arguments: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)


@cache
def trees() -> dict[str, ast.Module]:
    """Parse each module of the package, by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts): tree_of(path)
        for path in sorted(ROOT.rglob("*.py"))
    }


def classes_in(module: str) -> dict[str, ast.ClassDef]:
    """Give the classes of a module."""
    return {node.name: node for node in trees()[module].body if isinstance(node, ast.ClassDef)}


@cache
def public() -> dict[str, Public]:
    """Read the public classes, with what they inherit."""
    bases = {name: node for module in trees() for name, node in classes_in(module).items()}
    homes = homes_in_stub(ROOT / "__init__.pyi")
    return {
        name: offered(classes_in(module)[name], bases)
        for name, (module, _) in homes.items()
        if name in classes_in(module)
    }


def offered(node: ast.ClassDef, bases: dict[str, ast.ClassDef]) -> Public:
    """Collect what a class and its bases offer."""
    found = Public()
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in bases:
            inherited = offered(bases[base.id], bases)
            found.arguments.update(inherited.arguments)
            found.members.update(inherited.members)
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            found.members.add(item.name)
            found.arguments.update(each.arg for each in (*item.args.args, *item.args.kwonlyargs))
            found.members.update(
                each.attr
                for each in ast.walk(item)
                if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
            )
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            found.arguments.add(item.target.id)
            found.members.add(item.target.id)
        elif isinstance(item, ast.Assign):
            found.members.update(each.id for each in item.targets if isinstance(each, ast.Name))
    return found


def text_of(node: ast.expr) -> str:
    """Read a text, with `…` for what is known only at run time."""
    match node:
        case ast.Constant():
            return str(node.value)
        case ast.JoinedStr():
            return "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        case ast.IfExp():
            return f"{text_of(node.body)} {text_of(node.orelse)}"
    return "…"


def messages() -> Iterator[tuple[str, str]]:
    """Walk through all texts for the author of a program, each with its place."""
    for file in sorted(ROOT.rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        in_program = path.partition("/")[0] in PROGRAM
        for node in nodes_of(file):
            texts = said_in(node) if in_program else remedy_of_rule(node)
            for text in texts:
                yield f"{path}:{text.lineno}", text_of(text)


def said_in(node: ast.AST) -> Iterator[ast.expr]:
    """Give the subject and the remedy of an error, and the sentences of a construct."""
    match node:
        case ast.keyword(arg="remedy", value=value):
            yield value
        case ast.Call(args=[subject, *_], keywords=keywords):
            if any(each.arg == "remedy" for each in keywords):
                yield subject
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            if "remedy" in name.lower() or name == "warning":
                yield value
        case ast.Yield(value=ast.Constant() | ast.JoinedStr() as value):
            yield value


def remedy_of_rule(node: ast.AST) -> Iterator[ast.expr]:
    """Give the remedy of a rule in Python's words."""
    if isinstance(node, ast.keyword) and node.arg == "python_remedy":
        yield node.value


@cache
def public_names() -> tuple[set[str], set[str], set[str]]:
    """Collect the arguments and the members of all public classes, and the public names."""
    known = public().values()
    return (
        {name for one in known for name in one.arguments},
        {name for one in known for name in one.members},
        {*homes_in_stub(ROOT / "__init__.pyi")},
    )


def unknown_in(text: str) -> Iterator[str]:
    """Walk through the names of *text* that no program can write."""
    known = public()
    arguments, members, functions = public_names()
    bare = OF_PYTHON.sub("", QUOTED.sub("", text))
    yield from sorted({*CALL.findall(bare), *CAMEL.findall(bare)} - known.keys())
    for name, argument in CALL_WITH.findall(bare):
        if name in known and argument not in known[name].arguments:
            yield f"{name}({argument}=…)"
    for name, member in MEMBER.findall(bare):
        if name in known and member not in known[name].members | known[name].arguments:
            yield f"{name}.{member}"
    yield from (f"{name}=…" for name in KEYWORD.findall(bare) if name not in arguments)
    yield from (name for name in SNAKE.findall(bare) if name not in arguments | members | functions)


def test_messages_name_only_what_a_program_can_write() -> None:
    found = list(messages())
    assert len(found) > 500
    assert [(place, name) for place, text in found for name in unknown_in(text)] == []


def test_a_name_that_does_not_exist_is_found() -> None:
    """Otherwise the test above could pass on nothing."""
    wrong = "set redirect_to=…, OAuth(callbacks=[…]), AuthFlow.SECRET or a UserPoolDomains"
    assert list(unknown_in(wrong)) == [
        "UserPoolDomains",
        "OAuth(callbacks=…)",
        "AuthFlow.SECRET",
        "redirect_to=…",
        "callbacks=…",
        "redirect_to",
    ]
