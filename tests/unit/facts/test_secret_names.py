"""Names of secrets: what the provider marks, what the hand-off refuses, what a review hides."""

import json
from collections.abc import Iterator

import pytest

from constructs_auth.facts.secret_names import (
    COGNITO_SECRETS,
    OTHER_SECRETS,
    PROVIDER_DETAILS,
    PROVIDER_DETAILS_SECRETS,
    SECRET_ARGUMENTS,
    WHOLE_NAMES,
    may_hold_secret,
    names_cognito_secret,
    names_secret,
    names_secret_parameter,
)
from tests.plans.record import RECORDED

NOT_MARKED = ("aws_cognito_identity_provider", (PROVIDER_DETAILS,))


def marks(value: object, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Walk through what is marked in `before_sensitive` or `after_sensitive`."""
    if value is True:
        yield way
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from marks(inner, (*way, name))
    elif isinstance(value, list):
        for inner in value:
            yield from marks(inner, way)


def marked() -> set[tuple[str, tuple[str, ...]]]:
    """Give what real Terraform marks in the recorded plans, by type and way."""
    return {
        (entry["type"], way)
        for file in RECORDED.glob("*.json")
        for entry in json.loads(file.read_text(encoding="utf-8"))["resource_changes"]
        for side in ("before_sensitive", "after_sensitive")
        for way in marks(entry["change"].get(side))
    }


def test_all_that_the_provider_marks_as_sensitive_is_listed_and_nothing_else() -> None:
    listed = {(kind, (name,)) for kind, names in SECRET_ARGUMENTS.items() for name in names}
    assert marked() == listed - {NOT_MARKED}


def test_what_is_listed_is_a_secret_by_name_too() -> None:
    for kind, way in marked():
        assert may_hold_secret(kind, way)
        assert names_secret(way[-1])
        assert names_cognito_secret(way[-1])
    for name in PROVIDER_DETAILS_SECRETS:
        assert may_hold_secret(NOT_MARKED[0], (PROVIDER_DETAILS, name))
        assert names_secret(name)
        assert names_cognito_secret(name)


NAMES = [
    "access_key",
    "api_key",
    "apple_private_key",
    "auth_token",
    "client_secret",
    "CLIENT_SECRET",
    "clientSecret",
    "db-password",
    "password",
    "secret_key",
    "secret_string",
    "private_key_wo",
    "session_token",
    "token",
    "value_wo",
]
SETTINGS = [
    "access_token",
    "accessToken",
    "id_token",
    "refresh_token",
    "client_id",
    "generate_secret_every",
    "password_policy",
    "private_key_wo_version",
    "token_url",
]


def spellings(name: str) -> tuple[str, ...]:
    """Write a name as people write those of arguments, tags, parameters and variables."""
    camel = name.title().replace("_", "")
    return (
        name,
        name.upper(),
        name.replace("_", "-"),
        name.replace("_", "."),
        camel,
        f"{camel[0].lower()}{camel[1:]}",
    )


@pytest.mark.parametrize("ending", COGNITO_SECRETS)
def test_what_is_a_secret_for_check_is_one_for_the_hand_off_and_for_a_review(ending: str) -> None:
    names = [
        name for written in (ending, f"_{ending}", f"db_{ending}") for name in spellings(written)
    ]
    assert [name for name in names if not names_cognito_secret(name)] == []
    assert [name for name in names if not names_secret(name)] == []
    assert [name for name in names if not may_hold_secret("aws_any", (name,))] == []


@pytest.mark.parametrize(
    "written", [*OTHER_SECRETS, *(f"db_{ending}" for ending in OTHER_SECRETS), *WHOLE_NAMES]
)
def test_what_is_a_secret_for_the_hand_off_is_one_for_a_review(written: str) -> None:
    names = spellings(written)
    assert [name for name in names if not names_secret(name)] == []
    assert [name for name in names if not may_hold_secret("aws_any", (name,))] == []
    assert [name for name in names if not names_secret_parameter(name)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_secret_is_hidden_from_a_review_as_well(name: str) -> None:
    assert names_secret(name)
    assert may_hold_secret("aws_any", (name,))


@pytest.mark.parametrize("name", SETTINGS)
def test_a_name_that_only_sounds_like_a_secret_is_none(name: str) -> None:
    assert not names_secret(name)
    assert not names_cognito_secret(name)


def test_a_secret_of_cognito_is_a_secret() -> None:
    found = [name for name in (*NAMES, *SETTINGS) if names_cognito_secret(name)]
    assert found == [
        "apple_private_key",
        "client_secret",
        "CLIENT_SECRET",
        "clientSecret",
        "db-password",
        "password",
    ]


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("aws_cognito_identity_provider", ("provider_details", "client_secret")),
        ("aws_cognito_identity_provider", ("provider_details", "private_key")),
        ("aws_cognito_user", ("attributes", "email")),
        ("aws_cognito_user", ("attributes",)),
        ("aws_cognito_user", ("temporary_password",)),
        ("aws_cognito_user", ("client_metadata", "anything")),
        ("aws_cognito_user_pool", ("sms_configuration", "external_id")),
        ("aws_cognito_user_pool_client", ("client_secret",)),
        ("aws_db_instance", ("password",)),
        ("aws_lambda_function", ("environment", "variables", "API_KEY")),
        ("anything", ("token_validity_units", "access_token")),
    ],
)
def test_names_of_secrets_are_known(kind: str, way: tuple[str, ...]) -> None:
    assert may_hold_secret(kind, way)


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("aws_cognito_user_pool", ("password_policy", "minimum_length")),
        ("aws_cognito_user_pool_client", ("generate_secret",)),
        ("aws_cognito_user_pool_client", ("token_validity_units", "access_token")),
        ("aws_cognito_user_pool_client", ("enable_token_revocation",)),
        ("aws_cognito_identity_provider", ("provider_details", "token_url")),
        ("aws_cognito_identity_provider", ("provider_details", "client_id")),
        ("aws_db_instance", ("engine",)),
    ],
)
def test_settings_that_only_sound_like_secrets_are_shown(kind: str, way: tuple[str, ...]) -> None:
    assert not may_hold_secret(kind, way)
