"""What was reviewed is what is applied."""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest

from constructs_auth.terraform.sensitive import secrets_in
from tests.plans.all_cases import CASES
from tests.plans.verdicts import plan_of, reviewed as reviewed_recording
from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed

WEB = {"name": "web", "callback_urls": ["https://a.example"]}


def of(*changes: Mapping[str, Any], **more: Any) -> str:
    """Give the fingerprint of a plan."""
    return reviewed(plan(*changes, **more)).fingerprint


BASE = of(change(CLIENT, "web", WEB, {**WEB, "callback_urls": ["https://b.example"]}))


def test_it_is_the_same_for_the_same_plan() -> None:
    again = change(CLIENT, "web", dict(WEB), {**WEB, "callback_urls": ["https://b.example"]})
    assert of(again) == BASE
    assert BASE.startswith("v2:")
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


def test_another_object_at_one_address_counts() -> None:
    """Two pools may have had one address, and one of them has the users."""
    gone = [of(change(POOL, "users", {"id": one, "name": "users"}, None)) for one in "ab"]
    assert gone[0] != gone[1]


def test_what_stands_beside_a_sensitive_value_counts() -> None:
    """A text with a copy of the sensitive account counts as changed; others count whole."""
    account = "123456789012"

    def of_role(boundary: str, spaces: str) -> str:
        before = {
            "name": "sms",
            "assume_role_policy": f'{{"a": "arn:aws:iam::{account}:root"}}',
            "permissions_boundary": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }
        after = {
            **before,
            "assume_role_policy": f'{{"a":{spaces} "arn:aws:iam::{account}:root"}}',
            "permissions_boundary": boundary,
        }
        variables = {"account": {"value": account}}
        declared = {"root_module": {"variables": {"account": {"sensitive": True}}}}
        return of(
            change("aws_iam_role", "sms", before, after),
            variables=variables,
            configuration=declared,
        )

    assert of_role("arn:aws:iam::aws:policy/other", "  ") != of_role(
        "arn:aws:iam::aws:policy/AdministratorAccess", "  "
    )


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("aws_cognito_managed_login_branding", ["managed_login_branding_id", "user_pool_id"]),
        ("aws_iam_role", ["arn"]),
    ],
)
def test_an_object_without_an_id_is_known_by_its_other_ids(kind: str, names: list[str]) -> None:
    gone = [of(change(kind, "a", {name: f"{one}-{name}" for name in names}, None)) for one in "ab"]
    assert gone[0] != gone[1]


def test_deposed_objects_are_told_apart_by_their_key_in_any_order() -> None:
    one, other, third = (
        {**change(POOL, "users", {"id": key}, None, before_sensitive={"id": True}), "deposed": key}
        for key in ("1111aaaa", "2222bbbb", "3333cccc")
    )
    assert of(one, other) == of(other, one)
    assert of(one, other) != of(one, third)


SECRET = {"root_module": {"variables": {"secret": {"sensitive": True}}}}


def with_command(command: str) -> dict[str, Any]:
    """Make a configuration with a provisioner."""
    web = {"mode": "managed", "type": CLIENT, "name": "web"}
    run = {"type": "local-exec", "expressions": {"command": {"constant_value": command}}}
    return {"root_module": {**SECRET["root_module"], "resources": [{**web, "provisioners": [run]}]}}


def encoded(text: str) -> str:
    """Encode *text* as base64."""
    return b64encode(text.encode()).decode()


def of_secret(command: str, secret: str) -> str:
    return of(NEW, configuration=with_command(command), variables={"secret": {"value": secret}})


@pytest.mark.parametrize("start", ["", "u:", "uu"])
def test_no_part_of_a_copy_in_a_provisioner_counts(start: str) -> None:
    long = "k" * 200
    secrets = ["hunter2a", "hunter2b"]
    assert len({of_secret(f"a {encoded(start + one)} b", one) for one in secrets}) == 1
    assert (
        len({of_secret(f"a {long}{start}{one} b", f"{long}{start}{one}") for one in secrets}) == 1
    )


def test_the_command_around_a_copy_counts() -> None:
    seed, other = (of_secret(f"./{one} 123456789012", "123456789012") for one in ("seed", "drop"))
    assert seed != other


def test_short_secrets_by_name_do_not_count_wherever_they_are_written() -> None:
    """They are too short to be found as copies."""
    plans = [
        {
            of(NEW, configuration=with_command(f'{{"password":"{one}"}}')),
            of(NEW, configuration=configured(), variables={"role": {"value": [pair]}}),
            of(NEW, output_changes={"a": {"actions": ["create"], "after": [pair]}}),
        }
        for one in ("abc1", "xyz2")
        for pair in ({"name": "DB_PASSWORD", "value": one},)
    ]
    assert plans[0] == plans[1]


