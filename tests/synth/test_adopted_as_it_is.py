"""What Cognito has and a construct refuses: the program keeps it by an escape hatch."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.adopted import adopted_document
from tests.unit.adopt.states import POOL_ID, client, pool, resource

USERS = resource("aws_cognito_user_pool", "users", pool())


def synthesized(folder: Path, *resources: dict[str, Any]) -> dict[str, Any]:
    """The resources of the program for a state of *resources*."""
    found: dict[str, Any] = adopted_document(folder, *resources)["resource"]
    return found


def of_pool(folder: Path, **values: object) -> dict[str, Any]:
    """The Terraform of a pool with *values*."""
    users = resource("aws_cognito_user_pool", "users", pool(**values))
    found: dict[str, Any] = synthesized(folder, users)["aws_cognito_user_pool"]["users"]
    return found


def of_client(folder: Path, *beside: dict[str, Any], **values: object) -> dict[str, Any]:
    """The Terraform of a client with *values*, and with *beside* in its pool."""
    web = resource("aws_cognito_user_pool_client", "web", client(**values))
    found = synthesized(folder, *(beside or (USERS,)), web)
    written: dict[str, Any] = found["aws_cognito_user_pool_client"]["web"]
    return written


def with_pages(**values: object) -> dict[str, object]:
    """The settings of a client whose users sign in through Cognito's pages."""
    return {
        "allowed_oauth_flows": ["code"],
        "allowed_oauth_flows_user_pool_client": True,
        "allowed_oauth_scopes": ["openid"],
        "callback_urls": ["https://acme.example/"],
        **values,
    }


def provider(kind: str, details: dict[str, str], mapping: dict[str, str]) -> dict[str, Any]:
    """An identity provider of the pool."""
    name = "Okta" if kind in {"OIDC", "SAML"} else kind
    return resource(
        "aws_cognito_identity_provider",
        "idp",
        {
            "attribute_mapping": mapping,
            "provider_details": details,
            "provider_name": name,
            "provider_type": kind,
            "user_pool_id": POOL_ID,
        },
    )


def attribute(name: str, **values: object) -> dict[str, Any]:
    """An attribute of a schema."""
    return {
        "name": name,
        "attribute_data_type": "String",
        "developer_only_attribute": False,
        "mutable": True,
        "required": False,
        "string_attribute_constraints": [{"min_length": "0", "max_length": "2048"}],
        **values,
    }


@pytest.mark.parametrize(
    "urls",
    [
        ["https://*.acme.example/", "https://acme.example/"],
        ["com.acme:signed-in"],
    ],
)
def test_urls_stay_as_they_are(tmp_path: Path, urls: list[str]) -> None:
    web = of_client(
        tmp_path, **with_pages(callback_urls=urls, logout_urls=urls, default_redirect_uri=urls[0])
    )
    assert sorted(web["callback_urls"]) == sorted(web["logout_urls"]) == sorted(urls)
    assert web["default_redirect_uri"] == urls[0]


@pytest.mark.parametrize("scopes", [["email"], ["phone", "profile"]])
def test_scopes_without_openid_stay_as_they_are(tmp_path: Path, scopes: list[str]) -> None:
    web = of_client(tmp_path, **with_pages(allowed_oauth_scopes=scopes))
    assert web["allowed_oauth_scopes"] == scopes


def test_attributes_that_a_provider_maps_need_not_be_writable(tmp_path: Path) -> None:
    users = resource("aws_cognito_user_pool", "users", pool(schema=[attribute("team")]))
    details = {
        "attributes_request_method": "GET",
        "attributes_url_add_attributes": "false",
        "authorize_scopes": "openid email",
        "client_id": "acme",
        "oidc_issuer": "https://idp.example",
    }
    okta = provider("OIDC", details, {"custom:team": "team", "username": "sub"})
    web = of_client(
        tmp_path,
        users,
        okta,
        supported_identity_providers=["COGNITO", "Okta"],
        write_attributes=["email"],
    )
    assert web["write_attributes"] == ["email"]


