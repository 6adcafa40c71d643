"""The identity pool: credentials of AWS for users of user pools and of other providers."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
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
    IdentityPoolRole,
    MadeRoles,
    identity_issuer,
)
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.cognito.user_pool_client.construct import UserPoolClientRef
from constructs_auth.engine import (
    CognitoIdentityPool,
    Construct,
    IamRole,
    TerraformResourceLifecycle,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import LoginProvider
from constructs_auth.values.identity_pool import (
    RoleMapping,
    check_role_arn,
)


class IdentityPool(AuthConstruct):
    """What gives users temporary credentials of AWS for the token of a provider.

    **Can never be changed** without a new pool that knows none of its users, whose identity ids
    are lost with what was kept under them: *name* and *developer_provider_name*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id. Another id is another pool.
        name: The name in the console, 1 to 128 characters. By default *construct_id*.
        cognito_identity_providers: The clients of user pools whose ID tokens are taken.
        server_side_token_check: Whether each user pool is asked if the user is still there and
            was not signed out everywhere. By default `True`.
        openid_connect_provider_arns: OpenID Connect providers of IAM. By default none.
        saml_provider_arns: SAML providers of IAM. By default none.
        supported_login_providers: The id of the application at each social provider; for Twitter
            it holds a secret, and comes from outside of the program. By default none.
        developer_provider_name: What your own backend is called that vouches for users, 1 to 100
            letters, digits and `.`, `_`, `-`. By default there is none.
        allow_unauthenticated_identities: Whether guests get credentials, who are everybody on
            the internet. By default `False`.
        allow_classic_flow: Whether an application may choose the role by itself and pass by the
            role mappings. By default `False`.
        authenticated_role_arn: The role of signed-in users. By default one is made.
        unauthenticated_role_arn: The role of guests. By default one is made where guests are let
            in.
        prevent_destroy: Whether Terraform refuses to plan its destruction. By default `False`,
            for `terraform destroy` fails until it is taken out.
        tags: Tags of the pool, besides those of the stack. By default none.

    Attributes:
        providers: Whose users get credentials, for `map_roles`.
        tag_providers: The same for an `IdentityPoolPrincipalTag`: in place of clients their pools.
        tagged_providers: Those of them that have tags.
        role_mappings: What `map_roles` was told.
        authenticated_role_arn: The role of signed-in users.
        unauthenticated_role_arn: The role of guests, or `None` where they are not let in.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a stack in China without the
            ARNs of roles, for the trust policy is not known there.
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
        authenticated_role_arn: str | None = None,
        unauthenticated_role_arn: str | None = None,
        prevent_destroy: bool = False,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        name = construct_id if name is None else name
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
        self._roles = MadeRoles(self, identity_pool_id=self.identity_pool_id)
        if authenticated_role_arn is None:
            authenticated_role_arn = self._roles.make(AUTHENTICATED).role_arn
        if guests and unauthenticated_role_arn is None:
            unauthenticated_role_arn = self._roles.make(UNAUTHENTICATED).role_arn
        self.authenticated_role_arn = authenticated_role_arn
        self.unauthenticated_role_arn = unauthenticated_role_arn
        self.role_mappings = RoleMappings(
            self,
            identity_pool_id=self.identity_pool_id,
            providers=self.providers,
            authenticated=authenticated_role_arn,
            unauthenticated=unauthenticated_role_arn,
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
    def authenticated_role(self) -> IdentityPoolRole:
        """The role of signed-in users, for policies.

        Raises:
            InvalidValueError: It was not made here, but given as an ARN.
        """
        return self._roles.get(AUTHENTICATED)

    @property
    def unauthenticated_role(self) -> IdentityPoolRole:
        """The role of guests, for policies.

        Raises:
            InvalidValueError: It was given as an ARN, or there are no guests.
        """
        return self._roles.get(UNAUTHENTICATED)

    @property
    def identity_id_variable(self) -> str:
        """What stands for the user's identity id in a policy; IAM fills it in at each request.

        Written so that Terraform leaves it alone: `$${cognito-identity.amazonaws.com:sub}`.

        Raises:
            InvalidValueError: The stack is in China, for which it is not known.
        """
        return f"$${{{identity_issuer(self)}:sub}}"

    def add_role(self, name: str) -> IdentityPoolRole:
        """Make a role for some of the signed-in users: of a group, or of a rule of `map_roles`.

        Args:
            name: What its address ends with: `aws_iam_role.<id of the pool>_<name>`.

        Raises:
            InvalidValueError: A name that the pool has already, or a stack in China.
        """
        return self._roles.add(name)

    def map_roles(self, provider: Provider, mapping: RoleMapping) -> None:
        """Choose the role of a provider's users by their token; by default it is the same for all.

        Args:
            provider: One of *providers*: a client, a `LoginProvider`, or the ARN of a provider of
                IAM. At most 10 of them can be mapped.
            mapping: `TokenRoleMapping()` for the roles of groups, or `RulesRoleMapping(…)`.

        Raises:
            InvalidValueError: A provider that the pool does not have, or that is mapped already,
                or whose tokens name no roles.
        """
        self.role_mappings.add(provider, mapping)

    def allow_session_tags(self, provider: TagProvider) -> list[IamRole]:
        """Let sessions carry tags, once for a provider; give the roles that have to let them.

        `IdentityPoolPrincipalTag` calls it.
        """
        self.tagged_providers.append(provider)
        return self._roles.allow_session_tags()

    def find_warnings(self) -> Sequence[str]:
        """Name what lets in too many, and what no user gets; asked when the app is synthesized."""
        return (
            *self._warnings,
            *self.role_mappings.find_warnings(),
            *(text for pool in self._user_pools for text in self._token_warnings(pool)),
        )

    def _token_warnings(self, user_pool: UserPoolRef) -> Iterator[str]:
        """Ask once of all identity pools of *user_pool*: one may take the roles, one not."""
        pools = members_of(user_pool, IdentityPool, near=self)
        if pools[0] is self:
            by_token = any(pool.role_mappings.take_token_of(user_pool) for pool in pools)
            yield from token_warnings(user_pool, by_token=by_token, near=self)


def _check_roles(authenticated: str | None, unauthenticated: str | None, *, guests: bool) -> None:
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


def _access_warnings(*, anybody: bool) -> Iterator[str]:
    """Say what lets in nobody; what lets in too many, the rules say."""
    if not anybody:
        yield (
            "has no provider and no guests, so nobody gets credentials; give it "
            "cognito_identity_providers"
        )
