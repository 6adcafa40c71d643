"""The catalogue: the rules of every subject, in the order of the documentation."""

from collections.abc import Mapping
from types import ModuleType

from constructs_auth.rules import (
    account_recovery,
    attribute_mapping,
    attribute_permissions,
    attributes,
    auth_flows,
    email,
    first_factors,
    identity_pool,
    identity_provider,
    lambda_triggers,
    log_delivery,
    managed_login_branding,
    messages,
    mfa,
    oauth,
    password_policy,
    redirect_urls,
    resource_server,
    risk_configuration,
    scopes,
    secrets,
    sign_in,
    sign_up,
    sms,
    state,
    threat_protection,
    tokens,
    user_group,
    user_pool,
    user_pool_client,
    user_pool_domain,
    user_pool_tier,
    user_pool_ui_customization,
    verification,
    web_acl,
)
from constructs_auth.rules.rule import Rule

SUBJECTS: tuple[ModuleType, ...] = (
    user_pool,
    sign_in,
    verification,
    account_recovery,
    attributes,
    password_policy,
    mfa,
    first_factors,
    messages,
    email,
    sms,
    lambda_triggers,
    user_pool_tier,
    threat_protection,
    sign_up,
    web_acl,
    risk_configuration,
    log_delivery,
    user_pool_client,
    oauth,
    redirect_urls,
    scopes,
    auth_flows,
    tokens,
    attribute_permissions,
    user_pool_domain,
    managed_login_branding,
    user_pool_ui_customization,
    identity_provider,
    attribute_mapping,
    resource_server,
    user_group,
    identity_pool,
    secrets,
    state,
)
"""A pool, what belongs to it, its clients, identity providers, and the Terraform around it."""

RULES: tuple[Rule, ...] = tuple(rule for subject in SUBJECTS for rule in subject.RULES)

_BY_NAME: Mapping[str, Rule] = {name: rule for rule in RULES for name in (rule.id, rule.slug)}


def rule_named(name: str) -> Rule | None:
    """Return the rule whose id or slug is *name*; `None` if there is none."""
    return _BY_NAME.get(name)
