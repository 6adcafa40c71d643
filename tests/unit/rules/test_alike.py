"""Resources that are alike are judged once, with the answers of judging each."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD, STRICT, Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Answers, Check, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.terraform_json import read_document

RECORDED = sorted((Path(__file__).parents[2] / "plans" / "recorded").glob("*.json"))
POOL = "aws_cognito_user_pool"
Values = Mapping[str, object]


def planned(*values: Values) -> Configuration:
    """Return pools with *values*, as a plan."""
    changes = [
        {
            "address": f"{POOL}.p{at}",
            "type": POOL,
            "name": f"p{at}",
            "change": {"actions": ["create"], "before": None, "after": one, "after_unknown": {}},
        }
        for at, one in enumerate(values)
    ]
    return read_plan({"format_version": "1.2", "resource_changes": changes})


def rule(check: Check) -> Rule:
    return Rule(
        id="CX1",
        slug="example",
        title="An example",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="It shows something.",
        remedy="change it",
        source="API",
        check=check,
    )


def judged(configuration: Configuration, check: Check) -> list[tuple[str, str]]:
    report = judge(configuration, rules=[rule(check)], profile=STRICT, today=date(2026, 1, 1))
    return [(one.resource.address.removeprefix(f"{POOL}."), one.text) for one in report.findings]


def test_a_rule_is_asked_once_about_what_is_equal() -> None:
    asked: list[str] = []

    def check(pool: Resource, _context: Context) -> Answers:
        asked.append("once")
        yield Violation(text=f"got {pool.body.text('tier')}")

    found = judged(planned(*[{"tier": "LITE", "name": str(at)} for at in range(6)]), check)

    assert found == [(f"p{at}", "got LITE") for at in range(6)]
    assert asked == ["once"]


def test_a_rule_is_asked_again_where_what_it_reads_differs() -> None:
    def check(pool: Resource, _context: Context) -> Answers:
        yield Violation(text=f"got {pool.body.text('name')}")

    found = judged(planned(*[{"name": str(at)} for at in range(6)]), check)

    assert found == [(f"p{at}", f"got {at}") for at in range(6)]


@pytest.mark.parametrize(
    "values", [(True, 1, 1.0, "1"), (0.0, -0.0, False, ""), ([1], [True], [1.0], ["1"])]
)
def test_values_that_python_takes_for_equal_are_told_apart(values: tuple[object, ...]) -> None:
    def check(pool: Resource, _context: Context) -> Answers:
        yield Violation(text=f"got {pool.body.values.get('value')!r}")

    found = judged(planned(*[{"value": one} for one in values * 2]), check)

    assert [text for _, text in found] == [f"got {one!r}" for one in values * 2]


@pytest.mark.parametrize("part", ["values", "unknown", "sensitive", "written"])
def test_what_is_known_of_an_argument_is_told_apart(part: str) -> None:
    def check(pool: Resource, _context: Context) -> Answers:
        yield Violation(text=repr(getattr(pool.body, part).get("tier")))

    def having(pool: Resource, mark: object) -> Resource:
        changed: dict[str, Any] = {part: {"tier": mark}}
        return replace(pool, body=replace(pool.body, **changed))

    marks = [True, False, [True], {"a": True}, None]
    pools = planned(*[{"tier": "LITE"}] * 10).resources

    found = judged(Configuration([*map(having, pools, marks * 2)]), check)

    assert [text for _, text in found] == [repr(mark) for mark in marks * 2]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("exists", (True, False)),
        ("ignore_changes", (("tier",), ())),
        ("is_imported", (True, False)),
        ("prevent_destroy", (True, None)),
        ("provider", (Block(values={"region": "eu-west-1"}), None)),
        ("provider_key", ("aws", "aws.west")),
    ],
)
def test_what_is_known_of_a_resource_is_told_apart(name: str, values: tuple[Any, ...]) -> None:
    def check(pool: Resource, _context: Context) -> Answers:
        yield Violation(text=repr(getattr(pool, name)))

    pools = planned(*[{"tier": "LITE"}] * 8).resources
    different = [
        replace(pool, **{name: value}) for pool, value in zip(pools, values * 4, strict=True)
    ]

    found = judged(Configuration(different), check)

    assert [text for _, text in found] == [repr(value) for value in values * 4]


def by_address(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=pool.address)


def by_place(pool: Resource, context: Context) -> Answers:
    yield Violation(text=str(context.configuration.of_type(POOL).index(pool)))


def by_names(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=" ".join(pool.body.values))


def by_number(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=str(len(pool.body.values)))


def by_all_values(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=str({**pool.body.values}))


def by_repr(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=repr(pool.body.values))


def by_comparison(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=str(pool.body.values == {"a3": 1}))


def by_presence(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=str("a3" in pool.body.values))


def by_json(pool: Resource, _context: Context) -> Answers:
    yield Violation(text=json.dumps(pool.body.values))


@pytest.mark.parametrize(
    "check",
    [
        by_address,
        by_place,
        by_names,
        by_number,
        by_all_values,
        by_repr,
        by_comparison,
        by_presence,
        by_json,
    ],
)
def test_what_a_rule_reads_in_another_way_is_never_shared(check: Check) -> None:
    configuration = planned(*[{f"a{at}": 1} for at in range(5)], {}, {"b": 1, "a3": 1})
    context = Context(configuration=configuration, profile=STRICT)

    found = judged(configuration, check)

    assert [text for _, text in found] == [
        answer.text
        for one in configuration.resources
        for answer in rule(check).ask(one, context)
        if isinstance(answer, Violation)
    ]


def test_pools_whose_clients_sign_in_others_are_told_apart() -> None:
    """A rule on passwords reports only pools in which somebody may have one."""
    client = {"explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH"]}
    others = {**client, "supported_identity_providers": ["Google"]}
    written: dict[str, dict[str, Any]] = {POOL: {}, f"{POOL}_client": {}}
    for at in range(8):
        body = others if at % 2 else client
        written[POOL][f"p{at}"] = {"password_policy": {"minimum_length": 6}}
        written[f"{POOL}_client"][f"c{at}"] = {**body, "user_pool_id": f"${{{POOL}.p{at}.id}}"}
    configuration = read_document({"resource": written})

    report = judge(configuration, rules=RULES, profile=STANDARD, today=date(2026, 1, 1))

    short = [one for one in report.findings if one.rule.slug == "long-passwords"]
    assert [one.resource.address for one in short] == [f"{POOL}.p{at}" for at in (0, 2, 4, 6)]


def varied(change: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Walk through *change*, and *change* without each of its arguments, or with another one."""
    yield change
    for side in ("before", "after", "after_unknown"):
        for name in change.get(side) or {}:
            kept = {other: value for other, value in change[side].items() if other != name}
            yield {**change, side: kept}
            yield {**change, side: {**kept, name: True}}
    for name in change.get("after") or {}:
        for marks in ("after_unknown", "after_sensitive"):
            yield {**change, marks: {**(change.get(marks) or {}), name: True}}


