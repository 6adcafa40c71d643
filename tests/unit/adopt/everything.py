"""A state with each kind of resource that becomes a construct, and each kind of reference."""

from typing import Any

from tests.unit.adopt.states import POOL_ID, client, pool, resource


def provider(name: str, kind: str, **details: str) -> dict[str, Any]:
    """An identity provider."""
    return resource(
        "aws_cognito_identity_provider",
        name,
        {
            "attribute_mapping": {"email": "email", "username": "sub"},
            "provider_details": details,
            "provider_name": kind if kind == "Google" else name,
            "provider_type": kind,
            "user_pool_id": POOL_ID,
        },
    )


USERS = resource(
    "aws_cognito_user_pool",
    "users",
    pool(
        mfa_configuration="OPTIONAL",
        sms_configuration=[
            {"sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "external_id": "made-up"}
        ],
        tags={"team": "identity"},
        tags_all={"team": "identity", "stage": "production"},
    ),
)
SERVERS = [
    resource(
        "aws_cognito_resource_server",
        name,
        {
            "identifier": f"https://{name}.acme.example",
            "name": name,
            "scope": [{"scope_name": "read", "scope_description": "Read"}],
            "user_pool_id": POOL_ID,
        },
    )
    for name in ("orders", "__invoices")
]
PROVIDERS = [
    provider(
        "google", "Google", authorize_scopes="openid email", client_id="a", client_secret="made-up"
    ),
    provider("staff", "SAML", MetadataURL="https://id.acme.example/metadata"),
    provider(
        "partner",
        "OIDC",
        attributes_request_method="GET",
        authorize_scopes="openid",
        client_id="a",
        oidc_issuer="https://id.acme.example",
    ),
]
CLIENTS = [
    resource(
        "aws_cognito_user_pool_client",
        "web",
        client(
            allowed_oauth_flows=["code"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=[
                "openid",
                "https://orders.acme.example/read",
                "https://__invoices.acme.example/read",
            ],
            analytics_configuration=[{"application_id": "a", "role_arn": ""}],
            callback_urls=["https://acme.example/"],
            access_token_validity=10,
            id_token_validity=10,
            refresh_token_validity=7,
            token_validity_units=[
                {"access_token": "minutes", "id_token": "minutes", "refresh_token": "days"}
            ],
            supported_identity_providers=["COGNITO", "Google", "staff", "partner"],
        ),
    ),
    resource(
        "aws_cognito_user_pool_client",
        "nightly",
        client(
            id="2example23456789",
            name="nightly",
            allowed_oauth_flows=["client_credentials"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=["https://orders.acme.example/read"],
            client_secret="made-up",
        ),
    ),
]
DOMAIN = resource(
    "aws_cognito_user_pool_domain", "acme", {"domain": "acme", "user_pool_id": POOL_ID}
)
GROUP = resource("aws_cognito_user_group", "staff", {"name": "staff", "user_pool_id": POOL_ID})

EVERYTHING = [USERS, *SERVERS, *PROVIDERS, *CLIENTS, DOMAIN, GROUP]
