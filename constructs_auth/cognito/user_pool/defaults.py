"""The defaults of a user pool that depend on its other settings or on the profile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._place import stack_of
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    AdvancedSecurityMode,
    ContactAttribute,
    CustomAuthMode,
    RecoveryMechanism,
    UserPoolTier,
)
from constructs_auth.judge import Judge
from constructs_auth.rules.profile import PasswordClasses, Profile
from constructs_auth.values.account_recovery import AccountRecovery
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
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
    """Check the addresses; by default those that users sign in with, else the e-mail address."""
    if verified is None:
        verified = contact_attributes(sign_in) or (ContactAttribute.EMAIL,)
    return _checked_contacts("UserPool.auto_verified_attributes", verified)


def checked_verified_first(
    first: Collection[ContactAttribute] | None, verified: Collection[ContactAttribute]
) -> Collection[ContactAttribute]:
    """Check the addresses; by default the auto-verified ones."""
    return _checked_contacts(
        "UserPool.attributes_require_verification_before_update",
        verified if first is None else first,
    )


def default_account_recovery(verified: Collection[ContactAttribute]) -> AccountRecovery:
    """Return recovery by e-mail if it is verified, else by phone, else by an administrator.

    If the verified addresses are a token, use e-mail, because otherwise users may be locked out.
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
    recovery: AccountRecovery | AsItIs,
) -> bool:
    """Return whether the pool sends SMS, and thus needs a role (tf-aws#28294)."""
    return (
        ContactAttribute.PHONE_NUMBER in (*contact_attributes(sign_in), *verified)
        or find_factor(mfa, SmsMfa) is not None
        or any(isinstance(factor, SmsOtp) for factor in factors)
        or (
            recovery is not AS_IT_IS
            and RecoveryMechanism.VERIFIED_PHONE_NUMBER in recovery.mechanisms
        )
    )


def _checked_contacts(
    subject: str, contacts: Collection[ContactAttribute]
) -> tuple[ContactAttribute, ...]:
    """Check a collection of contact attributes, and return it sorted."""
    return _checks.members(
        subject, contacts, ContactAttribute, remedy="name members of ContactAttribute"
    )


def checked_attributes(attributes: Collection[Attribute]) -> tuple[Attribute, ...]:
    """Check the types of the attributes, their number, and that no name repeats."""
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
            remedy="keep attributes that sign-in does not need in your own database",
        )
    return kept


def checked_factors(factors: Collection[FirstFactor]) -> tuple[FirstFactor, ...]:
    """Check the types of the first factors; each may occur once."""
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
            remedy="remove one of them",
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
        password_policy: Long passwords, with all kinds of character unless the profile forbids
            requiring them.
        mfa: An authenticator application, which users may use, or must if the profile requires it.
        tier: AWS's own default, or PLUS if the profile requires its features.
        add_ons: Enforced threat protection if the profile requires it.
        takeover_actions: The actions for risky sign-ins.
    """

    password_policy: PasswordPolicy
    mfa: Mfa
    tier: UserPoolTier
    add_ons: UserPoolAddOns | None
    takeover_actions: Mapping[str, AccountTakeoverAction]


def defaults_at(scope: Construct) -> ProfileDefaults:
    """Return the defaults of the profile of the stack of *scope*."""
    return _defaults_of(Judge.of(stack_of("scope", scope)).profile)


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
