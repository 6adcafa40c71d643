"""Docstrings that state a fact state the one that the code checks by."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

import constructs_auth
from constructs_auth._checks import describe
from constructs_auth.facts import limits, resource_types as types, versions
from constructs_auth.facts.limit_kinds import Range, Text

ROOT = Path(constructs_auth.__file__).parent
LEFT = ("app.py", "cognito", "identity_store", "stack.py", "state", "values", "variable.py")
SOURCES = sorted(
    path
    for name in LEFT
    for path in (ROOT / name, *(ROOT / name).rglob("*.py"))
    if path.suffix == ".py"
)
BRANDING = versions.PROVIDER_OF[types.MANAGED_LOGIN_BRANDING]
BOUNDS = re.compile(r"(\d[\d,]*) to (\d[\d,]*)")
AT_MOST = re.compile(r"at most (\d[\d,]*)")


class Check(NamedTuple):
    """A call such as `_checks.text("UserPool.name", name, limits.USER_POOL_NAME, …)`."""

    subject: str
    kind: str
    limit: str


def docstrings(path: Path) -> Iterator[str]:
    """Every docstring in *path*, and every text that stands as one below an assignment."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def checks_in(tree: ast.Module) -> Iterator[Check]:
    """The checks of *tree* whose subject is written out and whose limit is a fact."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("_checks."):
            continue
        named = [
            each.attr
            for each in node.args
            if ast.unparse(each).startswith("limits.") and isinstance(each, ast.Attribute)
        ]
        if named and isinstance(node.args[0], ast.Constant):
            kind = ast.unparse(node.func).removeprefix("_checks.")
            yield Check(str(node.args[0].value), kind, named[0])


def arguments_of(node: ast.ClassDef) -> dict[str, str]:
    """What the docstring of a class says of each argument."""
    docstring = ast.get_docstring(node) or ""
    section = docstring.partition("Args:\n")[2].partition("\n\n")[0]
    found = re.split(r"^ {4}(\w+): ", section, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], (" ".join(text.split()) for text in found[1::2]), strict=True))


def stated_bounds() -> Iterator[tuple[str, str, Check]]:
    """Each argument whose docstring states bounds, and the check that it goes through."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        arguments = {
            f"{node.name}.{name}": text
            for node in tree.body
            if isinstance(node, ast.ClassDef)
            for name, text in arguments_of(node).items()
        }
        for check in checks_in(tree):
            subject = check.subject.partition(",")[0]
            text = arguments.get(subject, "")
            if BOUNDS.search(text) or AT_MOST.search(text):
                yield subject, text, check


STATED = list(stated_bounds())


def test_bounds_are_found() -> None:
    """Otherwise the test below could pass on nothing."""
    assert len(STATED) > 15


@pytest.mark.parametrize(("subject", "text", "check"), STATED, ids=[each[0] for each in STATED])
def test_a_docstring_states_the_bounds_that_are_checked(
    subject: str, text: str, check: Check
) -> None:
    limit = getattr(limits, check.limit)
    assert isinstance(limit, Range | Text), subject
    written = {f"{limit.minimum:,} to {limit.maximum:,}", f"at most {limit.maximum:,}"}
    if check.kind == "duration":
        least, most = (timedelta(seconds=each) for each in (limit.minimum, limit.maximum))
        written |= {f"{describe(least).split()[0]} to {describe(most)}", describe(most)}
    assert any(each in text for each in written), f"{text!r} states none of {written}"


@pytest.mark.parametrize(
    ("file", "version"),
    [
        ("cognito/managed_login_branding.py", BRANDING),
        (
            "cognito/user_pool_domain/construct.py",
            versions.PROVIDER_OF[types.MANAGED_LOGIN_BRANDING],
        ),
        ("cognito/log_delivery.py", versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION]),
        ("cognito/risk_configuration.py", versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS),
        ("values/risk_configuration.py", versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS),
    ],
)
def test_a_docstring_names_the_provider_that_is_needed(file: str, version: str) -> None:
    stated = [
        found
        for text in docstrings(ROOT / file)
        for found in re.findall(r"AWS\s+provider\s+(\d+\.\d+)", text)
    ]
    assert set(stated) == {versions.short(version)}


def test_no_other_docstring_names_a_version_that_is_no_fact() -> None:
    providers = {
        versions.PROVIDER,
        versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS,
        *versions.PROVIDER_OF.values(),
    }
    known = {
        "AWS provider": {versions.short(version) for version in providers},
        "Terraform": {versions.short(versions.TERRAFORM)},
    }
    for path in SOURCES:
        for text in docstrings(path):
            for product, wanted in known.items():
                found = set(re.findall(rf"{product}\s+(\d+\.\d+)", text))
                assert found <= wanted, f"{path}: {product} {found}"
