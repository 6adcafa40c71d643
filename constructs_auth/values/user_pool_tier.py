"""Threat protection of a user pool, which the PLUS tier offers."""

from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth.facts.words import AdvancedSecurityMode, CustomAuthMode


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPoolAddOns:
    """Threat protection. Needs the PLUS tier unless everything is off.

    Args:
        advanced_security_mode: For the standard flows. AWS advises `AUDIT` for two weeks, then
            `ENFORCED`.
        custom_auth_mode: For custom authentication with Lambda triggers. By default off.

    Raises:
        InvalidValueError: A mode that Cognito does not accept.
    """

    advanced_security_mode: AdvancedSecurityMode
    custom_auth_mode: CustomAuthMode | None = None

    def __post_init__(self) -> None:
        """Check the modes."""
        mode = _checks.member(
            "UserPoolAddOns.advanced_security_mode",
            self.advanced_security_mode,
            AdvancedSecurityMode,
        )
        object.__setattr__(self, "advanced_security_mode", mode)
        if self.custom_auth_mode is not None:
            subject = "UserPoolAddOns.custom_auth_mode"
            custom = _checks.member(subject, self.custom_auth_mode, CustomAuthMode)
            object.__setattr__(self, "custom_auth_mode", custom)
