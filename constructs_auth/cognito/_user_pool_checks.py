"""Which settings of one user pool Cognito refuses together."""

from collections.abc import Collection, Iterator

from constructs_auth._tokens import is_concrete
from constructs_auth.facts.words import (
    AdvancedSecurityMode,
    AliasAttribute,
    MfaConfiguration,
    PreTokenGenerationVersion,
    StandardAttributeName,
    UserPoolTier,
)
from constructs_auth.values.attributes import Attribute, StandardAttribute
from constructs_auth.values.email import Email, SesEmail
from constructs_auth.values.first_factors import FirstFactor, Passkey, factor_name
from constructs_auth.values.lambda_triggers import LambdaTriggers
from constructs_auth.values.mfa import EmailMfa, Mfa, find_factor
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.sign_in import SignIn, Username
from constructs_auth.values.user_pool_tier import UserPoolAddOns


def pool_problems(
    *,
    sign_in: SignIn,
    attributes: Collection[Attribute],
    tier: UserPoolTier,
    add_ons: UserPoolAddOns | None,
    email: Email,
    mfa: Mfa,
    password_policy: PasswordPolicy,
    passwordless: Collection[FirstFactor],
    triggers: LambdaTriggers,
) -> Iterator[str]:
    """Name all settings that Cognito refuses together."""
    yield from _tier_problems(
        tier,
        add_ons=add_ons,
        mfa=mfa,
        password_policy=password_policy,
        passwordless=passwordless,
        triggers=triggers,
    )
    yield from _factor_problems(email=email, mfa=mfa, passwordless=passwordless)
    yield from _sign_in_problems(sign_in, attributes)


def _tier_problems(
    tier: UserPoolTier,
    *,
    add_ons: UserPoolAddOns | None,
    mfa: Mfa,
    password_policy: PasswordPolicy,
    passwordless: Collection[FirstFactor],
    triggers: LambdaTriggers,
) -> Iterator[str]:
    """Name what the feature plan does not have (API: UserPoolTierType and what it refers to)."""
    if is_concrete(tier) and _threat_protection(add_ons) and tier is not UserPoolTier.PLUS:
        yield (
            f"user_pool_add_ons: must be left out unless the plan is PLUS, got {tier}; "
            "set user_pool_tier=UserPoolTier.PLUS, which costs more for each active user"
        )
    if tier is not UserPoolTier.LITE:
        return
    remedy = "set user_pool_tier=UserPoolTier.ESSENTIALS, or leave it out"
    for factor in passwordless:
        yield f"passwordless: must be empty on the plan LITE, got {factor_name(factor)}; {remedy}"
    if find_factor(mfa, EmailMfa) is not None:
        yield f"mfa: must not use e-mail on the plan LITE, got EmailMfa; {remedy}"
    history = password_policy.password_history_size
    if is_concrete(history) and history:
        yield (
            f"password_policy: must have no password history on the plan LITE, got {history}; "
            f"set password_history_size=0, or {remedy}"
        )
    tokens = triggers.pre_token_generation
    newer = (PreTokenGenerationVersion.V2_0, PreTokenGenerationVersion.V3_0)
    if tokens is not None and tokens.version in newer:
        yield (
            "lambda_triggers.pre_token_generation: must have version V1_0 on the plan LITE, "
            f"got {tokens.version}; {remedy}"
        )


def _factor_problems(
    *, email: Email, mfa: Mfa, passwordless: Collection[FirstFactor]
) -> Iterator[str]:
    """Name factors that do not work with each other or with the sender of e-mail."""
    if find_factor(mfa, EmailMfa) is not None and not isinstance(email, SesEmail):
        yield (
            "mfa: must not use e-mail unless the pool sends through SES, got CognitoEmail; "
            "set email=SesEmail(…), or leave EmailMfa() out"
        )
    passkeys = any(isinstance(factor, Passkey) for factor in passwordless)
    if passkeys and mfa.configuration is MfaConfiguration.ON:
        yield (
            "mfa: must not be required where passkeys are a first factor, got ON; use "
            "Mfa.optional(…) (hashicorp/terraform-provider-aws#50110)"
        )


def _sign_in_problems(sign_in: SignIn, attributes: Collection[Attribute]) -> Iterator[str]:
    """Name attributes that the way of signing in rules out."""
    if not isinstance(sign_in, Username):
        return
    if AliasAttribute.PREFERRED_USERNAME not in sign_in.alias_attributes:
        return
    for attribute in attributes:
        if (
            isinstance(attribute, StandardAttribute)
            and attribute.name is StandardAttributeName.PREFERRED_USERNAME
            and attribute.required is True
        ):
            yield (
                "attributes: must not require preferred_username where it is an alias, got "
                "required=True; leave one of the two out"
            )


def _threat_protection(add_ons: UserPoolAddOns | None) -> bool:
    if add_ons is None:
        return False
    modes = (AdvancedSecurityMode.AUDIT, AdvancedSecurityMode.ENFORCED)
    return add_ons.advanced_security_mode in modes or add_ons.custom_auth_mode is not None
