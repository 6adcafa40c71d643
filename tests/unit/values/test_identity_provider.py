"""Attribute mappings, endpoints, metadata and secrets of identity providers, as values."""

from collections.abc import Callable
from typing import Any

import pytest

from constructs_auth import (
    OidcEndpoints,
    SamlMetadataFile,
    SamlMetadataUrl,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    _checks,
)
from constructs_auth.values.identity_provider import checked_mapping, written_attributes
from tests.unit.samples import OBJECT_TOKEN, TEXTS, refusal

TENANT = StringAttribute(name="tenant")


def mapped(mapping: Any, *attributes: Any) -> dict[str, str]:
    """Check *mapping* for a pool that says *attributes*."""
    return checked_mapping("mapping", mapping, attributes)


def test_a_mapping_is_kept_in_order_as_plain_text() -> None:
    kept = mapped(
        {
            StandardAttributeName.NAME: "full name",
            "custom:tenant": "org",
            "email_verified": "email_verified",
        },
        TENANT,
    )
    assert [*kept] == ["custom:tenant", "email_verified", "name"]
    assert {type(name) for name in kept} == {str}


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: str) -> None:
    assert mapped({token: token}) == {token: token}
    _checks.secret("secret", token)
    assert SamlMetadataUrl(url=token).url == token
    assert SamlMetadataFile(content=token).content == token


def test_a_name_that_only_terraform_knows_may_be_any_attribute() -> None:
    attribute = StringAttribute(name="${var.attribute}")
    assert mapped({"custom:x": "y"}, attribute) == {"custom:x": "y"}


def test_what_cognito_keeps_itself_needs_no_permission_to_write() -> None:
    mapping = {"username": "sub", "email_verified": "email_verified", "email": "email"}
    assert written_attributes(mapping) == ["email"]


@pytest.mark.parametrize(
    ("mapping", "attributes", "expected"),
    [
        (
            ["email"],
            [],
            "mapping: must be a mapping, got ['email']; write {StandardAttributeName.EMAIL: "
            "'email'}",
        ),
        (
            {"tenant": "org"},
            [TENANT],
            "mapping: must name attributes of the pool, got 'tenant'; write 'custom:tenant'",
        ),
        (
            {"custom:plan": "plan"},
            [TENANT],
            "mapping: must name attributes of the pool, got 'custom:plan'; add the attribute to "
            "the pool; custom attributes have the prefix custom:",
        ),
        (
            {"custom:tenant": "org"},
            [StringAttribute(name="tenant", mutable=False)],
            "mapping: must name mutable attributes, because Cognito writes them at each sign-in, "
            "got 'custom:tenant'; leave it out; an attribute can never be made mutable later",
        ),
        (
            {"email": "email"},
            [StandardAttribute(name=StandardAttributeName.NAME, required=True)],
            "mapping: must contain name, which the pool requires, got ['email']; add it, otherwise "
            "sign-in through this provider fails",
        ),
        (
            {"email": ""},
            [],
            "mapping['email']: must be a text that is not empty, got ''; write the provider's "
            "name for this attribute",
        ),
        (
            {"x" * 33: "y"},
            [],
            f"mapping, key: must be 1 to 32 characters, not 33, got '{'x' * 33}'; name an "
            "attribute of the pool",
        ),
    ],
)
def test_refuses_a_mapping_that_cannot_work(
    mapping: Any, attributes: list[Any], expected: str
) -> None:
    assert refusal(lambda: mapped(mapping, *attributes)) == expected


@pytest.mark.parametrize("value", ["hunter2", "", '${"hunter2"}', "${var.a}hunter2", "a${var.b}"])
def test_refuses_a_secret_in_the_program_without_showing_it(value: str) -> None:
    assert refusal(lambda: _checks.secret("Provider.secret", value)) == (
        "Provider.secret: must come from outside the program, got '***'; use the string_value of a "
        "sensitive Variable, or an attribute of a data source"
    )


def test_refuses_a_secret_of_another_kind_without_showing_it() -> None:
    wrong: Any = b"hunter2"
    assert refusal(lambda: _checks.secret("Provider.secret", wrong)) == (
        "Provider.secret: must be a text token, got <class 'bytes'>; use the string_value of a "
        "sensitive Variable, or an attribute of a data source"
    )


def test_says_how_to_make_a_text_of_another_token() -> None:
    token: Any = OBJECT_TOKEN
    assert refusal(lambda: _checks.secret("Provider.secret", token)).endswith(
        "; wrap it in Token.as_string(…)"
    )


@pytest.mark.parametrize(
    "token",
    ['${jsondecode(data.aws_secretsmanager_secret_version.google.secret_string)["secret"]}'],
)
def test_a_part_of_a_data_source_is_a_secret(token: str) -> None:
    _checks.secret("secret", token)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda: SamlMetadataUrl(url="http://acme.example/metadata"),
            "SamlMetadataUrl.url: must be an https URL without a fragment, got "
            "'http://acme.example/metadata'; write one such as 'https://login.acme.example'",
        ),
        (
            lambda: SamlMetadataUrl(url="https://[acme"),
            "SamlMetadataUrl.url: must be an https URL without a fragment, got 'https://[acme'; "
            "write one such as 'https://login.acme.example'",
        ),
        (
            lambda: SamlMetadataFile(content="idp.xml"),
            "SamlMetadataFile.content: must be an XML document, got 'idp.xml'; read the file: "
            'Path("idp.xml").read_text(encoding="utf-8")',
        ),
        (
            lambda: OidcEndpoints(
                authorize_url="https://a.example/authorize",
                token_url="https://a.example/token#x",
                attributes_url="https://a.example/userinfo",
                jwks_uri="https://a.example/keys",
            ),
            "OidcEndpoints.token_url: must be an https URL without a fragment, got "
            "'https://a.example/token#x'; write one such as 'https://login.acme.example'",
        ),
    ],
)
def test_refuses_what_is_no_metadata_and_no_endpoint(
    make: Callable[[], object], expected: str
) -> None:
    assert refusal(make) == expected


def test_a_document_may_begin_with_a_byte_order_mark() -> None:
    content = "\ufeff<?xml version='1.0'?><EntityDescriptor/>"
    assert SamlMetadataFile(content=content).content == content
