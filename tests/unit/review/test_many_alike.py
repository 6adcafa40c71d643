"""What many changes have alike is read once, with the results of reading each alone."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from itertools import pairwise, starmap
from operator import is_
from typing import Any

import pytest

from constructs_auth.review.change import Change
from constructs_auth.review.differences import Comparisons, Differences
from constructs_auth.review.findings import ask
from constructs_auth.review.plan import read
from constructs_auth.review.registry import CHANGE_RULES
from constructs_auth.review.rule import Answers, ChangeRule, Surroundings
from constructs_auth.terraform.counterpart import Counterpart, Form, secrets_of
from constructs_auth.terraform.json_text import parse_text
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.sensitive import Copies
from tests.plans.all_cases import CASES
from tests.plans.verdicts import plan_of, recorded

Entry = Mapping[str, Any]
CONFIGURED = {"constant_value": 1}
EVERY = 2 if os.environ.get("CI") else 23


def varied(entries: list[Entry]) -> Iterator[Entry]:
    """Walk through changes, each also with one argument of another change of its type.

    They share all but one value, one mark or one unknown mark with what is compared before them.
    """
    by_type: dict[str, list[Entry]] = {}
    for entry in entries:
        by_type.setdefault(str(entry["type"]), []).append(entry)
    for alike in by_type.values():
        yield from alike
        for one, other in pairwise(alike):
            for part, values in one["change"].items():
                another = other["change"].get(part)
                if not isinstance(values, dict) or not isinstance(another, dict):
                    continue
                for name in [*sorted(another), *sorted(values)][::EVERY]:
                    mixed = {**values, name: another.get(name)}
                    yield {**one, "change": {**one["change"], part: mixed}}


@cache
def entries() -> tuple[Entry, ...]:
    """Give the changes of all recorded plans as those of one, in which equal parts are one."""
    found = [entry for case in CASES for entry in recorded(case.name).get("resource_changes", ())]
    text = json.dumps(list(varied(found)))
    return tuple(parse_text(text, "plan", remedy="write JSON"))


def compared(comparisons: Comparisons, entry: Entry) -> Differences:
    change = entry["change"]
    paths = [tuple(map(str, path)) for path in change.get("replace_paths", ())]
    written = dict.fromkeys(list(change.get("after") or ())[::2], CONFIGURED)
    return comparisons.of(entry["type"], change, written=written, replace_paths=paths)


def test_each_change_has_the_differences_that_it_has_alone() -> None:
    together = Comparisons()
    alone = [compared(Comparisons(), entry) for entry in entries()]
    for _ in range(2):
        for entry, expected in zip(entries(), alone, strict=True):
            assert compared(together, entry) == expected, entry["address"]


def test_the_secrets_are_those_of_each_change() -> None:
    alone = {text for entry in entries() for text in secrets_of({"resource_changes": [entry]})}
    assert secrets_of({"resource_changes": list(entries())}) == alone
    assert alone


@pytest.mark.parametrize("marks", [{"input": True}, {"input": {"at": True}}])
def test_a_value_is_secret_that_one_of_many_marks(marks: object) -> None:
    sides = [{"after": {"input": {"at": "hunter2"}}, "after_sensitive": one} for one in ({}, marks)]
    for changes in (sides, sides[::-1]):
        text = json.dumps([{"type": "terraform_data", "change": one} for one in changes])
        document = {"resource_changes": parse_text(text, "plan", remedy="write JSON")}
        assert secrets_of(document) == {"hunter2"}
        counterpart = Counterpart(Form.ALIKE, Copies(())).of_plan(document)["resource_changes"]
        for one in counterpart:
            is_marked = bool(one["change"]["after_sensitive"])
            assert (one["change"]["after"]["input"]["at"] == "hunter2") is not is_marked


def test_a_value_is_secret_that_one_instance_of_a_raw_state_marks() -> None:
    """Its marks are paths, from which marks in the shape of the values are made anew each time."""
    path = [{"type": "get_attr", "value": "input"}]
    for marked in range(4):
        resources = [
            {
                "mode": "managed",
                "type": "terraform_data",
                "name": f"n{at}",
                "instances": [
                    {
                        "attributes": {"input": ["hunter2"]},
                        "sensitive_attributes": [path] if at == marked else [],
                    }
                ],
            }
            for at in range(4)
        ]
        text = json.dumps({"version": 4, "resources": resources})
        assert secrets_of(parse_text(text, "state", remedy="write JSON")) == {"hunter2"}


@pytest.mark.parametrize("form", Form)
def test_a_counterpart_has_the_changes_that_it_has_alone(form: Form) -> None:
    copies = Copies(secrets_of({"resource_changes": list(entries())}))
    together = Counterpart(form, copies).of_plan({"resource_changes": list(entries())})
    for entry, found in zip(entries(), together["resource_changes"], strict=True):
        (alone,) = Counterpart(form, copies).of_plan({"resource_changes": [entry]})[
            "resource_changes"
        ]
        assert found == alone, entry["address"]
        assert (found is entry) == (alone is entry)


def of_any_change(rule: ChangeRule) -> ChangeRule:
    """Give *rule* with a check that reads more than the outline of a change."""

    def check(change: Change, surroundings: Surroundings) -> Answers:
        assert change.address
        return rule.check(change, surroundings)

    return replace(rule, check=check)


def counting(rule: ChangeRule, asked: list[str]) -> ChangeRule:
    """Give *rule* with a check that notes that it was asked."""

    def check(change: Change, surroundings: Surroundings) -> Answers:
        asked.append(rule.id)
        return rule.check(change, surroundings)

    return replace(rule, check=check)


def told(rules: Iterable[ChangeRule]) -> list[object]:
    answers = [ask(plan_of(case.name), rules) for case in CASES]
    return [
        *((one.rule.id, one.change, one.text, one.at) for each in answers for one in each.findings),
        *((one.rule.id, one.change, one.why) for each in answers for one in each.undecided),
    ]


def test_only_rules_that_a_change_concerns_are_asked_with_the_answers_of_all() -> None:
    few: list[str] = []
    many: list[str] = []
    answers = told([counting(rule, few) for rule in CHANGE_RULES])
    assert answers == told([counting(of_any_change(rule), many) for rule in CHANGE_RULES])
    assert len(few) < len(many)


SECRET = {"secret_key": {"constant_value": "hunter2"}}


def secret_plans() -> Iterator[Entry]:
    """Give the recorded plans with secrets, each also with one more in its configuration."""
    for case in CASES:
        document = recorded(case.name)
        if not read(document, name="plan").counterparts:
            continue
        yield document
        written = document["configuration"]
        provider = {"aws": {"name": "aws", "expressions": SECRET}}
        yield {**document, "configuration": {**written, "provider_config": provider}}
        resources = [
            {**one, "expressions": {**one["expressions"], **SECRET}}
            for one in written["root_module"].get("resources", ())
        ]
        yield {**document, "configuration": {**written, "root_module": {"resources": resources}}}


def test_a_counterpart_is_read_as_it_is_read_alone() -> None:
    shared = 0
    for document in secret_plans():
        secrets = secrets_of(document)
        plan = read(document, name="plan")
        for form, found in zip(Form, plan.counterparts, strict=True):
            other = Counterpart(form, Copies(secrets)).of_plan(document)
            alone = read(other, name="plan", secrets=secrets)
            for side in ("before", "after", "recorded"):
                resources = getattr(found, side).resources
                assert contents(resources) == contents(getattr(alone, side).resources)
            for changes in ("changes", "drift"):
                assert contents(getattr(found, changes)) == contents(getattr(alone, changes))
            both = zip(found.changes, plan.changes, strict=True)
            shared += sum(starmap(is_, both))
    assert shared


def contents(things: Iterable[Resource | Change]) -> list[object]:
    """Give the attributes of resources or changes; two resources are equal only if they are one.

    Differences are left out: a counterpart that is read alone hides its values as secrets too.
    """
    return [
        {
            field.name: contents([value]) if isinstance(value, Resource) else value
            for field in fields(thing)
            if field.name != "differences"
            for value in [getattr(thing, field.name)]
        }
        for thing in things
    ]
