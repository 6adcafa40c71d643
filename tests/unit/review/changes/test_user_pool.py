"""What becomes of a pool, where no recorded plan shows it."""

import pytest

from tests.unit.review.plans import POOL, change, plan, reviewed, said


def test_a_pool_of_which_the_number_of_users_is_not_known_loses_all_its_users() -> None:
    pool = change(POOL, "users", {"name": "acme", "deletion_protection": "INACTIVE"}, None)
    assert said(plan(pool)) == [
        "CR01: Terraform deletes all its users, with passwords and second factors, and the pool "
        '"acme".',
    ]


def test_a_pool_that_is_replaced_because_somebody_asks_for_it_says_so() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "estimated_number_of_users": 1},
        {"name": "acme"},
        actions=("delete", "create"),
    )
    assert said(plan({**pool, "action_reason": "replace_by_request"})) == [
        'CR01: Terraform deletes 1 user, with passwords and second factors, and the pool "acme" '
        "because the option -replace requires it; a new, empty pool has another id, issuer and "
        "clients.",
    ]


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ("replace_because_tainted", "run `terraform untaint`"),
        ("replace_by_request", "plan without -replace"),
        ("replace_by_triggers", "remove replace_triggered_by"),
    ],
)
def test_the_remedy_of_a_replacement_without_another_value_restores_none(
    reason: str, remedy: str
) -> None:
    name = {"name": "acme"}
    pool = change(POOL, "users", name, name, actions=("delete", "create"))
    (finding,) = reviewed(plan({**pool, "action_reason": reason})).findings
    assert finding.remedy.startswith(remedy)


def test_what_a_failed_replacement_left_behind_still_holds_users() -> None:
    pool = change(POOL, "users", {"name": "acme", "estimated_number_of_users": 7}, None)
    assert said(plan({**pool, "deposed": "00000000"})) == [
        "CR01: Terraform deletes about 7 users, with passwords and second factors, and the pool "
        '"acme", which an earlier replacement left behind.',
    ]


def test_the_number_of_users_is_that_of_the_refresh() -> None:
    """Of a pool that left the configuration, the change has that of the last apply."""
    pool = change(POOL, "users", {"name": "acme", "estimated_number_of_users": 0}, None)
    refreshed = {
        "address": f"{POOL}.users",
        "mode": "managed",
        "type": POOL,
        "name": "users",
        "values": {"name": "acme", "estimated_number_of_users": 7},
    }
    modules = (
        {"resources": [refreshed]},
        {"child_modules": [{"address": "module.auth", "resources": [refreshed]}]},
    )
    for module in modules:
        assert said(plan(pool, prior_state={"values": {"root_module": module}})) == [
            "CR01: Terraform deletes about 7 users, with passwords and second factors, and the "
            'pool "acme".',
        ]


def test_a_pool_beside_its_deposed_one_is_reviewed_too() -> None:
    deposed = change(POOL, "users", {"name": "acme", "estimated_number_of_users": 7}, None)
    current = change(POOL, "users", {"name": "acme", "mfa_configuration": "ON"}, {"name": "acme"})
    result = reviewed(plan({**deposed, "deposed": "00000000"}, current))
    assert [finding.rule.id for finding in result.findings] == ["CR01", "CH02"]


def test_a_replica_that_goes_is_reported() -> None:
    replica = change("awscc_cognito_user_pool_replica", "far", {"region_name": "us-east-1"}, None)
    assert said(plan(replica)) == [
        "CR16: Users cannot sign in in the other region: Terraform deletes the replica of the "
        "pool.",
    ]


@pytest.mark.parametrize(
    ("after", "severity", "text"),
    [
        (
            {"name": "acme"},
            "critical",
            'Terraform drops the pool "acme" with about 9 users from the state without deleting '
            f"it, and creates another one in its place, {POOL}.people, with another id, issuer and "
            "clients, and no users.",
        ),
        (
            {"name": "new", "mfa_configuration": "ON"},
            "high",
            'Terraform drops the pool "acme" with about 9 users from the state without deleting '
            f"it, and creates {POOL}.people. If that is to take its place, it has another id, "
            "issuer and clients, and no users.",
        ),
    ],
)
def test_a_pool_that_is_dropped_from_the_state_beside_a_new_one_is_not_low(
    after: dict[str, str], severity: str, text: str
) -> None:
    before = {"name": "acme", "estimated_number_of_users": 9}
    old = change(POOL, "users", before, None, actions=("forget",))
    (finding,) = reviewed(plan(old, change(POOL, "people", None, after))).findings
    assert (finding.rule.id, finding.severity, finding.text) == ("CR18", severity, text)
    assert finding.effect == "not found"


def test_a_pool_that_is_only_dropped_from_the_state_stays_low() -> None:
    old = change(POOL, "users", {"name": "acme"}, None, actions=("forget",))
    client = change("aws_cognito_user_pool_client", "web", None, {"name": "web"})
    (finding,) = reviewed(plan(old, client)).findings
    assert (finding.rule.id, finding.severity) == ("CR18", "low")
