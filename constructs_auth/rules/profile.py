"""What the rules require of a user pool: three named profiles."""

from dataclasses import dataclass
from enum import StrEnum

from constructs_auth.errors import InvalidValueError


class PasswordClasses(StrEnum):
    """Which kinds of character a password must have."""

    ALL = "all"
    """Lower case, upper case, number and symbol, as AWS's baselines require."""
    NONE = "none"
    """None, as NIST SP 800-63B-4 requires."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A set of requirements.

    Attributes:
        name: `standard`, `strict` or `nist`.
        password_length: The minimum number of characters.
        password_classes: The required kinds of character.
        require_mfa: Whether MFA must be `ON`; otherwise `OPTIONAL` is enough.
        require_plus: Whether findings that only the PLUS tier can fix count in full; otherwise they
            are shown as information.
        forbid_self_sign_up: Whether only administrators may create users.
        require_web_acl: Whether each pool must have a web ACL.
        block_every_risk: Whether threat protection must block at every risk level; otherwise it
            must block at the high level, and ask for a second factor at the medium level.
        judge_every_pool: Whether a requirement also counts for a pool whose users it does not
            concern. Scanners of accounts do not look at the clients of a pool.
    """

    name: str
    password_length: int
    password_classes: PasswordClasses
    require_mfa: bool
    require_plus: bool
    forbid_self_sign_up: bool
    require_web_acl: bool
    block_every_risk: bool
    judge_every_pool: bool


STANDARD = Profile(
    name="standard",
    password_length=8,
    password_classes=PasswordClasses.ALL,
    require_mfa=False,
    require_plus=False,
    forbid_self_sign_up=False,
    require_web_acl=False,
    block_every_risk=False,
    judge_every_pool=False,
)
"""Everything that costs nothing."""

STRICT = Profile(
    name="strict",
    password_length=14,
    password_classes=PasswordClasses.ALL,
    require_mfa=True,
    require_plus=True,
    forbid_self_sign_up=True,
    require_web_acl=True,
    block_every_risk=True,
    judge_every_pool=True,
)
"""Passes Security Hub Cognito.1 to .6, all 16 checks of Prowler and cdk-nag."""

NIST = Profile(
    name="nist",
    password_length=15,
    password_classes=PasswordClasses.NONE,
    require_mfa=False,
    require_plus=False,
    forbid_self_sign_up=False,
    require_web_acl=False,
    block_every_risk=False,
    judge_every_pool=False,
)
"""NIST SP 800-63B-4: long passwords, no rules about kinds of character."""

PROFILES = {profile.name: profile for profile in (STANDARD, STRICT, NIST)}


def checked_profile(subject: str, profile: Profile) -> Profile:
    """Return *profile*, and reject anything that is not a profile.

    Raises:
        InvalidValueError: *profile* is something else, such as a name.
    """
    if not isinstance(profile, Profile):
        raise InvalidValueError(
            subject, "must be a Profile", got=profile, remedy="give STANDARD, STRICT or NIST"
        )
    return profile
