"""With what users may begin to sign in besides a password."""

from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import FirstAuthFactor, UserVerification


@dataclass(frozen=True, slots=True)
class EmailOtp:
    """Users may sign in with a code sent by e-mail. Needs the tier Essentials or Plus."""


@dataclass(frozen=True, slots=True)
class SmsOtp:
    """Users may sign in with a code sent by SMS. Needs the tier Essentials or Plus.

    An IAM role for sending is made unless the pool is given an `SmsConfiguration`.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """Users may sign in with a passkey (WebAuthn). Needs the tier Essentials or Plus.

    Args:
        relying_party_id: The domain that passkeys are bound to, such as `example.com`; it is the
            host of the sign-in page or a parent of it. **Changing it makes every registered
            passkey useless.** It has no default: Cognito's own changes silently when the pool
            gets a custom domain.
        user_verification: Whether the passkey must check the person. By default `REQUIRED`;
            AWS's own default is `preferred`.

    Raises:
        InvalidValueError: A relying party that is not a bare domain name.
    """

    relying_party_id: str
    user_verification: UserVerification = UserVerification.REQUIRED

    def __post_init__(self) -> None:
        """Check the values."""
        subject = "Passkey.relying_party_id"
        remedy = "write the domain alone, such as 'example.com'"
        _checks.text(subject, self.relying_party_id, limits.RELYING_PARTY_ID, remedy=remedy)
        if is_concrete(self.relying_party_id) and not limits.is_domain(self.relying_party_id):
            raise InvalidValueError(
                subject,
                "must be a lower-case domain name without scheme, port or path",
                got=self.relying_party_id,
                remedy=remedy,
            )
        verification = _checks.member(
            "Passkey.user_verification", self.user_verification, UserVerification
        )
        object.__setattr__(self, "user_verification", verification)


FirstFactor: TypeAlias = EmailOtp | SmsOtp | Passkey


def factor_name(factor: FirstFactor) -> FirstAuthFactor:
    """Give Cognito's own name of *factor*."""
    match factor:
        case EmailOtp():
            return FirstAuthFactor.EMAIL_OTP
        case SmsOtp():
            return FirstAuthFactor.SMS_OTP
        case Passkey():
            return FirstAuthFactor.WEB_AUTHN
