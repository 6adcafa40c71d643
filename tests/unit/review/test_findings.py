"""What follows from what, and what somebody accepts."""

from constructs_auth.rules.accepted import Accepted
from tests.unit.review.plans import CLIENT, POOL, TODAY, change, plan, reviewed


def test_of_a_replaced_pool_only_that_and_what_gets_weaker_is_reported() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "mfa_configuration": "ON", "user_pool_tier": "LITE"},
        {"name": "acme2", "mfa_configuration": "OFF", "auto_verified_attributes": ["email"]},
        actions=("delete", "create"),
        replace_paths=[["name"]],
    )
    result = reviewed(plan(pool))
    assert [finding.rule.id for finding in result.findings] == ["CR01", "CH02"]


def test_a_client_that_is_deleted_while_its_pool_is_replaced_is_a_finding_of_its_own() -> None:
    pool = change(
        POOL,
        "users",
        {"id": "eu-west-1_a", "name": "acme"},
        {"name": "acme2"},
        actions=("delete", "create"),
        replace_paths=[["name"]],
    )
    client = change(CLIENT, "web", {"name": "web", "user_pool_id": "eu-west-1_a"}, None)
    result = reviewed(plan(pool, client))
    assert [finding.rule.id for finding in result.findings] == ["CR01", "CR02"]
    assert result.findings[0].dependents == ()


def test_an_update_that_follows_keeps_what_it_does_besides() -> None:
    pool = change(
        POOL,
        "users",
        {"id": "eu-west-1_a", "name": "acme"},
        {"name": "acme2"},
        actions=("delete", "create"),
        replace_paths=[["name"]],
    )
    files = change(
        "aws_cognito_identity_pool",
        "files",
        {"identity_pool_name": "files", "allow_unauthenticated_identities": False},
        {"identity_pool_name": "files", "allow_unauthenticated_identities": True},
        after_unknown={"cognito_identity_providers": True},
    )
    document = plan(
        pool,
        files,
        configuration={
            "root_module": {
                "resources": [
                    {
                        "type": "aws_cognito_identity_pool",
                        "name": "files",
                        "expressions": {
                            "cognito_identity_providers": [
                                {"provider_name": {"references": [f"{POOL}.users.endpoint"]}}
                            ],
                            "allow_unauthenticated_identities": {"constant_value": True},
                        },
                    }
                ]
            }
        },
    )
    result = reviewed(document)
    assert [finding.rule.id for finding in result.findings] == ["CR01", "CH40"]
    assert [one.change.address for one in result.findings[0].dependents] == [
        "aws_cognito_identity_pool.files"
    ]
    assert result.undecided == ()


def test_a_finding_that_is_accepted_is_shown_with_its_reason_and_does_not_count() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "deletion_protection": "ACTIVE"},
        {"name": "acme", "deletion_protection": "INACTIVE"},
    )
    entry = Accepted(rule="CH01", address=f"{POOL}.users", reason="it goes on Friday")
    result = reviewed(plan(pool), accepted=(entry,))
    assert result.findings == ()
    assert [finding.accepted for finding in result.accepted] == [entry]


def test_a_finding_can_be_accepted_by_the_name_of_its_rule() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "deletion_protection": "ACTIVE"},
        {"name": "acme", "deletion_protection": "INACTIVE"},
    )
    entry = Accepted(
        rule="deletion-protection-off", address=f"{POOL}.users", reason="it goes on Friday"
    )
    result = reviewed(plan(pool), accepted=(entry,))
    assert result.findings == ()
    assert [finding.accepted for finding in result.accepted] == [entry]


def test_a_finding_that_was_accepted_until_yesterday_counts_again() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "deletion_protection": "ACTIVE"},
        {"name": "acme", "deletion_protection": "INACTIVE"},
    )
    entry = Accepted(
        rule="CH01",
        address=f"{POOL}.users",
        reason="it goes on Friday",
        until=TODAY.replace(year=2025, day=1),
    )
    result = reviewed(plan(pool), accepted=(entry,))
    assert [finding.rule.id for finding in result.findings] == ["CH01"]
    assert [(one.accepted, one.why) for one in result.stale] == [(entry, "expired on 2025-01-01")]
