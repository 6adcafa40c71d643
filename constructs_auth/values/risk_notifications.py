"""What threat protection writes to users whose sign-in was risky, and from where."""

from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth.facts import limits
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
    """One message, as HTML and as text; the AWS provider wants both.

    Cognito fills in `{username}`, `{login-time}`, `{device-name}`, `{ip-address}`, `{city}` and
    `{country}`; where the pool has a domain also `{one-click-link-valid}` and
    `{one-click-link-invalid}`, with which users say whether it was them.

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
    """What e-mail threat protection sends through Amazon SES.

    The SES identity needs a sending authorization policy that lets Cognito send
    (API: NotifyConfigurationType).

    Args:
        source_arn: The ARN of the verified SES identity.
        from_email_address: The sender, `ann@example.com` or `Example <ann@example.com>`. By
            default the identity itself, which must then be an address.
        reply_to_email_address: Where answers go, in the same forms. By default to the sender.
        block_email: For a sign-in that was blocked.
        mfa_email: For a sign-in that needed a second factor.
        no_action_email: For a sign-in that was let through.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a domain as identity and no
            sender.
    """

    source_arn: str
    from_email_address: str | None = None
    reply_to_email_address: str | None = None
    block_email: NotifyEmail = BLOCK_EMAIL
    mfa_email: NotifyEmail = MFA_EMAIL
    no_action_email: NotifyEmail = NO_ACTION_EMAIL

    def __post_init__(self) -> None:
        """Check the values."""
        kind = "NotifyConfiguration"
        check_ses_sender(kind, self.source_arn, self.from_email_address)
        check_address(f"{kind}.reply_to_email_address", self.reply_to_email_address, SENDER)
        _checks.kind(f"{kind}.block_email", self.block_email, NotifyEmail)
        _checks.kind(f"{kind}.mfa_email", self.mfa_email, NotifyEmail)
        _checks.kind(f"{kind}.no_action_email", self.no_action_email, NotifyEmail)

    def uses_links(self) -> bool:
        """Say whether a message has a link, for which the pool needs a domain."""
        emails = (self.block_email, self.mfa_email, self.no_action_email)
        return any(
            "{one-click-link-" in body
            for each in emails
            for body in (each.html_body, each.text_body)
        )
