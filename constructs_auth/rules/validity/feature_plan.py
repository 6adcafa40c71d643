"""What a pool's feature plan must have for the rest of its settings."""

from collections.abc import Collection, Iterator

from constructs_auth.rules._pool import POOL, first_factors, given_block, holds
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown
from constructs_auth.terraform.resource import Resource

_TIER = "user_pool_tier"
_PASSWORDLESS = ("EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
_MODES_THAT_COST = ("AUDIT", "ENFORCED")
PLUS_ALONE = ("LITE", "ESSENTIALS")
NOT_LITE = ("LITE",)


def _history(pool: Resource, _context: Context) -> Answers:
    policy = given_block(pool.body, "password_policy")
    size = policy.peek_number("password_history_size") if isinstance(policy, Block) else policy
    wanted = size if isinstance(size, Unknown) else bool(size)
    return asks_for_plan(pool, wanted, "a password history", NOT_LITE)


def _email_mfa(pool: Resource, _context: Context) -> Answers:
    mfa = pool.body.peek_block("email_mfa_configuration")
    wanted = mfa if isinstance(mfa, Unknown) else mfa is not None
    return asks_for_plan(pool, wanted, "MFA by e-mail", NOT_LITE)


def _passwordless(pool: Resource, _context: Context) -> Answers:
    factors = first_factors(pool)
    wanted = False if factors is None else holds(factors, *_PASSWORDLESS)
    return asks_for_plan(pool, wanted, "sign-in without a password", NOT_LITE)


def _token_version(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block("lambda_config")
    tokens = (
        given_block(config, "pre_token_generation_config") if isinstance(config, Block) else config
    )
    version = tokens.peek_text("lambda_version") if isinstance(tokens, Block) else tokens
    wanted = version if isinstance(version, Unknown) else version in {"V2_0", "V3_0"}
    return asks_for_plan(pool, wanted, "customized access tokens", NOT_LITE)


def _threat_protection(pool: Resource, _context: Context) -> Answers:
    return asks_for_plan(pool, _is_protected(pool), "threat protection", PLUS_ALONE)


def _is_protected(pool: Resource) -> bool | Unknown:
    add_ons = pool.body.peek_block("user_pool_add_ons")
    if not isinstance(add_ons, Block):
        return False if add_ons is None else add_ons
    flows = given_block(add_ons, "advanced_security_additional_flows")
    custom = flows.peek_text("custom_auth_mode") if isinstance(flows, Block) else flows
    modes = (add_ons.peek_text("advanced_security_mode"), None if custom is LEFT_OUT else custom)
    if any(mode in _MODES_THAT_COST for mode in modes):
        return True
    return next((mode for mode in modes if isinstance(mode, Unknown)), False)


def asks_for_plan(
    pool: Resource,
    wanted: bool | Unknown,  # noqa: FBT001 - an answer, not a switch
    what: str,
    lacking: Collection[str],
    *,
    of_member: bool = False,
) -> Iterator[Violation | Undecided]:
    """Ask for a plan that has *what*, if it is *wanted*; the plans *lacking* have not.

    A plan that is left out is not known: Essentials of a new pool, anything of an old one.
    """
    if wanted is False or wanted is LEFT_OUT:
        return
    tier = pool.body.peek_text(_TIER)
    at = "user_pool_id" if of_member else _TIER
    if tier is None or isinstance(tier, Unknown):
        yield Undecided(why=(LEFT_OUT if tier is None else tier).why, at=at)
    elif tier in lacking:
        if isinstance(wanted, Unknown):
            yield Undecided(why=wanted.why, at=at)
            return
        plans = "PLUS" if lacking is PLUS_ALONE else "ESSENTIALS or PLUS"
        must = f"must name a pool whose {_TIER} is" if of_member else "must be"
        yield Violation(text=f"{must} {plans} for {what}, got {tier}", at=at)


HISTORY_NEEDS_ESSENTIALS = Rule(
    id="CVC04",
    title="A password history has the plan Essentials or Plus",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito probably refuses a password history on the plan Lite.",
    remedy='set user_pool_tier = "ESSENTIALS", or take password_history_size out',
    source="aws-cdk-lib 2.275.0, UserPool",
    check=_history,
)
EMAIL_MFA_NEEDS_ESSENTIALS = Rule(
    id="CVD03",
    title="MFA by e-mail has the plan Essentials or Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses MFA by e-mail on the plan Lite, after Terraform made the pool.",
    remedy='set user_pool_tier = "ESSENTIALS", or take email_mfa_configuration out',
    source="API, EmailMfaConfigType; CG804",
    check=_email_mfa,
)
PASSWORDLESS_NEEDS_ESSENTIALS = Rule(
    id="CVD08",
    title="Sign-in without a password has the plan Essentials or Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses first factors besides the password on the plan Lite.",
    remedy='set user_pool_tier = "ESSENTIALS", or leave PASSWORD alone',
    source="API, SignInPolicyType; CG803",
    check=_passwordless,
)
TOKEN_VERSION_NEEDS_ESSENTIALS = Rule(
    id="CVF01B",
    title="Customized access tokens have the plan Essentials or Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the versions V2_0 and V3_0 on the plan Lite.",
    remedy='set user_pool_tier = "ESSENTIALS", or lambda_version = "V1_0"',
    source="developer guide, pre token generation Lambda trigger",
    check=_token_version,
)
THREAT_PROTECTION_NEEDS_PLUS = Rule(
    id="CVG01",
    title="Threat protection has the plan Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses threat protection on another plan than Plus.",
    remedy='set user_pool_tier = "PLUS", or take user_pool_add_ons out',
    source="API, UserPoolAddOnsType; terraform-provider-aws #40734; CG802",
    check=_threat_protection,
)
