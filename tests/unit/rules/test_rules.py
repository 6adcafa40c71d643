"""Every rule on its cases."""

import pkgutil
import re
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

SECTIONS = frozenset({"data", "import", "locals", "output", "provider", "terraform", "variable"})
"""What a case may say beside resources."""

ALWAYS_TOLD = {"CG701D"}
"""The default of a variable has no templates."""

BY_ID = {rule.id: rule for rule in RULES}


BY_SUBJECT: dict[str, tuple[Case, ...]] = {
    module.name: import_module(f"{cases.__name__}.{module.name}").CASES
    for module in pkgutil.iter_modules(cases.__path__)
}
CASES = [case for of_subject in BY_SUBJECT.values() for case in of_subject]

each_subject = pytest.mark.parametrize("of_subject", BY_SUBJECT.values(), ids=BY_SUBJECT)


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


@each_subject
def test_a_broken_rule_is_found_and_says_where(of_subject: tuple[Case, ...]) -> None:
    for case in of_subject:
        said = tuple(
            f"{finding.resource.address}: {finding.at}: {finding.text}"
            for finding in judged(case, case.bad).findings
        )
        assert (case.rule, said) == (case.rule, case.says)


@each_subject
def test_a_kept_rule_says_nothing(of_subject: tuple[Case, ...]) -> None:
    for case in of_subject:
        report = judged(case, case.good)
        assert (case.rule, report.findings, report.undecided) == (case.rule, (), ())


@each_subject
def test_what_cannot_be_told_is_no_pass_and_no_finding(of_subject: tuple[Case, ...]) -> None:
    for case in of_subject:
        if case.unknown is not None:
            report = judged(case, case.unknown)
            assert (case.rule, report.findings) == (case.rule, ())
            assert report.undecided != (), case.rule


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
        (name, case.rule)
        for name, of_subject in BY_SUBJECT.items()
        for case in of_subject
        if subjects[case.rule] != name
    ]
    assert misplaced == []
