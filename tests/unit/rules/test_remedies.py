"""Every remedy is tried: applied to what breaks the rule, it ends the finding and adds no error.

A case shows the configuration after the remedy as `mended`; without it, `good` is that one. The
remedy is tried on the first case of each rule, and on each other case with `mended`.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import constructs_auth
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import PROFILES
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Rule, Severity
from constructs_auth.terraform.terraform_json import read_document
from tests.support.sources import nodes_of
from tests.unit.rules.cases import Case, Resources
from tests.unit.rules.test_rules import BY_ID, BY_SUBJECT, CASES, SECTIONS

FIRST = {case.rule: case for case in reversed(CASES)}


def is_tried(case: Case) -> bool:
    return FIRST[case.rule] is case or case.mended is not None


def after_remedy(case: Case) -> Resources:
    return case.good if case.mended is None else case.mended


def judged(case: Case, resources: Resources) -> Report:
    """Ask all rules."""
    sections = {name: body for name, body in resources.items() if name in SECTIONS}
    rest = {name: body for name, body in resources.items() if name not in SECTIONS}
    return judge(
        read_document({"resource": rest, **sections}),
        rules=RULES,
        profile=PROFILES[case.profile],
        today=date(2026, 1, 1),
    )


def errors_in(report: Report) -> set[tuple[str, str, str]]:
    return {
        (finding.rule.id, finding.resource.address, finding.text)
        for finding in report.findings
        if finding.severity is Severity.ERROR
    }


FREE = frozenset({"assume_role_policy", "attribute_mapping", "tags"})
"""Arguments whose keys are names of the user's own."""


def changed_names(before: Resources, after: Resources) -> Iterator[str]:
    """Yield the arguments and blocks that differ, and the types of resources come and gone."""
    for kind in {**before, **after}:
        old, new = before.get(kind, {}), after.get(kind, {})
        for name in {**old, **new}:
            if name in old and name in new:
                yield from _changed_in(old[name], new[name], name)
            else:
                yield kind


def _changed_in(before: object, after: object, name: str) -> Iterator[str]:
    if name not in FREE and isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in {**before, **after}:
            if key not in before or key not in after:
                yield key
            else:
                yield from _changed_in(before[key], after[key], key)
    elif before != after:
        yield name


@pytest.mark.parametrize("of_subject", BY_SUBJECT.values(), ids=BY_SUBJECT)
def test_a_remedy_ends_the_finding_and_adds_no_error(of_subject: tuple[Case, ...]) -> None:
    for case in filter(is_tried, of_subject):
        report = judged(case, after_remedy(case))
        left = [finding.text for finding in report.findings if finding.rule.id == case.rule]
        unclear = [one.why for one in report.undecided if one.rule.id == case.rule]
        assert (case.rule, left, unclear) == (case.rule, [], [])
        new = errors_in(report) - errors_in(judged(case, case.bad))
        assert (case.rule, new) == (case.rule, set())


@pytest.mark.parametrize("of_subject", BY_SUBJECT.values(), ids=BY_SUBJECT)
def test_a_remedy_names_everything_that_it_changes(of_subject: tuple[Case, ...]) -> None:
    for case in filter(is_tried, of_subject):
        said = f"{BY_ID[case.rule].remedy} {' '.join(case.says)}"
        words = set(re.findall(r"\w+", said))
        changed = set(changed_names(case.bad, after_remedy(case)))
        assert (case.rule, changed - words) == (case.rule, set())


def values_in(resources: object) -> Iterator[tuple[str, object]]:
    """Yield each argument and its value, however deep."""
    if isinstance(resources, Mapping):
        for name, value in resources.items():
            yield name, value
            yield from values_in(value)
    elif isinstance(resources, list):
        for each in resources:
            yield from values_in(each)


@pytest.mark.parametrize("of_subject", BY_SUBJECT.values(), ids=BY_SUBJECT)
def test_a_remedy_is_tried_with_the_values_that_it_names(of_subject: tuple[Case, ...]) -> None:
    for case in filter(is_tried, of_subject):
        remedy, after = BY_ID[case.rule].remedy, after_remedy(case)
        changed = set(changed_names(case.bad, after))
        words = set(re.findall(r"[\w-]+", remedy.lower()))
        for name in changed & set(re.findall(r"(\w+) = [\"\w]", remedy)):
            tried = {str(value).lower() for key, value in values_in(after) if key == name}
            others = {value for value in tried if value not in words and "${" not in value}
            assert (case.rule, name, others) == (case.rule, name, set())


PACKAGE = Path(constructs_auth.__file__).parent
WITH_PYTHON = [rule for rule in RULES if rule.python_remedy]


@pytest.mark.parametrize("rule", WITH_PYTHON, ids=lambda rule: rule.id)
def test_a_remedy_for_python_names_what_exists(rule: Rule) -> None:
    remedy = re.sub(r"timedelta\([^)]*\)", "", rule.python_remedy)
    names = re.findall(r"\b([A-Z][a-z]+(?:[A-Z][a-z]+)+|Mfa|Passkey)\b", remedy)
    assert [name for name in names if name not in dir(constructs_auth)] == []
    members = re.findall(r"\b([A-Z][a-z]\w+)\.(\w+)", remedy)
    missing = [
        (name, member)
        for name, member in members
        if not hasattr(getattr(constructs_auth, name), member)
    ]
    assert missing == []
    arguments = re.findall(r"\b([a-z]\w*_\w+|[a-z]+(?==))", remedy)
    assert [name for name in arguments if name not in names_of_a_program()] == []


@cache
def names_of_a_program() -> set[str]:
    """The arguments of the constructs, the fields of the values, and the methods of the stack."""
    values = sorted(PACKAGE.glob("values/*.py"))
    with_arguments = (*PACKAGE.glob("cognito/**/*.py"), *values, PACKAGE / "variable.py")
    methods = [node for node in nodes_of(PACKAGE / "stack.py") if isinstance(node, ast.FunctionDef)]
    return {
        *(method.name for method in methods),
        *(
            argument.arg
            for path in with_arguments
            for node in nodes_of(path)
            if isinstance(node, ast.FunctionDef)
            for argument in (*node.args.args, *node.args.kwonlyargs)
        ),
        *(
            node.target.id
            for path in values
            for node in nodes_of(path)
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        ),
    }
