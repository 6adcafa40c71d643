"""Whatever JSON it is given, `review` answers: a report, or one clear line."""

import contextlib
import io
import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth.review.command import Format
from tests.plans.record import RECORDED
from tests.plans.verdicts import recorded
from tests.unit.review.plans import run

PLANS = (
    "pool_name_with_members",
    "pool_deleted_with_members",
    "mfa_off",
    "callback_url_of_new_resource",
    "role_mapping_ambiguous",
)
WORDS = [
    "actions",
    "after",
    "after_unknown",
    "address",
    "before",
    "before_sensitive",
    "change",
    "configuration",
    "name",
    "replace_paths",
    "resource_changes",
    "resources",
    "root_module",
    "type",
]

FORMATS = st.sampled_from(list(Format))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**20),
    st.floats(),
    st.sampled_from(
        ["", "ON", "create", "no-op", "aws_cognito_user_pool", "x" * 300, "é", "\ud800"]
    ),
    st.text(max_size=5),
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


def reviewed(text: str, factory: pytest.TempPathFactory, form: str = "json") -> int:
    """Review a file that holds *text*, and hold that a failure is one line."""
    path = factory.getbasetemp() / "any.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        code = run(str(path), "--format", form)
    assert code in {0, 1, 3}
    if code == 3 and errors.getvalue():
        assert errors.getvalue().startswith("constructs-auth review: ")
        assert errors.getvalue().count("\n") == 1
    return code


@given(text=st.text() | anything.map(json.dumps))
def test_any_json_gives_a_report_or_one_line(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reviewed(text, tmp_path_factory)


@given(changes=st.lists(anything, max_size=3), more=anything, form=FORMATS)
def test_any_changes_give_a_report_or_one_line(
    changes: list[Any],
    more: Any,
    form: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    document = {"format_version": "1.2", "resource_changes": changes, "configuration": more}
    reviewed(json.dumps(document), tmp_path_factory, form)


@given(data=st.data(), name=st.sampled_from(PLANS), form=FORMATS)
def test_a_real_plan_with_anything_in_the_place_of_a_part_does_too(
    data: st.DataObject,
    name: str,
    form: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    document = recorded(name)
    if data.draw(st.booleans()):
        document["resource_drift"] = recorded(name)["resource_changes"]
    here: Any = document
    while True:
        keys = sorted(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        inner = here[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
            here[key] = data.draw(anything)
            break
        here = inner
    reviewed(json.dumps(document), tmp_path_factory, form)


@given(data=st.data(), name=st.sampled_from(PLANS))
def test_a_truncated_plan_gives_one_line(
    data: st.DataObject,
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = (RECORDED / f"{name}.json").read_text(encoding="utf-8").rstrip()
    end = data.draw(st.integers(0, len(text) - 1))
    assert reviewed(text[:end], tmp_path_factory) == 3


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"format_version":"1.2","resource_changes":[{"address":"a.b","type":"a","name":"b",'
        '"change":{"actions":["update"],"before":'
        + '{"a":' * 900
        + "1"
        + "}" * 900
        + ',"after":'
        + '{"a":' * 900
        + "2"
        + "}" * 900
        + "}}]}",
    ],
    ids=["brackets", "values"],
)
def test_what_is_nested_too_deeply_gives_one_line(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert reviewed(text, tmp_path_factory) == 3
