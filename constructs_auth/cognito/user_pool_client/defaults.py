"""What an app client does where it is not told: the defaults of each kind of application."""

from collections.abc import Collection
from datetime import timedelta

from constructs_auth import _checks
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    check_pool,
    passwordless_of,
    tier_of,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import AuthFlow, UserPoolTier
from constructs_auth.values.application import (
    AdminBackend,
    Application,
    MachineToMachine,
    NativeApplication,
    SinglePageApplication,
    WebApplication,
    keeps_secret,
)
from constructs_auth.values.tokens import RefreshTokenRotation, TokenValidity

_KINDS = (
    WebApplication,
    SinglePageApplication,
    NativeApplication,
    MachineToMachine,
    AdminBackend,
)


def check_kinds(
    user_pool: UserPoolRef,
    application: Application,
    token_validity: TokenValidity | None,
    rotation: RefreshTokenRotation | None,
) -> None:
    """Refuse values of another kind."""
    check_pool("UserPoolClient.user_pool", user_pool)
    _checks.kind("UserPoolClient.application", application, *_KINDS)
    if token_validity is not None:
        _checks.kind("UserPoolClient.token_validity", token_validity, TokenValidity)
    if rotation is not None:
        _checks.kind("UserPoolClient.refresh_token_rotation", rotation, RefreshTokenRotation)


def checked_flows(
    flows: Collection[AuthFlow] | None, application: Application, user_pool: UserPoolRef
) -> tuple[AuthFlow, ...]:
    """Check the flows that were given, or give those of the kind of application."""
    if flows is not None:
        return _checks.members(
            "UserPoolClient.explicit_auth_flows",
            flows,
            AuthFlow,
            remedy="name members of AuthFlow",
        )
    match application:
        case MachineToMachine():
            return ()
        case AdminBackend():
            return (AuthFlow.ADMIN_USER_PASSWORD,)
        case _ if passwordless_of(user_pool):
            return (AuthFlow.USER, AuthFlow.USER_SRP)
        case _:
            return (AuthFlow.USER_SRP,)


def checked_providers(
    providers: Collection[str | IdentityProvider],
) -> tuple[str | IdentityProvider, ...]:
    """Check the identity providers, and sort them; none would mean that nobody can sign in."""
    subject = "UserPoolClient.supported_identity_providers"
    remedy = "name 'COGNITO', or hand over identity providers of the pool"

    def check(label: str, provider: str | IdentityProvider) -> str | IdentityProvider:
        _checks.text(label, provider_name_of(provider), limits.PROVIDER_NAME, remedy=remedy)
        return provider

    kept = _checks.items(subject, providers, check, remedy=remedy)
    # A provider as a construct and its name as a text are one provider too.
    given = {provider_name_of(provider): provider for provider in kept}
    names = _checks.texts(
        subject, [*map(provider_name_of, kept)], limits.PROVIDER_NAME, remedy=remedy
    )
    _checks.not_empty(subject, names, remedy=remedy)
    return tuple(given[name] for name in names)


def provider_name_of(provider: str | IdentityProvider) -> str:
    """Give the name that Cognito knows a provider by."""
    return provider.provider_name if isinstance(provider, IdentityProvider) else provider


def checked_session_minutes(validity: timedelta) -> int:
    """Check how long one sign-in may take, and count it in whole minutes."""
    subject = "UserPoolClient.auth_session_validity"
    remedy = "write timedelta(minutes=3)"
    _checks.duration(subject, validity, limits.AUTH_SESSION_SECONDS, remedy=remedy)
    minutes, rest = divmod(int(validity.total_seconds()), 60)
    if rest:
        raise InvalidValueError(
            subject, "must be whole minutes", got=_checks.describe(validity), remedy=remedy
        )
    return minutes


def default_validity(application: Application) -> TokenValidity:
    """30 days for who keeps a secret; 7 for who does not, as a stolen token may be used."""
    if keeps_secret(application):
        return TokenValidity()
    return TokenValidity(refresh_token=timedelta(days=7))


def default_rotation(
    application: Application, user_pool: UserPoolRef
) -> RefreshTokenRotation | None:
    """Rotation for who keeps no secret (RFC 9700, section 2.2.2); Lite does not have it."""
    if keeps_secret(application) or tier_of(user_pool) is UserPoolTier.LITE:
        return None
    return RefreshTokenRotation.enabled()
