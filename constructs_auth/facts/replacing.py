"""Arguments that cannot change in place: Terraform replaces the resource, or the apply fails."""

from collections.abc import Mapping
from dataclasses import dataclass

from constructs_auth.facts.resource_types import (
    IDENTITY_POOL,
    IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG,
    IDENTITY_POOL_ROLES_ATTACHMENT,
    IDENTITY_PROVIDER,
    LOG_DELIVERY_CONFIGURATION,
    MANAGED_LOGIN_BRANDING,
    MANAGED_USER_POOL_CLIENT,
    RESOURCE_SERVER,
    RISK_CONFIGURATION,
    USER,
    USER_GROUP,
    USER_IN_GROUP,
    USER_POOL,
    USER_POOL_CLIENT,
    USER_POOL_DOMAIN,
    WEB_ACL_ASSOCIATION,
)

PLANNED = "plan of provider 5.100.0"
"""A plan by Terraform, recorded in `tests/plans/recorded`."""

PROVIDER_6 = "provider 6.25.0, the resource's source"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedArgument:
    """An argument whose value cannot change in place.

    Attributes:
        path: `username_configuration.case_sensitive`, without indexes.
        consequence: The consequence of a change, as a phrase.
        is_refused: Whether Terraform plans an update and the apply fails, instead of a replacement.
        is_brief: Whether everything works as before once Terraform has created the new resource.
        source: The source of the fact.
    """

    path: str
    consequence: str
    is_refused: bool = False
    is_brief: bool = False
    source: str = PLANNED

    @property
    def argument(self) -> str:
        """The argument at the top of the path."""
        return self.path.partition(".")[0]


def _all(
    *paths: str, of: str, is_brief: bool = False, source: str = PLANNED
) -> tuple[FixedArgument, ...]:
    return tuple(
        FixedArgument(path=path, consequence=of, is_brief=is_brief, source=source) for path in paths
    )


FIXED_ARGUMENTS: Mapping[str, tuple[FixedArgument, ...]] = {
    USER_POOL: (
        *_all(
            "name",
            "username_attributes",
            "alias_attributes",
            "username_configuration.case_sensitive",
            of="a new pool without users",
        ),
        FixedArgument(
            path="schema",
            consequence="attributes can be added, never changed or removed",
            is_refused=True,
            source="provider: «cannot modify or remove schema items»",
        ),
    ),
    USER_POOL_CLIENT: _all(
        "generate_secret", "user_pool_id", of="a new client id, which no application knows"
    ),
    MANAGED_USER_POOL_CLIENT: _all(
        "user_pool_id", of="a new client id, which no application knows"
    ),
    USER_POOL_DOMAIN: (
        *_all(
            "domain",
            of="every URL of the sign-in pages changes, also those that identity providers know",
        ),
        *_all(
            "user_pool_id",
            "certificate_arn",  # where it is added or removed; another one is an update
            of="no sign-in pages while the domain is deleted and created again",
            is_brief=True,
        ),
    ),
    RESOURCE_SERVER: (
        *_all("identifier", of="a new server; every scope gets a new name"),
        *_all(
            "name",
            "user_pool_id",
            of="a new server; clients cannot request its scopes until it exists",
        ),
    ),
    IDENTITY_PROVIDER: _all(
        "provider_name",
        "provider_type",
        "user_pool_id",
        of="a new provider; the users who came through it become new users",
    ),
    USER_GROUP: _all("name", "user_pool_id", of="a new group without members"),
    USER: _all("username", "user_pool_id", of="a new user; the old one is deleted"),
    USER_IN_GROUP: _all(
        "group_name",
        "username",
        "user_pool_id",
        of="the user is in the group again at once",
        is_brief=True,
    ),
    RISK_CONFIGURATION: _all(
        "user_pool_id",
        "client_id",
        of="Cognito does not block risky sign-ins until the configuration exists again",
        is_brief=True,
    ),
    IDENTITY_POOL: _all(
        "identity_pool_name",
        "developer_provider_name",
        of="a new identity pool: every identity id changes",
    ),
    IDENTITY_POOL_ROLES_ATTACHMENT: _all(
        "identity_pool_id",
        "roles",
        of="requests for credentials fail until the roles are set again",
        is_brief=True,
    ),
    IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG: _all(
        "identity_pool_id",
        "identity_provider_name",
        of="policies that look at tags deny until they are set again",
        is_brief=True,
    ),
    WEB_ACL_ASSOCIATION: _all(
        "resource_arn",
        "web_acl_arn",
        of="nothing filters requests between the old web ACL and the new one",
        is_brief=True,
    ),
    LOG_DELIVERY_CONFIGURATION: _all(
        "user_pool_id",
        of="no logs until delivery is set up again",
        is_brief=True,
        source=PROVIDER_6,
    ),
    MANAGED_LOGIN_BRANDING: _all(
        "user_pool_id",
        "client_id",
        "asset",
        of="no branded page while the branding is deleted and created again",
        is_brief=True,
        source=PROVIDER_6,
    ),
}
"""The fixed arguments by resource type."""
