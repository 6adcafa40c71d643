"""First factors that users may sign in with instead of a password."""

from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import FirstAuthFactor, UserVerification
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs


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
            pool gets a custom domain. `AS_IT_IS` leaves it out, for an imported pool that has none.
        user_verification: Whether the authenticator must verify the user. By default `REQUIRED`;
            Cognito's own default is `preferred`. `AS_IT_IS` leaves it out.

    Raises:
        InvalidValueError: A relying party that is not a domain name alone.
    """

    relying_party_id: str | AsItIs
    user_verification: UserVerification | AsItIs = UserVerification.REQUIRED

    def __post_init__(self) -> None:
        """Check the values."""
        if self.relying_party_id is not AS_IT_IS:
            self._check_party(self.relying_party_id)
        if self.user_verification is not AS_IT_IS:
            verification = _checks.member(
                "Passkey.user_verification", self.user_verification, UserVerification
            )
            object.__setattr__(self, "user_verification", verification)

    @staticmethod
    def _check_party(party: str) -> None:
        subject = "Passkey.relying_party_id"
        remedy = "write the domain alone, such as 'example.com'"
        _checks.text(subject, party, limits.RELYING_PARTY_ID, remedy=remedy)
        if is_concrete(party) and not limits.is_domain(party):
            raise InvalidValueError(
                subject,
                "must be a lower-case domain name without scheme, port or path",
                got=party,
                remedy=remedy,
            )


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
