"""A resource whose address changes is recognized, and nothing about it is called new."""

from typing import Any

import pytest

from constructs_auth.review import renames
from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed

PERMISSION = "aws_lambda_permission"
USERS = {
    "id": "eu-west-1_a",
    "arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a",
    "name": "users",
    "username_attributes": ["email"],
    "estimated_number_of_users": 7,
}
CALL = {
    "action": "lambda:InvokeFunction",
    "function_name": "arn:aws:lambda:eu-west-1:123456789012:function:acme",
    "qualifier": "",
}


def people(**settings: Any) -> dict[str, Any]:
    """Create the pool at its new address."""
    after = {"name": "people", "username_attributes": ["email"], **settings}
    return change(POOL, "people", None, after, after_unknown={"id": True, "arn": True})


def permission(name: str, *, is_old: bool) -> dict[str, Any]:
    """Delete or create the permission of a trigger."""
    if is_old:
        return change(PERMISSION, name, {**CALL, "source_arn": USERS["arn"]}, None)
    after = {**CALL, "qualifier": None}
    return change(PERMISSION, name, None, after, after_unknown={"source_arn": True})


def web() -> dict[str, Any]:
    """Replace the client of the pool, because it belongs to the new one."""
    return change(
        CLIENT,
        "web",
        {"id": "c", "name": "web", "user_pool_id": "eu-west-1_a"},
        {"name": "web"},
        actions=("delete", "create"),
        after_unknown={"user_pool_id": True},
        replace_paths=[["user_pool_id"]],
    )


CONFIGURATION = {
    "root_module": {
        "resources": [
            {
                "type": CLIENT,
                "name": "web",
                "expressions": {"user_pool_id": {"references": [f"{POOL}.people.id"]}},
            }
        ]
    }
}


def test_a_renamed_pool_is_one_cause_with_all_its_consequences() -> None:
    result = reviewed(
        plan(
            change(POOL, "users", USERS, None),
            people(),
            web(),
            permission("users_post_confirmation", is_old=True),
            permission("people_post_confirmation", is_old=False),
            configuration=CONFIGURATION,
        )
    )
    (finding,) = result.findings
    assert finding.text.startswith(
        f"If this is the same resource, only its address and its name change, to {POOL}.people. "
        "Terraform deletes"
    )
    assert finding.remedy == (
        f"if it is the same, keep it with moved {{ from = {POOL}.users, to = {POOL}.people }} and "
        f"moved {{ from = {PERMISSION}.users_post_confirmation, "
        f"to = {PERMISSION}.people_post_confirmation }}, "
        'and set name = "users", because another name replaces it; plan again'
    )
    assert [one.change.address for one in finding.dependents] == [
        f"{CLIENT}.web",
        f"{PERMISSION}.users_post_confirmation",
    ]


def test_what_keeps_its_name_is_surely_the_same() -> None:
    (finding,) = reviewed(plan(change(POOL, "users", USERS, None), people(name="users"))).findings
    assert finding.text.startswith(f"Only the address changes, to {POOL}.people. Terraform deletes")
    assert finding.remedy.startswith("keep it with moved {")


@pytest.mark.parametrize(("name", "is_same"), [("tenant-b", False), ("users", True)])
def test_a_tenant_that_comes_is_not_the_one_that_goes(*, name: str, is_same: bool) -> None:
    """To move a pool from one to the other would give away its users."""
    gone = {**change(POOL, "tenants", USERS, None), "address": f'{POOL}.tenants["a"]', "index": "a"}
    new = {**people(name=name), "address": f'{POOL}.tenants["b"]', "index": "b", "name": "tenants"}
    renames = {f'{POOL}.tenants["a"]': f'{POOL}.tenants["b"]'}
    assert reviewed(plan(gone, new)).plan.renames == (renames if is_same else {})


