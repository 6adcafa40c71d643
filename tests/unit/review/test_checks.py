"""Of what `check` finds, only what the plan brings in is shown as new."""

from constructs_auth.review.plan import read
from constructs_auth.review.reviewer import review
from constructs_auth.rules.profile import STRICT
from tests.plans.verdicts import reviewed as reviewed_recording
from tests.unit.review.plans import POOL, TODAY, change, plan, reviewed

GROUP = "aws_cognito_user_group"
RISKS = "aws_cognito_risk_configuration"
SAFE = {"name": "acme", "deletion_protection": "ACTIVE"}
UNSAFE = {"name": "acme", "deletion_protection": "INACTIVE"}


def test_what_a_plan_brings_in_is_new() -> None:
    result = reviewed(plan(change(POOL, "users", SAFE, UNSAFE)))
    assert ("CG101", "deletion_protection") in [
        (finding.rule.id, finding.at) for finding in result.checks.new
    ]


def test_what_was_there_before_is_counted() -> None:
    result = reviewed(plan(change(POOL, "users", UNSAFE, {**UNSAFE, "tags": {"a": "b"}})))
    assert result.checks.new == ()
    assert result.checks.old >= 1


def test_what_a_plan_mends_is_not_new() -> None:
    result = reviewed(plan(change(POOL, "users", UNSAFE, SAFE)))
    assert result.checks.new == ()


def test_what_a_plan_takes_away_elsewhere_is_new() -> None:
    """The pool stays as it is; what it lacks afterwards is a resource of its own."""
    pool = change(
        POOL, "users", SAFE | {"arn": "arn:a"}, SAFE | {"arn": "arn:a"}, actions=("no-op",)
    )
    association = change("aws_wafv2_web_acl_association", "login", {"resource_arn": "arn:a"}, None)
    result = review(read(plan(pool, association), name="plan.json"), profile=STRICT, today=TODAY)
    assert [one.resource.type for one in result.checks.new if one.rule.id == "CG601"] == [POOL]


def test_what_is_wrong_with_a_new_resource_is_new() -> None:
    result = reviewed(plan(change(POOL, "users", None, UNSAFE)))
    assert "CG101" in [finding.rule.id for finding in result.checks.new]


def test_a_plan_of_no_change_brings_nothing_in() -> None:
    result = reviewed(plan(change(POOL, "users", UNSAFE, UNSAFE, actions=("no-op",))))
    assert result.checks.new == ()
    assert result.checks.old >= 1


def test_what_moves_takes_its_findings_along() -> None:
    moved = change(POOL, "people", UNSAFE, UNSAFE, actions=("no-op",))
    result = reviewed(
        plan({**moved, "previous_address": f"{POOL}.users"}, change(POOL, "new", None, SAFE))
    )
    assert [one.resource.address for one in result.checks.new if one.rule.id == "CG101"] == []


def test_recorded_plans_of_one_harmless_change_bring_nothing_in() -> None:
    for name in ("tags_added", "password_policy_tightened", "revocation_on"):
        assert reviewed_recording(name).checks.new == (), name


def test_what_only_the_provider_writes_in_another_way_is_not_new() -> None:
    """It shows messages that nobody set as empty ones, which would be too short."""
    result = reviewed_recording("mfa_off")
    messages = [one.at for one in result.checks.new if "message" in one.at]
    assert messages == []


def test_another_wrong_value_of_one_argument_is_not_new_and_of_a_set_it_is() -> None:
    def pool(length: int) -> dict[str, object]:
        return {**SAFE, "password_policy": [{"minimum_length": length}]}

    result = reviewed(plan(change(POOL, "users", pool(6), pool(7))))
    assert [one.at for one in result.checks.new if one.rule.id == "CG104"] == []


def test_of_new_resources_nothing_was_there_before() -> None:
    result = reviewed_recording("only_new")
    assert result.checks.old == 0
    assert len(result.checks.new) > 5


def test_the_first_of_several_is_known_where_one_drifted() -> None:
    """A rule that asks for the first one finds each in the configuration before the apply."""

    def risks(client: str, action: str) -> dict[str, object]:
        reaction = {"event_filter": ["SIGN_IN"], "actions": [{"event_action": action}]}
        return {
            "user_pool_id": "eu-west-1_a",
            "client_id": client,
            "compromised_credentials_risk_configuration": [reaction],
        }

    there = risks("", "NO_ACTION")
    pool = change(POOL, "users", {**SAFE, "id": "eu-west-1_a"}, {**SAFE, "id": "eu-west-1_a"})
    result = reviewed(
        plan(
            pool,
            change(RISKS, "all", there, there, actions=("no-op",)),
            change(RISKS, "web", risks("c1", "BLOCK"), risks("c1", "BLOCK"), actions=("no-op",)),
            change(RISKS, "web2", None, risks("c1", "BLOCK")),
            resource_drift=[change(RISKS, "all", risks("", "BLOCK"), there)],
        )
    )
    new = [one.resource.address for one in result.checks.new if one.rule.id == "CVG06"]
    assert new == [f"{RISKS}.web2"]


def test_what_drifted_has_its_present_values_also_for_rules_on_another_resource() -> None:
    """Somebody gave a group another name, and the plan gives it back one that is taken now."""

    def group(name: str) -> dict[str, object]:
        return {"name": name, "user_pool_id": "eu-west-1_a"}

    pool = change(POOL, "users", {**SAFE, "id": "eu-west-1_a"}, {**SAFE, "id": "eu-west-1_a"})
    taken = change(GROUP, "b", group("admins"), group("admins"), actions=("no-op",))
    back = change(GROUP, "a", group("ops"), group("admins"))
    drift = change(GROUP, "a", group("admins"), group("ops"))
    result = reviewed(plan(pool, back, taken, resource_drift=[drift]))
    assert [one.rule.id for one in result.checks.new if one.resource.type == GROUP] == ["CVK05E"]
