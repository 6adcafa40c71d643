"""All change rules, by subject, and their list as Markdown."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from constructs_auth.report.markdown import code, plain, table
from constructs_auth.review.changes import (
    account_recovery,
    around_cognito,
    attributes,
    auth_flows,
    beside_the_plan,
    drift,
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
    provider,
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
    user_pool_ui_customization,
    web_acl,
)
from constructs_auth.review.rule import ChangeRule
from constructs_auth.rules.registry import rule_named
from constructs_auth.rules.rule import Rule

_SUBJECTS = (
    account_recovery.RULES,
    around_cognito.RULES,
    attributes.RULES,
    auth_flows.RULES,
    beside_the_plan.RULES,
    drift.RULES,
    user_pool_ui_customization.RULES,
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
    provider.RULES,
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
"""Sorted by id, for the documentation."""

_BY_NAME: Mapping[str, ChangeRule] = {
    name: rule for rule in CHANGE_RULES for name in (rule.id, rule.slug)
}


def change_rule_named(name: str) -> ChangeRule | None:
    """Return the change rule whose id or slug is *name*; `None` if there is none."""
    return _BY_NAME.get(name)


def any_rule_named(name: str) -> Rule | ChangeRule | None:
    """Return the rule or the change rule whose id or slug is *name*; `None` if there is none."""
    return rule_named(name) or change_rule_named(name)


_INTRODUCTION = """\
# Change rules

`constructs-auth review` reports these changes, because people or applications notice them.
Severity and effect are those of most cases; a finding may have others.
To accept a finding, name its rule by the id or by the name, which never change
([how](review.md#accept-a-finding)).

A plan does not show CH46, CH47, CH48, CR21 and CR27: they need `--base` and `--synth`."""


def markdown(rules: Sequence[ChangeRule]) -> str:
    """Return *rules* as Markdown."""
    overview = table(
        ("rule", "name", "what happens", "severity", "effect", "resource"),
        [
            (
                f"[{rule.id}](#{rule.id.lower()})",
                code(rule.slug),
                plain(rule.title),
                str(rule.severity),
                str(rule.effect),
                "<br>".join(code(kind) for kind in rule.resource_types),
            )
            for rule in rules
        ],
    )
    sections = [part for rule in rules for part in _section(rule)]
    return "\n\n".join((_INTRODUCTION, overview, *sections)) + "\n"


def section(rule: ChangeRule) -> str:
    """Return one rule as Markdown."""
    return "\n\n".join(_section(rule)) + "\n"


def _section(rule: ChangeRule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield (
        f"**{plain(rule.title)}** ({code(rule.slug)}). "
        f"Effect: {rule.effect}; severity: {rule.severity}."
    )
    yield f"- instead: {plain(rule.remedy)}\n- source: {plain(rule.source)}"


if __name__ == "__main__":
    sys.stdout.write(markdown(CHANGE_RULES))
