"""All change rules, by subject."""

from constructs_auth.review.changes import (
    account_recovery,
    attributes,
    auth_flows,
    beside_the_plan,
    classic_pages,
    email_and_sms,
    first_factors,
    identity_pool,
    identity_provider,
    lambda_triggers,
    log_delivery,
    managed_login_branding,
    mfa,
    oauth,
    password_policy,
    redirect_urls,
    resource_server,
    risk_configuration,
    sign_up,
    tokens,
    user,
    user_group,
    user_pool,
    user_pool_client,
    user_pool_domain,
    web_acl,
)
from constructs_auth.review.rule import ChangeRule

_SUBJECTS = (
    account_recovery.RULES,
    attributes.RULES,
    auth_flows.RULES,
    beside_the_plan.RULES,
    classic_pages.RULES,
    email_and_sms.RULES,
    first_factors.RULES,
    identity_pool.RULES,
    identity_provider.RULES,
    lambda_triggers.RULES,
    log_delivery.RULES,
    managed_login_branding.RULES,
    mfa.RULES,
    oauth.RULES,
    password_policy.RULES,
    redirect_urls.RULES,
    resource_server.RULES,
    risk_configuration.RULES,
    sign_up.RULES,
    tokens.RULES,
    user.RULES,
    user_group.RULES,
    user_pool.RULES,
    user_pool_client.RULES,
    user_pool_domain.RULES,
    web_acl.RULES,
)

CHANGE_RULES: tuple[ChangeRule, ...] = tuple(
    sorted((rule for rules in _SUBJECTS for rule in rules), key=lambda rule: rule.id)
)
"""By id, as people look them up."""
