"""What a user pool does where it is not told: the defaults that follow from other settings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Construct, TerraformStack
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    AdvancedSecurityMode,
    ContactAttribute,
    CustomAuthMode,
    RecoveryMechanism,
    UserPoolTier,
)
from constructs_auth.rules.profile import STANDARD, PasswordClasses, Profile
from constructs_auth.stack import AuthStack
from constructs_auth.values.account_recovery import AccountRecovery
from constructs_auth.values.attributes import (
    Attribute,
    BooleanAttribute,
    DateTimeAttribute,
    NumberAttribute,
    StandardAttribute,
    StringAttribute,
)
from constructs_auth.values.first_factors import EmailOtp, FirstFactor, Passkey, SmsOtp
from constructs_auth.values.mfa import Mfa, SmsMfa, SoftwareTokenMfa, find_factor
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.risk_configuration import (
    STRICT_ACTIONS,
    USUAL_ACTIONS,
    AccountTakeoverAction,
)
from constructs_auth.values.sign_in import SignIn, contact_attributes
from constructs_auth.values.user_pool_tier import UserPoolAddOns

_ATTRIBUTE_KINDS = (
    StandardAttribute,
    StringAttribute,
    NumberAttribute,
    BooleanAttribute,
    DateTimeAttribute,
)


def checked_verified(
    verified: Collection[ContactAttribute] | None, sign_in: SignIn
) -> Collection[ContactAttribute]:
    """By default the addresses that users sign in with, or else the e-mail address."""
    if verified is None:
        verified = contact_attributes(sign_in) or (ContactAttribute.EMAIL,)
    return _checked_contacts("UserPool.auto_verified_attributes", verified)


def checked_verified_first(
    first: Collection[ContactAttribute] | None, verified: Collection[ContactAttribute]
) -> Collection[ContactAttribute]:
    """By default what is verified at all."""
    return _checked_contacts(
        "UserPool.attributes_require_verification_before_update",
        verified if first is None else first,
    )


def default_account_recovery(verified: Collection[ContactAttribute]) -> AccountRecovery:
    """By e-mail where that is verified, else by phone, else by an administrator alone.

    By e-mail also where only Terraform will know what is verified: else users may be locked out.
    """
    if ContactAttribute.EMAIL in verified or not is_concrete(tuple(verified)):
        return AccountRecovery(mechanisms=[RecoveryMechanism.VERIFIED_EMAIL])
    if ContactAttribute.PHONE_NUMBER in verified:
        return AccountRecovery(mechanisms=[RecoveryMechanism.VERIFIED_PHONE_NUMBER])
    return AccountRecovery(mechanisms=[RecoveryMechanism.ADMIN_ONLY])


def sends_sms(
    sign_in: SignIn,
    verified: Collection[ContactAttribute],
    mfa: Mfa,
    factors: Collection[FirstFactor],
    recovery: AccountRecovery,
) -> bool:
    """Say whether the pool sends SMS, and so needs a role (tf-aws#28294)."""
    return (
        ContactAttribute.PHONE_NUMBER in (*contact_attributes(sign_in), *verified)
        or find_factor(mfa, SmsMfa) is not None
        or any(isinstance(factor, SmsOtp) for factor in factors)
        or RecoveryMechanism.VERIFIED_PHONE_NUMBER in recovery.mechanisms
    )


def _checked_contacts(
    subject: str, contacts: Collection[ContactAttribute]
) -> tuple[ContactAttribute, ...]:
    """Check a collection of contact attributes, and sort it."""
    return _checks.members(
        subject, contacts, ContactAttribute, remedy="name members of ContactAttribute"
    )


def checked_attributes(attributes: Collection[Attribute]) -> tuple[Attribute, ...]:
    """Check the kinds of the attributes, their number, and that no name is there twice."""
    subject = "UserPool.attributes"
    remedy = "list StandardAttribute(…), StringAttribute(…) and the like"
    kept = _checks.items(
        subject,
        attributes,
        lambda label, value: _checks.kind(label, value, *_ATTRIBUTE_KINDS),
        remedy=remedy,
    )
    names = [attribute.name for attribute in kept]
    for index, name in enumerate(names):
        if is_concrete(name) and name in names[:index]:
            raise InvalidValueError(
                f"{subject}[{index}].name", "must not repeat", got=str(name), remedy="name it once"
            )
    if kept:
        _checks.whole_number(
            f"{subject}, their number",
            len(kept),
            limits.SCHEMA_ATTRIBUTES,
            remedy="keep what is not asked at sign-in in a database of your own",
        )
    return kept


def checked_factors(factors: Collection[FirstFactor]) -> tuple[FirstFactor, ...]:
    """Check the kinds of the first factors, each at most once."""
    subject = "UserPool.passwordless"
    kept = _checks.items(
        subject,
        factors,
        lambda label, value: _checks.kind(label, value, EmailOtp, SmsOtp, Passkey),
        remedy="list EmailOtp(), SmsOtp() or Passkey(…)",
    )
    kinds = [type(factor) for factor in kept]
    if len(set(kinds)) != len(kinds):
        raise InvalidValueError(
            subject,
            "must name each kind of factor once",
            got=list(kept),
            remedy="leave one of them out",
        )
    return kept


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
