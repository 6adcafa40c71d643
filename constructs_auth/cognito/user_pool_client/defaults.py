"""The defaults of an app client: those of each kind of application, and its attributes."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    attributes_of,
    check_pool,
    is_own,
    passwordless_of,
    tier_of,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    READ_ONLY_ATTRIBUTES,
    AuthFlow,
    StandardAttributeName,
    UserPoolTier,
)
from constructs_auth.values.application import (
    AdminBackend,
    Application,
    MachineToMachine,
    NativeApplication,
    SinglePageApplication,
    WebApplication,
    keeps_secret,
)
from constructs_auth.values.as_it_is import AsItIs, ImportedSecret
from constructs_auth.values.attributes import StandardAttribute
from constructs_auth.values.identity_provider import written_attributes
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
    token_validity: TokenValidity | AsItIs | None,
    rotation: RefreshTokenRotation | AsItIs | None,
) -> None:
    """Reject values of the wrong type."""
    check_pool("UserPoolClient.user_pool", user_pool)
    _checks.kind("UserPoolClient.application", application, *_KINDS)
    if token_validity is not None:
        _checks.kind("UserPoolClient.token_validity", token_validity, TokenValidity, AsItIs)
    if rotation is not None:
        _checks.kind(
            "UserPoolClient.refresh_token_rotation", rotation, RefreshTokenRotation, AsItIs
        )


def has_secret(application: Application, imported: ImportedSecret | None) -> bool:
    """Return whether the client has a secret: by its kind, or as the imported client."""
    if imported is None:
        return keeps_secret(application)
    member = _checks.known_member("UserPoolClient.imported_secret", imported, ImportedSecret)
    return member is ImportedSecret.PRESENT


def checked_existence_errors(prevent: bool | AsItIs) -> str | None:  # noqa: FBT001 - it is the value to check
    """Return Cognito's word for whether its responses hide that a user exists."""
    if isinstance(prevent, AsItIs):
        return None
    _checks.known_flag("UserPoolClient.prevent_user_existence_errors", prevent)
    return "ENABLED" if prevent else "LEGACY"


def checked_flows(
    flows: Collection[AuthFlow] | AsItIs | None, application: Application, user_pool: UserPoolRef
) -> tuple[AuthFlow, ...] | AsItIs:
    """Check the given flows, or return the default flows of the kind of application."""
    if isinstance(flows, AsItIs):
        return flows
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
    providers: Collection[str | IdentityProvider] | AsItIs,
) -> tuple[str | IdentityProvider, ...] | AsItIs:
    """Check the identity providers, and return them sorted. Without one, nobody can sign in."""
    if isinstance(providers, AsItIs):
        return providers
    subject = "UserPoolClient.supported_identity_providers"
    remedy = "name 'COGNITO' or identity providers of the pool"

    def check(label: str, provider: str | IdentityProvider) -> str | IdentityProvider:
        _checks.text(label, provider_name_of(provider), limits.PROVIDER_NAME, remedy=remedy)
        return provider

    kept = _checks.items(subject, providers, check, remedy=remedy)
    # A provider as a construct and its name as text count as one.
    given = {provider_name_of(provider): provider for provider in kept}
    names = _checks.texts(
        subject, [*map(provider_name_of, kept)], limits.PROVIDER_NAME, remedy=remedy
    )
    _checks.not_empty(subject, names, remedy=remedy)
    return tuple(given[name] for name in names)


def provider_names(providers: Collection[str | IdentityProvider] | AsItIs) -> list[str] | None:
    """Return Cognito's names of the providers."""
    return None if isinstance(providers, AsItIs) else [*map(provider_name_of, providers)]


def provider_name_of(provider: str | IdentityProvider) -> str:
    """Return Cognito's name of a provider."""
    return provider.provider_name if isinstance(provider, IdentityProvider) else provider


def checked_session_minutes(validity: timedelta | AsItIs) -> int | None:
    """Check how long one sign-in may take, and return it in whole minutes."""
    if isinstance(validity, AsItIs):
        return None
    subject = "UserPoolClient.auth_session_validity"
    remedy = "write timedelta(minutes=3)"
    _checks.duration(subject, validity, limits.AUTH_SESSION_SECONDS, remedy=remedy)
    minutes, rest = divmod(int(validity.total_seconds()), 60)
    if rest:
        raise InvalidValueError(
            subject, "must be whole minutes", got=_checks.describe(validity), remedy=remedy
        )
    return minutes


def default_validity(*, secret: bool) -> TokenValidity:
    """Return 30 days with a client secret; 7 without, because a stolen token is then usable."""
    if secret:
        return TokenValidity()
    return TokenValidity(refresh_token=timedelta(days=7))


