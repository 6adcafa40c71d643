"""What threat protection does about leaked passwords, account takeover and IP ranges."""

import ipaddress
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._tokens import Flag, is_concrete, is_token
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    AccountTakeoverEventAction,
    CompromisedCredentialsEventAction,
    EventFilter,
)
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.email import SENDER, check_address, check_ses_sender
from constructs_auth.values.messages import check_message

_DETAILS = (
    "Time: {login-time}",
    "Device: {device-name}",
    "Place: {city}, {country}",
    "IP address: {ip-address}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyEmail:
    """One message, as HTML and as text; the AWS provider requires both.

    Cognito replaces `{username}`, `{login-time}`, `{device-name}`, `{ip-address}`, `{city}` and
    `{country}`; if the pool has a domain, also `{one-click-link-valid}` and
    `{one-click-link-invalid}`, the links with which users report whether it was them.

    Args:
        subject: 1 to 140 characters.
        html_body: 6 to 20,000 characters.
        text_body: 6 to 20,000 characters.

    Raises:
        InvalidValueError: A text that Cognito does not accept.
    """

    subject: str
    html_body: str
    text_body: str

    def __post_init__(self) -> None:
        """Check the texts."""
        check_message("NotifyEmail.subject", self.subject, limits.EMAIL_SUBJECT)
        check_message("NotifyEmail.html_body", self.html_body, limits.EMAIL_NOTIFICATION)
        check_message("NotifyEmail.text_body", self.text_body, limits.EMAIL_NOTIFICATION)


def _message(subject: str, opening: str, advice: str) -> NotifyEmail:
    html = "".join(f"<li>{detail}</li>" for detail in _DETAILS)
    text = "\n".join((opening, *_DETAILS, advice))
    return NotifyEmail(
        subject=subject,
        html_body=f"<p>{opening}</p><ul>{html}</ul><p>{advice}</p>",
        text_body=text,
    )


_CHANGE_PASSWORD = "If this was not you, change your password."  # noqa: S105 - words of a message

BLOCK_EMAIL = _message(
    "We blocked a sign-in",
    "We blocked a sign-in to your account that looked unusual.",
    _CHANGE_PASSWORD,
)
MFA_EMAIL = _message(
    "We asked for a second factor",
    "A sign-in to your account looked unusual, so we asked for a second factor.",
    _CHANGE_PASSWORD,
)
NO_ACTION_EMAIL = _message(
    "Unusual sign-in",
    "A sign-in to your account looked unusual.",
    _CHANGE_PASSWORD,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyConfiguration:
    """The e-mail that threat protection sends through Amazon SES.

    The SES identity needs a sending authorization policy that lets Cognito send
    (API: NotifyConfigurationType).

    Args:
        source_arn: The ARN of the verified SES identity.
        from_email_address: The sender, `ann@example.com` or `Example <ann@example.com>`. By default
            the SES identity, which must then be an address, not a domain.
        reply_to_email_address: Where replies go, in the same forms. By default to the sender.
        block_email: For a sign-in that Cognito blocked. `AS_IT_IS` leaves out a message that an
            imported configuration does not have; the same for the other two.
        mfa_email: For a sign-in that needed a second factor.
        no_action_email: For a sign-in that Cognito allowed.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a domain as the SES identity
            without *from_email_address*.
    """

    source_arn: str
    from_email_address: str | None = None
    reply_to_email_address: str | None = None
    block_email: NotifyEmail | AsItIs = BLOCK_EMAIL
    mfa_email: NotifyEmail | AsItIs = MFA_EMAIL
    no_action_email: NotifyEmail | AsItIs = NO_ACTION_EMAIL

    def __post_init__(self) -> None:
        """Check the values."""
        kind = "NotifyConfiguration"
        check_ses_sender(kind, self.source_arn, self.from_email_address)
        check_address(f"{kind}.reply_to_email_address", self.reply_to_email_address, SENDER)
        for name in ("block_email", "mfa_email", "no_action_email"):
            email = getattr(self, name)
            if email is not AS_IT_IS:
                _checks.kind(f"{kind}.{name}", email, NotifyEmail)

    def uses_links(self) -> bool:
        """Return whether a message has a link, for which the pool needs a domain."""
        emails = (self.block_email, self.mfa_email, self.no_action_email)
        return any(
            "{one-click-link-" in body
            for each in emails
            if each is not AS_IT_IS
            for body in (each.html_body, each.text_body)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompromisedCredentials:
    """What Cognito does about passwords that are known to have leaked.

    Args:
        event_action: By default `BLOCK`.
        event_filter: When Cognito checks passwords. By default at every event.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or no event.
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
        # Cognito treats an empty filter as all events.
        _checks.not_empty(subject, events, remedy=remedy)
        object.__setattr__(self, "event_filter", events)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTakeoverAction:
    """What Cognito does at one risk level.

    Args:
        event_action: What happens to the sign-in.
        notify: Whether Cognito notifies the user by e-mail. By default `False`.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
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
"""The default actions."""

STRICT_ACTIONS: Mapping[str, AccountTakeoverAction] = dict.fromkeys(
    USUAL_ACTIONS, AccountTakeoverAction(event_action=AccountTakeoverEventAction.BLOCK)
)
"""The default actions with the profile `STRICT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTakeover:
    """Adaptive authentication: what Cognito does about a sign-in that looks like an attacker's.

    Args:
        low_action: By default Cognito asks users who have a second factor for it. `AS_IT_IS`
            leaves out a level that an imported configuration does not have; the same for the other
            two.
        medium_action: By default Cognito requires a second factor and blocks users without one.
        high_action: By default Cognito blocks the sign-in. With the profile `STRICT`, all three
            levels block by default.
        notify_configuration: The e-mail messages and their sender; required if an action notifies.
            **Without it, AWS provider 6.9 is required** (hashicorp/terraform-provider-aws#33624).
            By default none.

    Raises:
        InvalidValueError: A value of the wrong type, or an action that notifies without
            *notify_configuration*.
    """

    low_action: AccountTakeoverAction | AsItIs | None = None
    medium_action: AccountTakeoverAction | AsItIs | None = None
    high_action: AccountTakeoverAction | AsItIs | None = None
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
            if action is AS_IT_IS:
                continue
            _checks.kind(subject, action, AccountTakeoverAction)
            if action.notify is not False and self.notify_configuration is None:
                raise InvalidValueError(
                    f"{subject}.notify",
                    "must be False without notify_configuration",
                    got=action.notify,
                    remedy="set notify_configuration=NotifyConfiguration(source_arn=…)",
                )

    def actions(
        self, defaults: Mapping[str, AccountTakeoverAction]
    ) -> dict[str, AccountTakeoverAction]:
        """Return the actions by their names; *defaults* fills in those that are not set.

        Those that are `AS_IT_IS` are left out.
        """
        every = {**defaults, **self._given_actions()}
        return {name: action for name, action in every.items() if action is not AS_IT_IS}

    def _given_actions(self) -> dict[str, AccountTakeoverAction | AsItIs]:
        named = {
            "low_action": self.low_action,
            "medium_action": self.medium_action,
            "high_action": self.high_action,
        }
        return {name: action for name, action in named.items() if action is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskExceptions:
    """IP ranges that Cognito always blocks, or never assesses for risk.

    Args:
        blocked_ip_range_list: Ranges from which Cognito blocks sign-in, in CIDR notation, at most
            200.
        skipped_ip_range_list: Ranges whose sign-ins Cognito never assesses for risk, at most 200.

    Raises:
        InvalidValueError: No range at all, a value that is not a range, more than 200 of a kind, or
            a range in both lists.
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
            remedy="name a range, or remove RiskExceptions",
        )
        for each in skipped:
            if each in blocked and is_concrete(each):
                raise InvalidValueError(
                    "RiskExceptions.skipped_ip_range_list",
                    "must not contain a blocked range",
                    got=each,
                    remedy="remove it from one of the two",
                )


_REMEDY = "write one such as '203.0.113.0/24', or '203.0.113.7/32' for one address"


def checked_ranges(subject: str, ranges: Collection[str]) -> tuple[str, ...]:
    """Check a collection of IP ranges, and return it sorted.

    Raises:
        InvalidValueError: A value that is not a range, a repeated range, or more than 200.
    """
    kept = _checks.in_order(_checks.items(subject, ranges, _checked, remedy=_REMEDY))
    _checks.whole_number(
        f"{subject}, their number",
        len(kept),
        limits.IP_RANGES,
        remedy="merge ranges, or use a web ACL, whose IP sets can contain more",
    )
    return kept


def _checked(subject: str, value: str) -> str:
    """Reject a range that does not begin with its first address, as Cognito writes ranges."""
    if isinstance(value, str) and is_token(value):
        return value
    _checks.filled_text(subject, value, remedy=_REMEDY)
    address, slash, length = value.partition("/")
    rule = "must be an IP range in CIDR notation"
    if not slash or not (length.isascii() and length.isdigit()):
        raise InvalidValueError(subject, rule, got=value, remedy=_REMEDY)
    try:
        network = ipaddress.ip_network((address, int(length)), strict=False)
    except ValueError:
        raise InvalidValueError(subject, rule, got=value, remedy=_REMEDY) from None
    if str(network) != value:
        raise InvalidValueError(
            subject,
            "must be an IP range that begins with its first address",
            got=value,
            remedy=f"write '{network}'",
        )
    return value
