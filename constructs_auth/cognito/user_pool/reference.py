"""References to user pools of this program or of others, and their known settings."""

from collections.abc import Iterator
from typing import TypeAlias, TypeGuard

from constructs_auth import _checks
from constructs_auth._place import stack_around
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.user_pool.base import UserPoolBase
from constructs_auth.engine import Construct, Fn
from constructs_auth.facts.words import AdvancedSecurityMode, UserPoolTier
from constructs_auth.stack import AuthStack
from constructs_auth.values.attributes import Attribute
from constructs_auth.values.existing import ExistingUserPool
from constructs_auth.values.first_factors import FirstFactor
from constructs_auth.values.user_pool_tier import UserPoolAddOns

UserPoolRef: TypeAlias = UserPoolBase | ExistingUserPool
"""A pool that other constructs refer to."""


def check_pool(subject: str, user_pool: UserPoolRef) -> None:
    """Reject a value that is not a pool."""
    if not isinstance(user_pool, UserPoolBase | ExistingUserPool):
        raise _checks.wrong_kind(subject, user_pool, "UserPool", "ExistingUserPool")


def is_own(user_pool: UserPoolRef) -> TypeGuard[UserPoolBase]:
    """Return whether this program defines the pool, so that its settings are known."""
    return isinstance(user_pool, UserPoolBase)


def is_judged_with(user_pool: UserPoolRef, *constructs: Construct) -> bool:
    """Return whether *user_pool* and all *constructs* are in one stack, which the rules check.

    The rules report problems between resources of one stack. A construct reports problems across
    stacks, which the rules cannot see.
    """
    if not is_own(user_pool):
        return False
    stack = stack_around(user_pool)
    return all(stack_around(construct) is stack for construct in constructs)


def attributes_of(user_pool: UserPoolRef) -> tuple[Attribute, ...]:
    """Return the attributes of the pool; none for an `ExistingUserPool`.

    Where this matters, call `is_own` first.
    """
    return tuple(user_pool.attributes) if is_own(user_pool) else ()


def passwordless_of(user_pool: UserPoolRef) -> tuple[FirstFactor, ...]:
    """Return the first factors other than a password; none for an `ExistingUserPool`."""
    return tuple(user_pool.passwordless) if is_own(user_pool) else ()


def tier_of(user_pool: UserPoolRef) -> UserPoolTier | None:
    """Return the tier, or `None` if it is unknown."""
    return user_pool.user_pool_tier if is_own(user_pool) else None


def region_of(user_pool: UserPoolRef) -> str:
    """Return the region of *user_pool*, from its stack or else from its ARN."""
    if isinstance(user_pool, ExistingUserPool):
        return user_pool.region
    stack = stack_around(user_pool)
    if isinstance(stack, AuthStack):
        return stack.region
    return str(Fn.element(Fn.split(":", user_pool.user_pool_arn), 3))


def tier_problems(setting: str, user_pool: UserPoolRef, *, of: Construct) -> Iterator[str]:
    """Yield an error if *setting* needs the PLUS tier, which a pool in another stack lacks."""
    tier = tier_of(user_pool)
    lacks_plus = tier is not None and is_concrete(tier) and tier is not UserPoolTier.PLUS
    if lacks_plus and not is_judged_with(user_pool, of):
        yield (
            f"{setting}: must be left out unless the tier of the pool is PLUS, got {tier}; set "
            "user_pool_tier=UserPoolTier.PLUS there, which costs more for each active user"
        )


def threat_protection_problems(setting: str, user_pool: UserPoolRef) -> Iterator[str]:
    """Yield an error if *setting* needs threat protection and the pool does not have it.

    Cognito returns `UserPoolAddOnNotEnabledException`.
    """
    if is_own(user_pool) and not _is_on(user_pool.user_pool_add_ons):
        yield (
            f"{setting}: must be left out unless the pool has threat protection, got none; set "
            "user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED)"
            " there"
        )


def only_audits(user_pool: UserPoolRef) -> bool:
    """Return whether threat protection is known to only log risks."""
    add_ons = user_pool.user_pool_add_ons if is_own(user_pool) else None
    return add_ons is not None and add_ons.advanced_security_mode is AdvancedSecurityMode.AUDIT


def _is_on(add_ons: UserPoolAddOns | None) -> bool:
    if add_ons is None:
        return False
    off = add_ons.advanced_security_mode is AdvancedSecurityMode.OFF
    return not off or add_ons.custom_auth_mode is not None
