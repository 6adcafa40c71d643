"""Cognito's units of time."""

from types import MappingProxyType

SECONDS_IN = MappingProxyType({"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1})
"""The units of token lifetimes, the largest first, with their seconds (API, TimeUnitsType)."""

DEFAULT_UNIT = MappingProxyType(
    {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
)
"""The unit of a lifetime whose `token_validity_units` are left out (API, CreateUserPoolClient)."""
