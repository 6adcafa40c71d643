"""The resources that cases start from: explicit, as this project writes them."""

from typing import Any

from tests.plans.case import Thing

REGION = "eu-west-1"
ACCOUNT = "123456789012"
POOL_ID = f"{REGION}_aBcDeFgH1"
POOL_ARN = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{POOL_ID}"
CLIENT_ID = "1h57kf5cpq17m0eml12EXAMPLE"
IDENTITY_POOL_ID = f"{REGION}:11111111-2222-3333-4444-555555555555"
USERS = 120_000
SENDER = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/acme.example"
WEB_ACL = f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl/login/a1b2c3d4"

POOL = "${aws_cognito_user_pool.users.id}"
CLIENT = "${aws_cognito_user_pool_client.web.id}"
IDENTITY_POOL = "${aws_cognito_identity_pool.files.id}"


def function(name: str) -> str:
    """Give the ARN of a Lambda function."""
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def role(name: str) -> str:
    """Give the ARN of a role."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def pool(**arguments: Any) -> Thing:
    """Make a pool of 120,000 users."""
    return Thing(
        type="aws_cognito_user_pool",
        name="users",
        arguments={
            "name": "acme-users",
            "account_recovery_setting": [
                {"recovery_mechanism": [{"name": "verified_email", "priority": 1}]}
            ],
            "admin_create_user_config": [{"allow_admin_create_user_only": True}],
            "auto_verified_attributes": ["email"],
            "deletion_protection": "ACTIVE",
            "email_configuration": [{"email_sending_account": "COGNITO_DEFAULT"}],
            "mfa_configuration": "OPTIONAL",
            "password_policy": [
                {
                    "minimum_length": 12,
                    "password_history_size": 5,
                    "require_lowercase": True,
                    "require_numbers": True,
                    "require_symbols": True,
                    "require_uppercase": True,
                    "temporary_password_validity_days": 3,
                }
            ],
            "sign_in_policy": [{"allowed_first_auth_factors": ["PASSWORD"]}],
            "software_token_mfa_configuration": [{"enabled": True}],
            "user_attribute_update_settings": [
                {"attributes_require_verification_before_update": ["email"]}
            ],
            "user_pool_tier": "ESSENTIALS",
            "username_attributes": ["email"],
            "username_configuration": [{"case_sensitive": False}],
            "verification_message_template": [{"default_email_option": "CONFIRM_WITH_CODE"}],
        },
        known={
            "arn": POOL_ARN,
            "creation_date": "2026-01-01T00:00:00Z",
            "custom_domain": "",
            "domain": "",
            "email_verification_message": "",
            "email_verification_subject": "",
            "endpoint": f"cognito-idp.{REGION}.amazonaws.com/{POOL_ID}",
            "estimated_number_of_users": USERS,
            "id": POOL_ID,
            "last_modified_date": "2026-01-01T00:00:00Z",
            "sms_verification_message": "",
            "tags_all": {},
        },
    ).set(**arguments)


def client(**arguments: Any) -> Thing:
    """Make the client of a web application."""
    return Thing(
        type="aws_cognito_user_pool_client",
        name="web",
        arguments={
            "name": "web",
            "user_pool_id": POOL,
            "access_token_validity": 60,
            "allowed_oauth_flows": ["code"],
            "allowed_oauth_flows_user_pool_client": True,
            "allowed_oauth_scopes": ["email", "openid", "profile"],
            "auth_session_validity": 3,
            "callback_urls": ["https://app.acme.example/callback"],
            "enable_propagate_additional_user_context_data": False,
            "enable_token_revocation": True,
            "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
            "generate_secret": True,
            "id_token_validity": 60,
            "logout_urls": ["https://app.acme.example/"],
            "prevent_user_existence_errors": "ENABLED",
            "read_attributes": ["email", "name"],
            "refresh_token_validity": 30,
            "supported_identity_providers": ["COGNITO"],
            "token_validity_units": [
                {"access_token": "minutes", "id_token": "minutes", "refresh_token": "days"}
            ],
            "write_attributes": ["email", "name"],
        },
        known={
            "client_secret": "of-the-client-and-nobody-else",
            "default_redirect_uri": "",
            "id": CLIENT_ID,
            "user_pool_id": POOL_ID,
        },
        marked=("client_secret",),
    ).set(**arguments)


def managed_client(**arguments: Any) -> Thing:
    """Make the client that another service of AWS created."""
    found = client()
    written = {
        name: value
        for name, value in found.arguments.items()
        if name not in {"name", "generate_secret"}
    }
    return Thing(
        type="aws_cognito_managed_user_pool_client",
        name="search",
        arguments={**written, "name_prefix": "AmazonOpenSearchService-search"},
        known={**found.known, "name": "AmazonOpenSearchService-search-1"},
        marked=found.marked,
    ).set(**arguments)


def domain(**arguments: Any) -> Thing:
    """Make the prefix domain of the sign-in pages."""
    return Thing(
        type="aws_cognito_user_pool_domain",
        name="login",
        arguments={"domain": "acme-login", "managed_login_version": 2, "user_pool_id": POOL},
        known={"id": "acme-login", "user_pool_id": POOL_ID, "aws_account_id": ACCOUNT},
    ).set(**arguments)


def custom_domain(**arguments: Any) -> Thing:
    """Make a domain of one's own."""
    certificate = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/old"
    return domain(domain="login.acme.example", certificate_arn=certificate, **arguments).knows(
        id="login.acme.example"
    )