def test_a_pool_with_other_settings_is_another_pool() -> None:
    result = reviewed(
        plan(change(POOL, "users", USERS, None), people(username_attributes=["phone_number"]))
    )
    assert result.plan.renames == {}
    assert "moved {" not in result.findings[0].remedy


def test_of_two_that_are_alike_nobody_knows_which_it_is() -> None:
    other = {**people(), "name": "persons", "address": f"{POOL}.persons"}
    result = reviewed(plan(change(POOL, "users", USERS, None), people(), other))
    assert result.plan.renames == {}


@pytest.mark.parametrize(
    ("kind", "values", "other"),
    [
        (CLIENT, {"name": "web"}, {"name": "web", "logout_urls": ["https://a.example"]}),
        ("aws_cognito_user_pool_domain", {"domain": "acme"}, {"domain": "acme"}),
        ("aws_cognito_identity_provider", {"provider_name": "Okta"}, {"provider_name": "Okta"}),
        ("aws_cognito_user_group", {"name": "admins"}, {"name": "admins"}),
    ],
)
def test_what_belongs_to_a_pool_is_recognized_by_its_name(
    kind: str, values: dict[str, Any], other: dict[str, Any]
) -> None:
    result = reviewed(plan(change(kind, "a", values, None), change(kind, "b", None, other)))
    assert result.plan.renames == {f"{kind}.a": f"{kind}.b"}
    assert f"moved {{ from = {kind}.a, to = {kind}.b }}" in result.findings[0].remedy


@pytest.mark.parametrize(
    ("kind", "values", "old", "new", "is_same"),
    [
        (POOL, {"name": "users"}, ["email"], ["phone_number"], False),
        (POOL, {"name": "users"}, ["email", "phone_number"], ["phone_number", "email"], True),
        (CLIENT, {"name": "web"}, True, False, False),
        ("aws_cognito_identity_provider", {"provider_name": "Okta"}, "SAML", "OIDC", False),
    ],
)
def test_what_a_move_would_replace_is_not_only_at_another_address(
    kind: str, values: dict[str, Any], old: object, new: object, *, is_same: bool
) -> None:
    argument = {POOL: "username_attributes", CLIENT: "generate_secret"}.get(kind, "provider_type")
    result = reviewed(
        plan(
            change(kind, "a", {**values, argument: old}, None),
            change(kind, "b", None, {**values, argument: new}),
        )
    )
    assert result.plan.renames == ({f"{kind}.a": f"{kind}.b"} if is_same else {})


BELONGS = [
    (CLIENT, {"name": "web"}),
    ("aws_cognito_identity_provider", {"provider_name": "Google"}),
    ("aws_cognito_user_group", {"name": "admins"}),
    ("aws_cognito_resource_server", {"identifier": "orders"}),
]


@pytest.mark.parametrize(("kind", "values"), BELONGS)
def test_one_of_the_same_name_in_another_pool_is_not_a_renamed_one(
    kind: str, values: dict[str, Any]
) -> None:
    result = reviewed(
        plan(
            change(kind, "a", {**values, "user_pool_id": "eu-west-1_a"}, None),
            change(kind, "b", None, {**values, "user_pool_id": "eu-west-1_b"}),
        )
    )
    assert result.plan.renames == {}
    assert "moved {" not in result.findings[0].remedy


@pytest.mark.parametrize(("kind", "values"), BELONGS)
@pytest.mark.parametrize("method", ["email", "phone_number"])
def test_one_of_the_same_name_in_a_new_pool_is_a_renamed_one_only_if_the_pool_is(
    kind: str, values: dict[str, Any], method: str
) -> None:
    configuration = {
        "root_module": {
            "resources": [
                {
                    "type": kind,
                    "name": "b",
                    "expressions": {"user_pool_id": {"references": [f"{POOL}.people.id"]}},
                }
            ]
        }
    }
    result = reviewed(
        plan(
            change(POOL, "users", USERS, None),
            people(username_attributes=[method]),
            change(kind, "a", {**values, "user_pool_id": USERS["id"]}, None),
            change(kind, "b", None, values, after_unknown={"user_pool_id": True}),
            configuration=configuration,
        )
    )
    renames = {f"{POOL}.users": f"{POOL}.people", f"{kind}.a": f"{kind}.b"}
    assert result.plan.renames == (renames if method == "email" else {})


