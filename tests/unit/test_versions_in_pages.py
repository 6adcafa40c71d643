"""Pages and examples name the versions of Terraform and of the AWS provider that are facts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from constructs_auth.facts import resource_types as types, versions
from tests.support.known_versions import PROVIDERS, TERRAFORMS

ROOT = Path(__file__).parents[2]
GENERATED = {"arguments.md", "change_rules.md", "commands.md", "rules.md"}
"""Pages that are made from the code."""

MEASUREMENTS = {"performance.md"}
"""Pages of figures that look like versions."""

PAGES = [
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md")),
    *sorted(
        page for page in (ROOT / "docs").glob("*.md") if page.name not in GENERATED | MEASUREMENTS
    ),
    *sorted((ROOT / "examples").rglob("README.md")),
    *sorted((ROOT / "examples").glob("*/*.py")),
]
OBSERVED = {"docs/identity_store.md": {"6.25"}, "docs/log_delivery.md": {"6.51"}}
"""Versions in which somebody saw something, and that nothing needs."""

MAJORS = "|".join(
    str(major)
    for major in range(
        int(versions.PROVIDER.partition(".")[0]), int(versions.NEXT_PROVIDER.partition(".")[0]) + 1
    )
)
PROVIDER = re.compile(
    rf"""
      (?<!\bsection\ ) (?<!\bJavaScript\ ) (?<!\bJavaScript\ \|\ )   # the number of something else
      (?<![\w."'/@=-])                                              # a part of one; a value of code
      ((?:{MAJORS})\.\d+(?:\.\d+)?)
      (?![\w-]|\.\d|\ ?(?:%|(?:[kMG]B|ms|s|seconds|minutes|times)\b))   # a measure
    """,
    re.VERBOSE,
)
TERRAFORM = re.compile(r"(?:(?:Terraform|OpenTofu)(?:\]\([^)]*\))? |>= )(1\.\d+)")
END_OF_SENTENCE = re.compile(r"[.;:][*)]*\s|\n\n|\n\|")

FEATURES = {
    r"\bbranding|\bmanaged login|ManagedLoginBranding": versions.PROVIDER_OF[
        types.MANAGED_LOGIN_BRANDING
    ],
    r"without e-mail": versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS,
    r"\blog delivery|\blogs\b|LogDelivery": versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION],
    r"ImportedCertificate": versions.PROVIDER_FOR_WRITE_ONLY_KEYS,
    r"user_status": versions.PROVIDER_FOR_USER_STATUS,
}
"""The AWS provider that each feature needs, by the words for it before the version."""

SUBJECTS = {
    "docs/log_delivery.md": versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION],
    "docs/user_pool_domain.md": versions.PROVIDER_OF[types.MANAGED_LOGIN_BRANDING],
}
"""What «This needs» means in a page."""


class Named(NamedTuple):
    """An AWS provider that a text names.

    Attributes:
        version: As people say it: `6.13`.
        line: Where it stands.
        before: The words before it in its sentence, after the version before.
    """

    version: str
    line: int
    before: str


def providers_in(text: str) -> Iterator[Named]:
    """Walk through the AWS providers that *text* names."""
    end = 0
    for found in PROVIDER.finditer(text):
        before = END_OF_SENTENCE.split(text[end : found.start()])[-1]
        line = text.count("\n", 0, found.start()) + 1
        yield Named(versions.short(found[1]), line, before)
        end = found.end()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Managed login branding 6.13, log delivery 6.5.", ["6.13", "6.5"]),
        ("If your provider is older than 6.13, pass `1`.", ["6.13"]),
        ("| with a branding | `>= 6.13.0, < 7.0.0` |", ["6.13", "7.0"]),
        ("**This needs AWS provider 6.5**: the first.", ["6.5"]),
        ("an AWS provider from 5.100 to 6.x; 5.100.1", ["5.100", "5.100.1"]),
        ('`stack.require_provider("6.20.0")` raises it.', []),
        ("The address 10.6.5.4, section 5.1 and 6.15.4 for `aws-amplify@6.15.4`", ["6.15.4"]),
        ("| Amplify JavaScript | 6.15.4 or newer |", []),
        ("It takes 5.5 seconds and 6.5 MB, 5.1 times as much.", []),
    ],
)
def test_a_version_of_the_provider_is_found_in_each_form(text: str, wanted: list[str]) -> None:
    assert [named.version for named in providers_in(text)] == wanted


def test_no_page_and_no_example_names_a_version_that_is_no_fact() -> None:
    strange = []
    for page in PAGES:
        name, text = str(page.relative_to(ROOT)), page.read_text(encoding="utf-8")
        known = PROVIDERS | OBSERVED.get(name, set()) | {versions.short(versions.NEXT_PROVIDER)}
        strange += [
            f"{name}:{named.line}: AWS provider {named.version}"
            for named in providers_in(text)
            if named.version not in known
        ]
        strange += [
            f"{name}:{text.count(chr(10), 0, found.start()) + 1}: Terraform {found[1]}"
            for found in TERRAFORM.finditer(text)
            if found[1] not in TERRAFORMS
        ]
    assert not strange, "\n".join(["not in facts/versions.py:", *strange])


def test_a_page_names_for_each_feature_the_provider_that_it_needs() -> None:
    wrong, held = [], set()
    for page in PAGES:
        name = str(page.relative_to(ROOT))
        meant = {r"\bThis needs\b": SUBJECTS[name]} if name in SUBJECTS else {}
        for named in providers_in(page.read_text(encoding="utf-8")):
            if named.version == versions.short(versions.PROVIDER):
                continue  # it has what it has: «5.100 does not have branding»
            for words, needed in {**FEATURES, **meant}.items():
                if re.search(words, named.before, re.IGNORECASE):
                    held.add(words)
                    if named.version != versions.short(needed):
                        wrong.append(
                            f"{name}:{named.line}: {named.version} for "
                            f"{' '.join(named.before.split()).lstrip(', ')!r}, which needs {needed}"
                        )
    assert not wrong, "\n".join(wrong)
    assert held == {*FEATURES, r"\bThis needs\b"}


def test_the_page_on_the_stack_lists_each_provider_that_something_needs() -> None:
    section = (ROOT / "docs/stack.md").read_text(encoding="utf-8").partition("\n## Versions\n")[2]
    table = section.partition("\n\n`")[0]
    listed = {named.version for named in providers_in(table)}
    assert listed == PROVIDERS | {versions.short(versions.NEXT_PROVIDER)}
