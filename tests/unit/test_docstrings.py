"""Docstrings that state a fact state the one that the code checks by."""

import ast
import re
from collections.abc import Mapping, Sequence

import pytest

from constructs_auth.facts import versions
from tests.support.sources import tree_of
from tools.docstrings import (
    AT_MOST,
    BOUNDS,
    PROVIDERS,
    ROOT,
    SOURCES,
    Stated,
    arguments_of,
    docstrings,
    fix,
    stated_bounds,
)


@pytest.fixture(scope="module")
def stated_in_docstrings() -> Sequence[Stated]:
    """Every bound that a docstring states."""
    return list(stated_bounds())


def test_docstrings_state_the_bounds_that_are_checked(
    stated_in_docstrings: Sequence[Stated],
) -> None:
    assert len(stated_in_docstrings) > 15
    wrong = [
        f"{stated.subject}: {stated.text!r} states none of {stated.written()}: `make docs`"
        for stated in stated_in_docstrings
        if not stated.is_right()
    ]
    assert wrong == []


def test_no_bounds_of_an_argument_are_forgotten(stated_in_docstrings: Sequence[Stated]) -> None:
    held = {each.subject for each in stated_in_docstrings}
    stated = {
        f"{node.name}.{name}"
        for path in SOURCES
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef)
        for name, text in arguments_of(node).items()
        if BOUNDS.search(text) or AT_MOST.search(text)
    }
    assert stated - held == set()


def test_there_is_nothing_to_fix() -> None:
    assert list(fix()) == []


@pytest.mark.parametrize(("file", "version"), PROVIDERS.items())
def test_a_docstring_names_the_provider_that_is_needed(file: str, version: str) -> None:
    stated = [
        found
        for text in docstrings(ROOT / file)
        for found in re.findall(r"AWS\s+provider\s+(\d+\.\d+)", text)
    ]
    assert set(stated) == {versions.short(version)}


GENERATED = ("change_rules.md", "rules.md")
"""Pages that are made from the code."""


def known_versions() -> Mapping[str, set[str]]:
    """The versions that are facts, by the product, as people say them."""
    providers = {
        versions.PROVIDER,
        versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS,
        versions.PROVIDER_FOR_USER_STATUS,
        versions.PROVIDER_FOR_WRITE_ONLY_KEYS,
        *versions.PROVIDER_OF.values(),
    }
    return {
        "AWS provider": {versions.short(version) for version in providers},
        "Terraform": {versions.short(versions.TERRAFORM), versions.short(versions.WRITE_ONLY)},
    }


def test_no_other_docstring_names_a_version_that_is_no_fact() -> None:
    for path in SOURCES:
        for text in docstrings(path):
            for product, wanted in known_versions().items():
                found = set(re.findall(rf"{product}\s+(\d+\.\d+)", text))
                assert found <= wanted, f"{path}: {product} {found}"


def test_no_page_and_no_example_names_a_version_that_is_no_fact() -> None:
    root = ROOT.parent
    pages = [
        root / "README.md",
        *(root / "docs").glob("*.md"),
        *(root / "examples").glob("*/README.md"),
        *(root / "examples").glob("*/main.py"),
    ]
    named = re.compile(
        r"(?:[Pp]rovider(?: version)?|from|>=|constraint of) `?([1-9]\.\d+)(?:\.0)?\b"
    )
    wanted = {*known_versions()["AWS provider"], *known_versions()["Terraform"]}
    strange = {
        (path.name, version)
        for path in pages
        if path.name not in GENERATED
        for version in named.findall(path.read_text(encoding="utf-8"))
        if version not in wanted
    }
    assert strange == set()
