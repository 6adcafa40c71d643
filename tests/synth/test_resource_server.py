"""The resource server: its scopes, and the clients that ask for them."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    InvalidValueError,
    MachineToMachine,
    OAuth,
    OAuthScope,
    ResourceServer,
    ResourceServerScope,
    S3Backend,
    UserPool,
    UserPoolClient,
    WebApplication,
)
from tests.synth.conftest import Synthesize, rules_in
from tests.synth.reading import problems_of, rules_broken_in

READ = ResourceServerScope(name="read", description="Read orders")
WRITE = ResourceServerScope(name="write", description="Write orders")


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


@pytest.fixture
def orders(stack: AuthStack, pool: UserPool) -> ResourceServer:
    """An API with two scopes."""
    return ResourceServer(
        stack, "orders", user_pool=pool, identifier="orders.example", scopes=[WRITE, READ]
    )


def program(stack: AuthStack, pool: UserPool, *scopes: Any) -> UserPoolClient:
    """A client `job` that asks for *scopes*."""
    application = MachineToMachine(allowed_oauth_scopes=scopes)
    return UserPoolClient(stack, "job", user_pool=pool, application=application)


def client_of(document: dict[str, Any]) -> Any:
    """The client `job` in the Terraform JSON."""
    return document["resource"]["aws_cognito_user_pool_client"]["job"]


def test_a_server_has_its_id_as_address_and_its_scopes_in_order(
    stack: AuthStack, orders: ResourceServer, synthesize: Synthesize
) -> None:
    assert orders.node.id == "orders"
    server = synthesize(stack)["resource"]["aws_cognito_resource_server"]["orders"]
    del server["//"]
    assert server == {
        "identifier": "orders.example",
        "name": "orders",
        "scope": [
            {"scope_description": "Read orders", "scope_name": "read"},
            {"scope_description": "Write orders", "scope_name": "write"},
        ],
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }


def test_a_client_names_a_scope_as_text_and_waits_for_its_server(
    stack: AuthStack, pool: UserPool, orders: ResourceServer, synthesize: Synthesize
) -> None:
    program(stack, pool, orders.scope("write"), orders.scope("read"))
    client = client_of(synthesize(stack))

    assert client["allowed_oauth_scopes"] == ["orders.example/read", "orders.example/write"]
    assert client["depends_on"] == ["aws_cognito_resource_server.orders"]


def test_the_authorize_url_asks_for_scopes_of_servers(
    stack: AuthStack, pool: UserPool, orders: ResourceServer
) -> None:
    oauth = OAuth(
        callback_urls=["https://acme.example/callback"],
        allowed_oauth_scopes=[OAuthScope.OPENID, orders.scope("read")],
    )
    client = UserPoolClient(stack, "web", user_pool=pool, application=WebApplication(oauth=oauth))
    assert "scope=openid%20orders.example%2Fread" in client.authorize_url(
        "https://auth.example.com"
    )


def test_refuses_a_scope_that_the_server_lacks(orders: ResourceServer) -> None:
    with pytest.raises(InvalidValueError) as caught:
        orders.scope("delete")
    assert str(caught.value) == (
        "ResourceServer auth/orders: must have the requested scope, got 'delete'; choose "
        "from read, write"
    )


def test_a_token_as_identifier_or_name_passes(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    server = ResourceServer(
        stack,
        "orders",
        user_pool=pool,
        identifier="${var.api}",
        scopes=[ResourceServerScope(name="${var.scope}", description="What it is")],
    )
    program(stack, pool, server.scope("read"))
    assert client_of(synthesize(stack))["allowed_oauth_scopes"] == ["${var.api}/read"]


def test_a_text_of_a_server_elsewhere_works_and_deserves_a_word(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize, capsys: pytest.CaptureFixture[str]
) -> None:
    program(stack, pool, "billing.example/read")
    client = client_of(synthesize(stack))

    assert client["allowed_oauth_scopes"] == ["billing.example/read"]
    assert "depends_on" not in client
    assert rules_in(capsys.readouterr().err) == ["CVH21C", "CVI08"]


def test_a_text_whose_server_lacks_the_scope_is_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    """Also where the server is defined after the client."""
    program(stack, pool, "orders.example/delete")
    ResourceServer(stack, "orders", user_pool=pool, identifier="orders.example", scopes=[READ])
    assert rules_broken_in(app) == ["auth/job: CVH21B allowed_oauth_scopes"]


@pytest.mark.usefixtures("orders")
def test_a_text_of_a_server_of_the_pool_deserves_a_word(
    stack: AuthStack, pool: UserPool, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    program(stack, pool, "orders.example/read")
    app.synth()
    assert rules_in(capsys.readouterr().err) == ["CVH21D", "CVI08"]


def test_refuses_a_scope_of_another_pool_and_an_equal_identifier(
    stack: AuthStack, pool: UserPool, orders: ResourceServer, app: AuthApp
) -> None:
    other = UserPool(stack, "others")
    program(stack, other, orders.scope("read"))
    ResourceServer(stack, "again", user_pool=pool, identifier="orders.example", scopes=[READ])
    foreign, equal = problems_of(app)
    assert foreign == (
        "auth/job: allowed_oauth_scopes: must contain scopes of the client's pool, got a scope of "
        "auth/orders, which is in another; use a resource server of this pool"
    )
    assert equal.startswith("auth/again: CVK01B identifier: ")


def test_the_26th_server_of_a_pool_deserves_a_word(
    stack: AuthStack, pool: UserPool, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(27):
        ResourceServer(stack, f"api{number}", user_pool=pool, identifier=f"{number}", scopes=[READ])
    app.synth()
    printed = capsys.readouterr().err
    assert rules_in(printed) == ["CVK04"]
    assert "auth/api25" in printed


def test_a_server_in_another_stack_gives_the_stacks_an_order(
    stack: AuthStack, pool: UserPool, orders: ResourceServer, app: AuthApp, synthesize: Synthesize
) -> None:
    second = AuthStack(
        app,
        "jobs",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="jobs.tfstate", region="eu-west-1"),
    )
    program(second, pool, orders.scope("read"))
    assert "depends_on" not in client_of(synthesize(second))
    assert second.depends_on(stack)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"identifier": "orders example", "scopes": [READ]},
            "ResourceServer.identifier: must be 1 to 256 characters, printable ASCII without "
            "spaces, \" and \\, got 'orders example'; write a short name or the URL of the API",
        ),
        (
            {"identifier": "orders", "name": "orders/eu", "scopes": [READ]},
            "ResourceServer.name: must be 1 to 256 characters, letters, digits, spaces and "
            "_ + = , . @ -, got 'orders/eu'; give another name",
        ),
        (
            {"identifier": "orders", "scopes": ["read"]},
            "ResourceServer.scopes[0]: must be of type ResourceServerScope, got 'read'; write "
            "ResourceServerScope(…)",
        ),
        (
            {
                "identifier": "orders",
                "scopes": [READ, ResourceServerScope(name="read", description="Again")],
            },
            "ResourceServer.scopes: must not repeat a name, got 'read'; name it once",
        ),
        (
            {
                "identifier": "orders",
                "scopes": [
                    ResourceServerScope(name=f"s{number}", description="x") for number in range(101)
                ],
            },
            "ResourceServer.scopes, their number: must be from 0 to 100 scopes, got 101; use "
            "several resource servers",
        ),
    ],
)
def test_refuses_what_cognito_refuses(
    settings: dict[str, Any], expected: str, stack: AuthStack, pool: UserPool
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ResourceServer(stack, "orders", user_pool=pool, **settings)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("orders") is None
