"""A user pool of this program or of somebody else, and what is known of it."""

from typing import TypeAlias, TypeGuard

from constructs_auth import _checks
from constructs_auth.cognito.user_pool import UserPool
from constructs_auth.engine import Fn, TerraformStack
from constructs_auth.facts.words import UserPoolTier
from constructs_auth.stack import AuthStack
from constructs_auth.values.attributes import Attribute
from constructs_auth.values.existing import ExistingUserPool
from constructs_auth.values.first_factors import FirstFactor

UserPoolRef: TypeAlias = UserPool | ExistingUserPool
"""What stands for a pool where something is added to it."""


def check_pool(subject: str, user_pool: UserPoolRef) -> None:
    """Refuse what is no pool."""
    _checks.kind(subject, user_pool, UserPool, ExistingUserPool)


def is_own(user_pool: UserPoolRef) -> TypeGuard[UserPool]:
    """Say whether the pool is defined in this program, so that everything is known of it."""
    return isinstance(user_pool, UserPool)


def attributes_of(user_pool: UserPoolRef) -> tuple[Attribute, ...]:
    """Give what is said of attributes; of somebody else's pool nothing is known.

    Where that makes a difference, ask `is_own` first.
    """
    return tuple(user_pool.attributes) if is_own(user_pool) else ()


def passwordless_of(user_pool: UserPoolRef) -> tuple[FirstFactor, ...]:
    """Give the first factors besides a password; of somebody else's pool none is known."""
    return tuple(user_pool.passwordless) if is_own(user_pool) else ()


def tier_of(user_pool: UserPoolRef) -> UserPoolTier | None:
    """Give the feature plan, where it is known."""
    return user_pool.user_pool_tier if is_own(user_pool) else None


def region_of(user_pool: UserPoolRef) -> str:
    """Give the region of *user_pool*; where its stack does not tell, the one in its ARN."""
    if isinstance(user_pool, ExistingUserPool):
        return user_pool.region
    stack = TerraformStack.of(user_pool)
    if isinstance(stack, AuthStack):
        return stack.region
    return str(Fn.element(Fn.split(":", user_pool.user_pool_arn), 3))