def test_clients_of_the_same_name_are_told_apart_by_their_pools() -> None:
    pools = ("eu-west-1_a", "eu-west-1_b")
    gone = [
        change(CLIENT, f"old_{pool[-1]}", {"name": "web", "user_pool_id": pool}, None)
        for pool in pools
    ]
    new = [
        change(CLIENT, f"new_{pool[-1]}", None, {"name": "web", "user_pool_id": pool})
        for pool in pools
    ]
    assert reviewed(plan(*gone, *new)).plan.renames == {
        f"{CLIENT}.old_a": f"{CLIENT}.new_a",
        f"{CLIENT}.old_b": f"{CLIENT}.new_b",
    }


def test_another_group_is_not_a_renamed_one() -> None:
    kind = "aws_cognito_user_group"
    result = reviewed(
        plan(
            change(kind, "a", {"name": "admins"}, None), change(kind, "b", None, {"name": "staff"})
        )
    )
    assert result.plan.renames == {}


def test_findings_of_check_are_not_new_because_the_address_is() -> None:
    after = {name: value for name, value in USERS.items() if name not in {"id", "arn"}}
    result = reviewed(plan(change(POOL, "users", USERS, None), people(**after)))
    assert result.checks.old > 0
    assert result.checks.new == ()


@pytest.mark.parametrize(
    ("protection", "first", "outcome"),
    [
        (
            "ACTIVE",
            "The apply fails",
            "This happens before the apply fails, and it is created again",
        ),
        ("INACTIVE", "Terraform deletes about 7 users", '"web" gets another client id'),
    ],
)
def test_what_an_apply_of_a_rename_does_is_told_as_it_is(
    protection: str, first: str, outcome: str
) -> None:
    old = {**USERS, "deletion_protection": protection}
    result = reviewed(
        plan(
            change(POOL, "users", old, None),
            people(deletion_protection=protection),
            web(),
            configuration=CONFIGURATION,
        )
    )
    (finding,) = result.findings
    assert first in finding.text
    assert outcome in finding.dependents[0].text


def test_many_clients_that_plainly_differ_are_not_compared_in_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thousand that go and a thousand that come would be a million comparisons."""
    compared: list[str] = []

    class Recording:
        def of(self, kind: str, *_: object, **__: object) -> None:
            compared.append(kind)

    monkeypatch.setattr(renames, "Comparisons", Recording)
    gone = [
        change(
            CLIENT, f"old_{at}", {"name": f"old_{at}", "callback_urls": [f"https://{at}.a"]}, None
        )
        for at in range(20)
    ]
    new = [
        change(
            CLIENT, f"new_{at}", None, {"name": f"new_{at}", "callback_urls": [f"https://{at}.b"]}
        )
        for at in range(20)
    ]
    assert reviewed(plan(*gone, *new)).plan.renames == {}
    assert compared == []


def test_groups_of_one_name_in_many_pools_are_told_apart_by_their_pools() -> None:
    """Each tenant has its `admin`; sixty of them make 3,600 pairs."""
    moves = []
    for at in range(60):
        pool_id = f"eu-west-1_{at}"
        body = {"name": "admin", "user_pool_id": pool_id}
        moves += [
            change(POOL, f"p{at}", {"id": pool_id}, {"id": pool_id}),
            change("aws_cognito_user_group", f"old{at}", {**body, "id": f"{pool_id}/admin"}, None),
            change("aws_cognito_user_group", f"new{at}", None, body, after_unknown={"id": True}),
        ]
    found = reviewed(plan(*moves)).plan.renames
    assert found == {
        f"aws_cognito_user_group.old{at}": f"aws_cognito_user_group.new{at}" for at in range(60)
    }