def test_the_keys_of_a_sensitive_map_do_not_count() -> None:
    def drifted(key: str) -> str:
        users = {"id": "eu-west-1_a", "name": "users"}
        marks: dict[str, Any] = {"before_sensitive": {}, "after_sensitive": {"tags": True}}
        return of(
            NEW,
            resource_drift=[change(POOL, "users", users, {**users, "tags": {key: "a"}}, **marks)],
        )

    def output(key: str) -> str:
        new = {"actions": ["create"], "after": {}, "after_unknown": {key: True}}
        return of(NEW, output_changes={"a": {**new, "after_sensitive": True}})

    for of_key in (drifted, output):
        assert of_key("hunter2222") == of_key("swordfish")


def test_a_sensitive_name_does_not_count_as_part_of_an_id() -> None:
    users = [
        change(
            "aws_cognito_user",
            "one",
            {"id": f"eu-west-1_a/{name}", "username": name},
            None,
            before_sensitive={"username": True},
        )
        for name in ("alice", "bobby")
    ]
    assert of(users[0]) == of(users[1])


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


def configured(**more: Any) -> dict[str, Any]:
    """Make a configuration with one provider and one client."""
    web = {"mode": "managed", "type": CLIENT, "name": "web", "provider_config_key": "aws"}
    provider = {
        "name": "aws",
        "full_name": "registry.terraform.io/hashicorp/aws",
        "version_constraint": "5.100.0",
        "expressions": {
            "region": {"constant_value": "eu-west-1"},
            "assume_role": [{"role_arn": {"references": ["var.role"]}}],
            "secret_key": {"constant_value": "none"},
            **more.pop("expressions", {}),
        },
        **more.pop("provider", {}),
    }
    return {
        "provider_config": {"aws": provider},
        "root_module": {
            "resources": [{**web, **more}],
            "variables": {"role": {}, "secret": {"sensitive": True}},
        },
    }


ROLE = {"role": {"value": "arn:aws:iam::123456789012:role/deploy"}}
NEW = change(CLIENT, "web", None, {"name": "web"}, after_unknown={"user_pool_id": True})
USUAL = of(NEW, configuration=configured(), variables=ROLE)
COMMAND = {"type": "local-exec", "expressions": {"command": {"constant_value": "./seed"}}}