def of_many(document: Mapping[str, Any]) -> Configuration:
    """Return the resources of a plan, each many times, with small differences."""
    changes: list[Mapping[str, Any]] = []
    for entry in document["resource_changes"]:
        if entry["mode"] == "managed":
            for at, change in enumerate(varied(entry["change"])):
                address = f'{entry["address"]}["{at}"]'
                changes.append({**entry, "address": address, "index": str(at), "change": change})
    return read_plan({**document, "resource_changes": changes})


def written_many(document: Mapping[str, Any]) -> Configuration:
    """Return the resources of a plan as Terraform JSON, each many times, with expressions."""
    written: dict[str, dict[str, object]] = {}
    for entry in document["resource_changes"]:
        after = entry["change"].get("after") or entry["change"].get("before")
        if entry["mode"] != "managed" or after is None:
            continue
        of_type = written.setdefault(entry["type"], {})
        for name in after:
            others = {other: value for other, value in after.items() if other != name}
            values = (None, "${var.given}", f"${{{POOL}.users.{name}}}", ["${var.given}"], True)
            for value in values:
                body = others if value is None else {**others, name: value}
                of_type[f"{entry['name']}_{len(of_type)}"] = body
    return read_document({"resource": written})


@pytest.mark.parametrize("profile", [STANDARD, STRICT], ids=lambda profile: profile.name)
@pytest.mark.parametrize("read", [of_many, written_many])
@pytest.mark.parametrize(
    "file",
    [
        pytest.param(file, id=file.stem, marks=[] if at % 12 == 0 else pytest.mark.thorough)
        for at, file in enumerate(RECORDED[::8])
    ],
)
def test_the_findings_are_those_of_asking_every_rule_about_every_resource(
    file: Path, read: Callable[[Mapping[str, Any]], Configuration], profile: Profile
) -> None:
    configuration = read(json.loads(file.read_text(encoding="utf-8")))
    context = Context(configuration=configuration, profile=profile)
    expected = [
        (one.address, each.id, answer)
        for one in (*configuration.resources, *configuration.declarations())
        for each in RULES
        if each.resource_type == one.type
        for answer in each.ask(one, context)
    ]

    report = judge(configuration, rules=RULES, profile=profile, today=date(2026, 1, 1))

    found = [(one.resource.address, one.rule.id, one.text, one.at) for one in report.findings]
    violations = [
        (address, each, answer.text, answer.at)
        for address, each, answer in expected
        if isinstance(answer, Violation)
    ]
    assert sorted(found) == sorted(violations)
    assert [(one.resource.address, one.rule.id, one.why, one.at) for one in report.undecided] == [
        (address, each, answer.why, answer.at)
        for address, each, answer in expected
        if not isinstance(answer, Violation)
    ]
