"""What a client names of its pool: scopes, identity providers and attributes."""

from tests.unit.rules.cases import (
    POOL_ID,
    UNKNOWN,
    Case,
    Resources,
    both,
    client,
    client_of_pool,
    in_pool,
)

WEB = "aws_cognito_user_pool_client.web"
SERVER, PROVIDER = "aws_cognito_resource_server", "aws_cognito_identity_provider"
READ = "https://orders.example/read"
ORDERS = {"identifier": "https://orders.example", "scope": [{"scope_name": "read"}]}
ORDERS_ADDRESS = "aws_cognito_resource_server.orders"
SCHEMA = {"schema": [{"name": "team", "mutable": True}, {"name": "email", "required": True}]}


def of_servers(**values: object) -> Resources:
    """Make a client of a pool with the resource server `orders`."""
    return both(in_pool(SERVER, {}, orders=ORDERS), client_of_pool({}, **values))


def of_provider(body: dict[str, object], **values: object) -> Resources:
    """Make a client of a pool with the identity provider `acme` of *body*."""
    acme = {"provider_name": "acme", **body}
    return both(in_pool(PROVIDER, {}, acme=acme), client_of_pool({}, **values))


def of_acme(*attributes: str) -> Resources:
    """Make a client with the provider `acme`, which fills three attributes, that writes some."""
    mapping = {"email": "mail", "email_verified": "verified", "custom:team": "team"}
    return of_provider(
        {"attribute_mapping": mapping},
        supported_identity_providers=["acme"],
        write_attributes=[*attributes],
    )


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
        says=(f"{WEB}: allowed_oauth_scopes: must hold openid beside email, got email, phone",),
        good=client(allowed_oauth_scopes=["email", "openid"]),
        unknown=client(allowed_oauth_scopes=["email", UNKNOWN]),
    ),
    Case(
        rule="CVH21",
        bad=client(allowed_oauth_scopes=["open_id", "/read", "orders/"]),
        says=tuple(
            f"{WEB}: allowed_oauth_scopes: must be of aws.cognito.signin.user.admin, email, "
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
            "'https://order.example/read', of which this configuration has no server",
        ),
        good=of_servers(allowed_oauth_scopes=[READ]),
        unknown=client(allowed_oauth_scopes=[READ]),
    ),
    Case(
        rule="CVH21C",
        bad=client_of_pool({}, allowed_oauth_scopes=[READ]),
        says=(
            f"{WEB}: allowed_oauth_scopes: must be of a resource server of the pool, got "
            f"'{READ}', of which this configuration has no server",
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
            f"{WEB}: allowed_oauth_scopes: must be of a resource server of the pool, got "
            f"'{READ}', of which this configuration has no server",
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
            f"{WEB}: allowed_oauth_scopes: must be known after {ORDERS_ADDRESS}, got '{READ}' as "
            "a text",
        ),
        good=of_servers(allowed_oauth_scopes=[READ], depends_on=[ORDERS_ADDRESS]),
        unknown=of_servers(allowed_oauth_scopes=UNKNOWN),
    ),
    Case(
        rule="CVH23",
        bad=client(supported_identity_providers=["a" * 33]),
        says=(f"{WEB}: supported_identity_providers[0]: must be 1 to 32 characters, got 33",),
        good=client(supported_identity_providers=["COGNITO"]),
        unknown=client(supported_identity_providers=[UNKNOWN]),
    ),
    Case(
        rule="CVH23B",
        bad=of_provider({}, supported_identity_providers=["COGNITO", "acne"]),
        says=(
            f"{WEB}: supported_identity_providers: must be identity providers of the pool, got "
            "'acne', of which this configuration has none",
        ),
        good=of_provider({}, supported_identity_providers=["COGNITO", "acme"]),
        unknown=of_provider({"provider_name": UNKNOWN}, supported_identity_providers=["acme"]),
    ),
    Case(
        rule="CVH23B",
        bad=client_of_pool({}, supported_identity_providers=["cognito"]),
        says=(
            f"{WEB}: supported_identity_providers: must be identity providers of the pool, got "
            "'cognito', of which this configuration has none",
        ),
        good=client(supported_identity_providers=["COGNITO"]),
        unknown=client(supported_identity_providers=["Google"]),
    ),
    Case(
        rule="CVH23C",
        bad=of_provider({}, supported_identity_providers=["acme"]),
        says=(
            f"{WEB}: supported_identity_providers: must be known after {PROVIDER}.acme, got "
            "'acme' as a text",
        ),
        good=of_provider(
            {}, supported_identity_providers=["acme"], depends_on=[f"{PROVIDER}.acme"]
        ),
        unknown=of_provider({}, supported_identity_providers=[f"${{{PROVIDER}.acme.id}}"]),
    ),
    Case(
        rule="CVH25",
        bad=of_acme("email", "name"),
        says=(f"{WEB}: write_attributes: must hold custom:team, which acme fills at each sign-in",),
        good=of_acme("email", "custom:team"),
        unknown=of_acme("email", UNKNOWN),
    ),
    Case(
        rule="CVH25",
        bad=of_acme("name"),
        says=(
            f"{WEB}: write_attributes: must hold email, custom:team, which acme fills at each "
            "sign-in",
        ),
        good=of_acme(),
        unknown=of_provider(
            {"attribute_mapping": UNKNOWN},
            supported_identity_providers=["acme"],
            write_attributes=["email"],
        ),
    ),
    Case(
        rule="CVH25B",
        bad=client_of_pool(
            SCHEMA, read_attributes=["team", "email_verified"], write_attributes=["custom:teem"]
        ),
        says=(
            f"{WEB}: read_attributes: must be attributes of the pool, its own as custom:<name>, "
            "got 'team'",
            f"{WEB}: write_attributes: must be in the schema of the pool, got 'custom:teem'",
        ),
        good=client_of_pool(SCHEMA, write_attributes=["custom:team", "email"]),
        unknown=client(read_attributes=["custom:team"]),
    ),
    Case(
        rule="CVH25B",
        bad=client(write_attributes=["mail"]),
        says=(
            f"{WEB}: write_attributes: must be attributes of the pool, its own as custom:<name>, "
            "got 'mail'",
        ),
        good=client_of_pool({}, read_attributes=["sub", "identities", "phone_number_verified"]),
        unknown=client_of_pool({"schema": UNKNOWN}, read_attributes=["custom:team"]),
    ),
    Case(
        rule="CVH25C",
        bad=client_of_pool(SCHEMA, write_attributes=["name"]),
        says=(f"{WEB}: write_attributes: must hold email, which the pool requires",),
        good=client_of_pool(SCHEMA, write_attributes=["email", "name"]),
        unknown=client_of_pool(SCHEMA, write_attributes=["name", UNKNOWN]),
    ),
    Case(
        rule="CG212",
        bad=client(write_attributes=["custom:tenant_id", "email", "custom:isAdmin"]),
        says=(f"{WEB}: write_attributes: must not hold custom:tenant_id, custom:isAdmin",),
        good=client(write_attributes=["email", "custom:planet", "custom:department"]),
        unknown=client(),
    ),
    Case(
        rule="CG212",
        bad=client_of_pool(
            {"schema": [{"name": "role", "mutable": False}]},
            write_attributes=["custom:role", "email_verified"],
        ),
        says=(f"{WEB}: write_attributes: must not hold custom:role, email_verified",),
        good=client_of_pool(
            {
                "schema": [{"name": "role", "mutable": False}],
                "admin_create_user_config": {"allow_admin_create_user_only": True},
            },
            write_attributes=["custom:role"],
        ),
        unknown=client(write_attributes=[]),
    ),
    Case(
        rule="CG212",
        bad=client(write_attributes=["custom:roles"], allowed_oauth_flows=["code"]),
        says=(f"{WEB}: write_attributes: must not hold custom:roles",),
        good=of_provider(
            {"attribute_mapping": {"custom:role": "role"}},
            supported_identity_providers=["acme"],
            write_attributes=["custom:role"],
        ),
        unknown=client(write_attributes=[UNKNOWN]),
    ),
    Case(
        rule="CG212",
        bad=client(user_pool_id=POOL_ID, write_attributes=["custom:plan"]),
        says=(f"{WEB}: write_attributes: must not hold custom:plan",),
        good=client(write_attributes=["custom:plan"], allowed_oauth_flows=["client_credentials"]),
        unknown=None,
    ),
)
