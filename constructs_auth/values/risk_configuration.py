"""What threat protection does: compromised credentials, account takeover, IP ranges."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._tokens import Flag, is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.words import (
    AccountTakeoverEventAction,
    CompromisedCredentialsEventAction,
    EventFilter,
)
from constructs_auth.values._ip_ranges import checked_ranges
from constructs_auth.values.risk_notifications import NotifyConfiguration


@dataclass(frozen=True, slots=True, kw_only=True)
class CompromisedCredentials:
    """What is done with passwords that are known to have leaked.

    Args:
        event_action: By default `BLOCK`.
        event_filter: Where they are looked for. By default everywhere.

    Raises:
        InvalidValueError: A value that Cognito does not know, or no event.
    """

    event_action: CompromisedCredentialsEventAction = CompromisedCredentialsEventAction.BLOCK
    event_filter: Collection[EventFilter] = tuple(EventFilter)

    def __post_init__(self) -> None:
        """Check the values, and sort the events."""
        action = _checks.member(
            "CompromisedCredentials.event_action",
            self.event_action,
            CompromisedCredentialsEventAction,
        )
        object.__setattr__(self, "event_action", action)
        subject = "CompromisedCredentials.event_filter"
        remedy = "name members of EventFilter, or leave it out for all"
        events = _checks.members(subject, self.event_filter, EventFilter, remedy=remedy)
        # Cognito reads an empty filter as all events.
        _checks.not_empty(subject, events, remedy=remedy)
        object.__setattr__(self, "event_filter", events)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTakeoverAction:
    """What is done at one risk level.

    Args:
        event_action: What happens to the sign-in.
        notify: Whether the user is told by e-mail. By default `False`.

    Raises:
        InvalidValueError: A value that Cognito does not know.
    """

    event_action: AccountTakeoverEventAction
    notify: Flag = False

    def __post_init__(self) -> None:
        """Check the values."""
        action = _checks.member(
            "AccountTakeoverAction.event_action", self.event_action, AccountTakeoverEventAction
        )
        object.__setattr__(self, "event_action", action)
        _checks.flag("AccountTakeoverAction.notify", self.notify)


USUAL_ACTIONS: Mapping[str, AccountTakeoverAction] = {
    "low_action": AccountTakeoverAction(event_action=AccountTakeoverEventAction.MFA_IF_CONFIGURED),
    "medium_action": AccountTakeoverAction(event_action=AccountTakeoverEventAction.MFA_REQUIRED),
    "high_action": AccountTakeoverAction(event_action=AccountTakeoverEventAction.BLOCK),
}
"""What is done where nothing else is said."""

STRICT_ACTIONS: Mapping[str, AccountTakeoverAction] = dict.fromkeys(
    USUAL_ACTIONS, AccountTakeoverAction(event_action=AccountTakeoverEventAction.BLOCK)
)
"""What is done where nothing else is said and the profile is `STRICT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTakeover:
    """Adaptive authentication: what is done with a sign-in that looks like somebody else's.

    Args:
        low_action: By default a second factor of those who have one.
        medium_action: By default a second factor; who has none is not let in.
        high_action: By default the sign-in is blocked. With the profile `STRICT` all three are
            blocked by default.
        notify_configuration: What e-mail is sent, and from where; needed where an action
            notifies. **Without it, AWS provider 6.9 is needed**
            (hashicorp/terraform-provider-aws#33624). By default none.

    Raises:
        InvalidValueError: Another type of value, or an action that notifies without
            *notify_configuration*.
    """

    low_action: AccountTakeoverAction | None = None
    medium_action: AccountTakeoverAction | None = None
    high_action: AccountTakeoverAction | None = None
    notify_configuration: NotifyConfiguration | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        if self.notify_configuration is not None:
            _checks.kind(
                "AccountTakeover.notify_configuration",
                self.notify_configuration,
                NotifyConfiguration,
            )
        for level, action in self._given_actions().items():
            subject = f"AccountTakeover.{level}"
            _checks.kind(subject, action, AccountTakeoverAction)
            if action.notify is not False and self.notify_configuration is None:
                raise InvalidValueError(
                    f"{subject}.notify",
                    "must be False where there is no notify_configuration",
                    got=action.notify,
                    remedy="give notify_configuration=NotifyConfiguration(source_arn=…)",
                )

    def actions(
        self, defaults: Mapping[str, AccountTakeoverAction]
    ) -> dict[str, AccountTakeoverAction]:
        """Give the actions by their names, those of *defaults* where none was given."""
        return {**defaults, **self._given_actions()}

    def _given_actions(self) -> dict[str, AccountTakeoverAction]:
        named = {
            "low_action": self.low_action,
            "medium_action": self.medium_action,
            "high_action": self.high_action,
        }
        return {name: action for name, action in named.items() if action is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskExceptions:
    """IP ranges whose sign-ins are not judged.

    Args:
        blocked_ip_range_list: Ranges that nobody signs in from, in CIDR notation, at most 200.
        skipped_ip_range_list: Ranges whose sign-ins are never risky, at most 200.

    Raises:
        InvalidValueError: No range at all, something else than ranges, more than 200 of a kind,
            or a range in both.
    """

    blocked_ip_range_list: Collection[str] = ()
    skipped_ip_range_list: Collection[str] = ()

    def __post_init__(self) -> None:
        """Check the ranges, and sort them."""
        blocked = checked_ranges("RiskExceptions.blocked_ip_range_list", self.blocked_ip_range_list)
        skipped = checked_ranges("RiskExceptions.skipped_ip_range_list", self.skipped_ip_range_list)
        object.__setattr__(self, "blocked_ip_range_list", blocked)
        object.__setattr__(self, "skipped_ip_range_list", skipped)
        _checks.not_empty(
            "RiskExceptions, their ranges",
            (*blocked, *skipped),
            remedy="name a range, or leave RiskExceptions out",
        )
        for each in skipped:
            if each in blocked and is_concrete(each):
                raise InvalidValueError(
                    "RiskExceptions.skipped_ip_range_list",
                    "must hold no range that is blocked",
                    got=each,
                    remedy="take it out of one of the two",
                )
