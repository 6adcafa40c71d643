"""The rules that passwords must meet."""

from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._tokens import Flag, Number
from constructs_auth.facts import limits
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy:
    """The rules that Cognito enforces for passwords.

    Args:
        minimum_length: 6 to 99 characters. By default 15, which NIST SP 800-63B-4 requires where
            the password is the only factor.
        require_lowercase: Whether a lower-case letter is required. By default `True`.
        require_numbers: Whether a digit is required. By default `True`.
        require_symbols: Whether a symbol is required. By default `True`.
        require_uppercase: Whether an upper-case letter is required. By default `True`.
        temporary_password_validity_days: How long a temporary password from an administrator is
            valid, 1 to 365 days. By default 3. Cognito treats 0 as "not set" and uses 7 days, so
            this library rejects 0. `AS_IT_IS` for an imported pool where it was never set.
        password_history_size: How many earlier passwords Cognito rejects, 0 to 24. By default 5.
            Needs the tier ESSENTIALS or PLUS; use 0 for a pool on the tier LITE.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    minimum_length: Number = 15
    require_lowercase: Flag = True
    require_numbers: Flag = True
    require_symbols: Flag = True
    require_uppercase: Flag = True
    temporary_password_validity_days: Number | AsItIs = 3
    password_history_size: Number = 5

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.whole_number(
            "PasswordPolicy.minimum_length",
            self.minimum_length,
            limits.PASSWORD_LENGTH,
            remedy="choose at least 8; 15 where the password is the only factor",
        )
        _checks.flag("PasswordPolicy.require_lowercase", self.require_lowercase)
        _checks.flag("PasswordPolicy.require_numbers", self.require_numbers)
        _checks.flag("PasswordPolicy.require_symbols", self.require_symbols)
        _checks.flag("PasswordPolicy.require_uppercase", self.require_uppercase)
        if self.temporary_password_validity_days is not AS_IT_IS:
            _checks.whole_number(
                "PasswordPolicy.temporary_password_validity_days",
                self.temporary_password_validity_days,
                limits.TEMPORARY_PASSWORD_DAYS,
                remedy="choose at most 7, as Security Hub's Cognito.3 requires",
            )
        _checks.whole_number(
            "PasswordPolicy.password_history_size",
            self.password_history_size,
            limits.PASSWORD_HISTORY,
            remedy="choose 0 for no history",
        )
