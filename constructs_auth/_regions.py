"""Checks a region that a provider is made for."""

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError


def check_known_region(subject: str, region: str) -> None:
    """Refuse all but the name of an AWS region, also tokens."""
    _checks.region(subject, region)
    if not is_concrete(region):
        raise InvalidValueError(
            subject,
            "must be known now, for it makes a provider",
            got=region,
            remedy="write one such as 'eu-west-1'",
        )
