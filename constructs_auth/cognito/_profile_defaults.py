"""What a user pool does where neither it nor other settings say: the defaults of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass

from constructs_auth.engine import Construct, TerraformStack
from constructs_auth.facts.words import AdvancedSecurityMode, CustomAuthMode, UserPoolTier
from constructs_auth.rules.profile import STANDARD, PasswordClasses, Profile
from constructs_auth.stack import AuthStack
from constructs_auth.values.mfa import Mfa, SoftwareTokenMfa
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.risk_configuration import (
    STRICT_ACTIONS,
    USUAL_ACTIONS,
    AccountTakeoverAction,
)
from constructs_auth.values.user_pool_tier import UserPoolAddOns

_ENFORCED = UserPoolAddOns(
    advanced_security_mode=AdvancedSecurityMode.ENFORCED,
    custom_auth_mode=CustomAuthMode.ENFORCED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDefaults:
    """The defaults of one profile.

    Attributes:
        password_policy: Long passwords; of all kinds of character, unless NIST forbids to ask.
        mfa: An authenticator application: users may use it, or must where the profile says so.
        tier: AWS's own default, or Plus where the profile asks for what only that has.
        add_ons: Threat protection that acts, where the profile asks for it.
        takeover_actions: What is done with a sign-in that looks like somebody else's.
    """

    password_policy: PasswordPolicy
    mfa: Mfa
    tier: UserPoolTier
    add_ons: UserPoolAddOns | None
    takeover_actions: Mapping[str, AccountTakeoverAction]


def defaults_at(scope: Construct) -> ProfileDefaults:
    """Give the defaults of the stack that *scope* is in; of another kind of stack, `STANDARD`'s."""
    stack = scope if isinstance(scope, AuthStack) else TerraformStack.of(scope)
    return _defaults_of(stack.profile if isinstance(stack, AuthStack) else STANDARD)


def _defaults_of(profile: Profile) -> ProfileDefaults:
    composed = profile.password_classes is PasswordClasses.ALL
    factor = SoftwareTokenMfa()
    return ProfileDefaults(
        password_policy=PasswordPolicy(
            require_lowercase=composed,
            require_numbers=composed,
            require_symbols=composed,
            require_uppercase=composed,
        ),
        mfa=Mfa.required(factor) if profile.require_mfa else Mfa.optional(factor),
        tier=UserPoolTier.PLUS if profile.require_plus else UserPoolTier.ESSENTIALS,
        add_ons=_ENFORCED if profile.require_plus else None,
        takeover_actions=STRICT_ACTIONS if profile.block_every_risk else USUAL_ACTIONS,
    )
