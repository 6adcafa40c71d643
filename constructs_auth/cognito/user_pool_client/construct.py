"""The app client: one application that signs users of a pool in."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
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
    several,
)
from constructs_auth.engine import CognitoUserPoolClient, Construct
from constructs_auth.facts import limits
from constructs_auth.facts.words import AuthFlow, OAuthFlow, UserPoolTier
from constructs_auth.stack import OutputValue, add_outputs_of
from constructs_auth.values.application import AdminBackend, Application
from constructs_auth.values.as_it_is import AsItIs, ImportedSecret
from constructs_auth.values.existing import ExistingUserPoolClient
from constructs_auth.values.tokens import RefreshTokenRotation, TokenValidity

COGNITO = "COGNITO"
"""The pool itself as identity provider: users who sign in with a password of the pool."""


class UserPoolClient(AuthConstruct):
    """An app client: an application that may sign in users of a pool.

    **Changing** *user_pool* replaces the client; the new one has another client id. So does a
    change of *application* from a kind with a secret to one without, or back.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the client; the new one has another client id and
            secret.
        user_pool: The pool: a `UserPool` or an `ExistingUserPool`.
        application: The kind of application, which decides on the secret, the flows and the
            lifetime of tokens.
        name: The name in the console, 1 to 128 characters. By default *construct_id*.
        explicit_auth_flows: How the application may send credentials to Cognito's API. By default
            SRP, which does not send the password; also `AuthFlow.USER` if the pool is passwordless;
            `AuthFlow.ADMIN_USER_PASSWORD` for an `AdminBackend`; none for a `MachineToMachine`.
            This library adds the refresh flow where it is allowed. `AS_IT_IS` leaves them out.
        supported_identity_providers: The providers that users may sign in with: `COGNITO` for the
            pool itself, identity providers of the pool, or names. By default only the pool.
            `AS_IT_IS` leaves them out.
        token_validity: How long tokens are valid. By default 1 hour, and 30 days for the refresh
            token; 7 days for an application without a secret. `AS_IT_IS` leaves out the times and
            their units.
        refresh_token_rotation: Whether Cognito replaces a refresh token at each use. By default
            only for an application without a secret, unless the pool has the tier LITE. Its library
            must support rotation: Amplify JavaScript 6.15.4 or newer, the current Amplify for
            Flutter, Swift and Android, or a library for OpenID Connect; not
            amazon-cognito-identity-js or pycognito, which need `RefreshTokenRotation.disabled()`.
            `AS_IT_IS` leaves the setting out.
        auth_session_validity: How long a user may take for one sign-in: 3 to 15 minutes. By
            default 3. `AS_IT_IS` leaves it out.
        enable_token_revocation: Whether refresh tokens can be revoked. By default `True`.
        prevent_user_existence_errors: Whether Cognito's responses hide if a user exists. By default
            `True`. `AS_IT_IS` leaves it out.
        enable_propagate_additional_user_context_data: Whether the application may send the user's
            IP address to threat protection; only with a secret. By default `False`.
        read_attributes: The attributes that the application may read. By default the standard
            attributes, the verification status of addresses, and the custom attributes.
            `AS_IT_IS` leaves them out.
        write_attributes: The attributes that the application, and thus its user, may change. By
            default the standard attributes, and every attribute that one of its identity providers
            maps. The other custom attributes are left out, because they often define permissions.
            `AS_IT_IS` leaves the argument out.
        imported_secret: Whether a client that you import has a client secret. By default `None`:
            the client is new, and *application* decides. Keep it after the import: without it,
            Terraform replaces the client, whose id and secret change.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.
        has_secret: Whether the client has a client secret.

    Raises:
        InvalidValueError: A value that Cognito does not accept. Synthesis reports combinations that
            cannot work.
    """

    _creates_resource_next = True

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        application: Application,
        name: str | None = None,
        explicit_auth_flows: Collection[AuthFlow] | AsItIs | None = None,
        supported_identity_providers: Collection[str | IdentityProvider] | AsItIs = (COGNITO,),
        token_validity: TokenValidity | AsItIs | None = None,
        refresh_token_rotation: RefreshTokenRotation | AsItIs | None = None,
        auth_session_validity: timedelta | AsItIs = timedelta(minutes=3),
        enable_token_revocation: Flag = True,
        prevent_user_existence_errors: bool | AsItIs = True,
        enable_propagate_additional_user_context_data: Flag = False,
        read_attributes: Collection[str] | AsItIs | None = None,
        write_attributes: Collection[str] | AsItIs | None = None,
        imported_secret: ImportedSecret | None = None,
    ) -> None:
        name = name_or_id("UserPoolClient", name, construct_id)
        propagates_context = enable_propagate_additional_user_context_data
        subject = "UserPoolClient"
        _checks.text(f"{subject}.name", name, limits.CLIENT_NAME, remedy="give another name")
        defaults.check_kinds(user_pool, application, token_validity, refresh_token_rotation)
        has_secret = defaults.has_secret(application, imported_secret)
        _checks.flag(f"{subject}.enable_token_revocation", enable_token_revocation)
        existence_errors = defaults.checked_existence_errors(prevent_user_existence_errors)
        _checks.flag(f"{subject}.enable_propagate_additional_user_context_data", propagates_context)
        providers = defaults.checked_providers(supported_identity_providers)
        flows = defaults.checked_flows(explicit_auth_flows, application, user_pool)
        validity = token_validity or defaults.default_validity(secret=has_secret)
        rotation = defaults.checked_rotation(refresh_token_rotation, user_pool, secret=has_secret)
        session = defaults.checked_session_minutes(auth_session_validity)
        readable = checked_read_attributes(read_attributes, user_pool)
        writable = checked_write_attributes(write_attributes, user_pool, providers)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.application = application
        self.has_secret = has_secret
        self._providers = () if isinstance(providers, AsItIs) else providers
        self._flows = () if isinstance(flows, AsItIs) else flows
        self._warnings = tuple(
            _client_warnings(application=application, flows=self._flows, user_pool=user_pool)
        )
        oauth = blocks.oauth_of(application)
        oauth_flows = blocks.oauth_flows(application)
        times = blocks.times_of(validity)
        with self._creating_resource():
            self.resource = CognitoUserPoolClient(
                self,
                "Default",
                access_token_validity=times.access_token,
                allowed_oauth_flows=oauth_flows,
                allowed_oauth_flows_user_pool_client=oauth_flows is not None,
                allowed_oauth_scopes=blocks.oauth_scopes(application),
                auth_session_validity=session,
                callback_urls=list(oauth.callback_urls) if oauth else None,
                default_redirect_uri=oauth.default_redirect_uri if oauth else None,
                depends_on=blocks.dependencies(self, application, self._providers),
                enable_propagate_additional_user_context_data=propagates_context,
                enable_token_revocation=enable_token_revocation,
                explicit_auth_flows=blocks.explicit_auth_flows(flows, rotation),
                generate_secret=has_secret,
                id_token_validity=times.id_token,
                lifecycle=blocks.lifecycle(imported_secret),
                logout_urls=(list(oauth.logout_urls) or None) if oauth else None,
                name=name,
                prevent_user_existence_errors=existence_errors,
                read_attributes=readable,
                refresh_token_rotation=blocks.rotation_block(rotation),
                refresh_token_validity=times.refresh_token,
                supported_identity_providers=defaults.provider_names(providers),
                token_validity_units=times.units,
                user_pool_id=user_pool.user_pool_id,
                write_attributes=writable,
            )
        add_member(user_pool, self)

    @property
    def identity_providers(self) -> Sequence[str | IdentityProvider]:
        """The providers that users may sign in with; none if they are left as they are."""
        return self._providers

    @property
    def user_pool_client_id(self) -> str:
        """The client id; known after the apply."""
        return self.resource.id

    @property
    def client_secret(self) -> str:
        """The client secret, which Terraform keeps in its state; known after the apply."""
        return self.resource.client_secret

    def authorize_url(self, domain: PagesDomain, *, redirect_uri: str | None = None) -> str:
        """Return the URL for sign-in in a browser, with the authorization code grant.

        The application must add `state`, `nonce` and `code_challenge` for each sign-in.

        Args:
            domain: The `UserPoolDomain`, or the base URL of a domain that others own.
            redirect_uri: One of the callback URLs. By default *default_redirect_uri* of the
                `OAuth`, or the only callback URL.

        Raises:
            InvalidValueError: The client has no sign-in pages, *domain* belongs to another pool, or
                *redirect_uri* is not one of the callback URLs.
        """
        return authorize_url(
            base_url_of(domain, self.user_pool),
            client_id=self.user_pool_client_id,
            oauth=blocks.required_oauth(self.application, "authorize URL"),
            redirect_uri=redirect_uri,
        )

    def logout_url(self, domain: PagesDomain, *, logout_uri: str | None = None) -> str:
        """Return the URL for sign-out in a browser.

        Args:
            domain: The `UserPoolDomain`, or the base URL of a domain that others own.
            logout_uri: One of the logout URLs. By default the only one.

        Raises:
            InvalidValueError: The client has no sign-in pages, *domain* belongs to another pool, or
                *logout_uri* is not one of the logout URLs.
        """
        return logout_url(
            base_url_of(domain, self.user_pool),
            client_id=self.user_pool_client_id,
            oauth=blocks.required_oauth(self.application, "logout URL"),
            logout_uri=logout_uri,
        )

    def token_url(self, domain: PagesDomain) -> str:
        """Return the URL that exchanges codes and refresh tokens for tokens."""
        return f"{base_url_of(domain, self.user_pool)}/oauth2/token"

    def userinfo_url(self, domain: PagesDomain) -> str:
        """Return the URL that returns the user of an access token."""
        return f"{base_url_of(domain, self.user_pool)}/oauth2/userInfo"

    def add_url_outputs(
        self,
        domain: PagesDomain,
        prefix: str | None = None,
        *,
        redirect_uri: str | None = None,
        logout_uri: str | None = None,
    ) -> None:
        """Define `<prefix>_authorize_url`, `_token_url`, `_userinfo_url` and `_logout_url`.

        For several callback URLs without a default, it defines `<prefix>_authorize_urls`, a map
        from each callback URL to its authorize URL. For several logout URLs, it defines
        `<prefix>_logout_urls` in the same way.

        It omits outputs that do not apply: a program has no sign-in page, a client with only the
        implicit grant has no authorize URL, and a client may have no logout URL.

        Args:
            domain: The `UserPoolDomain`, or the base URL of a domain that others own.
            prefix: The prefix of the names. By default `user_pool_client` for the first client of
                the stack, and the Terraform name of every other client. Set it to keep the names
                if the order of the clients changes.
            redirect_uri: The callback URL of `<prefix>_authorize_url`. By default
                *default_redirect_uri* of the `OAuth`, or all callback URLs.
            logout_uri: The logout URL of `<prefix>_logout_url`. By default all logout URLs.

        Raises:
            InvalidValueError: An output has the name of another, *domain* belongs to another pool,
                or *redirect_uri* or *logout_uri* is not a URL of the client.
        """
        outputs: dict[str, tuple[OutputValue, str]] = {
            "token_url": (self.token_url(domain), "Where tokens are issued.")
        }
        oauth = blocks.oauth_of(self.application)
        if redirect_uri is not None or (oauth and OAuthFlow.CODE in oauth.allowed_oauth_flows):
            outputs |= self._authorize_outputs(domain, redirect_uri)
        if oauth is not None:
            outputs["userinfo_url"] = self.userinfo_url(domain), "The user of an access token."
        if logout_uri is not None or (oauth and oauth.logout_urls):
            outputs |= self._logout_outputs(domain, logout_uri)
        add_outputs_of(self, outputs, prefix=prefix, default_prefix="user_pool_client")

    def _authorize_outputs(
        self, domain: PagesDomain, redirect_uri: str | None
    ) -> dict[str, tuple[OutputValue, str]]:
        """Return the authorize URL, or one for each callback URL if there is no default."""
        oauth = blocks.oauth_of(self.application)
        if redirect_uri is None and oauth is not None and oauth.default_redirect_uri is None:
            urls = several(oauth.callback_urls)
            if urls:
                by_callback = {url: self.authorize_url(domain, redirect_uri=url) for url in urls}
                return {"authorize_urls": (by_callback, "Where sign-in begins, by callback URL.")}
        authorize = self.authorize_url(domain, redirect_uri=redirect_uri)
        return {"authorize_url": (authorize, "Where sign-in begins.")}

    def _logout_outputs(
        self, domain: PagesDomain, logout_uri: str | None
    ) -> dict[str, tuple[OutputValue, str]]:
        """Return the logout URL, or one for each of several."""
        oauth = blocks.oauth_of(self.application)
        if logout_uri is None and oauth is not None:
            urls = several(oauth.logout_urls)
            if urls:
                by_target = {url: self.logout_url(domain, logout_uri=url) for url in urls}
                return {"logout_urls": (by_target, "Where sign-out ends, by logout URL.")}
        logout = self.logout_url(domain, logout_uri=logout_uri)
        return {"logout_url": (logout, "Where sign-out ends.")}

    def find_problems(self) -> Sequence[str]:
        """Return errors for settings that Cognito rejects together."""
        return (
            *self._tier_problems(),
            *_reference_problems(self, self.application, self._providers, self.user_pool),
        )

    def find_warnings(self) -> Sequence[str]:
        """Return a warning if the client cannot use the passwordless factors of the pool."""
        return self._warnings

    def _tier_problems(self) -> Iterator[str]:
        lite = tier_of(self.user_pool) is UserPoolTier.LITE
        if AuthFlow.USER in self._flows and lite and not is_judged_with(self.user_pool, self):
            yield (
                "explicit_auth_flows: must not contain ALLOW_USER_AUTH if the pool's tier is LITE, "
                f"got {AuthFlow.USER}; set UserPoolTier.ESSENTIALS in the pool, or remove it"
            )


def _client_warnings(
    *, application: Application, flows: Collection[AuthFlow], user_pool: UserPoolRef
) -> Iterator[str]:
    """Yield a warning if the flows exclude the passwordless factors of the pool."""
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
    """Yield errors for scopes and providers that the pool does not have, once all are defined."""
    yield from text_scope_problems(client, scopes_of(application), user_pool)
    for server in foreign_servers(scopes_of(application), user_pool):
        yield (
            "allowed_oauth_scopes: must contain scopes of the client's pool, got a scope of "
            f"{server}, which is in another; use a resource server of this pool"
        )
    for provider in providers:
        if isinstance(provider, IdentityProvider) and provider.user_pool != user_pool:
            yield (
                "supported_identity_providers: must be providers of the client's pool, got "
                f"{provider.node.path}, which is in another; use a provider of this pool"
            )


UserPoolClientRef: TypeAlias = UserPoolClient | ExistingUserPoolClient
"""A client that other constructs refer to."""


def check_client(subject: str, client: UserPoolClientRef) -> UserPoolClientRef:
    """Reject a value that is not a client."""
    return _checks.kind(subject, client, UserPoolClient, ExistingUserPoolClient)
