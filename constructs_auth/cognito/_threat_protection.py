"""Whether a user pool has the threat protection that something builds on."""

from collections.abc import Iterator

from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._user_pool_ref import UserPoolRef, is_own, tier_of
from constructs_auth.facts.words import AdvancedSecurityMode, UserPoolTier
from constructs_auth.values.user_pool_tier import UserPoolAddOns


def threat_protection_problems(setting: str, user_pool: UserPoolRef) -> Iterator[str]:
    """Name what *setting* needs and the pool lacks: the plan Plus, and threat protection on.

    Cognito answers `FeatureUnavailableInTierException` and `UserPoolAddOnNotEnabledException`.
    """
    tier = tier_of(user_pool)
    if tier is not None and is_concrete(tier) and tier is not UserPoolTier.PLUS:
        yield (
            f"{setting}: must be left out unless the plan of the pool is PLUS, got {tier}; set "
            "user_pool_tier=UserPoolTier.PLUS there, which costs more for each active user"
        )
    if is_own(user_pool) and not _is_on(user_pool.user_pool_add_ons):
        yield (
            f"{setting}: must be left out unless the pool has threat protection, got none; set "
            "user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED)"
            " there"
        )


def only_audits(user_pool: UserPoolRef) -> bool:
    """Say whether threat protection is known to look on and do nothing."""
    add_ons = user_pool.user_pool_add_ons if is_own(user_pool) else None
    return add_ons is not None and add_ons.advanced_security_mode is AdvancedSecurityMode.AUDIT


def _is_on(add_ons: UserPoolAddOns | None) -> bool:
    if add_ons is None:
        return False
    off = add_ons.advanced_security_mode is AdvancedSecurityMode.OFF
    return not off or add_ons.custom_auth_mode is not None
