"""Inputs: real documents, what can stand in the place of any part of one, and odd files."""

import codecs
import copy
import gzip
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.plans.record import RECORDED
from tests.plans.verdicts import recorded
from tests.unit.handoff.samples import examples

_DEEP = 400
_DIGITS = 5_000

HALF = "\ud800"
ODD_JSON = {
    "half of a surrogate pair": '"\\ud800"',
    "a number of 5,000 digits": "9" * _DIGITS,
    "a text of 5,000 digits": f'"{"9" * _DIGITS}"',
    "a fraction of 5,000 digits": f"0.{'9' * _DIGITS}",
    "a number that becomes infinity": "1e999",
    "a number that becomes zero": "1e-999",
    "NaN": "NaN",
    "infinity": "-Infinity",
    "lists, 400 deep": "[" * _DEEP + "]" * _DEEP,
    "objects, 400 deep": '{"a":' * _DEEP + "1" + "}" * _DEEP,
    "lists, 100,000 deep": "[" * 100_000 + "]" * 100_000,
    "objects, 100,000 deep": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "a key twice": '{"a": 1, "a": 2}',
    "a NUL": '"\\u0000"',
}
"""JSON, or what looks like it, by a name."""


def odd_contents(document: Mapping[str, Any]) -> dict[str, bytes]:
    """What a file can hold instead of *document*."""
    text = json.dumps(document)
    plain = text.encode()
    return {
        "nothing": b"",
        "space": b" \n",
        "a mark alone": codecs.BOM_UTF8,
        "UTF-8 with a mark": codecs.BOM_UTF8 + plain,
        "UTF-16 with a mark": text.encode("utf-16"),
        "UTF-16 without one": text.encode("utf-16-le"),
        "UTF-32 with a mark": text.encode("utf-32"),
        "an odd number of bytes of UTF-16": text.encode("utf-16")[:-1],
        "Latin-1": text.encode()[:-1] + b', "\xe9": 1}',
        "gzip": gzip.compress(plain),
        "a binary plan": b"PK\x03\x04" + bytes(200),
        "all bytes": bytes(range(256)),
        "a part": plain[: len(plain) // 2],
        "twice": plain * 2,
        "a NUL behind it": plain + b"\0",
        "a list": b"[" + plain + b"]",
        **{name: value.encode() for name, value in ODD_JSON.items()},
        **{
            f"{name} in an object": f'{{"format_version": {value}}}'.encode()
            for name, value in ODD_JSON.items()
        },
        **{kind: kind.encode() for kind in ("null", "true", "3", '"text"', "[]", "[[]]", "[null]")},
    }


PLANS = tuple(sorted(path.stem for path in RECORDED.glob("*.json")))


@cache
def stacks() -> dict[str, dict[str, Any]]:
    """The Terraform JSON of the examples, by name."""
    return examples()


def plan_of(name: str) -> dict[str, Any]:
    """A recorded plan, and the same changes as drift."""
    document = recorded(name)
    return {**document, "resource_drift": recorded(name)["resource_changes"]}


def state_of(name: str) -> dict[str, Any]:
    """The state before a recorded plan."""
    resources = [
        {**change, "values": change["change"].get("before"), "sensitive_values": {}}
        for change in recorded(name)["resource_changes"]
        if change["change"].get("before") is not None
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}


def raw_state_of(name: str) -> dict[str, Any]:
    """The same as Terraform stores it."""
    resources = [
        {**change, "instances": [{"attributes": change["change"].get("before")}]}
        for change in recorded(name)["resource_changes"]
        if change["change"].get("before") is not None
    ]
    return {"version": 4, "lineage": "a", "serial": 1, "outputs": {}, "resources": resources}


WORDS = (
    *("actions", "address", "after", "before", "change", "configuration", "create", "delete"),
    *("deposed", "expressions", "forget", "index", "instances", "lifecycle", "managed", "mode"),
    *("module_calls", "name", "no-op", "references", "resource", "resources", "root_module"),
    *("constant_value", "values", "type", "update", "variable", "dynamic", "//", "for_each"),
    *("aws_cognito_user_pool", "aws_cognito_user_pool_client", "ON", "8", "true", ""),
    *("${var.a}", "${", "%{if", "$${", "${aws_cognito_user_pool.users.id}", "../x", "https://a"),
    *("x" * 300, "é", HALF, "\0", "\u202e", "::error::a", "[0]", '["a"]', "1e5", "-", "arn:aws:"),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**20),
    st.sampled_from([10**299, -(10**299), 0.5, 1e299, -0.0]),
    st.sampled_from(WORDS),
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
_CHANGES = ("replace", "delete", "repeat", "wrap", "rename", "swap")


@st.composite
def changed(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """*document* with one to three parts of it replaced, deleted, repeated, wrapped or renamed."""
    found = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, found)
    return found


def _change(draw: st.DrawFn, document: dict[str, Any]) -> None:
    here: Any = document
    while here:
        key = draw(st.sampled_from(_keys(here)))
        inner = here[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 4)) == 0:
            _put(draw, here, key)
            return
        here = inner


def _keys(here: Any) -> list[Any]:
    return sorted(here) if isinstance(here, dict) else list(range(len(here)))


def _put(draw: st.DrawFn, here: Any, key: Any) -> None:
    match draw(st.sampled_from(_CHANGES)):
        case "delete":
            del here[key]
        case "repeat" if isinstance(here, list):
            here.append(copy.deepcopy(here[key]))
        case "wrap":
            here[key] = [here[key]]
        case "rename" if isinstance(here, dict):
            here[draw(st.sampled_from(WORDS))] = here.pop(key)
        case "swap" if isinstance(here, dict):
            other = draw(st.sampled_from(_keys(here)))
            here[key], here[other] = here[other], here[key]
        case _:
            here[key] = draw(anything)