def identity_provider(**arguments: Any) -> Thing:
    """Make an OpenID Connect provider, its secret written into the configuration."""
    return Thing(
        type="aws_cognito_identity_provider",
        name="okta",
        arguments={
            "provider_name": "Okta",
            "provider_type": "OIDC",
            "user_pool_id": POOL,
            "provider_details": {
                "attributes_request_method": "GET",
                "authorize_scopes": "openid email",
                "client_id": "acme",
                "client_secret": "literal-secret-of-okta",
                "oidc_issuer": "https://acme.okta.example",
            },
            "attribute_mapping": {"email": "email", "username": "sub"},
            "idp_identifiers": [],
        },
        known={"id": f"{POOL_ID}:Okta", "user_pool_id": POOL_ID},
    ).set(**arguments)


def resource_server(**arguments: Any) -> Thing:
    """Make an API with two scopes."""
    return Thing(
        type="aws_cognito_resource_server",
        name="orders",
        arguments={
            "identifier": "https://orders.acme.example",
            "name": "orders",
            "user_pool_id": POOL,
            "scope": [
                {"scope_name": "read", "scope_description": "Read orders"},
                {"scope_name": "write", "scope_description": "Write orders"},
            ],
        },
        known={
            "id": f"{POOL_ID}|https://orders.acme.example",
            "user_pool_id": POOL_ID,
            "scope_identifiers": [
                "https://orders.acme.example/read",
                "https://orders.acme.example/write",
            ],
        },
    ).set(**arguments)


def group(**arguments: Any) -> Thing:
    """Make a group with a role."""
    return Thing(
        type="aws_cognito_user_group",
        name="admins",
        arguments={
            "name": "admins",
            "description": "Administrators",
            "precedence": 1,
            "role_arn": role("admins"),
            "user_pool_id": POOL,
        },
        known={"id": f"{POOL_ID}/admins", "user_pool_id": POOL_ID},
    ).set(**arguments)


def user(**arguments: Any) -> Thing:
    """Make an account."""
    return Thing(
        type="aws_cognito_user",
        name="ann",
        arguments={
            "username": "ann@acme.example",
            "user_pool_id": POOL,
            "enabled": True,
            "attributes": {"email": "ann@acme.example", "email_verified": "true"},
        },
        known={
            "id": f"{POOL_ID}/ann@acme.example",
            "user_pool_id": POOL_ID,
            "creation_date": "2026-01-01T00:00:00Z",
            "last_modified_date": "2026-01-01T00:00:00Z",
            "mfa_setting_list": [],
            "preferred_mfa_setting": "",
            "status": "CONFIRMED",
            "sub": "0a1b2c3d-0000-4000-8000-000000000000",
        },
        marked=("password", "temporary_password"),
    ).set(**arguments)


def user_in_group(**arguments: Any) -> Thing:
    """Make a membership."""
    return Thing(
        type="aws_cognito_user_in_group",
        name="ann_admins",
        arguments={
            "group_name": "admins",
            "username": "ann@acme.example",
            "user_pool_id": POOL,
        },
        known={"id": f"{POOL_ID}/admins/ann@acme.example", "user_pool_id": POOL_ID},
    ).set(**arguments)


