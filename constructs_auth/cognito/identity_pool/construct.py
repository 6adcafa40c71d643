"""The identity pool: temporary AWS credentials for users of user pools and other providers."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
from constructs_auth._registry import add_member, members_of
from constructs_auth._tokens import Flag
from constructs_auth.cognito.identity_pool.mappings import RoleMappings, token_warnings
from constructs_auth.cognito.identity_pool.providers import (
    Provider,
    Providers,
    TagProvider,
    provider_blocks,
)
from constructs_auth.cognito.identity_pool.role import (
    AUTHENTICATED,
    UNAUTHENTICATED,
    CreatedRoles,
    IdentityPoolRole,
    identity_issuer,
)
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.cognito.user_pool_client.construct import UserPoolClientRef
from constructs_auth.engine import (
    CognitoIdentityPool,
    CognitoIdentityPoolRolesAttachment,
    Construct,
    IamRole,
    TerraformResourceLifecycle,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import LoginProvider
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.identity_pool import (
    RoleMapping,
    check_role_arn,
)


class IdentityPool(AuthConstruct):
    """An identity pool, which exchanges a provider's token for temporary AWS credentials.

    **Changing** *name* or *developer_provider_name* replaces the pool. The identity ids of its
    users are lost, and with them access to data that is stored under these ids.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the pool.
        name: The name in the console, 1 to 128 characters. By default *construct_id*.
        cognito_identity_providers: The clients of user pools whose ID tokens the pool accepts.
        server_side_token_check: Whether Cognito checks that the user still exists and was not
            signed out globally. By default `True`.
        openid_connect_provider_arns: OpenID Connect providers of IAM. By default none.
        saml_provider_arns: SAML providers of IAM. By default none.
        supported_login_providers: The id of the application at each social provider. For Twitter it
            contains a secret and must be a token. By default none.
        developer_provider_name: The name of your own backend that authenticates users, 1 to 100
            letters, digits and `.`, `_`, `-`. By default none.
        allow_unauthenticated_identities: Whether guests, which means everybody on the internet, get
            credentials. By default `False`.
        allow_classic_flow: Whether an application may choose the role itself and bypass the role
            mappings. By default `False`.
        authenticated_role_arn: The role of signed-in users. By default this library creates one.
            `AS_IT_IS` leaves it out, for an imported pool without such a role.
        unauthenticated_role_arn: The role of guests. By default this library creates one if guests
            are allowed. `AS_IT_IS` leaves it out.
        prevent_destroy: Whether Terraform rejects a plan that destroys the pool. By default
            `False`: with `True`, `terraform destroy` fails until you remove it.
        tags: Tags of the pool, in addition to those of the stack. By default none.

    Attributes:
        allow_unauthenticated_identities: Whether guests get credentials.
        providers: The providers of the pool, for `map_roles`.
        tag_providers: The providers for an `IdentityPoolPrincipalTag`: pools in place of their
            clients.
        tagged_providers: The tag providers that have tags.
        role_mappings: The mappings from `map_roles`.
        authenticated_role_arn: The role of signed-in users, or `None` if it is left out.
        unauthenticated_role_arn: The role of guests, or `None` if guests are not allowed or it is
            left out.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a stack in China without the
            ARNs of roles, because the trust policy is not known there.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str | None = None,
        cognito_identity_providers: Collection[UserPoolClientRef] = (),
        server_side_token_check: Flag = True,
        openid_connect_provider_arns: Collection[str] = (),
        saml_provider_arns: Collection[str] = (),
        supported_login_providers: Mapping[LoginProvider, str] | None = None,
        developer_provider_name: str | None = None,
        allow_unauthenticated_identities: bool = False,
        allow_classic_flow: Flag = False,
        authenticated_role_arn: str | AsItIs | None = None,
        unauthenticated_role_arn: str | AsItIs | None = None,
        prevent_destroy: bool = False,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        name = name_or_id("IdentityPool", name, construct_id)
        subject = "IdentityPool"
        limit = limits.IDENTITY_POOL_NAME
        _checks.text(f"{subject}.name", name, limit, remedy="give another name")
        providers = Providers(
            clients=cognito_identity_providers,
            openid_connect_provider_arns=openid_connect_provider_arns,
            saml_provider_arns=saml_provider_arns,
            logins=supported_login_providers,
        )
        _checks.flag(f"{subject}.server_side_token_check", server_side_token_check)
        if developer_provider_name is not None:
            limit, remedy = limits.DEVELOPER_PROVIDER_NAME, "write one such as 'login.acme.example'"
            label = f"{subject}.developer_provider_name"
            _checks.text(label, developer_provider_name, limit, remedy=remedy)
        _checks.flag(f"{subject}.allow_classic_flow", allow_classic_flow)
        _checks.known_flag(f"{subject}.prevent_destroy", prevent_destroy)
        pool_tags = _checks.tags(f"{subject}.tags", tags)
        guests = allow_unauthenticated_identities
        _check_roles(authenticated_role_arn, unauthenticated_role_arn, guests=guests)
        if authenticated_role_arn is None or (guests and unauthenticated_role_arn is None):
            identity_issuer(scope)

        super().__init__(scope, construct_id)
        self.providers = providers.with_roles()
        self.tag_providers = providers.with_tags()
        self.tagged_providers: list[TagProvider] = []
        self._user_pools = providers.user_pools()
        self._warnings = tuple(
            _access_warnings(
                anybody=bool(self.providers) or developer_provider_name is not None or guests,
            )
        )
        self.resource = CognitoIdentityPool(
            self,
            "Default",
            allow_classic_flow=allow_classic_flow,
            allow_unauthenticated_identities=guests,
            cognito_identity_providers=provider_blocks(
                providers.clients, server_side_token_check=server_side_token_check
            ),
            developer_provider_name=developer_provider_name,
            identity_pool_name=name,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if prevent_destroy else None,
            openid_connect_provider_arns=list(providers.openid_connect_provider_arns) or None,
            saml_provider_arns=list(providers.saml_provider_arns) or None,
            supported_login_providers=providers.app_ids(),
            tags=pool_tags or None,
        )
        self.allow_unauthenticated_identities = guests
        self._roles = CreatedRoles(self, identity_pool_id=self.identity_pool_id)
        if authenticated_role_arn is None:
            authenticated_role_arn = self._roles.create(AUTHENTICATED).role_arn
        if guests and unauthenticated_role_arn is None:
            unauthenticated_role_arn = self._roles.create(UNAUTHENTICATED).role_arn
        self.authenticated_role_arn = _given(authenticated_role_arn)
        self.unauthenticated_role_arn = _given(unauthenticated_role_arn)
        self.role_mappings = RoleMappings(
            self,
            identity_pool_id=self.identity_pool_id,
            providers=self.providers,
            authenticated=self.authenticated_role_arn,
            unauthenticated=self.unauthenticated_role_arn,
        )
        for user_pool in self._user_pools:
            add_member(user_pool, self)

    @property
    def identity_pool_id(self) -> str:
        """The id, such as `eu-west-1:0a1b2c3d-…`; known after the apply."""
        return self.resource.id

    @property
    def identity_pool_arn(self) -> str:
        """The ARN; known after the apply."""
        return self.resource.arn

    @property
    def roles_attachment(self) -> CognitoIdentityPoolRolesAttachment:
        """The CDKTF resource of the roles, for settings that this construct does not offer.

        Raises:
            InvalidValueError: The pool has none, because both roles are left out.
        """
        return self.role_mappings.attachment

    @property
    def authenticated_role(self) -> IdentityPoolRole:
        """The role of signed-in users, for policies.

        Raises:
            InvalidValueError: The role was given as an ARN.
        """
        return self._roles.get(AUTHENTICATED)

    @property
    def unauthenticated_role(self) -> IdentityPoolRole:
        """The role of guests, for policies.

        Raises:
            InvalidValueError: The role was given as an ARN, or guests are not allowed.
        """
        return self._roles.get(UNAUTHENTICATED)

    @property
    def identity_id_variable(self) -> str:
        """The IAM policy variable for the user's identity id; IAM resolves it at each request.

        It is escaped, so that Terraform does not evaluate it:
        `$${cognito-identity.amazonaws.com:sub}`.

        Raises:
            InvalidValueError: The stack is in China, where the variable is not known.
        """
        return f"$${{{identity_issuer(self)}:sub}}"

    def add_role(self, name: str) -> IdentityPoolRole:
        """Create a role for some of the signed-in users: for a group, or for a rule of `map_roles`.

        Args:
            name: The end of the Terraform address: `aws_iam_role.<id of the pool>_<name>`.

        Raises:
            InvalidValueError: A name that a role of the pool already has, or a stack in China.
        """
        return self._roles.add(name)

    def map_roles(self, provider: Provider, mapping: RoleMapping) -> None:
        """Choose the role of a provider's users by their token. By default all get the same role.

        Args:
            provider: One of *providers*: a client, a `LoginProvider`, or the ARN of an IAM
                provider. A pool maps at most 10 of them.
            mapping: `TokenRoleMapping()` for the roles of groups, or `RulesRoleMapping(…)`.

        Raises:
            InvalidValueError: A provider that the pool does not have, that already has a mapping,
                or whose tokens name no roles.
        """
        self.role_mappings.add(provider, mapping)

    def allow_session_tags(self, provider: TagProvider) -> list[IamRole]:
        """Allow sessions of *provider* to carry tags, and return the roles that must allow it.

        `IdentityPoolPrincipalTag` calls it.
        """
        self.tagged_providers.append(provider)
        return self._roles.allow_session_tags()

    def find_warnings(self) -> Sequence[str]:
        """Return warnings about missing providers and about roles that no user gets."""
        return (
            *self._warnings,
            *self.role_mappings.find_warnings(),
            *(text for pool in self._user_pools for text in self._token_warnings(pool)),
        )

    def _token_warnings(self, user_pool: UserPoolRef) -> Iterator[str]:
        """Yield warnings once for all identity pools of *user_pool*, of which any may use roles."""
        pools = members_of(user_pool, IdentityPool, near=self)
        if pools[0] is self:
            by_token = any(pool.role_mappings.uses_tokens_of(user_pool) for pool in pools)
            yield from token_warnings(user_pool, by_token=by_token, near=self)


def _given(role_arn: str | AsItIs | None) -> str | None:
    return None if role_arn is AS_IT_IS else role_arn


def _check_roles(
    authenticated: str | AsItIs | None, unauthenticated: str | AsItIs | None, *, guests: bool
) -> None:
    """Check the ARNs, and that a role of guests is only given if guests are allowed."""
    _checks.known_flag("IdentityPool.allow_unauthenticated_identities", guests)
    if authenticated is not None and authenticated is not AS_IT_IS:
        check_role_arn("IdentityPool.authenticated_role_arn", authenticated)
    if unauthenticated is not None and unauthenticated is not AS_IT_IS:
        subject = "IdentityPool.unauthenticated_role_arn"
        check_role_arn(subject, unauthenticated)
        if not guests:
            raise InvalidValueError(
                subject,
                "must not be set unless guests are allowed",
                got=unauthenticated,
                remedy="leave it out, or set allow_unauthenticated_identities=True",
            )


def _access_warnings(*, anybody: bool) -> Iterator[str]:
    """Yield a warning if nobody can get credentials. The rules report too much access."""
    if not anybody:
        yield (
            "has no provider and no guests, so nobody gets credentials; set "
            "cognito_identity_providers"
        )
