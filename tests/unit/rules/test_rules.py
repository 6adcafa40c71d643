"""Every rule on its cases."""

import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from constructs_auth.rules import registry
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import PROFILES
from constructs_auth.rules.registry import RULES, rule_named
from constructs_auth.terraform.terraform_json import read_document
from tests.unit.rules import cases
from tests.unit.rules.cases import Case, Resources

SECTIONS = frozenset({"data", "locals", "output", "provider", "terraform", "variable"})
"""What a case may say beside resources."""

ALWAYS_TOLD = {"CG701D"}
"""The default of a variable has no templates."""

BY_ID = {rule.id: rule for rule in RULES}


def all_cases() -> Iterator[Case]:
    """Collect the `CASES` of every module beside this file."""
    for module in pkgutil.iter_modules(cases.__path__):
        yield from import_module(f"{cases.__name__}.{module.name}").CASES


CASES = list(all_cases())


def judged(case: Case, resources: Resources) -> Report:
    """Ask the rule of *case* alone."""
    sections = {name: body for name, body in resources.items() if name in SECTIONS}
    rest = {name: body for name, body in resources.items() if name not in SECTIONS}
    return judge(
        read_document({"resource": rest, **sections}),
        rules=[BY_ID[case.rule]],
        profile=PROFILES[case.profile],
        today=date(2026, 1, 1),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_broken_rule_is_found_and_says_where(case: Case) -> None:
    report = judged(case, case.bad)
    assert (
        tuple(
            f"{finding.resource.address}: {finding.at}: {finding.text}"
            for finding in report.findings
        )
        == case.says
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_kept_rule_says_nothing(case: Case) -> None:
    report = judged(case, case.good)
    assert report.findings == ()
    assert report.undecided == ()


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.unknown is not None], ids=lambda case: case.rule
)
def test_what_cannot_be_told_is_no_pass_and_no_finding(case: Case) -> None:
    assert case.unknown is not None
    report = judged(case, case.unknown)
    assert report.findings == ()
    assert report.undecided != ()


def test_every_rule_has_a_case_that_can_be_unknown() -> None:
    told = {case.rule for case in CASES if case.unknown is not None}
    assert told == BY_ID.keys() - ALWAYS_TOLD


def test_no_two_rules_have_one_id() -> None:
    assert len(BY_ID) == len(RULES)


def test_every_rule_has_a_slug_of_its_own() -> None:
    slugs = [rule.slug for rule in RULES]
    assert len({*slugs}) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", slug)] == []


def test_no_rule_is_in_two_subjects_and_no_subject_is_forgotten() -> None:
    folder = Path(registry.__file__).parent
    written = {
        path.stem
        for path in folder.glob("*.py")
        if "RULES: tuple[Rule, ...] = (" in path.read_text("utf-8")
    }
    assert written == {subject.__name__.rpartition(".")[2] for subject in registry.SUBJECTS}
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_rule_is_found_by_its_id_and_by_its_name() -> None:
    assert all(rule_named(rule.id) is rule_named(rule.slug) is rule for rule in RULES)
    assert rule_named("no-such-rule") is None


def test_the_cases_of_a_subject_are_in_the_file_with_its_name() -> None:
    subjects = {
        rule.id: subject.__name__.rpartition(".")[2]
        for subject in registry.SUBJECTS
        for rule in subject.RULES
    }
    misplaced = [
        (module.name, case.rule)
        for module in pkgutil.iter_modules(cases.__path__)
        for case in import_module(f"{cases.__name__}.{module.name}").CASES
        if subjects[case.rule] != module.name
    ]
    assert misplaced == []
