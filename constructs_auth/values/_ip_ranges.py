"""Checks IP ranges in CIDR notation."""

import ipaddress
from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth._tokens import is_token
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_REMEDY = "write one such as '203.0.113.0/24', or '203.0.113.7/32' for one address"


def checked_ranges(subject: str, ranges: Collection[str]) -> tuple[str, ...]:
    """Check a collection of IP ranges, and sort it.

    Raises:
        InvalidValueError: Something else than a range, a range twice, or more than 200.
    """
    kept = _checks.in_order(_checks.items(subject, ranges, _checked, remedy=_REMEDY))
    _checks.whole_number(
        f"{subject}, their number",
        len(kept),
        limits.IP_RANGES,
        remedy="merge ranges, or use a web ACL, whose IP sets hold more",
    )
    return kept


def _checked(subject: str, value: str) -> str:
    """Refuse all but a range whose address is its first one, as Cognito shows it."""
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
