"""The sender of Cognito's e-mail."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_ADDRESS = r"[^\s<>@]+@(?P<domain>[^\s<>@]+)"
SENDER = rf"(?P<name>[^<>]*<)?{_ADDRESS}(?(name)>)"
"""An address, or a name followed by the address in angle brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CognitoEmail:
    """Cognito's own sender, `no-reply@verificationemail.com`: 50 messages a day, for tests.

    Args:
        reply_to_email_address: Where replies go, an address without a name. By default nowhere.

    Raises:
        InvalidValueError: The text is not an e-mail address.
    """

    reply_to_email_address: str | None = None

    def __post_init__(self) -> None:
        """Check the address."""
        check_address("CognitoEmail.reply_to_email_address", self.reply_to_email_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class SesEmail:
    """A sender that you verified in Amazon SES: for production, and for MFA by e-mail.

    Args:
        source_arn: The ARN of the verified SES identity.
        from_email_address: The sender, `ann@example.com` or `Example <ann@example.com>`. By default
            the SES identity, which must then be an address, not a domain.
        reply_to_email_address: Where replies go, an address without a name (API: EmailAddressType).
            By default to the sender.
        configuration_set: The SES configuration set that receives events. By default none.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a domain as the SES identity
            without *from_email_address*.
    """

    source_arn: str
    from_email_address: str | None = None
    reply_to_email_address: str | None = None
    configuration_set: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        check_ses_sender("SesEmail", self.source_arn, self.from_email_address)
        check_address("SesEmail.reply_to_email_address", self.reply_to_email_address)
        if self.configuration_set is not None:
            _checks.text(
                "SesEmail.configuration_set",
                self.configuration_set,
                limits.SES_CONFIGURATION_SET,
                remedy="write the name of an SES configuration set, not its ARN",
            )


Email: TypeAlias = CognitoEmail | SesEmail


def check_ses_sender(kind: str, source_arn: str, from_email_address: str | None) -> None:
    """Reject a sender that SES cannot use; *kind* is the value type that the error names."""
    _checks.arn(
        f"{kind}.source_arn",
        source_arn,
        service="ses",
        remedy="write the ARN of a verified SES identity",
    )
    check_address(f"{kind}.from_email_address", from_email_address, SENDER)
    if from_email_address is None and is_concrete(source_arn) and "@" not in source_arn:
        raise InvalidValueError(
            f"{kind}.from_email_address",
            "must be given when the SES identity is a domain",
            got=None,
            remedy="write an address of that domain",
        )


def check_address(subject: str, address: str | None, pattern: str = _ADDRESS) -> None:
    """Reject text that is not an e-mail address or does not match *pattern*."""
    if address is None:
        return
    remedy = "write an address such as 'ann@example.com'"
    _checks.filled_text(subject, address, remedy=remedy)
    if not is_concrete(address):
        return
    parts = re.fullmatch(pattern, address)
    if parts is None or not address.isprintable() or not limits.is_domain(parts["domain"].lower()):
        raise InvalidValueError(subject, "must be an e-mail address", got=address, remedy=remedy)
