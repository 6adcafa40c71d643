"""Arguments that the provider reads from Cognito if they are not set, and which ones it sends."""

from collections.abc import Mapping

_MESSAGES = "verification_message_template."

_CLIENT = frozenset(
    {
        "access_token_validity",
        "allowed_oauth_flows",
        "allowed_oauth_flows_user_pool_client",
        "allowed_oauth_scopes",
        "auth_session_validity",
        "callback_urls",
        "default_redirect_uri",
        "enable_propagate_additional_user_context_data",
        "enable_token_revocation",
        "explicit_auth_flows",
        "id_token_validity",
        "logout_urls",
        "prevent_user_existence_errors",
        "read_attributes",
        "refresh_token_validity",
        "supported_identity_providers",
        "token_validity_units.access_token",
        "token_validity_units.id_token",
        "token_validity_units.refresh_token",
        "write_attributes",
    }
)

KEPT: Mapping[str, frozenset[str]] = {
    "aws_cognito_identity_provider": frozenset({"attribute_mapping"}),
    "aws_cognito_managed_user_pool_client": _CLIENT,
    "aws_cognito_risk_configuration": frozenset(
        {"compromised_credentials_risk_configuration.event_filter"}
    ),
    "aws_cognito_user_pool": frozenset(
        {
            "account_recovery_setting",
            "account_recovery_setting.recovery_mechanism",
            "admin_create_user_config",
            "lambda_config.pre_token_generation",
            "lambda_config.pre_token_generation_config",
            "password_policy",
            "password_policy.temporary_password_validity_days",
            "sign_in_policy",
            "sms_configuration",
            "sms_configuration.sns_region",
            "user_pool_add_ons.advanced_security_additional_flows",
            "user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode",
            "user_pool_tier",
            "username_configuration",
            "username_configuration.case_sensitive",
            "verification_message_template",
            f"{_MESSAGES}email_message",
            f"{_MESSAGES}email_message_by_link",
            f"{_MESSAGES}email_subject",
            f"{_MESSAGES}email_subject_by_link",
            f"{_MESSAGES}sms_message",
        }
    ),
    "aws_cognito_user_pool_client": _CLIENT,
    "aws_cognito_user_pool_domain": frozenset({"managed_login_version"}),
}
"""Optional and computed arguments (provider 5.100.0); blocks as measured by removing them."""

ZERO_IF_NOT_SET: Mapping[str, frozenset[str]] = {
    "aws_cognito_user_group": frozenset({"precedence"}),
    "aws_cognito_user_pool": frozenset({"password_policy.temporary_password_validity_days"}),
    "aws_cognito_user_pool_client": frozenset(
        {"access_token_validity", "id_token_validity", "refresh_token_validity"}
    ),
}
"""Numbers that the provider reads back as 0 where Cognito has no value (provider 5.100.0)."""

EMPTY_IF_NOT_SET = frozenset(
    {"aws_cognito_identity_provider", "aws_cognito_risk_configuration", "aws_cognito_user_pool"}
)
"""The types whose kept lists and blocks are left out if they are set to an empty list.

The provider defines them with Terraform's older SDK, whose plan shows "known after apply" for both
(provider 5.100.0). In other types, an empty list is a value.
"""

NEVER_RETURNED: Mapping[str, frozenset[str]] = {
    "aws_cognito_identity_provider": frozenset({"private_key"}),
}
"""Keys of a map that Cognito keeps but never returns, so states and later plans lack them.

API, DescribeIdentityProvider: the details of Sign in with Apple have no `private_key`.
"""

READ_ONLY: Mapping[str, frozenset[str]] = {
    "aws_cognito_identity_pool": frozenset({"arn"}),
    "aws_cognito_managed_user_pool_client": frozenset({"client_secret", "id", "name"}),
    "aws_cognito_resource_server": frozenset({"scope_identifiers"}),
    "aws_cognito_user": frozenset(
        {
            "creation_date",
            "last_modified_date",
            "mfa_setting_list",
            "preferred_mfa_setting",
            "status",
            "sub",
        }
    ),
    "aws_cognito_user_pool": frozenset(
        {
            "arn",
            "creation_date",
            "custom_domain",
            "domain",
            "endpoint",
            "estimated_number_of_users",
            "last_modified_date",
        }
    ),
    "aws_cognito_user_pool_client": frozenset({"client_secret", "id"}),
    "aws_cognito_user_pool_domain": frozenset(
        {
            "aws_account_id",
            "cloudfront_distribution",
            "cloudfront_distribution_arn",
            "cloudfront_distribution_zone_id",
            "s3_bucket",
            "version",
        }
    ),
    "aws_cognito_user_pool_ui_customization": frozenset(
        {"creation_date", "css_version", "image_url", "last_modified_date"}
    ),
}
"""Attributes that only Cognito sets (provider 5.100.0); some of them change by themselves."""

FILLED_BY_OTHERS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "aws_iam_role": {
        "managed_policy_arns": ("aws_iam_role_policy_attachment", "role", "policy_arn"),
        "inline_policy": ("aws_iam_role_policy", "role", "name"),
    }
}
"""Arguments that the provider reads from what other resources created (provider 5.100.0).

For each: the type of these resources, their argument with the name of the first one, and the
argument with what they add. A refresh after the apply shows it as a change outside of Terraform.
"""

NOT_IN_UPDATE_USER_POOL = frozenset(
    {
        "email_mfa_configuration",
        "mfa_configuration",
        "schema",
        "software_token_mfa_configuration",
        "tags",
        "tags_all",
        "web_authn_configuration",
    }
)
"""The arguments of a pool whose change alone makes the provider call another API than
UpdateUserPool (terraform-provider-aws, internal/service/cognitoidp/user_pool.go,
resourceUserPoolUpdate)."""
