"""Tenants and their stacks: what is there stays where it is."""

import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import InvalidValueError, spread_tenants
from constructs_auth.facts import limits

IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,47}", fullmatch=True)


def places(tenants: list[str], stacks: int) -> dict[str, int]:
    """Say in which stack each tenant is."""
    return {
        tenant: place
        for place, of_stack in enumerate(spread_tenants(tenants, stacks=stacks))
        for tenant in of_stack
    }


def test_the_places_are_pinned() -> None:
    """Another place would be another pool: these must hold in every release."""
    assert spread_tenants(["acme", "globex", "initech", "umbrella", "wayne"], stacks=3) == (
        ("acme",),
        ("globex", "initech"),
        ("umbrella", "wayne"),
    )


@given(tenants=st.sets(IDS, max_size=20), more=IDS, stacks=st.integers(1, 16))
def test_one_more_tenant_moves_nobody(tenants: set[str], more: str, stacks: int) -> None:
    before = places(sorted(tenants), stacks)
    after = places(sorted(tenants | {more}), stacks)
    assert {tenant: after[tenant] for tenant in before} == before


@given(tenants=st.lists(IDS, unique=True, max_size=20), data=st.data())
def test_the_order_of_the_list_does_not_matter(tenants: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(tenants))
    assert spread_tenants(shuffled, stacks=4) == spread_tenants(tenants, stacks=4)


def test_tenants_are_spread_about_evenly() -> None:
    sizes = [len(one) for one in spread_tenants([f"tenant-{n}" for n in range(500)], stacks=10)]
    assert sum(sizes) == 500
    assert min(sizes) > 25
    assert max(sizes) < 75


def test_a_stack_may_have_no_tenant_yet() -> None:
    assert spread_tenants([], stacks=2) == ((), ())


@pytest.mark.parametrize(
    ("tenants", "stacks", "message"),
    [
        (
            ["acme", "acme"],
            2,
            "spread_tenants.tenants[1]: must not repeat, got 'acme'; name each tenant once",
        ),
        (
            ["Acme"],
            2,
            "spread_tenants.tenants[0]: must be 1 to 48 characters, lower-case letters, digits, "
            "_ and -, beginning with a letter, got 'Acme'; give the tenant a plain id, such as "
            "'acme'",
        ),
        (
            "acme",
            2,
            "spread_tenants.tenants: must be a collection of ids, got 'acme'; write "
            "['acme', 'zeta']",
        ),
        (
            [],
            0,
            "spread_tenants.stacks: must be from 1 to 1000 stacks, got 0; choose one stack for "
            "about 50 expected tenants",
        ),
    ],
)
def test_refuses_what_has_no_place(tenants: Any, stacks: int, message: str) -> None:
    with pytest.raises(InvalidValueError, match=re.escape(message)):
        spread_tenants(tenants, stacks=stacks)


def test_an_id_leaves_room_for_a_suffix() -> None:
    assert limits.TENANT_ID.maximum + len("_users") < limits.USER_POOL_NAME.maximum