@pytest.mark.parametrize(
    "configuration",
    [
        configured(provider={"full_name": "registry.acme.example/acme/aws"}),
        configured(provider={"version_constraint": "6.0.0"}),
        configured(provider_config_key="aws.west"),
        configured(expressions={"region": {"constant_value": "eu-central-1"}}),
        configured(expressions={"profile": {"constant_value": "other"}}),
        configured(expressions={"allowed_account_ids": {"constant_value": ["123456789012"]}}),
        configured(expressions={"assume_role": [{"role_arn": {"references": ["var.other"]}}]}),
        configured(expressions={"endpoints": [{"sts": {"constant_value": "http://a.example"}}]}),
        configured(provisioners=[COMMAND]),
    ],
)
def test_by_what_a_plan_is_applied_counts(configuration: Mapping[str, Any]) -> None:
    assert of(NEW, configuration=configured(), variables=ROLE) == USUAL
    assert of(NEW, configuration=configuration, variables=ROLE) != USUAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (configured(provisioners=[COMMAND]), configured(provisioners=[{**COMMAND, "type": "x"}])),
        (
            configured(provisioners=[COMMAND]),
            configured(
                provisioners=[
                    {**COMMAND, "expressions": {"command": {"constant_value": "curl a.example|sh"}}}
                ]
            ),
        ),
        (
            {**configured(), "root_module": {"resources": []}},
            {
                **configured(),
                "root_module": {
                    "module_calls": {
                        "m": {
                            "module": {"resources": [{"type": CLIENT, "provisioners": [COMMAND]}]}
                        }
                    }
                },
            },
        ),
    ],
)
def test_what_a_provisioner_runs_counts(one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    assert of(NEW, configuration=one) != of(NEW, configuration=other)


def test_the_value_of_a_variable_of_the_provider_counts() -> None:
    other = {"role": {"value": "arn:aws:iam::999999999999:role/deploy"}}
    assert of(NEW, configuration=configured(), variables=other) != USUAL


def test_what_an_unknown_value_will_be_made_of_counts() -> None:
    one, other = (
        {"user_pool_id": {"references": [f"{POOL}.{name}.id", f"{POOL}.{name}"]}}
        for name in ("users", "staff")
    )
    root = configured()["root_module"]

    def made_of(expressions: Mapping[str, Any]) -> str:
        web = {**root["resources"][0], "expressions": expressions}
        return of(NEW, configuration={**configured(), "root_module": {"resources": [web]}})

    assert made_of(one) != made_of(other)


STILL = change(CLIENT, "web", WEB, WEB, actions=("no-op",))
LATER = [{"reason": "provider_config_unknown", "resource_change": NEW}]


def test_how_much_is_applied_and_what_changed_meanwhile_count() -> None:
    output = {"actions": ["create"], "after": "https://a.example"}
    plans: list[dict[str, Any]] = [
        {},
        {"complete": False},
        {"applyable": False},
        {"deferred_changes": LATER},
        {"deferred_changes": [*LATER, *LATER]},
        {"output_changes": {"url": output}},
        {"output_changes": {"url": {**output, "after": "https://b.example"}}},
        {"output_changes": {"url": {**output, "after_sensitive": True}}},
        {"resource_drift": [change(CLIENT, "web", {**WEB, "name": "old"}, WEB)]},
        {"resource_drift": [change(CLIENT, "web", {**WEB, "name": "older"}, WEB)]},
    ]
    assert len({of(STILL, **one) for one in plans}) == len(plans)


def test_what_is_imported_and_what_becomes_sensitive_count() -> None:
    imported = [
        of(change(CLIENT, "web", WEB, WEB, actions=("no-op",), importing={"id": one}))
        for one in ("pool/a", "pool/b")
    ]
    marked = of(
        change(CLIENT, "web", WEB, WEB, before_sensitive={}, after_sensitive={"name": True})
    )
    unmarked = of(change(CLIENT, "web", WEB, WEB, before_sensitive={}, after_sensitive={}))
    assert len({*imported, marked, unmarked}) == 4


def with_secret(secret: str) -> str:
    """Give the fingerprint of a plan that holds *secret* beside its changes."""
    login = {"constant_value": f"curl https://me:{secret}@a.example"}
    provisioner = {
        "expressions": {
            "command": login,
            "environment": {"constant_value": {"DB_PASSWORD": secret, secret: "a"}},
            "interpreter": {"constant_value": [f"{secret} ${{var.a}}"], "references": ["var.a"]},
        }
    }
    configuration = configured(
        expressions={
            "secret_key": {"constant_value": secret},
            "region": {"references": ["var.secret"]},
        },
        provisioners=[provisioner],
    )
    outputs = {
        "key": {"actions": ["create"], "after": secret, "after_sensitive": True},
        "client_secret": {"actions": ["create"], "after": secret},
    }
    return of(
        NEW,
        configuration=configuration,
        variables={"secret": {"value": secret}, "a": {"value": f"a {secret}"}},
        output_changes={**outputs, "copy": {"actions": ["create"], "after": f"a {secret}"}},
    )


def test_no_guess_of_a_secret_beside_the_changes_can_be_confirmed() -> None:
    assert with_secret("hunter2-one") == with_secret("hunter2-another")


def test_the_order_of_what_has_none_does_not_count() -> None:
    document = plan(
        NEW,
        configuration=configured(),
        variables=ROLE,
        output_changes={name: {"actions": ["create"], "after": name} for name in ("a", "b")},
    )
    mixed = json.loads(json.dumps(document, sort_keys=True))
    mixed["output_changes"] = dict(reversed(document["output_changes"].items()))
    assert reviewed(mixed).fingerprint == reviewed(document).fingerprint


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


def test_a_plan_knows_the_secrets_of_each_object() -> None:
    """The fingerprint searches an object for secrets only if an id is one of the plan's."""
    searched = 0
    plans = [plan_of(case.name) for case in CASES]
    for one in (inner for main in plans for inner in (main, *main.counterparts)):
        for each in (*one.changes, *one.drift):
            if each.before is not None:
                body = each.before.body
                found = secrets_in(each.type, dict(body.values), body.sensitive)
                assert one.secrets.issuperset(found), each.address
                searched += len(found)
    assert searched > 20


@pytest.mark.parametrize(
    "entry",
    [
        lambda value, marks: {
            "action_invocations": [
                {"address": "a", "config_values": {"v": value}, "config_sensitive": {"v": marks}}
            ]
        },
        lambda value, marks: {
            "deferred_changes": [
                {
                    "resource_change": {
                        "address": "a.b",
                        "change": {"after": {"v": [value]}, "after_sensitive": {"v": [marks]}},
                    }
                }
            ]
        },
        lambda value, marks: {
            "resource_changes": [
                {
                    "address": "data.aws_lambda_invocation.a",
                    "mode": "data",
                    "type": "aws_lambda_invocation",
                    "name": "a",
                    "change": {
                        "actions": ["read"],
                        "before": None,
                        "after": {"v": value},
                        "after_sensitive": {"v": marks},
                    },
                }
            ]
        },
    ],
)
def test_the_values_of_what_is_read_invoked_or_deferred_count_unless_they_are_secret(
    entry: Any,
) -> None:
    for marks, count in ((False, 2), (True, 1)):
        plans = [{**plan(), **entry(value, marks)} for value in ("4711", "8150")]
        assert len({reviewed(one).fingerprint for one in plans}) == count
