"""Which attributes of its users an app client may read and change."""

from collections.abc import Collection, Mapping

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.cognito.user_pool.reference import UserPoolRef, attributes_of, is_own
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, StandardAttributeName
from constructs_auth.values.attributes import StandardAttribute
from constructs_auth.values.identity_providers import written_attributes


def checked_read_attributes(
    names: Collection[str] | None, user_pool: UserPoolRef
) -> tuple[str, ...]:
    """Check what was given, or give all there is: Cognito's own default, made visible."""
    readable = (*StandardAttributeName, *READ_ONLY_ATTRIBUTES, *_custom_names(user_pool))
    if names is None:
        return _checks.in_order([str(name) for name in readable])
    return _checked("UserPoolClient.read_attributes", names, readable, user_pool)


def checked_write_attributes(
    names: Collection[str] | None,
    user_pool: UserPoolRef,
    providers: Collection[str | IdentityProvider],
) -> tuple[str, ...]:
    """Check what was given, or give the standard attributes and what *providers* fill.

    Cognito's own default lets the application change everything, also an attribute that says
    what its user may do. What a provider fills must be in it, or nobody can sign in with it
    (API: CreateUserPoolClient, WriteAttributes).
    """
    mapped = {
        name: provider.provider_name
        for provider in providers
        if isinstance(provider, IdentityProvider)
        for name in written_attributes(provider.attribute_mapping)
    }
    if names is None:
        standard = [name.value for name in StandardAttributeName]
        return _checks.in_order({*standard, *mapped})
    subject = "UserPoolClient.write_attributes"
    writable = (*StandardAttributeName, *_custom_names(user_pool))
    kept = _checked(subject, names, writable, user_pool)
    if is_concrete(kept):
        _check_required(subject, kept, user_pool)
        _check_mapped(subject, kept, mapped)
    return kept


def _check_mapped(subject: str, names: tuple[str, ...], mapped: Mapping[str, str]) -> None:
    for attribute, provider in mapped.items():
        if attribute not in names and is_concrete(attribute):
            raise InvalidValueError(
                subject,
                f"must hold {attribute}, which {provider} fills at each sign-in",
                got=list(names),
                remedy=f"add {attribute!r}, or take it out of the provider's attribute_mapping",
            )


def _checked(
    subject: str, names: Collection[str], known: Collection[str], user_pool: UserPoolRef
) -> tuple[str, ...]:
    remedy = "name attributes of the pool, its own with the prefix custom:"
    kept = _checks.texts(subject, names, limits.ATTRIBUTE_NAME, remedy=remedy)
    # Cognito takes an empty list for «all of them» (hashicorp/terraform-provider-aws#28684).
    _checks.not_empty(subject, kept, remedy="name at least one, or leave it out for the default")
    if is_concrete(tuple(known)):
        for name in filter(is_concrete, kept):
            if not is_own(user_pool) and name.startswith("custom:"):
                continue  # who owns the pool knows
            if name not in known:
                raise InvalidValueError(
                    subject, "must name attributes of the pool", got=name, remedy=_hint(name, known)
                )
    return tuple(str(name) for name in kept)


def _hint(name: str, known: Collection[str]) -> str:
    if f"custom:{name}" in known:
        return f"write 'custom:{name}'"
    if name in READ_ONLY_ATTRIBUTES:
        return "leave it out, only Cognito changes it"
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
                f"must hold {attribute.name}, which the pool requires at sign-up",
                got=list(names),
                remedy=f"add {attribute.name.value!r}",
            )


def _custom_names(user_pool: UserPoolRef) -> list[str]:
    return [
        f"custom:{attribute.name}"
        for attribute in attributes_of(user_pool)
        if not isinstance(attribute, StandardAttribute)
    ]
