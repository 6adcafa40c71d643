"""Messages that Cognito sends to users, with placeholders that it replaces."""

from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.limits import Text
from constructs_auth.facts.words import ANY_LINK, CODE, USERNAME, holds_placeholder
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs


def link(words: str) -> str:
    """Return the placeholder for the link that confirms an address; *words* is the link text.

    Raises:
        InvalidValueError: No words, or words with `##`, which ends the placeholder.
    """
    if not isinstance(words, str) or (is_concrete(words) and (not words or "##" in words)):
        raise InvalidValueError(
            "link", "must have words, without ##", got=words, remedy="write the link text"
        )
    return f"{{##{words}##}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationByCode:
    """Users confirm an address with a code that they enter.

    Args:
        email_subject: 1 to 140 characters.
        email_message: 6 to 20,000 characters, with `CODE`.
        sms_message: 6 to 140 characters, with `CODE`.

    Raises:
        InvalidValueError: A text that Cognito does not accept, or that lacks its placeholder.
    """

    email_subject: str = "Your verification code"
    email_message: str = f"Your confirmation code is {CODE}"
    sms_message: str = f"Your verification code is {CODE}"

    def __post_init__(self) -> None:
        """Check the messages."""
        kind = "VerificationByCode"
        check_message(f"{kind}.email_subject", self.email_subject, limits.EMAIL_SUBJECT)
        check_message(f"{kind}.email_message", self.email_message, limits.EMAIL_MESSAGE, CODE)
        check_message(f"{kind}.sms_message", self.sms_message, limits.SMS_MESSAGE, CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationByLink:
    """Users confirm their e-mail address with a link. The pool needs a domain for it.

    Args:
        email_subject: 1 to 140 characters.
        email_message: 6 to 20,000 characters, with `link("words to click on")`.
        sms_message: 6 to 140 characters, with `CODE`, because an SMS cannot have a link.

    Raises:
        InvalidValueError: A text that Cognito does not accept, or that lacks its placeholder.
    """

    email_subject: str = "Confirm your e-mail address"
    email_message: str = f"Please confirm your e-mail address: {link('confirm')}"
    sms_message: str = f"Your verification code is {CODE}"

    def __post_init__(self) -> None:
        """Check the messages."""
        kind = "VerificationByLink"
        check_message(f"{kind}.email_subject", self.email_subject, limits.EMAIL_SUBJECT)
        check_message(
            f"{kind}.email_message",
            self.email_message,
            limits.EMAIL_MESSAGE_BY_LINK,
            ANY_LINK,
        )
        check_message(f"{kind}.sms_message", self.sms_message, limits.SMS_MESSAGE, CODE)


VerificationMessages: TypeAlias = VerificationByCode | VerificationByLink


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMessages:
    """Messages to users whom an administrator creates.

    Each can be `AS_IT_IS` for an imported pool that has no such message.

    Args:
        email_subject: 1 to 140 characters.
        email_message: 6 to 20,000 characters, with `USERNAME` and `CODE`.
        sms_message: 6 to 140 characters, with `USERNAME` and `CODE`.

    Raises:
        InvalidValueError: A text that Cognito does not accept, or that lacks its placeholders.
    """

    email_subject: str | AsItIs = "Your temporary password"
    email_message: str | AsItIs = f"Your username is {USERNAME} and temporary password is {CODE}"
    sms_message: str | AsItIs = f"Your username is {USERNAME} and temporary password is {CODE}"

    def __post_init__(self) -> None:
        """Check the messages."""
        kind = "InvitationMessages"
        email, sms = limits.EMAIL_INVITATION, limits.SMS_INVITATION
        if self.email_subject is not AS_IT_IS:
            check_message(f"{kind}.email_subject", self.email_subject, limits.EMAIL_SUBJECT)
        if self.email_message is not AS_IT_IS:
            check_message(f"{kind}.email_message", self.email_message, email, USERNAME, CODE)
        if self.sms_message is not AS_IT_IS:
            check_message(f"{kind}.sms_message", self.sms_message, sms, USERNAME, CODE)


def check_message(subject: str, message: str, limit: Text, *placeholders: str) -> None:
    """Reject a *message* that *limit* does not accept; report a missing placeholder first."""
    if isinstance(message, str) and is_concrete(message):
        for placeholder in placeholders:
            if not holds_placeholder(message, placeholder):
                raise InvalidValueError(
                    subject,
                    f"must contain {placeholder}",
                    got=message,
                    remedy="add it, because Cognito puts its own text there",
                )
    _checks.text(subject, message, limit, remedy="write a text that fits")
