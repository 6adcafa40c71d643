"""Whatever JSON it is given, `check` answers: a report, or one clear line."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth.cli import main
from constructs_auth.errors import UnreadableError
from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import PROFILES
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Rule
from constructs_auth.terraform.plan_json import Side, read_plan
from constructs_auth.terraform.terraform_json import read_document

PLAN = Path(__file__).parents[1] / "terraform" / "plans" / "modules.json"
TYPES = sorted({rule.resource_type for rule in RULES})


def arguments_of(kind: str) -> list[str]:
    """Collect the words that the rules of *kind* may ask for: their own source names them."""
    return sorted(
        {
            constant
            for rule in RULES
            if rule.resource_type == kind
            for constant in _texts(rule)
            if constant.isidentifier()
        }
    )


def _texts(rule: Rule) -> set[str]:
    check = getattr(rule.check, "func", rule.check)  # of a partial
    named = [value for value in check.__globals__.values() if not isinstance(value, ModuleType)]
    constants = [
        constant
        for value in named
        for constant in (value.__code__.co_consts if hasattr(value, "__code__") else (value,))
    ]
    return {text for constant in constants for text in _flat(constant) if isinstance(text, str)}


def _flat(constant: object) -> Iterable[object]:
    return constant if isinstance(constant, tuple | frozenset) else (constant,)


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 100_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "ON", "OFF", "8", "true", "${var.a}", "http://a", "x" * 300, "a/b", "é"]),
    st.text(max_size=5),
)


def values(names: list[str]) -> st.SearchStrategy[Any]:
    """Any JSON, with the words that rules know as keys."""
    keys = st.sampled_from(names) if names else st.text(max_size=3)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=8,
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Terraform JSON of known resource types with anything in it."""
    resources: dict[str, Any] = {}
    for kind in draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4, unique=True)):
        names = arguments_of(kind)
        body = st.dictionaries(
            st.sampled_from(names) if names else st.text(max_size=3), values(names), max_size=6
        )
        resources[kind] = {"a": draw(body), "b": draw(body)}
        for name in ("a", "b"):
            if draw(st.booleans()):
                resources[kind][name]["user_pool_id"] = "${aws_cognito_user_pool.a.id}"
    return {"resource": resources}


@given(document=documents(), profile=st.sampled_from(sorted(PROFILES)))
def test_no_rule_raises_whatever_the_values_are(document: dict[str, Any], profile: str) -> None:
    report = judge(
        read_document(document), rules=RULES, profile=PROFILES[profile], today=date(2026, 1, 1)
    )
    assert report.resources > 0


@given(text=st.text() | values(["resource", "planned_values", "format_version"]).map(json.dumps))
def test_any_json_gives_a_report_or_one_line(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(path), "--format", "json"]) in {0, 1, 3}


@given(data=st.data())
def test_a_plan_with_anything_in_the_place_of_a_part_gives_a_report_or_one_line(
    data: st.DataObject,
) -> None:
    document = json.loads(PLAN.read_text(encoding="utf-8"))
    here = document
    while True:
        keys = sorted(here) if isinstance(here, dict) else range(len(here))
        key = data.draw(st.sampled_from(list(keys)))
        inner = here[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            here[key] = data.draw(values(["references", "expressions", "module", "resources"]))
            break
        here = inner
    for side in Side:
        try:
            configuration = read_plan(document, side=side)
        except UnreadableError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
        else:
            judge(configuration, rules=RULES, profile=PROFILES["strict"], today=date(2026, 1, 1))


@given(end=st.integers(0, 5_000))
def test_a_truncated_plan_gives_one_line(
    end: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "truncated.json"
    path.write_text(PLAN.read_text(encoding="utf-8")[:end], encoding="utf-8")
    assert main(["check", str(path)]) == 3
