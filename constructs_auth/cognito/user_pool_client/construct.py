"""The app client: one application that signs users of a pool in."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import add_member
from constructs_auth._tokens import Flag
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.cognito.resource_server import foreign_servers, text_scope_problems
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    is_judged_with,
    passwordless_of,
    tier_of,
)
from constructs_auth.cognito.user_pool_client import blocks, defaults
from constructs_auth.cognito.user_pool_client.blocks import scopes_of
from constructs_auth.cognito.user_pool_client.defaults import (
    checked_read_attributes,
    checked_write_attributes,
)
from constructs_auth.cognito.user_pool_client.login_urls import (
    PagesDomain,
    authorize_url,
    base_url_of,
    logout_url,
)
from constructs_auth.engine import CognitoUserPoolClient, Construct
from constructs_auth.facts import limits
from constructs_auth.facts.words import AuthFlow, UserPoolTier
from constructs_auth.stack import auth_stack_of
from constructs_auth.values.application import AdminBackend, Application, keeps_secret
from constructs_auth.values.existing import ExistingUserPoolClient
from constructs_auth.values.tokens import RefreshTokenRotation, TokenValidity

COGNITO = "COGNITO"
"""The pool itself as identity provider: users with a name and a password of their own."""


class UserPoolClient(AuthConstruct):
    """An application that may sign users of a pool in.

    **Can never be changed** without a new client id: *user_pool*, and whether there is a secret,
    which follows from *application*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id. Another id is another client, with another client id and secret.
        user_pool: The pool, of this program or an `ExistingUserPool`.
        application: What kind of application it is; this decides about the secret, the flows
            and the life of tokens.
        name: The name in the console, 1 to 128 characters. By default *construct_id*.
        explicit_auth_flows: How the application may hand credentials to Cognito's API. By
            default SRP, which keeps the password off the wire; `AuthFlow.USER` too where the pool
            is passwordless; `AuthFlow.ADMIN_USER_PASSWORD` for an `AdminBackend`; none for a
            `MachineToMachine`. The refresh flow is added where it belongs.
        supported_identity_providers: Who may vouch for users: `COGNITO` for the pool itself,
            identity providers of the pool, or names. By default the pool alone.
        token_validity: How long tokens are good for. By default 1 hour, and 30 days for the
            refresh token; 7 days for an application that keeps no secret.
        refresh_token_rotation: Whether each use of a refresh token replaces it. By default only
            for an application that keeps no secret, unless the pool has the tier Lite.
        auth_session_validity: How long a user may take for one sign-in: 3 to 15 minutes. By
            default 3.
        enable_token_revocation: Whether refresh tokens can be revoked. By default `True`.
        prevent_user_existence_errors: Whether answers hide if a user exists. By default `True`.
        enable_propagate_additional_user_context_data: Whether the application may pass the
            address of its user on to threat protection; only with a secret. By default `False`.
        read_attributes: Which attributes the application sees. By default the standard ones,
            whether addresses are verified, and the pool's own.
        write_attributes: Which attributes the application, and so its user, may change. By
            default the standard ones and what an identity provider of the client fills: the
            pool's own attributes often say what a user may do.

    Attributes:
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that Cognito does not accept. Combinations that cannot work
            are found when the app is synthesized.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        application: Application,
        name: str | None = None,
        explicit_auth_flows: Collection[AuthFlow] | None = None,
        supported_identity_providers: Collection[str | IdentityProvider] = (COGNITO,),
        token_validity: TokenValidity | None = None,
        refresh_token_rotation: RefreshTokenRotation | None = None,
        auth_session_validity: timedelta = timedelta(minutes=3),
        enable_token_revocation: Flag = True,
        prevent_user_existence_errors: bool = True,
        enable_propagate_additional_user_context_data: Flag = False,
        read_attributes: Collection[str] | None = None,
        write_attributes: Collection[str] | None = None,
    ) -> None:
        name = construct_id if name is None else name
        propagates_context = enable_propagate_additional_user_context_data
        subject = "UserPoolClient"
        _checks.text(f"{subject}.name", name, limits.CLIENT_NAME, remedy="give another name")
        defaults.check_kinds(user_pool, application, token_validity, refresh_token_rotation)
        _checks.flag(f"{subject}.enable_token_revocation", enable_token_revocation)
        hides_existence = prevent_user_existence_errors
        _checks.known_flag(f"{subject}.prevent_user_existence_errors", hides_existence)
        _checks.flag(f"{subject}.enable_propagate_additional_user_context_data", propagates_context)
        providers = defaults.checked_providers(supported_identity_providers)
        flows = defaults.checked_flows(explicit_auth_flows, application, user_pool)
        validity = token_validity or defaults.default_validity(application)
        rotation = refresh_token_rotation or defaults.default_rotation(application, user_pool)
        session = defaults.checked_session_minutes(auth_session_validity)
        readable = checked_read_attributes(read_attributes, user_pool)
        writable = checked_write_attributes(write_attributes, user_pool, providers)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.application = application
        self._providers = providers
        self._flows = flows
        self._warnings = tuple(
            _client_warnings(application=application, flows=flows, user_pool=user_pool)
        )
        oauth = blocks.oauth_of(application)
        oauth_flows = blocks.oauth_flows(application)
        access, access_unit = _checks.in_largest_unit(validity.access_token)
        identity, identity_unit = _checks.in_largest_unit(validity.id_token)
        refresh, refresh_unit = _checks.in_largest_unit(validity.refresh_token)
        self.resource = CognitoUserPoolClient(
            self,
            "Default",
            access_token_validity=access,
            allowed_oauth_flows=oauth_flows,
            allowed_oauth_flows_user_pool_client=oauth_flows is not None,
            allowed_oauth_scopes=blocks.oauth_scopes(application),
            auth_session_validity=session,
            callback_urls=list(oauth.callback_urls) if oauth else None,
            default_redirect_uri=oauth.default_redirect_uri if oauth else None,
            depends_on=blocks.dependencies(self, application, providers),
            enable_propagate_additional_user_context_data=propagates_context,
            enable_token_revocation=enable_token_revocation,
            explicit_auth_flows=blocks.explicit_auth_flows(flows, rotation),
            generate_secret=keeps_secret(application),
            id_token_validity=identity,
            logout_urls=(list(oauth.logout_urls) or None) if oauth else None,
            name=name,
            prevent_user_existence_errors="ENABLED" if hides_existence else "LEGACY",
            read_attributes=list(readable),
            refresh_token_rotation=blocks.rotation_block(rotation),
            refresh_token_validity=refresh,
            supported_identity_providers=[*map(defaults.provider_name_of, providers)],
            token_validity_units=blocks.units_block(access_unit, identity_unit, refresh_unit),
            user_pool_id=user_pool.user_pool_id,
            write_attributes=list(writable),
        )
        add_member(user_pool, self)

    @property
    def user_pool_client_id(self) -> str:
        """The client id; known after the apply."""
        return self.resource.id

    @property
    def client_secret(self) -> str:
        """The client secret, which Terraform keeps in its state; known after the apply."""
        return self.resource.client_secret

    def authorize_url(self, domain: PagesDomain, *, redirect_uri: str | None = None) -> str:
        """Give the URL that a browser is sent to for sign-in, with the authorization code grant.

        The application adds `state`, `nonce` and `code_challenge` for each sign-in.

        Args:
            domain: The `UserPoolDomain`, or the base URL of one that others own.
            redirect_uri: One of the callback URLs. By default the default redirect, or the only
                callback URL.

        Raises:
            InvalidValueError: The client has no sign-in pages, *domain* is that of another pool, or
                *redirect_uri* is not one of the callback URLs.
        """
        return authorize_url(
            base_url_of(domain, self.user_pool),
            client_id=self.user_pool_client_id,
            oauth=blocks.required_oauth(self.application, "authorize URL"),
            redirect_uri=redirect_uri,
        )

    def logout_url(self, domain: PagesDomain, *, logout_uri: str | None = None) -> str:
        """Give the URL that a browser is sent to for sign-out.

        Args:
            domain: The `UserPoolDomain`, or the base URL of one that others own.
            logout_uri: One of the logout URLs. By default the only one.

        Raises:
            InvalidValueError: The client has no sign-in pages, *domain* is that of another pool, or
                *logout_uri* is not one of the logout URLs.
        """
        return logout_url(
            base_url_of(domain, self.user_pool),
            client_id=self.user_pool_client_id,
            oauth=blocks.required_oauth(self.application, "logout URL"),
            logout_uri=logout_uri,
        )

    def token_url(self, domain: PagesDomain) -> str:
        """Give the URL where codes and refresh tokens are exchanged for tokens."""
        return f"{base_url_of(domain, self.user_pool)}/oauth2/token"

    def userinfo_url(self, domain: PagesDomain) -> str:
        """Give the URL that tells who an access token speaks for."""
        return f"{base_url_of(domain, self.user_pool)}/oauth2/userInfo"

    def add_url_outputs(self, domain: PagesDomain, prefix: str = "user_pool_client") -> None:
        """Define `<prefix>_authorize_url`, `_token_url`, `_userinfo_url` and `_logout_url`.

        What the client has no use for is left out: a program has no sign-in page, and without
        a logout URL there is nowhere to go after sign-out.

        Raises:
            InvalidValueError: The client is in a stack that is not an `AuthStack`, or has several
                callback or logout URLs and no default.
        """
        stack = auth_stack_of(self)
        token = self.token_url(domain)
        stack.add_output(f"{prefix}_token_url", token, description="Where tokens are issued.")
        oauth = blocks.oauth_of(self.application)
        if oauth is None:
            return
        authorize, userinfo = self.authorize_url(domain), self.userinfo_url(domain)
        stack.add_output(f"{prefix}_authorize_url", authorize, description="Where sign-in begins.")
        stack.add_output(
            f"{prefix}_userinfo_url", userinfo, description="Who an access token speaks for."
        )
        if oauth.logout_urls:
            stack.add_output(
                f"{prefix}_logout_url", self.logout_url(domain), description="Where sign-out ends."
            )

    def find_problems(self) -> Sequence[str]:
        """Name settings that Cognito refuses together; asked when the app is synthesized."""
        return (
            *self._tier_problems(),
            *_reference_problems(self, self.application, self._providers, self.user_pool),
        )

    def find_warnings(self) -> Sequence[str]:
        """Name what works and deserves a warning; asked when the app is synthesized."""
        return self._warnings

    def _tier_problems(self) -> Iterator[str]:
        lite = tier_of(self.user_pool) is UserPoolTier.LITE
        if AuthFlow.USER in self._flows and lite and not is_judged_with(self.user_pool, self):
            yield (
                "explicit_auth_flows: must not hold ALLOW_USER_AUTH where the pool's tier is LITE, "
                f"got {AuthFlow.USER}; give the pool UserPoolTier.ESSENTIALS, or leave it out"
            )


