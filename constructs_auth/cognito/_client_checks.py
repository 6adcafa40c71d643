"""Which settings of an app client Cognito refuses together, and which deserve a word."""

from collections.abc import Collection, Iterator

from constructs_auth._tokens import Flag
from constructs_auth.cognito._client_blocks import scopes_of
from constructs_auth.cognito._identity_provider import IdentityProvider
from constructs_auth.cognito._user_pool_ref import UserPoolRef, passwordless_of, tier_of
from constructs_auth.cognito.resource_server import foreign_servers, text_scope_problems
from constructs_auth.engine import Construct
from constructs_auth.facts.words import AuthFlow, UserPoolTier
from constructs_auth.values.application import AdminBackend, Application, keeps_secret


def client_problems(
    *,
    application: Application,
    flows: Collection[AuthFlow],
    propagates_context: Flag,
    user_pool: UserPoolRef,
) -> Iterator[str]:
    """Name settings that Cognito refuses together."""
    if AuthFlow.USER in flows and tier_of(user_pool) is UserPoolTier.LITE:
        yield (
            "explicit_auth_flows: must not hold ALLOW_USER_AUTH where the pool's plan is LITE, "
            f"got {AuthFlow.USER}; give the pool UserPoolTier.ESSENTIALS, or leave it out"
        )
    if propagates_context is True and not keeps_secret(application):
        yield (
            "enable_propagate_additional_user_context_data: must be False for an application "
            f"without a secret, got True for {type(application).__name__}; leave it out"
        )


def client_warnings(
    *, application: Application, flows: Collection[AuthFlow], user_pool: UserPoolRef
) -> Iterator[str]:
    """Name what works and deserves a word; the rules say the rest."""
    api = flows and not isinstance(application, AdminBackend)
    if passwordless_of(user_pool) and api and AuthFlow.USER not in flows:
        yield (
            "explicit_auth_flows lacks ALLOW_USER_AUTH, so users of this client cannot use the "
            "passwordless factors of the pool; add AuthFlow.USER"
        )


def reference_problems(
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
