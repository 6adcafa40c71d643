"""The tier that a pool needs for its settings, and for the resources that belong to it."""

from collections.abc import Callable, Collection
from functools import partial

from constructs_auth.facts import resource_types as types
from constructs_auth.rules.ask import (
    is_text,
    user_pool_of,
)
from constructs_auth.rules.log_delivery import delivers
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
)
from constructs_auth.rules.threat_protection import is_protected
from constructs_auth.rules.user_pool_domain import has_managed_login
from constructs_auth.rules.users_of_pool import has_no_own_users
from constructs_auth.terraform.block import LEFT_OUT, UnknownValueError
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL

_TIER = "user_pool_tier"
_PASSWORDLESS = ("EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
_PLUS_ALONE = ("LITE", "ESSENTIALS")
_NOT_LITE = ("LITE",)


def _history(pool: Resource, _context: Context) -> Answers:
    def wanted() -> bool:
        policy = pool.body.given.block("password_policy")
        return policy is not None and bool(policy.number("password_history_size"))

    return _has_tier(pool, wanted, "a password history", _NOT_LITE)


def _email_mfa(pool: Resource, _context: Context) -> Answers:
    def wanted() -> bool:
        return pool.body.block("email_mfa_configuration") is not None

    return _has_tier(pool, wanted, "MFA by e-mail", _NOT_LITE)


def _passwordless(pool: Resource, _context: Context) -> Answers:
    def wanted() -> bool:
        policy = pool.body.given.block("sign_in_policy")
        return policy is not None and policy.texts("allowed_first_auth_factors").has_any(
            *_PASSWORDLESS
        )

    return _has_tier(pool, wanted, "sign-in without a password", _NOT_LITE)


def _token_version(pool: Resource, _context: Context) -> Answers:
    def wanted() -> bool:
        config = pool.body.given.block("lambda_config")
        tokens = None if config is None else config.block("pre_token_generation_config")
        return tokens is not None and tokens.text("lambda_version") in {"V2_0", "V3_0"}

    return _has_tier(pool, wanted, "customized access tokens", _NOT_LITE)


def _threat_protection(pool: Resource, _context: Context) -> Answers:
    return _has_tier(pool, partial(is_protected, pool), "threat protection", _PLUS_ALONE)


def _has_tier(
    pool: Resource, wanted: Callable[[], bool], what: str, lacking: Collection[str]
) -> Answers:
    """Report a pool whose tier is one of *lacking*, if it uses *what*, which *wanted* returns."""
    if all_of(wanted, lambda: _tier_of(pool) in lacking):
        yield Violation(
            text=f"must be {_tiers_but(lacking)} for {what}, got {_tier_of(pool)}", at=_TIER
        )


def _pool_has_tier(
    resource: Resource,
    context: Context,
    wanted: Callable[[], bool],
    what: str,
    lacking: Collection[str],
) -> Answers:
    """Report the pool of *resource* in the same way."""

    def tier() -> str:
        return _tier_of(user_pool_of(resource, context))

    if all_of(wanted, lambda: tier() in lacking):
        yield Violation(
            text=f"must name a pool whose {_TIER} is {_tiers_but(lacking)} for {what}, "
            f"got {tier()}",
            at="user_pool_id",
        )


def _tier_of(pool: Resource) -> str:
    """Return the tier; unset means ESSENTIALS for a new pool, and any tier for an old one."""
    tier = pool.body.text(_TIER)
    if tier is None:
        raise UnknownValueError(LEFT_OUT, at=_TIER, address=pool.address)
    return tier


def _tiers_but(lacking: Collection[str]) -> str:
    return "PLUS" if lacking is _PLUS_ALONE else "ESSENTIALS or PLUS"


def _risk_configuration(risks: Resource, context: Context) -> Answers:
    return _pool_has_tier(risks, context, lambda: True, "a risk configuration", _PLUS_ALONE)


def _managed_login(domain: Resource, context: Context) -> Answers:
    wanted = partial(has_managed_login, domain)
    return _pool_has_tier(domain, context, wanted, "managed login", _NOT_LITE)


def _choice(client: Resource, context: Context) -> Answers:
    flows = client.body.given.texts("explicit_auth_flows")
    wanted = partial(flows.has_any, "ALLOW_USER_AUTH")
    return _pool_has_tier(client, context, wanted, "ALLOW_USER_AUTH", _NOT_LITE)


def _user_activity(logs: Resource, context: Context) -> Answers:
    wanted = partial(delivers, logs, "userAuthEvents")
    return _pool_has_tier(logs, context, wanted, "logs of user activity", _PLUS_ALONE)


def _is_plus(pool: Resource, context: Context) -> Answers:
    if not has_no_own_users(pool, context):
        yield from is_text(pool.body, _TIER, "PLUS")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVC04",
        slug="tier-for-password-history",
        title="A password history must have the tier ESSENTIALS or PLUS",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=POOL,
        why="Cognito probably refuses a password history in the tier LITE.",
        remedy='set user_pool_tier = "ESSENTIALS", or remove password_history_size',
        python_remedy="set password_history_size=0, or user_pool_tier=UserPoolTier.ESSENTIALS, "
        "the default",
        source="aws-cdk-lib 2.275.0, UserPool; no message of the API is known",
        check=_history,
    ),
    Rule(
        id="CVD03",
        slug="tier-for-email-mfa",
        title="MFA by e-mail must have the tier ESSENTIALS or PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses MFA by e-mail in the tier LITE, after Terraform created the pool.",
        remedy='set user_pool_tier = "ESSENTIALS", or remove email_mfa_configuration',
        python_remedy="set user_pool_tier=UserPoolTier.ESSENTIALS, or leave EmailMfa() out",
        source="API, EmailMfaConfigType and FeatureUnavailableInTierException",
        check=_email_mfa,
    ),
    Rule(
        id="CVD08",
        slug="tier-for-passwordless",
        title="Sign-in without a password must have the tier ESSENTIALS or PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="In the tier LITE, Cognito refuses first factors other than the password.",
        remedy='set user_pool_tier = "ESSENTIALS", or keep only PASSWORD',
        python_remedy="set user_pool_tier=UserPoolTier.ESSENTIALS, or leave passwordless out",
        source="«The following features need to be disabled for the LITE pricing tier "
        "configured: Passwordless Sign-In», aws-amplify/amplify-backend #2805; API, "
        "SignInPolicyType",
        check=_passwordless,
    ),
    Rule(
        id="CVF01B",
        slug="tier-for-access-token-customization",
        title="Customized access tokens must have the tier ESSENTIALS or PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the versions V2_0 and V3_0 in the tier LITE.",
        remedy='set user_pool_tier = "ESSENTIALS", or lambda_version = "V1_0"',
        python_remedy="set user_pool_tier=UserPoolTier.ESSENTIALS, or "
        "version=PreTokenGenerationVersion.V1_0",
        source="«The following features need to be disabled for the LITE pricing tier "
        "configured: Token Customization», badmintoncryer/cdk-preflight, "
        "pf-cognito-pre-token-generation-config-tier",
        check=_token_version,
    ),
    Rule(
        id="CVG01",
        slug="tier-for-threat-protection",
        title="Threat protection must have the tier PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses threat protection in any tier but PLUS.",
        remedy='set user_pool_tier = "PLUS", or remove user_pool_add_ons',
        python_remedy="set user_pool_tier=UserPoolTier.PLUS, which costs more for each active "
        "user, or leave "
        "user_pool_add_ons out",
        source="«The following features need to be disabled for the ESSENTIALS pricing tier "
        "configured: Threat Protection», hashicorp/terraform-provider-aws #40734; API, "
        "UserPoolAddOnsType",
        check=_threat_protection,
    ),
    Rule(
        id="CVD08B",
        slug="tier-for-choice-based-sign-in",
        title="A client that lets users choose must have a pool of ESSENTIALS or PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=types.USER_POOL_CLIENT,
        why="Cognito refuses ALLOW_USER_AUTH in the tier LITE.",
        remedy='set user_pool_tier = "ESSENTIALS" on the pool, or remove ALLOW_USER_AUTH',
        python_remedy="set user_pool_tier=UserPoolTier.ESSENTIALS on the pool, or "
        "leave "
        "AuthFlow.USER out",
        source="API, CreateUserPoolClient.ExplicitAuthFlows and FeatureUnavailableInTierException",
        check=_choice,
    ),
    Rule(
        id="CVG01B",
        slug="tier-for-risk-configuration",
        title="A risk configuration must have a pool of the tier PLUS",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=types.RISK_CONFIGURATION,
        why="AWS documents that only PLUS has a risk configuration. In another tier it has no "
        "effect, and Cognito may refuse it.",
        remedy='set user_pool_tier = "PLUS" on the pool, or remove the risk configuration',
        python_remedy="set user_pool_tier=UserPoolTier.PLUS there, which costs more for each "
        "active user, or "
        "remove the RiskConfiguration",
        source="API, SetRiskConfiguration, which has no error for the tier; the provider's "
        "acceptance tests apply one to a pool of the default tier",
        check=_risk_configuration,
    ),
    Rule(
        id="CVG02",
        slug="tier-for-managed-login",
        title="Managed login must have a pool of ESSENTIALS or PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=types.USER_POOL_DOMAIN,
        why="Cognito refuses managed login in the tier LITE.",
        remedy='set user_pool_tier = "ESSENTIALS" on the pool, or managed_login_version = 1',
        python_remedy="set user_pool_tier=UserPoolTier.ESSENTIALS on the pool, or "
        "managed_login_version=1",
        source="API, CreateUserPoolDomain.ManagedLoginVersion; «The following feature is not "
        "available for the LITE pricing tier configured: Managed Login Version 2», "
        "badmintoncryer/cdk-preflight, pf-cognito-managed-login-version-tier",
        check=_managed_login,
    ),
    Rule(
        id="CVG03C",
        slug="tier-for-user-activity-logs",
        title="Logs of user activity must have a pool of the tier PLUS",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=types.LOG_DELIVERY_CONFIGURATION,
        why="Cognito refuses to log user activity in any tier but PLUS.",
        remedy='set user_pool_tier = "PLUS" on the pool, or remove userAuthEvents',
        python_remedy="set user_pool_tier=UserPoolTier.PLUS there, which costs more for each "
        "active user, or leave "
        "user_auth_events out",
        source="API, LogConfigurationType.EventSource; «The following feature is not available "
        "for the … pricing tier configured: Log Streaming», "
        "badmintoncryer/cdk-preflight, pf-cognito-log-delivery-user-auth-events-tier",
        check=_user_activity,
    ),
    Rule(
        id="CG108",
        slug="tier-with-threat-protection",
        title="The tier must include threat protection",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="Only the PLUS tier detects leaked passwords and sign-ins by somebody other than the "
        "user. Unless the profile is strict, this rule replaces CG109 to CG112 and CG602B for "
        "a pool of another tier.",
        remedy='set user_pool_tier = "PLUS", which costs more for each active user',
        python_remedy="set user_pool_tier=UserPoolTier.PLUS, which costs more for each active user",
        source="developer guide, «User pool feature plans»",
        baselines=("cdk-nag COG8",),
        needs_plus=True,
        check=_is_plus,
    ),
)
