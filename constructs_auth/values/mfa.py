"""Multi-factor authentication: who needs a second factor, and which factors are allowed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self, TypeAlias, TypeVar

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import CODE, MfaConfiguration
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.messages import check_message


@dataclass(frozen=True, slots=True)
class SoftwareTokenMfa:
    """A code from an authenticator application (TOTP). AWS charges nothing for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsMfa:
    """A code by SMS. Unless the pool has an `SmsConfiguration`, this library creates an IAM role.

    Args:
        message: The text, 6 to 140 characters, with `CODE` in place of the code. `AS_IT_IS` for an
            imported pool without a text of its own.

    Raises:
        InvalidValueError: A text that Cognito does not accept.
    """

    message: str | AsItIs = f"Your authentication code is {CODE}"

    def __post_init__(self) -> None:
        """Check the message."""
        if self.message is not AS_IT_IS:
            check_message("SmsMfa.message", self.message, limits.SMS_MESSAGE, CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailMfa:
    """A code by e-mail. Needs the tier ESSENTIALS or PLUS, and a pool that sends through SES.

    Args:
        subject: 1 to 140 characters.
        message: The text, 6 to 20,000 characters, with `CODE` in place of the code.

    Raises:
        InvalidValueError: A text that Cognito does not accept.
    """

    subject: str = "Your authentication code"
    message: str = f"Your authentication code is {CODE}"

    def __post_init__(self) -> None:
        """Check subject and message."""
        check_message("EmailMfa.subject", self.subject, limits.EMAIL_SUBJECT)
        check_message("EmailMfa.message", self.message, limits.EMAIL_MESSAGE, CODE)


MfaFactor: TypeAlias = SoftwareTokenMfa | SmsMfa | EmailMfa
Factor = TypeVar("Factor", SoftwareTokenMfa, SmsMfa, EmailMfa)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mfa:
    """Who must use a second factor: `Mfa.off()`, `Mfa.optional(…)` or `Mfa.required(…)`.

    Args:
        configuration: Cognito's setting.
        factors: The factors that a user may choose from. Cognito requires at least one unless MFA
            is off, and none when MFA is off.

    Raises:
        InvalidValueError: MFA without a factor, factors without MFA, or a repeated kind of factor.
    """

    configuration: MfaConfiguration
    factors: Collection[MfaFactor] = field(default=())

    def __post_init__(self) -> None:
        """Check the values."""
        configuration = _checks.member("Mfa.configuration", self.configuration, MfaConfiguration)
        object.__setattr__(self, "configuration", configuration)
        remedy = "name SoftwareTokenMfa(), SmsMfa() or EmailMfa(), as in Mfa.required(SmsMfa())"
        factors = _checks.items(
            "Mfa.factors",
            self.factors,
            lambda label, value: _checks.kind(label, value, SoftwareTokenMfa, SmsMfa, EmailMfa),
            remedy=remedy,
        )
        object.__setattr__(self, "factors", factors)
        if configuration is MfaConfiguration.OFF and factors:
            raise InvalidValueError(
                "Mfa.factors",
                "must be empty when MFA is off",
                got=list(factors),
                remedy="use Mfa.optional(…), or remove the factors",
            )
        if is_concrete(configuration) and configuration is not MfaConfiguration.OFF:
            _checks.not_empty("Mfa.factors", factors, remedy=remedy)
        kinds = [type(factor) for factor in factors]
        if len(set(kinds)) != len(kinds):
            raise InvalidValueError(
                "Mfa.factors",
                "must name each kind of factor once",
                got=list(factors),
                remedy="remove one of them",
            )

    @classmethod
    def off(cls) -> Self:
        """Do not ask for a second factor."""
        return cls(configuration=MfaConfiguration.OFF)

    @classmethod
    def optional(cls, *factors: MfaFactor) -> Self:
        """Let users set up one of *factors*. Cognito asks for it from then on."""
        return cls(configuration=MfaConfiguration.OPTIONAL, factors=factors)

    @classmethod
    def required(cls, *factors: MfaFactor) -> Self:
        """Require every user to set up one of *factors*."""
        return cls(configuration=MfaConfiguration.ON, factors=factors)


def find_factor(mfa: Mfa, kind: type[Factor]) -> Factor | None:
    """Return the factor of *kind*, or `None` if users cannot choose it."""
    return next((factor for factor in mfa.factors if isinstance(factor, kind)), None)
