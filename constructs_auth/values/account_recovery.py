"""How users get back in who forgot their password."""

from collections.abc import Collection
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import RecoveryMechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecovery:
    """How users get back in, the preferred way first.

    Args:
        mechanisms: One or two of them; the first has priority 1. `ADMIN_ONLY` stands alone: then
            only an administrator resets passwords.

    Raises:
        InvalidValueError: None, one twice, or `ADMIN_ONLY` beside another.
    """

    mechanisms: Collection[RecoveryMechanism]

    def __post_init__(self) -> None:
        """Check the mechanisms; their order is kept."""
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
                "must hold admin_only alone",
                got=[str(mechanism) for mechanism in mechanisms],
                remedy="leave out either admin_only or the others",
            )
        # Of members alone there are never more; tokens may stand for anything.
        _checks.whole_number(
            f"{subject}, their number",
            len(mechanisms),
            limits.RECOVERY_PRIORITY,
            remedy="leave one of them out",
        )
        object.__setattr__(self, "mechanisms", mechanisms)
