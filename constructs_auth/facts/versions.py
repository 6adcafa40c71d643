"""Which Terraform and which AWS provider are needed, and what for."""

from types import MappingProxyType

from constructs_auth.facts import resource_types as types

TERRAFORM = "1.11.0"
"""Terraform 1.11 is the first whose S3 state locks itself with `use_lockfile`."""

NEXT_TERRAFORM = "2.0.0"

PROVIDER = "5.100.0"
"""The first AWS provider that will do; the exact one belongs into the lock file of its user."""

NEXT_PROVIDER = "7.0.0"
"""The first AWS provider that is not known yet."""

PROVIDER_OF = MappingProxyType(
    {
        types.LOG_DELIVERY_CONFIGURATION: "6.5.0",
        types.MANAGED_LOGIN_BRANDING: "6.13.0",
    }
)
"""The first AWS provider that has a resource type (CHANGELOG of terraform-provider-aws)."""

PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS = "6.9.0"
"""5.100 wants `notify_configuration` wherever there is `account_takeover_risk_configuration`."""


def short(version: str) -> str:
    """Give *version* as people say it: `6.13.0` is 6.13."""
    return version.removesuffix(".0")
