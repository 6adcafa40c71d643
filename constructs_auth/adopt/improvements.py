"""The values that remedies of rules write into an existing resource, where one value is clear."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from constructs_auth.adopt.parts import block
from constructs_auth.facts.limits import AUTH_SESSION_SECONDS
from constructs_auth.facts.resource_types import IDENTITY_PROVIDER
from constructs_auth.facts.words import (
    DEFAULT_UNIT,
    MANAGED_LOGIN,
    REFRESH_FLOW,
    SECONDS_IN,
    AdvancedSecurityMode,
    AuthFlow,
    ContactAttribute,
    CustomAuthMode,
    FirstAuthFactor,
    MfaConfiguration,
    OAuthFlow,
    OAuthScope,
    RecoveryMechanism,
    RotationFeature,
    UserPoolTier,
    in_largest_unit,
)
from constructs_auth.rules.attribute_permissions import writable_privileges
from constructs_auth.rules.profile import NIST
from constructs_auth.rules.redirect_urls import split
from constructs_auth.rules.rule import Context, surely
from constructs_auth.rules.tokens import rotates, seconds_of
from constructs_auth.rules.user_pool_client import POOL_ITSELF, is_machine, is_public
from constructs_auth.terraform.resource import Resource

Changes: TypeAlias = Mapping[str, Any]
"""The arguments at the top of a resource that change, with their new values."""

Improvement: TypeAlias = Callable[[Resource, Context], Changes]
"""Returns what the remedy changes; may raise `UnknownValueError`."""

PASSWORD_POLICY: Changes = {
    "minimum_length": NIST.password_length,
    "password_history_size": 5,
    "require_lowercase": True,
    "require_numbers": True,
    "require_symbols": True,
    "require_uppercase": True,
    "temporary_password_validity_days": 3,
}
"""The defaults of this library, which the remedies name."""

_CLASSES = ("require_lowercase", "require_numbers", "require_symbols", "require_uppercase")
_TOTP = [{"enabled": True}]
_ROTATION = [{"feature": RotationFeature.ENABLED.value, "retry_grace_period_seconds": 10}]
_SESSION_MINUTES = AUTH_SESSION_SECONDS.minimum // 60
_HOUR, _DAY = SECONDS_IN["hours"], SECONDS_IN["days"]
_DAYS, _DAYS_IF_PUBLIC = 30, 7
_FLOWS = "explicit_auth_flows"
_SCOPES = "allowed_oauth_scopes"
_REDIRECTS = ("callback_urls", "logout_urls")
_CLEAR = frozenset({AuthFlow.USER_PASSWORD, "USER_PASSWORD_AUTH"})
_CURRENT_NAMES = {
    "ADMIN_NO_SRP_AUTH": AuthFlow.ADMIN_USER_PASSWORD,
    "CUSTOM_AUTH_FLOW_ONLY": AuthFlow.CUSTOM,
    "USER_PASSWORD_AUTH": AuthFlow.USER_PASSWORD,
}
_TAGS = ("owner", "environment", "data-classification")
_OWN_TEXT = "named by you"


def _sets(**arguments: object) -> Improvement:
    return lambda _resource, _context: arguments


def _password_policy(*names: str) -> Improvement:
    def improve(pool: Resource, _context: Context) -> Changes:
        wanted = {name: PASSWORD_POLICY[name] for name in names}
        policy = block(pool.body.values, "password_policy") or PASSWORD_POLICY
        return {"password_policy": [{**policy, **wanted}]}

    return improve


def _in_block(name: str, **arguments: object) -> Improvement:
    def improve(pool: Resource, _context: Context) -> Changes:
        return {name: [{**block(pool.body.values, name), **arguments}]}

    return improve


def _enforces_threat_protection(pool: Resource, _context: Context) -> Changes:
    mode = {"advanced_security_mode": AdvancedSecurityMode.ENFORCED.value}
    return _add_ons(pool, mode)


def _enforces_custom_mode(pool: Resource, _context: Context) -> Changes:
    flows = {
        "advanced_security_mode": AdvancedSecurityMode.ENFORCED.value,
        **block(pool.body.values, "user_pool_add_ons"),
        "advanced_security_additional_flows": [{"custom_auth_mode": CustomAuthMode.ENFORCED.value}],
    }
    return _add_ons(pool, flows)


def _add_ons(pool: Resource, wanted: Changes) -> Changes:
    add_ons = {**block(pool.body.values, "user_pool_add_ons"), **wanted}
    return {"user_pool_add_ons": [add_ons], "user_pool_tier": UserPoolTier.PLUS.value}


def _verifies_before_update(pool: Resource, _context: Context) -> Changes:
    verified = sorted(pool.body.texts("auto_verified_attributes").known)
    settings = {"attributes_require_verification_before_update": verified}
    return {"user_attribute_update_settings": [settings]}


def _recovers_by_email_first(pool: Resource, _context: Context) -> Changes:
    others = [name for name in _mechanisms(pool) if name != RecoveryMechanism.VERIFIED_EMAIL]
    return _recovery(RecoveryMechanism.VERIFIED_EMAIL, *others)


def _recovers_by_email_too(pool: Resource, _context: Context) -> Changes:
    return _recovery(*_mechanisms(pool), RecoveryMechanism.VERIFIED_EMAIL)


def _mechanisms(pool: Resource) -> list[str]:
    setting = pool.body.block("account_recovery_setting")
    found = () if setting is None else setting.blocks("recovery_mechanism")
    ranked = sorted((one.number("priority") or 0, one.text("name") or "") for one in found)
    return [name for _, name in ranked]


def _recovery(*names: str) -> Changes:
    mechanisms = [{"name": str(name), "priority": at} for at, name in enumerate(names, start=1)]
    return {"account_recovery_setting": [{"recovery_mechanism": mechanisms}]}


def _keeps_the_password(pool: Resource, _context: Context) -> Changes:
    policy = pool.body.block("sign_in_policy")
    factors = () if policy is None else policy.texts("allowed_first_auth_factors").known
    wanted = sorted({*factors, FirstAuthFactor.PASSWORD.value})
    return {"sign_in_policy": [{"allowed_first_auth_factors": wanted}]}


def _names_responsibility(pool: Resource, _context: Context) -> Changes:
    wanted = dict.fromkeys(_TAGS, _OWN_TEXT)
    return {
        name: {**wanted, **tags}
        for name in ("tags", "tags_all")
        for tags in (pool.body.values.get(name) or {},)
        if isinstance(tags, Mapping)
    }


def _uses_the_code_flow(client: Resource, _context: Context) -> Changes:
    flows = _without(client, "allowed_oauth_flows", {OAuthFlow.IMPLICIT})
    return {"allowed_oauth_flows": flows or [OAuthFlow.CODE.value]}


def _asks_for_fewer_scopes(client: Resource, _context: Context) -> Changes:
    return {_SCOPES: _without(client, _SCOPES, {OAuthScope.COGNITO_ADMIN})}


def _asks_for_openid(client: Resource, _context: Context) -> Changes:
    return {_SCOPES: _with(client, _SCOPES, OAuthScope.OPENID)}


def _without(client: Resource, argument: str, refused: frozenset[str] | set[Any]) -> list[str]:
    return [text for text in client.body.texts(argument).known if text not in refused]


def _with(client: Resource, argument: str, *wanted: str) -> list[str]:
    return sorted({*client.body.texts(argument).known, *map(str, wanted)})


def _names_providers(client: Resource, context: Context) -> Changes:
    """Name all providers of the pool, so that none of its users is left out."""
    pool = client.body.values.get("user_pool_id")
    others = [
        str(one.body.values.get("provider_name"))
        for one in context.configuration.of_type(IDENTITY_PROVIDER)
        if one.body.values.get("user_pool_id") == pool
    ]
    return {"supported_identity_providers": [POOL_ITSELF, *sorted(others)]}


def _leads_to_hosts(client: Resource, _context: Context) -> Changes:
    return {
        name: [url for url in urls if not split(url).is_loopback]
        for name in _REDIRECTS
        if (urls := client.body.texts(name).known)
    }


def _leads_over_https(client: Resource, _context: Context) -> Changes:
    changes: dict[str, Any] = {
        name: [_https(url) for url in urls]
        for name in _REDIRECTS
        if (urls := client.body.texts(name).known)
    }
    default = client.body.text("default_redirect_uri")
    return {**changes, "default_redirect_uri": _https(default)} if default else changes


def _https(url: str) -> str:
    parts = split(url)
    is_open = parts.scheme == "http" and not parts.is_loopback
    return f"https{url[len(parts.scheme) :]}" if is_open else url


def _sends_no_passwords(client: Resource, _context: Context) -> Changes:
    return {_FLOWS: sorted({*_without(client, _FLOWS, _CLEAR), AuthFlow.USER_SRP.value})}


def _uses_current_names(client: Resource, _context: Context) -> Changes:
    flows = {str(_CURRENT_NAMES.get(flow, flow)) for flow in client.body.texts(_FLOWS).known}
    return {_FLOWS: sorted(flows if rotates(client) else {*flows, REFRESH_FLOW})}


def _has_the_refresh_flow(client: Resource, _context: Context) -> Changes:
    return {_FLOWS: _with(client, _FLOWS, REFRESH_FLOW)}


def _rotates(client: Resource, _context: Context) -> Changes:
    """Rotate without the refresh flow; an empty list means Cognito's default, which has it."""
    if REFRESH_FLOW not in client.body.texts(_FLOWS).known:
        return {"refresh_token_rotation": _ROTATION}
    flows = _without(client, _FLOWS, {REFRESH_FLOW}) or [AuthFlow.USER_SRP.value]
    return {"refresh_token_rotation": _ROTATION, _FLOWS: flows}