def risk_configuration(**arguments: Any) -> Thing:
    """Make reactions to risk for the whole pool."""

    def action(name: str) -> list[dict[str, object]]:
        return [{"event_action": name, "notify": False}]

    return Thing(
        type="aws_cognito_risk_configuration",
        name="risk",
        arguments={
            "user_pool_id": POOL,
            "account_takeover_risk_configuration": [
                {
                    "actions": [
                        {
                            "high_action": action("BLOCK"),
                            "medium_action": action("MFA_REQUIRED"),
                            "low_action": action("MFA_IF_CONFIGURED"),
                        }
                    ],
                    "notify_configuration": [{"source_arn": SENDER}],
                }
            ],
            "compromised_credentials_risk_configuration": [
                {
                    "event_filter": ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"],
                    "actions": [{"event_action": "BLOCK"}],
                }
            ],
        },
        known={"id": POOL_ID, "user_pool_id": POOL_ID, "client_id": ""},
    ).set(**arguments)


def ui_customization(**arguments: Any) -> Thing:
    """Make the style of the classic pages of one client."""
    return Thing(
        type="aws_cognito_user_pool_ui_customization",
        name="style",
        arguments={
            "client_id": CLIENT,
            "css": ".label-customizable {font-weight: 400;}",
            "user_pool_id": POOL,
        },
        known={
            "id": f"{POOL_ID},{CLIENT_ID}",
            "client_id": CLIENT_ID,
            "user_pool_id": POOL_ID,
            "creation_date": "2026-01-01T00:00:00Z",
            "css_version": "20260101000000",
            "image_url": "",
            "last_modified_date": "2026-01-01T00:00:00Z",
        },
    ).set(**arguments)


def identity_pool(**arguments: Any) -> Thing:
    """Make an identity pool for the users of the pool."""
    return Thing(
        type="aws_cognito_identity_pool",
        name="files",
        arguments={
            "identity_pool_name": "acme files",
            "allow_classic_flow": False,
            "allow_unauthenticated_identities": False,
            "cognito_identity_providers": [
                {
                    "client_id": CLIENT_ID,
                    "provider_name": f"cognito-idp.{REGION}.amazonaws.com/{POOL_ID}",
                    "server_side_token_check": True,
                }
            ],
        },
        known={
            "arn": f"arn:aws:cognito-identity:{REGION}:{ACCOUNT}:identitypool/{IDENTITY_POOL_ID}",
            "id": IDENTITY_POOL_ID,
            "tags_all": {},
        },
    ).set(**arguments)


def roles_attachment(**arguments: Any) -> Thing:
    """Make the roles of an identity pool."""
    provider = f"cognito-idp.{REGION}.amazonaws.com/{POOL_ID}:{CLIENT_ID}"
    return Thing(
        type="aws_cognito_identity_pool_roles_attachment",
        name="files",
        arguments={
            "identity_pool_id": IDENTITY_POOL,
            "roles": {"authenticated": role("files")},
            "role_mapping": [
                {
                    "identity_provider": provider,
                    "ambiguous_role_resolution": "Deny",
                    "type": "Rules",
                    "mapping_rule": [
                        {
                            "claim": "custom:team",
                            "match_type": "Equals",
                            "role_arn": role("team"),
                            "value": "files",
                        }
                    ],
                }
            ],
        },
        known={"id": IDENTITY_POOL_ID, "identity_pool_id": IDENTITY_POOL_ID},
    ).set(**arguments)


def principal_tag(**arguments: Any) -> Thing:
    """Make the tags that attribute-based access looks at."""
    return Thing(
        type="aws_cognito_identity_pool_provider_principal_tag",
        name="files",
        arguments={
            "identity_pool_id": IDENTITY_POOL,
            "identity_provider_name": f"cognito-idp.{REGION}.amazonaws.com/{POOL_ID}",
            "principal_tags": {"team": "custom:team"},
            "use_defaults": False,
        },
        known={
            "id": f"{IDENTITY_POOL_ID}:cognito-idp.{REGION}.amazonaws.com/{POOL_ID}",
            "identity_pool_id": IDENTITY_POOL_ID,
        },
    ).set(**arguments)


def web_acl_association(**arguments: Any) -> Thing:
    """Put a web ACL before the pool."""
    return Thing(
        type="aws_wafv2_web_acl_association",
        name="login",
        arguments={"resource_arn": "${aws_cognito_user_pool.users.arn}", "web_acl_arn": WEB_ACL},
        known={"id": f"{WEB_ACL},{POOL_ARN}", "resource_arn": POOL_ARN},
    ).set(**arguments)


def new_value(name: str) -> Thing:
    """Make a resource whose id only the apply will tell."""
    return Thing(type="terraform_data", name=name, arguments={})
