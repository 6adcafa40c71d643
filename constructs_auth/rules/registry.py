"""The catalogue: every rule, in the order in which it is read."""

from constructs_auth.rules.rule import Rule
from constructs_auth.rules.security.deletion_protection import DELETION_PROTECTION
from constructs_auth.rules.validity.mfa import MFA_NEEDS_A_FACTOR

RULES: tuple[Rule, ...] = (
    # The user pool
    MFA_NEEDS_A_FACTOR,
    DELETION_PROTECTION,
)
