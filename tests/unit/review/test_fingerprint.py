"""What was reviewed is what is applied."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.plans.all_cases import CASES
from tests.plans.verdicts import reviewed as reviewed_recording
from tests.unit.review.plans import CLIENT, change, plan, reviewed

WEB = {"name": "web", "callback_urls": ["https://a.example"]}


def of(*changes: Mapping[str, Any], **more: Any) -> str:
    """Give the fingerprint of a plan."""
    return reviewed(plan(*changes, **more)).fingerprint


BASE = of(change(CLIENT, "web", WEB, {**WEB, "callback_urls": ["https://b.example"]}))


def test_it_is_the_same_for_the_same_plan() -> None:
    again = change(CLIENT, "web", dict(WEB), {**WEB, "callback_urls": ["https://b.example"]})
    assert of(again) == BASE
    assert BASE.startswith("v1:")
    assert len(BASE) == 35


@pytest.mark.parametrize(
    "other",
    [
        change(CLIENT, "web", WEB, {**WEB, "callback_urls": ["https://c.example"]}),
        change(CLIENT, "api", WEB, {**WEB, "callback_urls": ["https://b.example"]}),
        change(CLIENT, "web", {"name": "web"}, {**WEB, "callback_urls": ["https://b.example"]}),
        change(
            CLIENT,
            "web",
            WEB,
            {**WEB, "callback_urls": ["https://b.example"]},
            actions=("delete", "create"),
        ),
        change(CLIENT, "web", WEB, None),
        change(CLIENT, "web", WEB, {**WEB, "callback_urls": None}),
        change(CLIENT, "web", WEB, WEB, after_unknown={"callback_urls": True}),
    ],
)
def test_it_is_another_one_for_another_plan(other: Mapping[str, Any]) -> None:
    assert of(other) != BASE


def test_another_resource_an_output_and_a_refusal_count() -> None:
    same = change(CLIENT, "web", WEB, {**WEB, "callback_urls": ["https://b.example"]})
    assert of(same, change("null_resource", "a", None, {"id": "1"})) != BASE
    assert of(same, output_changes={"url": {"actions": ["create"]}}) != BASE
    assert of(same, errored=True) != BASE


def test_to_create_what_was_lost_is_not_a_first_deployment() -> None:
    again = change(CLIENT, "web", None, WEB, after_unknown={"id": True})
    lost = [change(CLIENT, "web", {**WEB, "id": "1"}, None)]
    assert of(again, resource_drift=lost) != of(again)
    assert of(resource_drift=lost) != of()


def test_what_the_plan_does_beyond_its_changes_counts() -> None:
    assert of(action_invocations=[{"address": "action.aws_lambda_invoke.a"}]) != of()


def test_noise_times_versions_and_unchanged_resources_do_not_count() -> None:
    noisy = change(
        CLIENT,
        "web",
        {**WEB, "default_redirect_uri": None},
        {**WEB, "callback_urls": ["https://b.example"], "default_redirect_uri": ""},
    )
    still = change(CLIENT, "api", WEB, WEB, actions=("no-op",))
    assert of(noisy, still, timestamp="2026-01-01T00:00:00Z", terraform_version="1.12.0") == BASE


def test_recorded_plans_that_do_different_things_are_told_apart() -> None:
    names: dict[str, list[str]] = {}
    for case in CASES:
        result = reviewed_recording(case.name)
        if any(one.differences for one in result.plan.changes):
            names.setdefault(result.fingerprint, []).append(case.name)
    assert sorted(group for group in names.values() if len(group) > 1) == [
        ["deletion_protection_off", "deletion_protection_left_out"],
        ["mfa_off", "mfa_left_out"],
        ["pool_unprotected_name", "pool_without_users_name"],
        ["tags_added", "pool_never_refreshed"],
    ]
