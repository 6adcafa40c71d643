"""What change rules say where no recorded plan shows it."""

from constructs_auth.rules.accepted import Accepted
from tests.unit.review.plans import CLIENT, POOL, TODAY, change, plan, reviewed, said


def test_a_pool_of_which_the_number_of_users_is_not_known_loses_all_its_users() -> None:
    pool = change(POOL, "users", {"name": "acme", "deletion_protection": "INACTIVE"}, None)
    assert said(plan(pool)) == [
        'CR01: Deletes all its users, with passwords and second factors, and the pool "acme".',
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
        'CR01: Deletes 1 user, with passwords and second factors, and the pool "acme" because '
        "-replace asks for it; a new, empty pool has another id, issuer and clients.",
    ]


def test_what_a_failed_replacement_left_behind_still_holds_users() -> None:
    pool = change(POOL, "users", {"name": "acme", "estimated_number_of_users": 7}, None)
    assert said(plan({**pool, "deposed": "00000000"})) == [
        'CR01: Deletes about 7 users, with passwords and second factors, and the pool "acme", '
        "which a replacement left behind.",
    ]


def test_a_pool_beside_its_deposed_one_is_reviewed_too() -> None:
    deposed = change(POOL, "users", {"name": "acme", "estimated_number_of_users": 7}, None)
    current = change(POOL, "users", {"name": "acme", "mfa_configuration": "ON"}, {"name": "acme"})
    made = reviewed(plan({**deposed, "deposed": "00000000"}, current))
    assert [finding.rule.id for finding in made.findings] == ["CR01", "CH02"]


def test_a_value_that_only_the_apply_tells_is_unknown_and_no_finding() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "mfa_configuration": "ON"},
        {"name": "acme"},
        after_unknown={"mfa_configuration": True},
    )
    made = reviewed(plan(pool))
    assert made.findings == ()
    assert [(one.rule.id, one.at, one.why) for one in made.undecided] == [
        ("CH02", "mfa_configuration", "known after apply"),
    ]


def test_lifetimes_are_compared_in_seconds_and_not_by_their_numbers() -> None:
    def client(validity: int, unit: str) -> dict[str, object]:
        return {
            "name": "web",
            "access_token_validity": validity,
            "token_validity_units": [{"access_token": unit}],
        }

    assert said(plan(change(CLIENT, "web", client(60, "minutes"), client(2, "hours")))) == [
        'CH30: Stolen access tokens of "web" work for 2 hours, not 1 hour.',
    ]
    assert said(plan(change(CLIENT, "web", client(2, "hours"), client(120, "minutes")))) == []


def test_a_number_that_is_read_in_a_smaller_unit_breaks_and_in_a_larger_one_weakens() -> None:
    def client(unit: str) -> dict[str, object]:
        return {
            "name": "web",
            "refresh_token_validity": 30,
            "token_validity_units": [{"refresh_token": unit}],
        }

    shorter = reviewed(plan(change(CLIENT, "web", client("days"), client("hours"))))
    longer = reviewed(plan(change(CLIENT, "web", client("hours"), client("days"))))
    assert [(one.rule.id, one.effect) for one in shorter.findings] == [("CH31", "breaks")]
    assert [(one.rule.id, one.effect) for one in longer.findings] == [("CH31", "weakens")]


def test_of_a_replaced_pool_only_that_and_what_gets_weaker_is_told() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "mfa_configuration": "ON", "user_pool_tier": "LITE"},
        {"name": "acme2", "mfa_configuration": "OFF", "auto_verified_attributes": ["email"]},
        actions=("delete", "create"),
        replace_paths=[["name"]],
    )
    made = reviewed(plan(pool))
    assert [finding.rule.id for finding in made.findings] == ["CR01", "CH02"]


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
    made = reviewed(plan(pool, client))
    assert [finding.rule.id for finding in made.findings] == ["CR01", "CR02"]
    assert made.findings[0].dependents == ()


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
    made = reviewed(document)
    assert [finding.rule.id for finding in made.findings] == ["CR01", "CH40"]
    assert [one.change.address for one in made.findings[0].dependents] == [
        "aws_cognito_identity_pool.files"
    ]
    assert made.undecided == ()


def test_rotation_that_takes_the_refresh_flow_away_is_told_once() -> None:
    client = change(
        CLIENT,
        "web",
        {"name": "web", "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"]},
        {
            "name": "web",
            "explicit_auth_flows": ["ALLOW_USER_AUTH"],
            "refresh_token_rotation": [{"feature": "ENABLED"}],
        },
    )
    assert [finding.rule.id for finding in reviewed(plan(client)).findings] == ["CH34"]


def test_a_web_acl_of_something_else_is_none_of_our_business() -> None:
    association = change(
        "aws_wafv2_web_acl_association",
        "site",
        {"resource_arn": "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/b"},
        None,
    )
    assert said(plan(association)) == []


def test_a_finding_that_is_accepted_is_shown_with_its_reason_and_does_not_count() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "deletion_protection": "ACTIVE"},
        {"name": "acme", "deletion_protection": "INACTIVE"},
    )
    entry = Accepted(rule="CH01", address=f"{POOL}.users", reason="it goes on Friday")
    made = reviewed(plan(pool), accepted=(entry,))
    assert made.findings == ()
    assert [finding.accepted for finding in made.accepted] == [entry]


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
    made = reviewed(plan(pool), accepted=(entry,))
    assert made.findings == ()
    assert [finding.accepted for finding in made.accepted] == [entry]


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
    made = reviewed(plan(pool), accepted=(entry,))
    assert [finding.rule.id for finding in made.findings] == ["CH01"]
    assert made.expired == (entry,)
