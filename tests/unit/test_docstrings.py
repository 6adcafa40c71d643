"""Docstrings that state a fact state the one that the code checks by."""

import ast
import re
from collections.abc import Sequence

import pytest

from constructs_auth.facts import versions
from tests.support.known_versions import PROVIDERS, TERRAFORMS
from tests.support.sources import tree_of
from tools.docstrings import (
    AT_MOST,
    BOUNDS,
    PROVIDERS as PROVIDER_IN,
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


@pytest.mark.parametrize(("file", "version"), PROVIDER_IN.items())
def test_a_docstring_names_the_provider_that_is_needed(file: str, version: str) -> None:
    stated = [
        found
        for text in docstrings(ROOT / file)
        for found in re.findall(r"AWS\s+provider\s+(\d+\.\d+)", text)
    ]
    assert set(stated) == {versions.short(version)}


def test_no_other_docstring_names_a_version_that_is_no_fact() -> None:
    for path in SOURCES:
        for text in docstrings(path):
            for product, wanted in (("AWS provider", PROVIDERS), ("Terraform", TERRAFORMS)):
                found = set(re.findall(rf"{product}\s+(\d+\.\d+)", text))
                assert found <= wanted, f"{path.relative_to(ROOT.parent)}: {product} {found}"
