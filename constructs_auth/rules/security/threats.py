"""The feature plan Plus, and the threat protection that it has."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import is_text, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_ADD_ONS = "user_pool_add_ons"
_FLOWS = "advanced_security_additional_flows"


def _is_plus(pool: Resource, _context: Context) -> Answers:
    return is_text(pool.body, "user_pool_tier", "PLUS")


def _is_enforced(pool: Resource, _context: Context) -> Answers:
    add_ons = _add_ons(pool, "advanced_security_mode")
    if isinstance(add_ons, Block):
        yield from is_text(add_ons, "advanced_security_mode", "ENFORCED")
    else:
        yield from add_ons


def _is_enforced_for_custom(pool: Resource, _context: Context) -> Answers:
    add_ons = _add_ons(pool, "custom_auth_mode")
    if not isinstance(add_ons, Block):
        yield from add_ons
        return
    flows = add_ons.peek_block(_FLOWS)
    if isinstance(flows, Unknown):
        yield undecided(add_ons, _FLOWS, flows)
    elif flows is None:
        yield Violation(
            text="must have custom_auth_mode = ENFORCED, got null", at=f"{add_ons.path}{_FLOWS}"
        )
    else:
        yield from is_text(flows, "custom_auth_mode", "ENFORCED")


def _add_ons(pool: Resource, mode: str) -> Block | Answers:
    add_ons = pool.body.peek_block(_ADD_ONS)
    if add_ons is None:
        return (Violation(text=f"must have {mode} = ENFORCED, got null", at=_ADD_ONS),)
    return (undecided(pool.body, _ADD_ONS, add_ons),) if isinstance(add_ons, Unknown) else add_ons


PLAN_IS_PLUS = Rule(
    id="CG108",
    title="The feature plan has threat protection",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="Only the plan Plus looks for leaked passwords and for sign-ins that are not the user's.",
    remedy='set user_pool_tier = "PLUS", which costs more for each active user',
    source="developer guide, user pool feature plans",
    baselines=("cdk-nag COG8",),
    needs_plus=True,
    check=_is_plus,
)
THREAT_PROTECTION = Rule(
    id="CG109",
    title="Threat protection acts on what it finds",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="With AUDIT it only writes down that an account is being taken over.",
    remedy='set advanced_security_mode = "ENFORCED" in user_pool_add_ons; on a pool with users, '
    "AUDIT for two weeks first",
    source="developer guide, threat protection",
    baselines=(
        "Security Hub Cognito.1",
        "Prowler cognito_user_pool_advanced_security_enabled",
        "HCP Terraform FSBP threat_protection_enforced",
    ),
    needs_plus=True,
    check=_is_enforced,
)
THREAT_PROTECTION_CUSTOM = Rule(
    id="CG110",
    title="Threat protection acts in custom authentication too",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="Otherwise whoever signs in by Lambda challenges goes around it.",
    remedy='set advanced_security_additional_flows { custom_auth_mode = "ENFORCED" } in '
    "user_pool_add_ons",
    source="developer guide, threat protection",
    baselines=("Security Hub Cognito.4", "HCP Terraform FSBP threat_protection_enforced"),
    needs_plus=True,
    check=_is_enforced_for_custom,
)
