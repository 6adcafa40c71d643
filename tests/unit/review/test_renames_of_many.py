"""Renames among many equal resources: the same as if all pairs were compared, in less time."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import given, strategies as st

from constructs_auth.review.change import Change
from constructs_auth.review.plan import read
from constructs_auth.review.renames import (
    _are_instances_of_one,
    _differ_in_name_only,
    _identity,
    _keeps_what_is_fixed,
    find_renames,
)
from tests.unit.review.plans import POOL, change, plan

EMPTY: st.SearchStrategy[Any] = st.sampled_from([None, "", [], [{}]])
NAMES = st.sampled_from(["a", "b", "c"])
SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    "mfa_configuration": st.sampled_from([None, "", "OFF", "ON"]),
    "username_attributes": st.sampled_from(
        [None, [], ["email"], ["email", "phone_number"], ["phone_number", "email"]]
    ),
    "password_policy": EMPTY
    | st.sampled_from(
        [
            [{"minimum_length": 12}],
            [{"minimum_length": 12, "require_numbers": False}],
            [{"minimum_length": 12, "require_numbers": None}],
            [{"minimum_length": 12, "require_numbers": True}],
        ]
    ),
    "schema": EMPTY
    | st.lists(
        st.sampled_from(
            [
                {"name": "team"},
                {"name": "team", "mutable": False},
                {"name": "team", "string_attribute_constraints": [{}]},
                {"name": "role", "mutable": True},
                {},
            ]
        ),
        max_size=3,
    ),
    "lambda_config": st.sampled_from([None, [{"pre_sign_up": "arn:1"}], [{"pre_sign_up": None}]]),
    "tags": st.sampled_from([None, {"team": "a"}]),
}
BODIES = st.fixed_dictionaries({"name": NAMES}, optional=SETTINGS)
MARKS = st.fixed_dictionaries(
    {"id": st.just(value=True)},
    optional={
        "lambda_config": st.sampled_from([True, [{"pre_sign_up": True}], [{}]]),
        "schema": st.sampled_from([[], [{}], [{"mutable": True}]]),
        "mfa_configuration": st.booleans(),
    },
)
SomePools = list[tuple[bool, dict[str, Any]]]


def changes_of(old: SomePools, new: list[tuple[bool, dict[str, Any], Any]]) -> Sequence[Change]:
    """Delete and create pools, of which some are instances of one resource."""
    made = []
    for at, (is_instance, body) in enumerate(old):
        one = change(POOL, f"old_{at}", {**body, "id": f"eu-west-1_{at}"}, None)
        made.append({**one, **instance(f"old{at}")} if is_instance else one)
    for at, (is_instance, body, marks) in enumerate(new):
        one = change(POOL, f"new_{at}", None, body, after_unknown=marks)
        made.append({**one, **instance(f"new{at}")} if is_instance else one)
    return read(plan(*made), name="plan.json").changes


def instance(key: str) -> dict[str, str]:
    """Give the address of one tenant."""
    return {"address": f'{POOL}.tenants["{key}"]', "name": "tenants", "index": key}


def by_all_pairs(changes: Sequence[Change]) -> dict[str, str]:
    """Compare each pool that goes with each that comes."""
    old = [one for one in changes if one.action == "delete"]
    new = [one for one in changes if one.action == "create"]

    def pairs(
        old: list[Change], new: list[Change], is_same: Callable[[Change, Change], bool]
    ) -> list[tuple[Change, Change]]:
        found = [(was, will_be) for was in old for will_be in new if is_same(was, will_be)]
        partners = Counter(one for pair in found for one in pair)
        return [pair for pair in found if all(partners[one] == 1 for one in pair)]

    named = pairs(
        old,
        new,
        lambda was, will_be: (
            _identity(was) == _identity(will_be) and _keeps_what_is_fixed(was, will_be)
        ),
    )
    paired = {one for pair in named for one in pair}
    alike = pairs(
        [one for one in old if one not in paired],
        [one for one in new if one not in paired],
        lambda was, will_be: (
            not _are_instances_of_one(was, will_be) and _differ_in_name_only(was, will_be)
        ),
    )
    return {was.address: will_be.address for was, will_be in [*named, *alike]}


def written_otherwise(body: dict[str, Any], *, name: str) -> dict[str, Any]:
    """Write a pool with another name, and its lists in another order."""
    return {
        key: value[::-1] if isinstance(value, list) else value
        for key, value in {**body, "name": name}.items()
    }


@given(data=st.data())
def test_the_renames_are_those_of_all_pairs(data: st.DataObject) -> None:
    old = data.draw(st.lists(st.tuples(st.booleans(), BODIES), min_size=1, max_size=5))
    again = st.builds(written_otherwise, st.sampled_from([body for _, body in old]), name=NAMES)
    new = data.draw(st.lists(st.tuples(st.booleans(), again | BODIES, MARKS), max_size=5))
    changes = changes_of(old, new)
    assert find_renames(changes) == by_all_pairs(changes)


def pools(count: int, *, equal: bool) -> Sequence[Change]:
    """Give another address and another name to each of many pools."""
    made: list[dict[str, Any]] = []
    for at in range(count):
        body = {"lambda_config": [{"pre_sign_up": "arn" if equal else f"arn:{at}"}]}
        made += [
            change(POOL, f"old_{at}", {"id": f"i{at}", "name": f"old-{at}", **body}, None),
            change(
                POOL,
                f"new_{at}",
                None,
                {"name": f"new-{at}", **body},
                after_unknown={"id": True},
            ),
        ]
    return read(plan(*made), name="plan.json").changes


def test_a_pool_of_many_is_recognized_by_a_setting_in_a_block() -> None:
    found = find_renames(pools(30, equal=False))
    assert found == {f"{POOL}.old_{at}": f"{POOL}.new_{at}" for at in range(30)}


def test_hundreds_of_equal_pools_take_no_minute() -> None:
    """To compare all pairs of 500 took half a minute."""
    changes = pools(500, equal=True)
    start = time.process_time()
    assert find_renames(changes) == {}
    assert time.process_time() - start < 5


def test_a_pool_is_no_rename_if_one_that_others_may_be_could_be_it_too() -> None:
    """The last may be the first new one, which two others may be, or the second."""
    users = [[{"pre_sign_up": f"arn:{key}"}] for key in ("a", "a", "b")]
    changes = read(
        plan(
            *(
                change(POOL, f"old_{at}", {"name": f"old-{at}", "lambda_config": one}, None)
                for at, one in enumerate(users)
            ),
            change(POOL, "new_0", None, {"name": "x"}, after_unknown={"lambda_config": True}),
            change(POOL, "new_1", None, {"name": "y", "lambda_config": users[2]}),
        ),
        name="plan.json",
    ).changes
    assert by_all_pairs(changes) == {}
    assert find_renames(changes) == {}
