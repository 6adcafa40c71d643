"""The program that `adopt` writes: what a person would write for what exists."""

import ast
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import InvitationMessages, PasswordPolicy, VerificationByCode, cli
from tests.unit.adopt.states import ARN, POOL_ID, USERS, WEB, client, pool, resource, state


def adopted(folder: Path, *resources: dict[str, Any]) -> str:
    """The text of the program for a state of *resources*."""
    file = folder / "state.json"
    file.write_text(json.dumps(state(*resources)), encoding="utf-8")
    out = folder / "out"
    assert cli.main(["adopt", str(file), "--out", str(out), "--no-verify"]) == 0
    text = (out / "main.py").read_text(encoding="utf-8")
    ast.parse(text)
    return text


def argument(text: str, variable: str, name: str) -> str:
    """The source of an argument of the construct in *variable*, or an empty text."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == variable
            and isinstance(node.value, ast.Call)
        ):
            return next(
                (ast.unparse(one.value) for one in node.value.keywords if one.arg == name), ""
            )
    return ""


def of_pool(folder: Path, name: str, **values: object) -> str:
    """The source of an argument of a pool with *values*."""
    users = resource("aws_cognito_user_pool", "users", pool(**values))
    return argument(adopted(folder, users), "users", name)


def of_client(folder: Path, name: str, **values: object) -> str:
    """The source of an argument of a client with *values*."""
    web = resource("aws_cognito_user_pool_client", "web", client(**values))
    return argument(adopted(folder, USERS, web), "web", name)


def test_each_weaker_setting_is_visible(tmp_path: Path) -> None:
    text = adopted(tmp_path, USERS)
    assert "# Default of this library: Mfa.optional(SoftwareTokenMfa()).\n" in text
    assert "        mfa=Mfa.off(),\n" in text
    assert f'    users.import_from("{POOL_ID}")\n' in text


@pytest.mark.parametrize(
    ("values", "name", "source"),
    [
        ({}, "sign_in", "Username(case_sensitive=AS_IT_IS)"),
        (
            {"username_configuration": [{"case_sensitive": True}], "alias_attributes": ["email"]},
            "sign_in",
            "Username(alias_attributes=[AliasAttribute.EMAIL], case_sensitive=True)",
        ),
        (
            {
                "username_configuration": [{"case_sensitive": False}],
                "username_attributes": ["email"],
            },
            "sign_in",
            "",
        ),
        (
            {
                "schema": [
                    {
                        "name": "team",
                        "attribute_data_type": "String",
                        "mutable": True,
                        "string_attribute_constraints": [{"min_length": None, "max_length": None}],
                    }
                ]
            },
            "attributes",
            "[StringAttribute(name='team', min_length=AS_IT_IS, max_length=AS_IT_IS)]",
        ),
        (
            {
                "schema": [
                    {
                        "name": "email",
                        "attribute_data_type": "String",
                        "mutable": False,
                        "required": True,
                        "string_attribute_constraints": [{"min_length": "0", "max_length": "2048"}],
                    }
                ]
            },
            "attributes",
            "[StandardAttribute(name=StandardAttributeName.EMAIL, required=True, mutable=False)]",
        ),
        ({}, "passwordless", "AS_IT_IS"),
        ({"user_pool_tier": "LITE"}, "passwordless", ""),
        (
            {"sign_in_policy": [{"allowed_first_auth_factors": ["PASSWORD", "EMAIL_OTP"]}]},
            "passwordless",
            "[EmailOtp()]",
        ),
        (
            {
                "mfa_configuration": "ON",
                "software_token_mfa_configuration": [{"enabled": True}],
            },
            "mfa",
            "Mfa.required(SoftwareTokenMfa())",
        ),
        ({"user_pool_tier": "PLUS"}, "user_pool_tier", "UserPoolTier.PLUS"),
        ({"deletion_protection": "ACTIVE"}, "deletion_protection", ""),
        (
            {
                "account_recovery_setting": [
                    {"recovery_mechanism": [{"name": "verified_phone_number", "priority": 1}]}
                ]
            },
            "sms",
            "AS_IT_IS",
        ),
        (
            {
                "lambda_config": [
                    {"pre_sign_up": "arn:aws:lambda:eu-west-1:123456789012:function:greet"}
                ]
            },
            "lambda_triggers",
            "LambdaTriggers(pre_sign_up='arn:aws:lambda:eu-west-1:123456789012:function:greet', "
            "without_permission=['pre_sign_up'])",
        ),
    ],
)
def test_a_pool_says_what_differs(
    tmp_path: Path, values: dict[str, object], name: str, source: str
) -> None:
    assert of_pool(tmp_path, name, **values) == source


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"password_policy": [asdict(PasswordPolicy())]}, "password_policy"),
        (
            {
                "admin_create_user_config": [
                    {"invite_message_template": [asdict(InvitationMessages())]}
                ]
            },
            "invitation_messages",
        ),
        (
            {
                "verification_message_template": [
                    {"default_email_option": "CONFIRM_WITH_CODE", **asdict(VerificationByCode())}
                ]
            },
            "verification_messages",
        ),
    ],
)
def test_the_defaults_of_the_library_are_not_written(
    tmp_path: Path, values: dict[str, object], name: str
) -> None:
    assert of_pool(tmp_path, name, **values) == ""


_UNITS = [{"access_token": "minutes", "id_token": "hours", "refresh_token": "days"}]


@pytest.mark.parametrize(
    ("values", "name", "source"),
    [
        ({}, "application", "NativeApplication()"),
        ({"client_secret": "made-up"}, "application", "AdminBackend()"),
        ({"client_secret": "made-up"}, "imported_secret", "ImportedSecret.PRESENT"),
        ({}, "imported_secret", "ImportedSecret.ABSENT"),
        ({}, "token_validity", "AS_IT_IS"),
        (
            {
                "access_token_validity": 60,
                "id_token_validity": 1,
                "refresh_token_validity": 30,
                "token_validity_units": _UNITS,
            },
            "token_validity",
            "TokenValidity(access_token_unit=TimeUnit.MINUTES)",
        ),
        (
            {
                "access_token_validity": 10,
                "id_token_validity": 1,
                "refresh_token_validity": 7,
                "token_validity_units": _UNITS,
            },
            "token_validity",
            "TokenValidity(refresh_token=timedelta(days=7), access_token=timedelta(minutes=10))",
        ),
        ({"explicit_auth_flows": ["USER_PASSWORD_AUTH"]}, "explicit_auth_flows", "AS_IT_IS"),
        (
            {"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
            "explicit_auth_flows",
            "",
        ),
        ({"read_attributes": ["email"]}, "read_attributes", "[StandardAttributeName.EMAIL]"),
        ({}, "refresh_token_rotation", "AS_IT_IS"),
        ({"prevent_user_existence_errors": "LEGACY"}, "prevent_user_existence_errors", "False"),
        (
            {
                "allowed_oauth_flows": ["client_credentials"],
                "allowed_oauth_flows_user_pool_client": True,
                "allowed_oauth_scopes": ["api/read"],
                "client_secret": "made-up",
            },
            "application",
            "MachineToMachine(allowed_oauth_scopes=['api/read'])",
        ),
        (
            {
                "allowed_oauth_flows": ["code"],
                "allowed_oauth_flows_user_pool_client": True,
                "allowed_oauth_scopes": ["openid", "email"],
                "callback_urls": ["myapp://callback"],
            },
            "application",
            "NativeApplication(oauth=OAuth(callback_urls=['myapp://callback']))",
        ),
    ],
)
def test_a_client_says_what_differs(
    tmp_path: Path, values: dict[str, object], name: str, source: str
) -> None:
    assert of_client(tmp_path, name, **values) == source


def test_what_the_construct_does_not_offer_is_an_escape_hatch(tmp_path: Path) -> None:
    web = resource(
        "aws_cognito_user_pool_client",
        "web",
        client(analytics_configuration=[{"application_id": "a", "role_arn": ""}]),
    )
    text = adopted(tmp_path, USERS, web)
    assert "    # The construct does not offer this value of analytics_configuration.\n" in text
    page = (tmp_path / "out" / "ADOPTION.md").read_text(encoding="utf-8")
    assert "`aws_cognito_user_pool_client.web: analytics_configuration`" in page


def test_a_client_refers_to_the_constructs_of_its_pool(tmp_path: Path) -> None:
    server = resource(
        "aws_cognito_resource_server",
        "orders",
        {
            "identifier": "orders",
            "name": "orders",
            "scope": [{"scope_name": "read", "scope_description": "Read"}],
            "user_pool_id": POOL_ID,
        },
    )
    google = resource(
        "aws_cognito_identity_provider",
        "google",
        {
            "attribute_mapping": {"email": "email", "username": "sub"},
            "provider_details": {
                "authorize_scopes": "openid email profile",
                "client_id": "acme",
                "client_secret": "n0t-in-the-program",
            },
            "provider_name": "Google",
            "provider_type": "Google",
            "user_pool_id": POOL_ID,
        },
    )
    web = resource(
        "aws_cognito_user_pool_client",
        "web",
        client(
            allowed_oauth_flows=["code"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=["openid", "orders/read"],
            callback_urls=["https://acme.example/"],
            supported_identity_providers=["COGNITO", "Google"],
        ),
    )
    text = adopted(tmp_path, web, google, server, USERS)
    assert argument(text, "web", "supported_identity_providers") == "[COGNITO, google]"
    assert "orders.scope('read')" in argument(text, "web", "application")
    assert argument(text, "google", "client_secret") == "google_client_secret.string_value"
    for file in (tmp_path / "out").iterdir():
        assert "n0t-in-the-program" not in file.read_text(encoding="utf-8")


def test_a_permission_of_the_state_becomes_part_of_its_pool(tmp_path: Path) -> None:
    function = "arn:aws:lambda:eu-west-1:123456789012:function:greet"
    users = resource(
        "aws_cognito_user_pool", "users", pool(lambda_config=[{"pre_sign_up": function}])
    )
    permission = resource(
        "aws_lambda_permission",
        "cognito",
        {"function_name": "greet", "statement_id": "cognito", "source_arn": ARN},
    )
    text = adopted(tmp_path, users, permission)
    assert '{"aws_lambda_permission.users_pre_sign_up": "greet/cognito"}' in text


def test_instances_get_ids_of_their_own(tmp_path: Path) -> None:
    first = resource("aws_cognito_user_pool", "this", pool(), index="a b")
    second = resource(
        "aws_cognito_user_pool",
        "this",
        pool(id="eu-west-1_other1234", arn=f"{ARN}x", name="others"),
        index="a-b",
    )
    text = adopted(tmp_path, first, second)
    assert '"this_a_b",' in text
    assert '"this_a_b_user_pool",' in text


def test_the_same_state_gives_the_same_program(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert adopted(tmp_path / "a", USERS, WEB) == adopted(tmp_path / "b", WEB, USERS)
