"""How users who forgot their password get back into their account."""

from collections.abc import Collection
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import RecoveryMechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecovery:
    """How users recover their account, in order of priority.

    Args:
        mechanisms: One or two mechanisms; the first has priority 1. With `ADMIN_ONLY`, which must
            be the only one, only an administrator resets passwords.

    Raises:
        InvalidValueError: No mechanism, a repeated one, or `ADMIN_ONLY` together with another.
    """

    mechanisms: Collection[RecoveryMechanism]

    def __post_init__(self) -> None:
        """Check the mechanisms and keep their order."""
        subject = "AccountRecovery.mechanisms"
        remedy = "list RecoveryMechanism members, the preferred one first"
        if isinstance(self.mechanisms, set | frozenset):
            raise InvalidValueError(
                subject,
                "must be in order of priority, which a set does not keep",
                got=sorted(map(str, self.mechanisms)),
                remedy=remedy,
            )
        mechanisms = _checks.items(
            subject,
            self.mechanisms,
            lambda label, value: _checks.member(label, value, RecoveryMechanism),
            remedy=remedy,
        )
        _checks.known_items(subject, mechanisms, remedy=remedy)
        _checks.not_empty(subject, mechanisms, remedy=remedy)
        if RecoveryMechanism.ADMIN_ONLY in mechanisms and len(mechanisms) > 1:
            raise InvalidValueError(
                subject,
                "must be admin_only alone, or other mechanisms without it",
                got=[str(mechanism) for mechanism in mechanisms],
                remedy="leave out either RecoveryMechanism.ADMIN_ONLY or the others",
            )
        # Distinct enum members never exceed the limit, but tokens may repeat a mechanism.
        _checks.whole_number(
            f"{subject}, their number",
            len(mechanisms),
            limits.RECOVERY_PRIORITY,
            remedy="remove one of them",
        )
        object.__setattr__(self, "mechanisms", mechanisms)