def _client_warnings(
    *, application: Application, flows: Collection[AuthFlow], user_pool: UserPoolRef
) -> Iterator[str]:
    """Name what works and deserves a warning; the rules say the rest."""
    api = flows and not isinstance(application, AdminBackend)
    if passwordless_of(user_pool) and api and AuthFlow.USER not in flows:
        yield (
            "explicit_auth_flows lacks ALLOW_USER_AUTH, so users of this client cannot use the "
            "passwordless factors of the pool; add AuthFlow.USER"
        )


def _reference_problems(
    client: Construct,
    application: Application,
    providers: Collection[str | IdentityProvider],
    user_pool: UserPoolRef,
) -> Iterator[str]:
    """Name what does not exist in the pool; asked late, for it may be defined after the client."""
    yield from text_scope_problems(client, scopes_of(application), user_pool)
    for server in foreign_servers(scopes_of(application), user_pool):
        yield (
            "allowed_oauth_scopes: must hold scopes of the client's own pool, got a scope of "
            f"{server}, which is in another; use a resource server of this pool"
        )
    for provider in providers:
        if isinstance(provider, IdentityProvider) and provider.user_pool != user_pool:
            yield (
                "supported_identity_providers: must be providers of the client's own pool, got "
                f"{provider.node.path}, which is in another; use a provider of this pool"
            )


UserPoolClientRef: TypeAlias = UserPoolClient | ExistingUserPoolClient
"""What stands for a client of a user pool."""


def check_client(subject: str, client: UserPoolClientRef) -> UserPoolClientRef:
    """Refuse what is no client."""
    return _checks.kind(subject, client, UserPoolClient, ExistingUserPoolClient)
