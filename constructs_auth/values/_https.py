"""Absolute `https` URLs of identity providers."""

from urllib.parse import urlsplit

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError


def check_https(subject: str, url: str) -> None:
    """Refuse all but an `https` URL with a host and without a fragment, and a text token."""
    remedy = "write one such as 'https://login.acme.example'"
    _checks.filled_text(subject, url, remedy=remedy)
    if not is_concrete(url):
        return
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or "#" in url or any(map(str.isspace, url)):
        raise InvalidValueError(
            subject, "must be an https URL without a fragment", got=url, remedy=remedy
        )
