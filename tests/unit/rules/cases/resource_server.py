"""Resource servers and their scopes."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone, in_pool

SERVER = "aws_cognito_resource_server"


def server(**values: object) -> Resources:
    """Make one resource server."""
    return alone(SERVER, **values)


CASES = (
    Case(
        rule="CVK01",
        bad=server(identifier="my api"),
        says=(
            f"{SERVER}.it: identifier: must be 1 to 256 characters, printable ASCII without "
            "spaces, \" and \\, got 'my api'",
        ),
        good=server(identifier="https://orders.acme.example"),
        unknown=server(identifier=UNKNOWN),
    ),
    Case(
        rule="CVK01B",
        bad=in_pool(SERVER, {}, a={"identifier": "orders"}, b={"identifier": "orders"}),
        says=(
            f"{SERVER}.b: identifier: must be unique in the pool, got 'orders', which "
            "aws_cognito_resource_server.a already has",
        ),
        good=in_pool(SERVER, {}, a={"identifier": "orders"}, b={"identifier": "prices"}),
        unknown=in_pool(SERVER, {}, a={"identifier": UNKNOWN}),
    ),
    Case(
        rule="CVK02",
        bad=server(name="orders/v1"),
        says=(
            f"{SERVER}.it: name: must be 1 to 256 characters, letters, digits, spaces and "
            "_ + = , . @ -, got 'orders/v1'",
        ),
        good=server(name="Orders, v1"),
        unknown=server(name=UNKNOWN),
    ),
    Case(
        rule="CVK03",
        bad=server(scope=[{"scope_name": f"s{at}"} for at in range(101)]),
        says=(f"{SERVER}.it: scope: must be 0 to 100 scopes, got 101",),
        good=server(),
        unknown=server(dynamic={"scope": {"for_each": UNKNOWN}}),
    ),
    Case(
        rule="CVK03B",
        bad=server(scope=[{"scope_name": "orders/read", "scope_description": ""}]),
        says=(
            f"{SERVER}.it: scope[0].scope_name: must be 1 to 256 characters, printable ASCII "
            "without spaces, \", / and \\, got 'orders/read'",
            f"{SERVER}.it: scope[0].scope_description: must be 1 to 256 characters, got 0",
        ),
        good=server(scope={"scope_name": "orders:read", "scope_description": "Read orders"}),
        unknown=server(scope=[{"scope_name": UNKNOWN, "scope_description": "Read"}]),
    ),
    Case(
        rule="CVK04",
        bad=in_pool(SERVER, {}, **{f"s{at}": {} for at in range(27)}),
        says=(f"{SERVER}.s25: : must be one of at most 25 of its pool, got 27",),
        good=in_pool(SERVER, {}, **{f"s{at}": {} for at in range(25)}),
        unknown=server(user_pool_id="${local.pool}"),
    ),
)
