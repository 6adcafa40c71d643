"""Which user of an identity pool gets which role: the blocks, and what deserves a warning."""

from collections.abc import Collection, Iterable, Iterator
from itertools import starmap

from constructs_auth import _checks
from constructs_auth._construct import name_after
from constructs_auth._registry import members_of
from constructs_auth.cognito.identity_pool.providers import (
    Provider,
    check_one_of,
    describe,
    provider_key,
)
from constructs_auth.cognito.user_group import UserGroup
from constructs_auth.cognito.user_pool.construct import UserPool
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.engine import (
    CognitoIdentityPoolRolesAttachment,
    CognitoIdentityPoolRolesAttachmentRoleMapping,
    CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule,
    Construct,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import LoginProvider
from constructs_auth.values.application import MachineToMachine
from constructs_auth.values.existing import ExistingUserPoolClient
from constructs_auth.values.identity_pool import (
    MappingRule,
    RoleMapping,
    RulesRoleMapping,
    TokenRoleMapping,
)


class RoleMappings:
    """The roles attachment of one identity pool, and what it says of each provider.

    Args:
        identity_pool: The pool, under which it is.
        identity_pool_id: Its id.
        providers: The providers that can be mapped.
        authenticated: The role of signed-in users.
        unauthenticated: The role of guests; without them no word of it, for even that is a
            finding (Security Hub, Cognito.2).
    """

    def __init__(
        self,
        identity_pool: Construct,
        *,
        identity_pool_id: str,
        providers: Collection[Provider],
        authenticated: str,
        unauthenticated: str | None,
    ) -> None:
        guests = {} if unauthenticated is None else {"unauthenticated": unauthenticated}
        self._providers = providers
        self._mappings: dict[Provider, RoleMapping] = {}
        self._attachment = CognitoIdentityPoolRolesAttachment(
            identity_pool,
            "roles",
            identity_pool_id=identity_pool_id,
            roles={"authenticated": authenticated, **guests},
        )
        name_after(identity_pool, self._attachment, "roles")

    def add(self, provider: Provider, mapping: RoleMapping) -> None:
        """Choose the role of the users of *provider* by *mapping*."""
        _check_mapping(provider, mapping, providers=self._providers, mapped=self._mappings)
        self._mappings[provider] = mapping
        self._attachment.put_role_mapping([*starmap(_block, self._mappings.items())])

    def take_token_of(self, user_pool: UserPoolRef) -> bool:
        """Say whether users of *user_pool* get, through any client, the role of their group."""
        return any(
            isinstance(mapping, TokenRoleMapping)
            and isinstance(provider, UserPoolClient | ExistingUserPoolClient)
            and provider.user_pool == user_pool
            for provider, mapping in self._mappings.items()
        )

    def find_warnings(self) -> Iterator[str]:
        """Name claims that decide about a role and that users write themselves."""
        for provider, mapping in self._mappings.items():
            if isinstance(provider, UserPoolClient):
                claims = dict.fromkeys(rule.claim for rule in _rules(mapping))
                clients = members_of(provider.user_pool, UserPoolClient, near=provider)
                for text in writer_warnings(claims, clients):
                    yield f"a rule for {describe(provider)} chooses a role by {text}"


def _check_mapping(
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


def writer_warnings(claims: Iterable[str], clients: Iterable[UserPoolClient]) -> Iterator[str]:
    """Say through which of *clients* users write what becomes one of *claims*.

    Developer guide, «Best practices for role-based access control». Programs have no users.
    """
    written = {
        client.node.path: client.resource.write_attributes_input or ()
        for client in clients
        if not isinstance(client.application, MachineToMachine)
    }
    for claim in claims:
        writers = [path for path, attributes in written.items() if claim in attributes]
        if writers:
            yield (
                f"the claim {claim!r}, which users write themselves through {', '.join(writers)}; "
                "take it out of write_attributes there, or use a claim that users cannot write"
            )


def token_warnings(user_pool: UserPoolRef, *, by_token: bool, near: Construct) -> Iterator[str]:
    """Name groups whose role nobody gets, or say that no token names a role."""
    with_roles = [
        group.node.path
        for group in members_of(user_pool, UserGroup, near=near)
        if group.role_arn is not None
    ]
    if with_roles and not by_token:
        yield (
            "takes no role from the token of a user, so nobody gets the roles of the groups "
            f"{', '.join(with_roles)}; call map_roles(<client>, TokenRoleMapping())"
        )
    if by_token and not with_roles and isinstance(user_pool, UserPool):
        yield (
            f"takes the role of users of {describe(user_pool)} from their token, but none of its "
            "groups has a role; give a UserGroup its role_arn"
        )


def _rules(mapping: RoleMapping) -> Collection[MappingRule]:
    return mapping.rules if isinstance(mapping, RulesRoleMapping) else ()


def _block(
    provider: Provider, mapping: RoleMapping
) -> CognitoIdentityPoolRolesAttachmentRoleMapping:
    """Write what is said of one provider; its rules in their order, for the first match counts."""
    return CognitoIdentityPoolRolesAttachmentRoleMapping(
        ambiguous_role_resolution=mapping.ambiguous_role_resolution,
        identity_provider=provider_key(provider),
        mapping_rule=[*map(_rule_block, _rules(mapping))] or None,
        type="Rules" if isinstance(mapping, RulesRoleMapping) else "Token",
    )


def _rule_block(
    rule: MappingRule,
) -> CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule:
    return CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule(
        claim=rule.claim,
        match_type=rule.match_type,
        role_arn=rule.role_arn,
        value=rule.value,
    )
