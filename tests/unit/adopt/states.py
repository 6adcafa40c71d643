"""States to adopt, as `terraform show -json` gives them, small."""

from collections.abc import Mapping
from typing import Any

POOL_ID = "eu-west-1_aBcDeFgH1"
ARN = f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{POOL_ID}"


def pool(**values: object) -> dict[str, Any]:
    """The values of a pool as Cognito creates it, where nothing was set."""
    return {
        "id": POOL_ID,
        "arn": ARN,
        "name": "users",
        "account_recovery_setting": [],
        "admin_create_user_config": [{"allow_admin_create_user_only": False}],
        "alias_attributes": None,
        "auto_verified_attributes": [],
        "deletion_protection": "INACTIVE",
        "lambda_config": [],
        "mfa_configuration": "OFF",
        "password_policy": [
            {
                "minimum_length": 8,
                "password_history_size": 0,
                "require_lowercase": True,
                "require_numbers": True,
                "require_symbols": True,
                "require_uppercase": True,
                "temporary_password_validity_days": 7,
            }
        ],
        "schema": [],
        "sign_in_policy": [],
        "sms_configuration": [],
        "tags": {},
        "tags_all": {},
        "user_pool_tier": "ESSENTIALS",
        "username_attributes": [],
        "username_configuration": [],
        "verification_message_template": [],
        **values,
    }


def client(**values: object) -> dict[str, Any]:
    """The values of a client where only the name was set."""
    return {
        "id": "1example23456789",
        "name": "web",
        "user_pool_id": POOL_ID,
        "access_token_validity": 0,
        "allowed_oauth_flows": [],
        "allowed_oauth_flows_user_pool_client": False,
        "allowed_oauth_scopes": [],
        "auth_session_validity": 3,
        "client_secret": "",
        "enable_token_revocation": True,
        "explicit_auth_flows": [],
        "generate_secret": None,
        "id_token_validity": 0,
        "prevent_user_existence_errors": "",
        "read_attributes": [],
        "refresh_token_rotation": [],
        "refresh_token_validity": 30,
        "supported_identity_providers": [],
        "token_validity_units": [],
        "write_attributes": [],
        **values,
    }


def resource(kind: str, name: str, values: Mapping[str, Any], **more: object) -> dict[str, Any]:
    """One resource of a state."""
    return {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "values": dict(values),
        **more,
    }


def state(*resources: Mapping[str, Any]) -> dict[str, Any]:
    """A state of *resources*."""
    return {
        "format_version": "1.0",
        "terraform_version": "1.11.4",
        "values": {"root_module": {"resources": [*resources]}},
    }


USERS = resource("aws_cognito_user_pool", "users", pool())
WEB = resource("aws_cognito_user_pool_client", "web", client())
