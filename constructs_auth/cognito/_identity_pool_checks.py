"""Which settings of an identity pool go together, and which let in more than they should."""

from collections.abc import Collection, Iterator

from constructs_auth import _checks
from constructs_auth.cognito._identity_pool_providers import Provider, check_one_of, describe
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import LoginProvider
from constructs_auth.values.identity_pool import (
    RoleMapping,
    RulesRoleMapping,
    TokenRoleMapping,
    check_role_arn,
)


def check_roles(authenticated: str | None, unauthenticated: str | None, *, guests: bool) -> None:
    """Check the ARNs that were given, and that a role of guests has guests."""
    _checks.known_flag("IdentityPool.allow_unauthenticated_identities", guests)
    if authenticated is not None:
        check_role_arn("IdentityPool.authenticated_role_arn", authenticated)
    if unauthenticated is not None:
        subject = "IdentityPool.unauthenticated_role_arn"
        check_role_arn(subject, unauthenticated)
        if not guests:
            raise InvalidValueError(
                subject,
                "must not be given where guests are not let in",
                got=unauthenticated,
                remedy="leave it out, or set allow_unauthenticated_identities=True",
            )


def check_mapping(
    provider: Provider,
    mapping: RoleMapping,
    *,
    providers: Collection[Provider],
    mapped: Collection[Provider],
) -> None:
    """Check that *mapping* can be that of *provider*, beside those that are *mapped*."""
    subject = "IdentityPool.map_roles"
    check_one_of(f"{subject}, provider", provider, providers)
    _checks.kind(f"{subject}, mapping", mapping, TokenRoleMapping, RulesRoleMapping)
    if provider in mapped:
        raise InvalidValueError(
            f"{subject}, provider",
            "must be mapped once",
            got=describe(provider),
            remedy="put all rules into one RulesRoleMapping(…)",
        )
    if isinstance(provider, LoginProvider) and isinstance(mapping, TokenRoleMapping):
        raise InvalidValueError(
            f"{subject}, mapping",
            "must be by rules for a social provider, whose tokens name no roles",
            got=mapping,
            remedy="give RulesRoleMapping(…)",
        )
    _checks.whole_number(
        f"{subject}, number of mappings",
        len(mapped) + 1,
        limits.ROLE_MAPPINGS,
        remedy="use several identity pools",
    )


def access_warnings(*, anybody: bool) -> Iterator[str]:
    """Say what lets in nobody; what lets in too many, the rules say."""
    if not anybody:
        yield (
            "has no provider and no guests, so nobody gets credentials; give it "
            "cognito_identity_providers"
        )
