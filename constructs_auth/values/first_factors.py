"""First factors that users may sign in with instead of a password."""

from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import FirstAuthFactor, UserVerification


@dataclass(frozen=True, slots=True)
class EmailOtp:
    """Users may sign in with a code by e-mail. Needs the tier ESSENTIALS or PLUS."""


@dataclass(frozen=True, slots=True)
class SmsOtp:
    """Users may sign in with a code that Cognito sends by SMS. Needs the tier ESSENTIALS or PLUS.

    Unless the pool has an `SmsConfiguration`, this library creates an IAM role that sends SMS.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """Users may sign in with a passkey (WebAuthn). Needs the tier ESSENTIALS or PLUS.

    Args:
        relying_party_id: The domain that passkeys are bound to, such as `example.com`: the host of
            the sign-in page or a parent domain of it. **After a change, no registered passkey
            works.** It has no default here, because Cognito's default changes silently when the
            pool gets a custom domain.
        user_verification: Whether the authenticator must verify the user. By default `REQUIRED`;
            Cognito's own default is `preferred`.

    Raises:
        InvalidValueError: A relying party that is not a domain name alone.
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
    """Return Cognito's name of *factor*."""
    match factor:
        case EmailOtp():
            return FirstAuthFactor.EMAIL_OTP
        case SmsOtp():
            return FirstAuthFactor.SMS_OTP
        case Passkey():
            return FirstAuthFactor.WEB_AUTHN
