"""Which attributes a client reads and writes: enough, and not too much."""

from tests.unit.rules.cases import (
    MACHINE,
    POOL_ID,
    UNKNOWN,
    Case,
    Resources,
    both,
    client,
    client_of_pool,
    in_pool,
)

PROVIDER = "aws_cognito_identity_provider"

WEB = "aws_cognito_user_pool_client.web"

SCHEMA = {"schema": [{"name": "team", "mutable": True}, {"name": "email", "required": True}]}


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
        rule="CVH25",
        bad=of_acme("name", "custom:team"),
        says=(f"{WEB}: write_attributes: must contain email, which acme maps",),
        good=of_acme("name", "custom:team", "email"),
        unknown=of_acme("email", UNKNOWN),
    ),
    Case(
        rule="CVH25",
        bad=of_acme("name"),
        says=(f"{WEB}: write_attributes: must contain email, custom:team, which acme maps",),
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
            f"{WEB}: read_attributes: must be attributes of the pool, custom ones as "
            "custom:<name>, got 'team'",
            f"{WEB}: write_attributes: must be in the schema of the pool, got 'custom:teem'",
        ),
        good=client_of_pool(SCHEMA, write_attributes=["custom:team", "email"]),
        unknown=client(read_attributes=["custom:team"]),
    ),
    Case(
        rule="CVH25B",
        bad=client(write_attributes=["mail"]),
        says=(
            f"{WEB}: write_attributes: must be attributes of the pool, custom ones as "
            "custom:<name>, got 'mail'",
        ),
        good=client_of_pool({}, read_attributes=["sub", "identities", "phone_number_verified"]),
        unknown=client_of_pool({"schema": UNKNOWN}, read_attributes=["custom:team"]),
    ),
    Case(
        rule="CVH25D",
        bad=client(write_attributes=["email", "email_verified", "sub"]),
        says=(
            f"{WEB}: write_attributes: must not contain email_verified, which no client can write",
            f"{WEB}: write_attributes: must not contain sub, which no client can write",
        ),
        good=client(write_attributes=["email"], read_attributes=["email_verified", "sub"]),
        unknown=client(write_attributes=[UNKNOWN]),
    ),
    Case(
        rule="CVH25C",
        bad=client_of_pool(SCHEMA, write_attributes=["name"]),
        says=(f"{WEB}: write_attributes: must contain email, which the pool requires",),
        good=client_of_pool(SCHEMA, write_attributes=["email", "name"]),
        unknown=client_of_pool(SCHEMA, write_attributes=["name", UNKNOWN]),
    ),
    Case(
        rule="CG212",
        bad=client(write_attributes=["custom:tenant_id", "email", "custom:isAdmin"]),
        says=(f"{WEB}: write_attributes: must not contain custom:tenant_id, custom:isAdmin",),
        good=client(write_attributes=["email", "custom:planet", "custom:department"]),
        unknown=client(),
    ),
    Case(
        rule="CG212",
        bad=client_of_pool(
            {"schema": [{"name": "role", "mutable": False}]},
            write_attributes=["custom:role", "email_verified"],
        ),
        says=(f"{WEB}: write_attributes: must not contain custom:role, email_verified",),
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
        says=(f"{WEB}: write_attributes: must not contain custom:roles",),
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
        says=(f"{WEB}: write_attributes: must not contain custom:plan",),
        good=client(write_attributes=["custom:plan"], allowed_oauth_flows=["client_credentials"]),
        unknown=None,
    ),
    Case(
        rule="CVH25",
        bad=of_acme("name"),
        says=(
            "aws_cognito_user_pool_client.web: write_attributes: must contain email, "
            "custom:team, which acme maps",
        ),
        good=both(of_acme("name"), client_of_pool({}, write_attributes=["name"], **MACHINE)),
        unknown=None,
    ),
)
