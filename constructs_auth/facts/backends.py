"""Where a backend keeps the state of a configuration."""

from collections.abc import Mapping
from typing import Final

PLACES_OF_STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "azurerm": ("storage_account_name", "container_name", "key"),
    "cos": ("bucket", "key"),
    "gcs": ("bucket", "prefix"),
    "http": ("address",),
    "oss": ("bucket", "prefix", "key"),
    "s3": ("bucket", "key"),
}
"""The settings that locate a state, by the type of its backend: two equal ones are one state.

Terraform 1.11, the page of each backend. A setting that is left out comes from `-backend-config` or
from a default, so the place is unknown then. The place of `local` is a path.
"""