def _has_short_tokens(client: Resource, _context: Context) -> Changes:
    names = (
        ("access_token",) if surely(lambda: is_machine(client)) else ("access_token", "id_token")
    )
    return _lasts(client, dict.fromkeys(names, _HOUR))


def _has_a_short_refresh_token(client: Resource, _context: Context) -> Changes:
    days = _DAYS_IF_PUBLIC if is_public(client) else _DAYS
    return _lasts(client, {"refresh_token": days * _DAY})


def _lasts(client: Resource, most: Mapping[str, int]) -> Changes:
    """Shorten the tokens that last longer, in the units that they have if possible."""
    units = block(client.body.values, "token_validity_units")
    changes: dict[str, Any] = {}
    for name, seconds in most.items():
        if (seconds_of(client, f"{name}_validity") or 0) <= seconds:
            continue
        unit = str(units.get(name) or DEFAULT_UNIT[name])
        if unit not in SECONDS_IN or seconds % SECONDS_IN[unit]:
            unit = in_largest_unit(seconds)[1]
            units = {**DEFAULT_UNIT, **units, name: unit}
            changes["token_validity_units"] = [units]
        changes[f"{name}_validity"] = seconds // SECONDS_IN[unit]
    return changes


def _writes_no_privileges(client: Resource, context: Context) -> Changes:
    refused = frozenset(writable_privileges(client, context))
    return {"write_attributes": _without(client, "write_attributes", refused)}