def checked_rotation(
    rotation: RefreshTokenRotation | AsItIs | None, user_pool: UserPoolRef, *, secret: bool
) -> RefreshTokenRotation | None:
    """Return the rotation; by default for a client without a secret, except on LITE.

    Source of the default: RFC 9700, section 2.2.2.
    """
    if isinstance(rotation, AsItIs):
        return None
    if rotation is not None or secret or tier_of(user_pool) is UserPoolTier.LITE:
        return rotation
    return RefreshTokenRotation.enabled()


def checked_read_attributes(
    names: Collection[str] | AsItIs | None, user_pool: UserPoolRef
) -> list[str] | None:
    """Check the given names, or return all attributes, which is Cognito's default."""
    if isinstance(names, AsItIs):
        return None
    readable = (*StandardAttributeName, *READ_ONLY_ATTRIBUTES, *_custom_names(user_pool))
    if names is None:
        return [*_checks.in_order([str(name) for name in readable])]
    return [*_checked("UserPoolClient.read_attributes", names, readable, user_pool)]


def checked_write_attributes(
    names: Collection[str] | AsItIs | None,
    user_pool: UserPoolRef,
    providers: Collection[str | IdentityProvider] | AsItIs,
) -> list[str] | None:
    """Check the given names, or return the standard attributes and those that *providers* map.

    Cognito's default lets the application change every attribute, even one that defines permissions
    of its user. The client must be able to write every attribute that a provider maps; otherwise
    sign-in through that provider fails (API: CreateUserPoolClient, WriteAttributes).
    """
    if isinstance(names, AsItIs):
        return None
    mapped = {
        name: provider.provider_name
        for provider in (() if isinstance(providers, AsItIs) else providers)
        if isinstance(provider, IdentityProvider)
        for name in written_attributes(provider.attribute_mapping)
    }
    if names is None:
        standard = [name.value for name in StandardAttributeName]
        return [*_checks.in_order({*standard, *mapped})]
    subject = "UserPoolClient.write_attributes"
    writable = (*StandardAttributeName, *_custom_names(user_pool))
    kept = _checked(subject, names, writable, user_pool)
    if is_concrete(kept):
        _check_required(subject, kept, user_pool)
        _check_mapped(subject, kept, mapped)
    return [*kept]


def _check_mapped(subject: str, names: tuple[str, ...], mapped: Mapping[str, str]) -> None:
    for attribute, provider in mapped.items():
        if attribute not in names and is_concrete(attribute):
            raise InvalidValueError(
                subject,
                f"must contain {attribute}, which {provider} writes at each sign-in",
                got=list(names),
                remedy=f"add {attribute!r}, or remove it from the provider's attribute_mapping",
            )


def _checked(
    subject: str, names: Collection[str], known: Collection[str], user_pool: UserPoolRef
) -> tuple[str, ...]:
    remedy = "name attributes of the pool; custom attributes have the prefix custom:"
    kept = _checks.texts(subject, names, limits.ATTRIBUTE_NAME, remedy=remedy)
    # Cognito treats an empty list as all attributes (hashicorp/terraform-provider-aws#28684).
    _checks.not_empty(subject, kept, remedy="name at least one, or leave it out for the default")
    if is_concrete(tuple(known)):
        for name in filter(is_concrete, kept):
            if not is_own(user_pool) and name.startswith("custom:"):
                continue  # only the owner of the pool knows
            if name not in known:
                raise InvalidValueError(
                    subject, "must name attributes of the pool", got=name, remedy=_hint(name, known)
                )
    return tuple(str(name) for name in kept)


def _hint(name: str, known: Collection[str]) -> str:
    if f"custom:{name}" in known:
        return f"write 'custom:{name}'"
    if name in READ_ONLY_ATTRIBUTES:
        return "leave it out, because only Cognito changes it"
    return f"choose from {', '.join(sorted(known))}"


def _check_required(subject: str, names: tuple[str, ...], user_pool: UserPoolRef) -> None:
    for attribute in attributes_of(user_pool):
        if (
            isinstance(attribute, StandardAttribute)
            and attribute.required is True
            and attribute.name not in names
        ):
            raise InvalidValueError(
                subject,
                f"must contain {attribute.name}, which the pool requires at sign-up",
                got=list(names),
                remedy=f"add {attribute.name.value!r}",
            )


def _custom_names(user_pool: UserPoolRef) -> list[str]:
    return [
        f"custom:{attribute.name}"
        for attribute in attributes_of(user_pool)
        if not isinstance(attribute, StandardAttribute)
    ]
