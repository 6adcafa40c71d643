"""What changes a client, a domain or what a client is served by, and lets it stay."""

from tests.plans import things
from tests.plans.case import PlanCase, Thing
from tests.plans.things import POOL_ID

_CLIENT = things.client(user_pool_id=POOL_ID)
_MANAGED = things.managed_client(user_pool_id=POOL_ID)
_PROVIDER = things.identity_provider(user_pool_id=POOL_ID)
_SERVER = things.resource_server(user_pool_id=POOL_ID)
_DOMAIN = things.domain(user_pool_id=POOL_ID)
_CUSTOM = things.custom_domain(user_pool_id=POOL_ID)
_CALLBACK = "https://app.acme.example/callback"
_TWO_CALLBACKS = _CLIENT.set(callback_urls=[_CALLBACK, "https://old.acme.example/callback"])


def _units(**units: str) -> list[dict[str, str]]:
    return [{"access_token": "minutes", "id_token": "minutes", "refresh_token": "days", **units}]


def _rotating(feature: str) -> Thing:
    return _CLIENT.set(
        explicit_auth_flows=["ALLOW_USER_SRP_AUTH"],
        refresh_token_rotation=[{"feature": feature, "retry_grace_period_seconds": 10}],
    )


CASES = (
    PlanCase.of("callback_url_removed", _TWO_CALLBACKS, _CLIENT),
    PlanCase.of(
        "callback_url_replaced",
        _CLIENT,
        _CLIENT.set(callback_urls=["https://www.acme.example/callback"]),
    ),
    PlanCase.of(
        "callback_url_of_the_same_domain_added",
        _CLIENT,
        _CLIENT.set(callback_urls=[_CALLBACK, "https://app.acme.example/silent"]),
    ),
    PlanCase.of(
        "callback_url_without_https_added",
        _CLIENT,
        _CLIENT.set(callback_urls=[_CALLBACK, "http://app.acme.example/callback"]),
    ),
    PlanCase.of(
        "callback_url_of_another_domain_added",
        _CLIENT,
        _CLIENT.set(callback_urls=[_CALLBACK, "https://evil.example/callback"]),
    ),
    PlanCase(
        name="callback_url_of_new_resource",
        before=(_CLIENT,),
        after=(
            _CLIENT.set(callback_urls=["https://${terraform_data.site.id}/callback"]),
            things.new_value("site"),
        ),
    ),
    PlanCase.of("callback_urls_left_out", _CLIENT, _CLIENT.set(callback_urls=None)),
    PlanCase.of("logout_url_removed", _CLIENT, _CLIENT.set(logout_urls=[])),
    PlanCase.of(
        "logout_url_added",
        _CLIENT,
        _CLIENT.set(logout_urls=["https://app.acme.example/", "https://bye.example/"]),
    ),
    PlanCase.of(
        "oauth_flow_removed",
        _CLIENT.set(allowed_oauth_flows=["code", "implicit"]),
        _CLIENT.set(allowed_oauth_flows=["implicit"]),
    ),
    PlanCase.of(
        "implicit_flow_added", _CLIENT, _CLIENT.set(allowed_oauth_flows=["code", "implicit"])
    ),
    PlanCase.of(
        "oauth_turned_off", _CLIENT, _CLIENT.set(allowed_oauth_flows_user_pool_client=False)
    ),
    PlanCase.of(
        "auth_flow_removed",
        _CLIENT,
        _CLIENT.set(explicit_auth_flows=["ALLOW_REFRESH_TOKEN_AUTH"]),
    ),
    PlanCase.of(
        "refresh_flow_removed",
        _CLIENT,
        _CLIENT.set(explicit_auth_flows=["ALLOW_USER_SRP_AUTH"]),
    ),
    PlanCase.of(
        "password_flow_added",
        _CLIENT,
        _CLIENT.set(
            explicit_auth_flows=[
                "ALLOW_REFRESH_TOKEN_AUTH",
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_USER_SRP_AUTH",
            ]
        ),
    ),
    PlanCase.of(
        "provider_removed_from_client",
        _CLIENT.set(supported_identity_providers=["COGNITO", "Okta"]),
        _CLIENT,
    ),
    PlanCase.of("scope_removed", _CLIENT, _CLIENT.set(allowed_oauth_scopes=["email", "openid"])),
    PlanCase.of(
        "admin_scope_added",
        _CLIENT,
        _CLIENT.set(
            allowed_oauth_scopes=["aws.cognito.signin.user.admin", "email", "openid", "profile"]
        ),
    ),
    PlanCase.of(
        "server_scope_removed",
        _SERVER,
        _SERVER.set(scope=[{"scope_name": "read", "scope_description": "Read orders"}]),
    ),
    PlanCase.of(
        "server_scope_description_changed",
        _SERVER,
        _SERVER.set(
            scope=[
                {"scope_name": "read", "scope_description": "Read all orders"},
                {"scope_name": "write", "scope_description": "Write orders"},
            ]
        ),
    ),
    PlanCase.of("refresh_token_cut", _CLIENT, _CLIENT.set(refresh_token_validity=1)),
    PlanCase.of("access_token_cut", _CLIENT, _CLIENT.set(access_token_validity=15)),
    PlanCase.of("access_token_raised", _CLIENT, _CLIENT.set(access_token_validity=600)),
    PlanCase.of(
        "refresh_token_in_other_units",
        _CLIENT,
        _CLIENT.set(refresh_token_validity=720, token_validity_units=_units(refresh_token="hours")),
    ),
    PlanCase.of(
        "token_units_changed",
        _CLIENT.set(access_token_validity=20, id_token_validity=20),
        _CLIENT.set(
            access_token_validity=20,
            id_token_validity=20,
            token_validity_units=_units(access_token="hours"),
        ),
    ),
    PlanCase.of(
        "token_units_left_out",
        _CLIENT.set(access_token_validity=20, id_token_validity=20),
        _CLIENT.set(access_token_validity=20, id_token_validity=20, token_validity_units=None),
    ),
    PlanCase.of("revocation_off", _CLIENT, _CLIENT.set(enable_token_revocation=False)),
    PlanCase.of("revocation_on", _CLIENT.set(enable_token_revocation=False), _CLIENT),
    PlanCase.of(
        "user_existence_shown", _CLIENT, _CLIENT.set(prevent_user_existence_errors="LEGACY")
    ),
    PlanCase.of("rotation_on", _rotating("DISABLED"), _rotating("ENABLED")),
    PlanCase.of("rotation_off", _rotating("ENABLED"), _rotating("DISABLED")),
    PlanCase.of(
        "rotation_left_out",
        _rotating("ENABLED"),
        _rotating("ENABLED").set(refresh_token_rotation=None),
    ),
    PlanCase.of(
        "rotation_left_out_for_the_refresh_flow",
        _rotating("ENABLED"),
        _rotating("ENABLED").set(
            explicit_auth_flows=["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
            refresh_token_rotation=None,
        ),
    ),
    PlanCase.of(
        "rotation_off_without_grace_period",
        _rotating("ENABLED"),
        _CLIENT.set(refresh_token_rotation=[{"feature": "DISABLED"}]),
    ),
    PlanCase.of(
        "write_attributes_grow",
        _CLIENT,
        _CLIENT.set(write_attributes=["custom:role", "email", "name"]),
    ),
    PlanCase.of("read_attributes_shrink", _CLIENT, _CLIENT.set(read_attributes=["email"])),
    PlanCase.of(
        "managed_client_callback_url_removed",
        _MANAGED.set(callback_urls=[_CALLBACK, "https://old.acme.example/callback"]),
        _MANAGED,
    ),
    PlanCase.of(
        "provider_secret_changed",
        _PROVIDER,
        _PROVIDER.set(
            provider_details={
                **_PROVIDER.arguments["provider_details"],
                "client_secret": "another-literal-secret",
            }
        ),
    ),
    PlanCase.of(
        "provider_issuer_changed",
        _PROVIDER,
        _PROVIDER.set(
            provider_details={
                **_PROVIDER.arguments["provider_details"],
                "oidc_issuer": "https://login.acme.example",
            }
        ),
    ),
    PlanCase.of(
        "provider_attribute_mapping_changed",
        _PROVIDER,
        _PROVIDER.set(attribute_mapping={"email": "mail", "username": "sub"}),
    ),
    PlanCase.of(
        "provider_scopes_in_another_order",
        _PROVIDER,
        _PROVIDER.set(
            provider_details={
                **_PROVIDER.arguments["provider_details"],
                "authorize_scopes": "email openid",
            }
        ),
    ),
    PlanCase.of(
        "certificate_changed",
        _CUSTOM,
        _CUSTOM.set(certificate_arn=f"arn:aws:acm:us-east-1:{things.ACCOUNT}:certificate/new"),
    ),
    PlanCase.of(
        "certificate_in_another_region",
        _CUSTOM,
        _CUSTOM.set(certificate_arn=f"arn:aws:acm:eu-west-1:{things.ACCOUNT}:certificate/new"),
    ),
    PlanCase.of("managed_login_version_changed", _DOMAIN.set(managed_login_version=1), _DOMAIN),
    PlanCase.of("managed_login_version_lowered", _DOMAIN, _DOMAIN.set(managed_login_version=1)),
    PlanCase.of(
        "group_description_changed",
        things.group(user_pool_id=POOL_ID),
        things.group(user_pool_id=POOL_ID, description="All administrators"),
    ),
)