def _maps_verified_email(provider: Resource, _context: Context) -> Changes:
    mapping = provider.body.entries("attribute_mapping")
    return {"attribute_mapping": {**mapping, "email_verified": "email_verified"}}


def _reads_metadata_over_https(provider: Resource, _context: Context) -> Changes:
    details = provider.body.entries("provider_details")
    url = _https(str(details.get("MetadataURL")))
    return {"provider_details": {**details, "MetadataURL": url}}


IMPROVEMENTS: Mapping[str, Improvement] = {
    # user pools
    "CG101": _sets(deletion_protection="ACTIVE"),
    "CG102": _sets(
        mfa_configuration=MfaConfiguration.OPTIONAL.value, software_token_mfa_configuration=_TOTP
    ),
    "CG103": _sets(software_token_mfa_configuration=_TOTP),
    "CG104": _password_policy("minimum_length"),
    "CG105": _password_policy(*_CLASSES),
    "CG106": _password_policy("temporary_password_validity_days"),
    "CG107": _password_policy("password_history_size"),
    "CG108": _sets(user_pool_tier=UserPoolTier.PLUS.value),
    "CG109": _enforces_threat_protection,
    "CG110": _enforces_custom_mode,
    "CG113": _in_block("admin_create_user_config", allow_admin_create_user_only=True),
    "CG114": _sets(auto_verified_attributes=[ContactAttribute.EMAIL.value]),
    "CG115": _verifies_before_update,
    "CG116": _in_block("username_configuration", case_sensitive=False),
    "CG117": _recovers_by_email_first,
    "CG603": _names_responsibility,
    "CVA11": _recovers_by_email_too,
    "CVD10": _keeps_the_password,
    # app clients
    "CG201": _uses_the_code_flow,
    "CG202": _sends_no_passwords,
    "CG203": _uses_current_names,
    "CG205": _leads_to_hosts,
    "CG207": _sets(prevent_user_existence_errors="ENABLED"),
    "CG208": _sets(enable_token_revocation=True),
    "CG209": _rotates,
    "CG209B": _rotates,
    "CG210": _has_short_tokens,
    "CG211": _has_a_short_refresh_token,
    "CG212": _writes_no_privileges,
    "CG213": _asks_for_fewer_scopes,
    "CG214": _names_providers,
    "CG216": _sets(auth_session_validity=_SESSION_MINUTES),
    "CVH08": _has_the_refresh_flow,
    "CVH12C": _leads_over_https,
    "CVH13B": _leads_over_https,
    "CVH20": _asks_for_openid,
    # other resources
    "CG303": _reads_metadata_over_https,
    "CG305": _maps_verified_email,
    "CG402": _sets(managed_login_version=MANAGED_LOGIN),
}
"""By the id of the rule. A rule with several remedies, or whose remedy needs a value that only the
owner of the system knows or another resource, has none."""

UNREPORTED: Mapping[str, str] = {
    "CG212": "Cognito refuses these attributes from applications that change them with a user's "
    "token.",
}
"""What an improvement does that no change rule reports, by the id of the rule (API,
UpdateUserAttributes)."""
