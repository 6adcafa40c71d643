"""Threat protection of a pool: its modes, and whether it acts."""

from constructs_auth.facts import resource_types as types
from constructs_auth.facts.words import AdvancedSecurityMode, CustomAuthMode, UserPoolTier
from constructs_auth.rules.ask import (
    is_text,
    one_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    any_of,
    surely,
)
from constructs_auth.rules.users_of_pool import has_no_own_users
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL

_ADD_ONS = "user_pool_add_ons"
_MODE = "advanced_security_mode"
_FLOWS, _CUSTOM_MODE = "advanced_security_additional_flows", "custom_auth_mode"
_ON = ("AUDIT", "ENFORCED")
_WITHOUT_THREAT_PROTECTION = frozenset(UserPoolTier) - {UserPoolTier.PLUS}


def is_protected(pool: Resource) -> bool:
    """Return whether threat protection is on, for custom authentication or for other flows."""
    add_ons = pool.body.given.block(_ADD_ONS)
    if add_ons is None:
        return False

    def custom() -> bool:
        flows = add_ons.block(_FLOWS)
        return flows is not None and flows.text(_CUSTOM_MODE) in _ON

    return any_of(lambda: add_ons.text(_MODE) in _ON, custom)


def _modes(pool: Resource, _context: Context) -> Answers:
    add_ons = pool.body.block(_ADD_ONS)
    if add_ons is None:
        return
    yield from one_of(add_ons, _MODE, tuple(AdvancedSecurityMode))
    flows = add_ons.given.block(_FLOWS)
    if flows is not None:
        yield from one_of(flows, _CUSTOM_MODE, tuple(CustomAuthMode))


def needs_no_threat_protection(pool: Resource, context: Context) -> bool:
    """Return whether *pool* is known to have a cheaper tier, which the profile accepts.

    CG108 then reports the tier, and features that only PLUS has are not separate requirements. A
    pool without users of its own does not need threat protection either.
    """
    return has_no_own_users(pool, context) or (
        not context.profile.require_plus
        and surely(lambda: pool.body.text("user_pool_tier") in _WITHOUT_THREAT_PROTECTION)
    )


def _is_enforced(pool: Resource, context: Context) -> Answers:
    if needs_no_threat_protection(pool, context):
        return
    add_ons = pool.body.block(_ADD_ONS)
    if add_ons is None:
        yield Violation(text=f"must have {_MODE} = ENFORCED, got null", at=_ADD_ONS)
    else:
        yield from is_text(add_ons, _MODE, "ENFORCED")


def _is_enforced_for_custom(pool: Resource, context: Context) -> Answers:
    if needs_no_threat_protection(pool, context) or _has_no_custom_challenges(pool, context):
        return
    add_ons = pool.body.block(_ADD_ONS)
    flows = None if add_ons is None else add_ons.block(_FLOWS)
    if flows is not None:
        yield from is_text(flows, _CUSTOM_MODE, "ENFORCED")
        return
    at = _ADD_ONS if add_ons is None else f"{add_ons.path}{_FLOWS}"
    yield Violation(text=f"must have {_CUSTOM_MODE} = ENFORCED, got null", at=at)


def _has_no_custom_challenges(pool: Resource, context: Context) -> bool:
    triggers = pool.body.peek_block("lambda_config")
    return not context.profile.judge_every_pool and (
        triggers is None
        or (isinstance(triggers, Block) and triggers.peek_text("define_auth_challenge") is None)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVG01C",
        slug="threat-protection-modes",
        title="The modes of threat protection must be ones that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="set advanced_security_mode to OFF, AUDIT or ENFORCED; custom_auth_mode has no OFF",
        source="API, AdvancedSecurityModeType and AdvancedSecurityEnabledModeType",
        check=_modes,
    ),
    Rule(
        id="CG109",
        slug="threat-protection-enforced",
        title="Threat protection must be enforced",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="With AUDIT, Cognito only logs that an attacker is taking over an account.",
        remedy='set advanced_security_mode = "ENFORCED" in user_pool_add_ons, and '
        'user_pool_tier = "PLUS"; '
        "on a pool with users, AUDIT for two weeks first",
        python_remedy="set "
        "user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED) "
        "and user_pool_tier=UserPoolTier.PLUS; on a pool with users, "
        "AdvancedSecurityMode.AUDIT for two weeks first",
        source="developer guide, «Advanced security with threat protection»",
        baselines=(
            "Security Hub Cognito.1",
            "Prowler cognito_user_pool_advanced_security_enabled",
            "HCP Terraform FSBP threat_protection_enforced",
        ),
        needs_plus=True,
        check=_is_enforced,
    ),
    Rule(
        id="CG110",
        slug="threat-protection-for-custom-auth",
        title="Threat protection must be enforced in custom authentication too",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="Otherwise an attacker can avoid it with custom challenges.",
        remedy='set advanced_security_additional_flows { custom_auth_mode = "ENFORCED" } in '
        'user_pool_add_ons, and user_pool_tier = "PLUS"',
        python_remedy="set custom_auth_mode=CustomAuthMode.ENFORCED in UserPoolAddOns, and "
        "user_pool_tier=UserPoolTier.PLUS",
        source="developer guide, «Advanced security with threat protection»",
        baselines=("Security Hub Cognito.4", "HCP Terraform FSBP threat_protection_enforced"),
        needs_plus=True,
        check=_is_enforced_for_custom,
    ),
)
