"""The names of a program: short, its own, and the same from one time to the next."""

import json
from typing import Any

import pytest

from constructs_auth.adopt.names import ids_of, natural
from constructs_auth.adopt.parts import System
from constructs_auth.adopt.system import read_system
from constructs_auth.terraform.state_json import read_state
from tests.unit.adopt.states import ARN, POOL_ID, client, pool, resource, state


def in_module(module: str, *resources: dict[str, Any]) -> dict[str, Any]:
    """A module of a state."""
    for one in resources:
        one["address"] = f"{module}.{one['address']}"
    return {"address": module, "resources": [*resources]}


def read(*modules: dict[str, Any]) -> System:
    """The parts for a state of *modules*."""
    document = state()
    document["values"]["root_module"] = {"child_modules": [*modules]}
    return read_system(read_state(json.loads(json.dumps(document))), file="state.json")


def tenant(name: str) -> dict[str, Any]:
    """A module that calls all of its resources `this`."""
    pool_id = f"eu-west-1_{name}"
    return in_module(
        f'module.tenants["{name}"]',
        resource(
            "aws_cognito_user_pool",
            "this",
            pool(id=pool_id, arn=ARN.replace(POOL_ID, pool_id), name=name),
        ),
        resource(
            "aws_cognito_user_pool_client", "this", client(user_pool_id=pool_id, id=f"1{name}")
        ),
    )


def test_what_a_module_calls_this_gets_the_name_of_the_module() -> None:
    assert [one.construct_id for one in read(tenant("blue"), tenant("acme")).parts] == [
        "tenants_acme",
        "tenants_blue",
        "tenants_acme_user_pool_client",
        "tenants_blue_user_pool_client",
    ]


@pytest.mark.parametrize(
    ("module", "name", "index", "expected"),
    [
        ("module.auth[0].module.pool", "default", None, "pool"),
        ("module.auth", "main", 0, "auth"),
        ("module.auth", "pool", 0, "pool"),
        ('module.auth["a.module.b[0]"]', "this", None, "auth_a_module_b_0"),
    ],
)
def test_names_of_modules(module: str, name: str, index: int | None, expected: str) -> None:
    one = resource("aws_cognito_user_pool", name, pool(), index=index)
    if index is None:
        del one["index"]
    assert [part.construct_id for part in read(in_module(module, one)).parts] == [expected]


def test_the_order_follows_the_numbers_in_names() -> None:
    names = ["client_10", "client_2", "a", "client_2_1"]
    assert sorted(names, key=natural) == ["a", "client_2", "client_2_1", "client_10"]
    assert natural("1" * 5_000)


def test_the_order_of_a_state_changes_no_name() -> None:
    def names(*modules: dict[str, Any]) -> list[tuple[str, str]]:
        return [(one.construct_id, one.import_id) for one in read(*modules).parts]

    assert names(tenant("acme"), tenant("blue")) == names(tenant("blue"), tenant("acme"))


def test_each_resource_has_an_id() -> None:
    configuration = read_state(state(resource("aws_cognito_user_pool", "users", pool())))
    assert [name for _, name in ids_of(configuration.resources)] == ["users"]


def test_a_default_tag_that_a_pool_replaces_stays_a_default_tag() -> None:
    document = state(
        resource(
            "aws_cognito_user_pool",
            "users",
            pool(tags={"owner": "shop"}, tags_all={"owner": "shop", "managed": "yes"}),
        ),
        resource(
            "aws_cognito_user_pool",
            "others",
            pool(
                id="eu-west-1_Other1234",
                arn=ARN.replace(POOL_ID, "eu-west-1_Other1234"),
                tags_all={"owner": "identity", "managed": "yes"},
            ),
        ),
    )
    system = read_system(read_state(document), file="state.json")
    assert system.default_tags == {"managed": "yes", "owner": "identity"}
