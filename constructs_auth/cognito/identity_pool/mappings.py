"""The role mappings of an identity pool, and warnings about them."""

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
from constructs_auth.cognito.user_pool.base import UserPoolBase
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
    """The roles attachment of one identity pool, with its mapping for each provider.

    Args:
        identity_pool: The pool, which is the parent of the attachment.
        identity_pool_id: Its id.
        providers: The providers that can be mapped.
        authenticated: The role of signed-in users, or `None`.
        unauthenticated: The role of guests, or `None`: then the attachment has no such role,
            because even an unused one is a finding (Security Hub, Cognito.2). Without both there
            is no attachment.
    """

    def __init__(
        self,
        identity_pool: Construct,
        *,
        identity_pool_id: str,
        providers: Collection[Provider],
        authenticated: str | None,
        unauthenticated: str | None,
    ) -> None:
        named = {"authenticated": authenticated, "unauthenticated": unauthenticated}
        roles = {name: arn for name, arn in named.items() if arn is not None}
        self._path = identity_pool.node.path
        self._providers = providers
        self._mappings: dict[Provider, RoleMapping] = {}
        self._attachment: CognitoIdentityPoolRolesAttachment | None = None
        if roles:
            self._attachment = CognitoIdentityPoolRolesAttachment(
                identity_pool, "roles", identity_pool_id=identity_pool_id, roles=roles
            )
            name_after(identity_pool, self._attachment, "roles")

    @property
    def attachment(self) -> CognitoIdentityPoolRolesAttachment:
        """The resource.

        Raises:
            InvalidValueError: There is none.
        """
        if self._attachment is None:
            raise InvalidValueError(
                f"IdentityPool {self._path}",
                "must have a role for this",
                got=None,
                remedy="set authenticated_role_arn in place of AS_IT_IS",
            )
        return self._attachment

    def add(self, provider: Provider, mapping: RoleMapping) -> None:
        """Choose the role of the users of *provider* by *mapping*."""
        _check_mapping(provider, mapping, providers=self._providers, mapped=self._mappings)
        attachment = self.attachment
        self._mappings[provider] = mapping
        attachment.put_role_mapping([*starmap(_block, self._mappings.items())])

    def uses_tokens_of(self, user_pool: UserPoolRef) -> bool:
        """Return whether users of *user_pool* get the role of their group through any client."""
        return any(
            isinstance(mapping, TokenRoleMapping)
            and isinstance(provider, UserPoolClient | ExistingUserPoolClient)
            and provider.user_pool == user_pool
            for provider, mapping in self._mappings.items()
        )

    def find_warnings(self) -> Iterator[str]:
        """Yield a warning for each claim that chooses a role and that users can write."""
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
    """Check that *mapping* is possible for *provider*, given those that are already *mapped*."""
    subject = "IdentityPool.map_roles"
    check_one_of(f"{subject}, provider", provider, providers)
    _checks.kind(f"{subject}, mapping", mapping, TokenRoleMapping, RulesRoleMapping)
    if provider in mapped:
        raise InvalidValueError(
            f"{subject}, provider",
            "must have one mapping",
            got=describe(provider),
            remedy="put all rules into one RulesRoleMapping(…)",
        )
    if isinstance(provider, LoginProvider) and isinstance(mapping, TokenRoleMapping):
        raise InvalidValueError(
            f"{subject}, mapping",
            "must use rules for a social provider, whose tokens name no roles",
            got=mapping,
            remedy="use RulesRoleMapping(…)",
        )
    _checks.whole_number(
        f"{subject}, number of mappings",
        len(mapped) + 1,
        limits.ROLE_MAPPINGS,
        remedy="use several identity pools",
    )


def writer_warnings(claims: Iterable[str], clients: Iterable[UserPoolClient]) -> Iterator[str]:
    """Yield a text for each of *claims* that users can write themselves through one of *clients*.

    Source: developer guide, «Best practices for role-based access control». Clients of programs
    have no users and do not count.
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
                f"the claim {claim!r}, which users can write through {', '.join(writers)}; "
                "remove it from write_attributes there, or use a claim that users cannot write"
            )


def token_warnings(user_pool: UserPoolRef, *, by_token: bool, near: Construct) -> Iterator[str]:
    """Yield a warning if nobody gets the roles of groups, or no token can name a role."""
    with_roles = [
        group.node.path
        for group in members_of(user_pool, UserGroup, near=near)
        if group.role_arn is not None
    ]
    if with_roles and not by_token:
        yield (
            "does not use the roles in the tokens of users, so nobody gets the roles of the groups "
            f"{', '.join(with_roles)}; call map_roles(<client>, TokenRoleMapping())"
        )
    if by_token and not with_roles and isinstance(user_pool, UserPoolBase):
        yield (
            f"uses the roles in the tokens of users of {describe(user_pool)}, but none of its "
            "groups has a role; set role_arn of a UserGroup"
        )


def _rules(mapping: RoleMapping) -> Collection[MappingRule]:
    return mapping.rules if isinstance(mapping, RulesRoleMapping) else ()


def _block(
    provider: Provider, mapping: RoleMapping
) -> CognitoIdentityPoolRolesAttachmentRoleMapping:
    """Return the block of one provider, with its rules in order: the first match counts."""
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
