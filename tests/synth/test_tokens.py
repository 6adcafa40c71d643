"""What only Terraform will know passes every check, and no placeholder is left in the output."""

import json
from typing import Any

import pytest

from constructs_auth import (
    AdminBackend,
    AuthStack,
    LambdaTriggers,
    Mfa,
    NumberAttribute,
    OAuth,
    Passkey,
    PasswordPolicy,
    PreTokenGeneration,
    SesEmail,
    SmsConfiguration,
    SoftwareTokenMfa,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    Username,
    UsernameAttributes,
    UserPool,
    UserPoolAddOns,
    UserPoolClient,
    WebApplication,
)
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Token
from tests.synth import everything
from tests.synth.conftest import Synthesize


@pytest.fixture
def variables(stack: AuthStack) -> Any:
    """One variable of each kind that CDKTF knows."""
    from cdktf import TerraformVariable  # noqa: PLC0415 - as a user imports it

    def variable(name: str, kind: str) -> Any:
        return TerraformVariable(stack, name, type=kind)

    return {
        "text": variable("text", "string").string_value,
        "number": variable("number", "number").number_value,
        "flag": variable("flag", "bool").boolean_value,
        "list": variable("list", "list(string)").list_value,
        "value": variable("value", "any").value,
    }


@pytest.mark.parametrize("kind", ["text", "number", "flag", "list", "value"])
def test_every_kind_of_token_is_known_without_node(kind: str, variables: Any) -> None:
    """Our own test of a token says what CDKTF's says."""
    token = variables[kind]

    assert Token.is_unresolved(token) is True
    assert is_concrete(token) is False


@pytest.mark.parametrize(
    "token",
    [
        Token.as_string({"a": 1}),
        Token.as_number({"a": 1}),
        Token.as_string_map({"a": "b"}),
        Token.as_any({"a": 1}),
        f"https://{Token.as_string({'a': 1})}/callback",
    ],
    ids=["string", "number", "map", "any", "inside"],
)
def test_tokens_made_by_hand_are_known_too(token: object) -> None:
    """Every shape, and one inside a text."""
    assert Token.is_unresolved(token) is True
    assert is_concrete(token) is False


@pytest.mark.parametrize("value", ["text", 7, -8.1, True, ["a"], {"a": "b"}, None, "{####}"])
def test_plain_values_are_concrete(value: object) -> None:
    """Also what looks a little like a token."""
    assert Token.is_unresolved(value) is False
    assert is_concrete(value) is True


def test_tokens_reach_the_output_as_references(
    stack: AuthStack, variables: Any, synthesize: Synthesize
) -> None:
    """Untouched by any check: numbers as numbers, flags as flags, lists as lists."""
    text, number, flag = variables["text"], variables["number"], variables["flag"]
    pool = UserPool(
        stack,
        "users",
        name=text,
        sign_in=Username(case_sensitive=flag),
        attributes=[
            StandardAttribute(
                name=StandardAttributeName.NAME, required=flag, min_length=number, max_length=9
            ),
            StringAttribute(name=text, mutable=flag, max_length=number),
            NumberAttribute(name="level", min_value=number),
        ],
        allow_admin_create_user_only=flag,
        password_policy=PasswordPolicy(
            minimum_length=number, require_symbols=flag, temporary_password_validity_days=number
        ),
        passwordless=[Passkey(relying_party_id=text)],
        email=SesEmail(source_arn=text, from_email_address=text, configuration_set=text),
        sms=SmsConfiguration(sns_caller_arn=text, external_id=text),
        tags={"team": text},
    )
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=variables["list"],
                default_redirect_uri=text,
                allowed_oauth_scopes=variables["list"],
            )
        ),
        enable_token_revocation=flag,
        read_attributes=variables["list"],
        supported_identity_providers=[text, "COGNITO"],
    )
    resources = synthesize(stack)["resource"]
    written = resources["aws_cognito_user_pool"]["users"]
    client = resources["aws_cognito_user_pool_client"]["web"]

    assert written["name"] == "${var.text}"
    assert written["password_policy"]["minimum_length"] == "${var.number}"
    assert written["password_policy"]["require_symbols"] == "${var.flag}"
    assert written["username_configuration"] == {"case_sensitive": "${var.flag}"}
    schema = {block["name"]: block for block in written["schema"]}
    assert schema["${var.text}"]["mutable"] == "${var.flag}"
    assert schema["level"]["number_attribute_constraints"] == {
        "min_value": "${tostring(var.number)}"
    }
    assert client["callback_urls"] == "${var.list}"
    assert client["allowed_oauth_scopes"] == "${var.list}"
    assert client["read_attributes"] == "${var.list}"
    assert client["supported_identity_providers"] == ["COGNITO", "${var.text}"]
    assert client["enable_token_revocation"] == "${var.flag}"


def test_tokens_stand_for_members(stack: AuthStack, variables: Any, synthesize: Synthesize) -> None:
    """What is not known is compared with nothing: no problem is found, no default guessed."""
    text, names = variables["text"], variables["list"]
    pool = UserPool(
        stack,
        "users",
        sign_in=UsernameAttributes(attributes=names),
        auto_verified_attributes=names,
        user_pool_tier=text,
        mfa=Mfa(configuration=text, factors=[SoftwareTokenMfa()]),
        lambda_triggers=LambdaTriggers(
            pre_token_generation=PreTokenGeneration(function=text, version=text)
        ),
        passwordless=[Passkey(relying_party_id=text, user_verification=text)],
        user_pool_add_ons=UserPoolAddOns(advanced_security_mode=text, custom_auth_mode=text),
    )
    UserPoolClient(
        stack,
        "admin",
        user_pool=pool,
        application=AdminBackend(),
        explicit_auth_flows=names,
    )
    resources = synthesize(stack)["resource"]
    written = resources["aws_cognito_user_pool"]["users"]
    client = resources["aws_cognito_user_pool_client"]["admin"]

    assert pool.find_problems() == ()
    assert written["username_attributes"] == "${var.list}"
    assert written["auto_verified_attributes"] == "${var.list}"
    assert written["user_pool_tier"] == "${var.text}"
    assert written["mfa_configuration"] == "${var.text}"
    assert written["web_authn_configuration"]["user_verification"] == "${var.text}"
    assert written["user_pool_add_ons"]["advanced_security_mode"] == "${var.text}"
    assert written["lambda_config"]["pre_token_generation_config"]["lambda_version"] == (
        "${var.text}"
    )
    assert written["account_recovery_setting"]["recovery_mechanism"] == [
        {"name": "verified_email", "priority": 1}
    ]
    assert client["explicit_auth_flows"] == ('${concat(var.list, ["ALLOW_REFRESH_TOKEN_AUTH"])}')


def test_no_placeholder_is_left_in_the_output(app: Any, synthesize: Synthesize) -> None:
    """A token that was lowered, cut or compared would stay as text, and Terraform take it."""
    text = json.dumps(synthesize(everything.define(app)))

    assert "tftoken" not in text.lower()
