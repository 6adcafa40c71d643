"""The subjects of errors name classes and arguments that are there, as the reader wrote them."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import constructs_auth
from tests.support.sources import nodes_of

ROOT = Path(constructs_auth.__file__).parent
LEFT = (
    "app.py",
    "cognito",
    "identity_store",
    "judge.py",
    "stack.py",
    "state",
    "values",
    "variable.py",
)
SOURCES = sorted(
    path
    for name in LEFT
    for path in (ROOT / name, *(ROOT / name).rglob("*.py"))
    if path.suffix == ".py"
)
SUBJECT = re.compile(r"(?P<owner>[A-Z]\w+)\.(?P<name>[a-z]\w*)")


def names_of_classes() -> dict[str, set[str]]:
    """What each class has that a program writes: arguments, fields and methods, inherited too."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    bases: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [ast.unparse(base) for base in node.bases]
                found[node.name] |= set(_names_in(node))
    for name, parents in bases.items():
        found[name] |= {each for parent in parents for each in found.get(parent, ())}
    return dict(found)


def _names_in(node: ast.ClassDef) -> Iterator[str]:
    for item in node.body:
        if isinstance(item, ast.AnnAssign):
            yield ast.unparse(item.target)
        elif isinstance(item, ast.FunctionDef):
            yield item.name
            if item.name == "__init__":
                arguments = (*item.args.args, *item.args.kwonlyargs)
                yield from (argument.arg for argument in arguments)


def subjects_in(path: Path) -> Iterator[str]:
    """Texts in *path* that are the subject of a check or of an error."""
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and node.args:
            yield from _written(node.args[0])
        elif isinstance(node, ast.Assign) and "subject" in ast.unparse(node.targets[0]).lower():
            yield from _written(node.value)


def _written(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield str(node.values[0].value)


def test_each_subject_names_what_the_program_wrote() -> None:
    classes = names_of_classes()
    subjects = {
        (found["owner"], found["name"])
        for path in SOURCES
        for subject in subjects_in(path)
        if (found := SUBJECT.match(subject)) and not subject[found.end() :].startswith(".")
    }
    assert len(subjects) > 150
    unknown = [
        f"{owner}.{name}" for owner, name in subjects if name not in classes.get(owner, set())
    ]
    assert unknown == []
