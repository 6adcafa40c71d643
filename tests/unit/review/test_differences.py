"""What a reviewer should not see, and is counted."""

from urllib.parse import quote

import pytest

from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import AFTER_APPLY
from constructs_auth.review.report.sentences import left_out
from tests.plans.verdicts import plan_of, reviewed as reviewed_recording
from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed


def only(document: dict[str, object]) -> Change:
    """Give the only change of a plan."""
    (found,) = reviewed(document).plan.changes
    return found


def test_an_update_of_a_pool_shows_what_was_written_and_not_what_the_provider_adds() -> None:
    (pool,) = plan_of("deletion_protection_off").changes
    assert [difference.path for difference in pool.differences] == ["deletion_protection"]
    assert pool.folded == (
        "email_configuration[0].configuration_set",
        "email_configuration[0].from_email_address",
        "email_configuration[0].reply_to_email_address",
        "email_configuration[0].source_arn",
        "verification_message_template[0].email_message",
        "verification_message_template[0].email_message_by_link",
        "verification_message_template[0].email_subject",
        "verification_message_template[0].email_subject_by_link",
        "verification_message_template[0].sms_message",
    )


def test_tags_are_shown_once() -> None:
    (pool,) = plan_of("tags_added").changes
    assert [(one.path, one.after) for one in pool.differences] == [("tags.team", "identity")]


def test_a_new_mark_alone_is_no_change() -> None:
    (client,) = plan_of("marks_only").changes
    assert client.action is Action.UPDATE
    assert client.is_noise
    assert next(left_out(reviewed_recording("marks_only"))) == ("1 update without any effect")


@pytest.mark.parametrize("before", [None, "", [], {}])
@pytest.mark.parametrize("after", [None, "", [], {}])
def test_nothing_and_empty_are_alike(before: object, after: object) -> None:
    assert only(plan(change(POOL, "users", {"a": before}, {"a": after}))).differences == ()


def test_another_order_of_a_set_is_no_change() -> None:
    urls = ["https://a.example", "https://b.example"]
    client = change(CLIENT, "web", {"callback_urls": urls}, {"callback_urls": urls[::-1]})
    assert only(plan(client)).is_noise


def test_another_order_of_a_list_is_a_change() -> None:
    provider = change(
        "aws_cognito_identity_provider",
        "saml",
        {"idp_identifiers": ["a", "b"]},
        {"idp_identifiers": ["b", "a"]},
    )
    assert [one.path for one in only(plan(provider)).differences] == ["idp_identifiers"]


def test_what_is_computed_and_not_written_is_no_change_and_what_is_written_is() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "a", "arn": "arn:old"},
        {},
        after_unknown={"name": True, "arn": True},
    )
    written = {
        "root_module": {
            "resources": [
                {"type": POOL, "name": "users", "expressions": {"name": {"references": ["x.y"]}}}
            ]
        }
    }
    found = only(plan(pool, configuration=written))
    assert [(one.path, one.after) for one in found.differences] == [("name", AFTER_APPLY)]
    assert found.folded == ("arn",)


def test_members_of_a_set_of_blocks_are_told_apart_by_name() -> None:
    def pool(*names: str) -> dict[str, object]:
        return {"schema": [{"name": name, "mutable": True} for name in names]}

    found = only(plan(change(POOL, "users", pool("a", "b"), pool("b", "c"))))
    assert [(one.path, one.before, one.after) for one in found.differences] == [
        ('schema["a"].mutable', True, None),
        ('schema["a"].name', "a", None),
        ('schema["c"].mutable', None, True),
        ('schema["c"].name', None, "c"),
    ]


def test_a_move_is_no_change_of_the_resource() -> None:
    (pool,) = plan_of("pool_moved").changes
    assert pool.action is Action.MOVE
    assert pool.previous_address == "aws_cognito_user_pool.users"
    assert pool.differences == ()


POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow"}]}',
    '{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}, "Version": "2012-10-17"}',
)


@pytest.mark.parametrize("before", [POLICY[0], quote(POLICY[0])])
def test_a_policy_that_is_written_in_another_way_is_no_change(before: str) -> None:
    role = change(
        "aws_iam_role",
        "sms",
        {"assume_role_policy": before},
        {"assume_role_policy": POLICY[1]},
    )
    assert only(plan(role)).is_noise


def test_another_policy_is_a_change() -> None:
    other = POLICY[1].replace("Allow", "Deny")
    role = change("aws_iam_role", "sms", {"policy": POLICY[0]}, {"policy": other})
    assert [one.path for one in only(plan(role)).differences] == ["policy"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"Effect": "Deny"}', '{"Effect": "Allow", "Effect": "Deny"}'),
        ('{"a": true}', '{"a": 1}'),
        ('{"a": [1]}', '{"a": [1.0]}'),
    ],
)
def test_a_policy_that_only_python_takes_for_the_same_is_a_change(before: str, after: str) -> None:
    role = change("aws_iam_role", "sms", {"policy": before}, {"policy": after})
    assert [one.path for one in only(plan(role)).differences] == ["policy"]


def test_json_that_is_no_policy_is_compared_as_text() -> None:
    before, after = '{"a": 1, "b": 2}', '{"b": 2, "a": 1}'
    thing = change("aws_ssm_parameter", "a", {"value": before}, {"value": after})
    assert [one.path for one in only(plan(thing)).differences] == ["value"]


def test_an_attribute_without_flags_is_the_same_and_the_new_one_beside_it_is_shown() -> None:
    """Real Terraform shows null for false, and a block without any value."""
    (pool,) = plan_of("schema_added_beside_flags_left_out").changes
    assert {one.path.partition(".")[0] for one in pool.differences} == {'schema["plan"]'}
    (pool,) = plan_of("schema_constraints_left_out").changes
    assert [(one.path, one.before, one.after) for one in pool.differences] == [
        ('schema["team"].string_attribute_constraints[0]', {}, None)
    ]
