"""What a client may ask for: scopes of Cognito's own, and of resource servers of its pool."""

from tests.unit.rules.cases import (
    UNKNOWN,
    Case,
    Resources,
    both,
    client,
    client_of_pool,
    in_pool,
)

SERVER = "aws_cognito_resource_server"

WEB = "aws_cognito_user_pool_client.web"

READ = "https://orders.example/read"

ORDERS = {"identifier": "https://orders.example", "scope": [{"scope_name": "read"}]}

ORDERS_ADDRESS = "aws_cognito_resource_server.orders"


def of_servers(**values: object) -> Resources:
    """Make a client of a pool with the resource server `orders`."""
    return both(in_pool(SERVER, {}, orders=ORDERS), client_of_pool({}, **values))


CASES = (
    Case(
        rule="CVH18",
        bad=client(
            allowed_oauth_flows=["client_credentials"], allowed_oauth_scopes=["openid", "a/b"]
        ),
        says=(
            f"{WEB}: allowed_oauth_scopes: must be scopes of resource servers for "
            "client_credentials, got openid",
        ),
        good=client(allowed_oauth_flows=["client_credentials"], allowed_oauth_scopes=["a/b"]),
        unknown=client(allowed_oauth_flows=["client_credentials"], allowed_oauth_scopes=UNKNOWN),
    ),
    Case(
        rule="CVH19",
        bad=client(allowed_oauth_scopes=["openid email"]),
        says=(
            f"{WEB}: allowed_oauth_scopes[0]: must be 1 to 256 characters, printable ASCII "
            "without spaces, \" and \\, got 'openid email'",
        ),
        good=client(allowed_oauth_scopes=["openid", READ]),
        unknown=client(allowed_oauth_scopes=[UNKNOWN]),
    ),
    Case(
        rule="CVH19B",
        bad=client(allowed_oauth_scopes=[f"api/{at}" for at in range(51)]),
        says=(f"{WEB}: allowed_oauth_scopes: must be 0 to 50 scopes, got 51",),
        good=client(allowed_oauth_scopes=["openid"]),
        unknown=client(allowed_oauth_scopes=UNKNOWN),
    ),
    Case(
        rule="CVH20",
        bad=client(allowed_oauth_scopes=["email", "phone"]),
        says=(f"{WEB}: allowed_oauth_scopes: must contain openid beside email, got email, phone",),
        good=client(allowed_oauth_scopes=["email", "openid"]),
        unknown=client(allowed_oauth_scopes=["email", UNKNOWN]),
    ),
    Case(
        rule="CVH21",
        bad=client(allowed_oauth_scopes=["open_id", "/read", "orders/"]),
        says=tuple(
            f"{WEB}: allowed_oauth_scopes: must be one of aws.cognito.signin.user.admin, email, "
            f"openid, phone, profile or identifier/scope, got {scope!r}"
            for scope in ("open_id", "/read", "orders/")
        ),
        good=client(allowed_oauth_scopes=["openid", "profile", READ]),
        unknown=client(allowed_oauth_scopes=UNKNOWN),
    ),
    Case(
        rule="CVH21B",
        bad=of_servers(allowed_oauth_scopes=["https://orders.example/write"]),
        says=(
            f"{WEB}: allowed_oauth_scopes: must exist, got 'https://orders.example/write', which "
            f"{ORDERS_ADDRESS} does not have",
        ),
        good=of_servers(allowed_oauth_scopes=[READ, "openid"]),
        unknown=both(
            client_of_pool({}, allowed_oauth_scopes=[READ]),
            in_pool(SERVER, {}, orders={**ORDERS, "scope": [{"scope_name": UNKNOWN}]}),
        ),
    ),
    Case(
        rule="CVH21C",
        bad=of_servers(allowed_oauth_scopes=["https://order.example/read"]),
        says=(
            f"{WEB}: allowed_oauth_scopes: must be of a resource server of the pool, got "
            "'https://order.example/read', but this configuration has no such server",
        ),
        good=of_servers(allowed_oauth_scopes=[READ]),
        unknown=client(allowed_oauth_scopes=[READ]),
    ),
    Case(
        rule="CVH21C",
        bad=client_of_pool({}, allowed_oauth_scopes=[READ]),
        says=(
            f"{WEB}: allowed_oauth_scopes: must be of a resource server of the pool, got '{READ}', "
            "but this configuration has no such server",
        ),
        good=client_of_pool({}, allowed_oauth_scopes=["openid"]),
        unknown=both(
            client_of_pool({}, allowed_oauth_scopes=[READ]),
            in_pool(SERVER, {}, orders={"identifier": UNKNOWN}),
        ),
    ),
    Case(
        rule="CVH21C",
        bad=both(
            client_of_pool({}, allowed_oauth_scopes=[READ]),
            {"aws_cognito_user_pool": {"others": {}}},
            {SERVER: {"orders": {**ORDERS, "user_pool_id": "${aws_cognito_user_pool.others.id}"}}},
        ),
        says=(
            f"{WEB}: allowed_oauth_scopes: must be of a resource server of the pool, got '{READ}', "
            "but this configuration has no such server",
        ),
        good=client(),
        unknown=both(
            client_of_pool({}, allowed_oauth_scopes=[READ]),
            {SERVER: {"orders": {**ORDERS, "user_pool_id": "${module.elsewhere.pool}"}}},
        ),
    ),
    Case(
        rule="CVH21D",
        bad=of_servers(allowed_oauth_scopes=[READ]),
        says=(
            f"{WEB}: allowed_oauth_scopes: must reference {ORDERS_ADDRESS}, got the text '{READ}'",
        ),
        good=of_servers(allowed_oauth_scopes=[READ], depends_on=[ORDERS_ADDRESS]),
        unknown=of_servers(allowed_oauth_scopes=UNKNOWN),
    ),
)