def test_a_client_that_may_write_the_standard_attributes_alone_stays(tmp_path: Path) -> None:
    """The construct would add what the provider maps."""
    users = resource("aws_cognito_user_pool", "users", pool(schema=[attribute("team")]))
    details = {"MetadataURL": "https://idp.example/metadata"}
    okta = provider("SAML", details, {"custom:team": "team"})
    standard = [
        *("address", "birthdate", "email", "family_name", "gender", "given_name", "locale"),
        *("middle_name", "name", "nickname", "phone_number", "picture", "preferred_username"),
        *("profile", "updated_at", "website", "zoneinfo"),
    ]
    web = of_client(
        tmp_path,
        users,
        okta,
        supported_identity_providers=["Okta"],
        write_attributes=standard,
    )
    assert sorted(web["write_attributes"]) == standard


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        (
            "OIDC",
            {
                "attributes_request_method": "GET",
                "attributes_url_add_attributes": "false",
                "authorize_scopes": "profile email",
                "client_id": "acme",
                "oidc_issuer": "https://acme.auth0.example/",
                "token_request_method": "POST",
            },
        ),
        (
            "Facebook",
            {"authorize_scopes": "email", "client_id": "1", "token_url": "https://old.example"},
        ),
        (
            "LoginWithAmazon",
            {
                "authorize_scopes": "profile",
                "client_id": "1",
                "attributes_url": "https://x.example",
            },
        ),
        ("SAML", {"MetadataURL": "http://idp.example/metadata", "IDPSignout": "true"}),
        ("SAML", {"MetadataFile": "not XML", "RequestSigningAlgorithm": "rsa-sha256"}),
    ],
)
def test_details_stay_as_they_are(tmp_path: Path, kind: str, details: dict[str, str]) -> None:
    """What a console wrote, and what AWS filled in years ago."""
    secret = {} if kind == "SAML" else {"client_secret": "made-up"}
    found = synthesized(tmp_path, USERS, provider(kind, {**details, **secret}, {"email": "mail"}))
    written = dict(found["aws_cognito_identity_provider"]["idp"]["provider_details"])
    if secret:
        assert written.pop("client_secret") == "${var.idp_client_secret}"
    assert written == details


def test_a_mapping_stays_as_it_is(tmp_path: Path) -> None:
    """Without an attribute that the pool requires, nobody can sign in; but it may be so."""
    schema = [attribute("email", required=True)]
    users = resource("aws_cognito_user_pool", "users", pool(schema=schema))
    mapping = {"name": "c"}
    okta = provider("SAML", {"MetadataURL": "https://idp.example/"}, mapping)
    found = synthesized(tmp_path, users, okta)
    assert found["aws_cognito_identity_provider"]["idp"]["attribute_mapping"] == mapping


def test_passkeys_without_a_relying_party_stay(tmp_path: Path) -> None:
    factors = [{"allowed_first_auth_factors": ["PASSWORD", "WEB_AUTHN"]}]
    users = of_pool(tmp_path, sign_in_policy=factors)
    assert users["sign_in_policy"]["allowed_first_auth_factors"] == ["PASSWORD", "WEB_AUTHN"]
    assert "web_authn_configuration" not in users


def test_a_sender_can_be_missing(tmp_path: Path) -> None:
    email = {
        "email_sending_account": "DEVELOPER",
        "source_arn": "arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
    }
    users = of_pool(tmp_path, email_configuration=[email])
    assert users["email_configuration"] == email


def test_a_factor_that_is_turned_off_stays(tmp_path: Path) -> None:
    users = of_pool(
        tmp_path,
        mfa_configuration="OPTIONAL",
        email_mfa_configuration=[{"message": "{####}", "subject": "Code"}],
        software_token_mfa_configuration=[{"enabled": False}],
        email_configuration=[
            {
                "email_sending_account": "DEVELOPER",
                "from_email_address": "ann@acme.example",
                "source_arn": "arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
            }
        ],
        account_recovery_setting=[
            {
                "recovery_mechanism": [
                    {"name": "verified_email", "priority": 1},
                    {"name": "verified_phone_number", "priority": 2},
                ]
            }
        ],
    )
    assert users["software_token_mfa_configuration"] == {"enabled": False}


@pytest.mark.parametrize(
    "name", ["admin_create_user_config", "deletion_protection", "password_policy", "user_pool_tier"]
)
def test_what_an_older_provider_did_not_read_is_left_out(tmp_path: Path, name: str) -> None:
    """The defaults of this library would change it; the password policy most of all."""
    assert name not in of_pool(tmp_path, **{name: None})


def test_developer_only_attributes_are_found_in_the_order_of_the_construct(tmp_path: Path) -> None:
    schema = [attribute("z"), attribute("b", developer_only_attribute=True), attribute("a")]
    users = of_pool(tmp_path, schema=schema)
    marked = {one["name"]: one["developer_only_attribute"] for one in users["schema"]}
    assert marked == {"a": False, "b": True, "z": False}


def test_clients_of_an_identity_pool_need_not_agree(tmp_path: Path) -> None:
    """One of them is of another program, which changes their order."""
    endpoint = f"cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}"
    web = resource("aws_cognito_user_pool_client", "web", client())
    checks = {"0elsewhere": True, "1example23456789": False}
    identities = resource(
        "aws_cognito_identity_pool",
        "identities",
        {
            "id": "eu-west-1:01234567-0123-0123-0123-0123456789ab",
            "arn": "arn:aws:cognito-identity:eu-west-1:123456789012:identitypool/eu-west-1:0",
            "identity_pool_name": "identities",
            "cognito_identity_providers": [
                {"client_id": name, "provider_name": endpoint, "server_side_token_check": check}
                for name, check in checks.items()
            ],
        },
    )
    found = synthesized(tmp_path, USERS, web, identities)
    written = found["aws_cognito_identity_pool"]["identities"]["cognito_identity_providers"]
    assert [one["server_side_token_check"] for one in written] == [True, False]
    assert written[0]["client_id"] == "0elsewhere"
