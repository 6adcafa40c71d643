"""Which attribute of a user is filled from which attribute of an identity provider."""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    FILLED_BY_COGNITO,
    StandardAttributeName,
)
from constructs_auth.values.attributes import Attribute, StandardAttribute

AttributeMapping: TypeAlias = Mapping[str, str] | Mapping[StandardAttributeName, str]
"""From attributes of a pool to the names that a provider has for them."""

EMAIL: AttributeMapping = {StandardAttributeName.EMAIL: "email"}
"""The e-mail address alone, by the name that OpenID Connect has for it."""

_EXAMPLE = "{StandardAttributeName.EMAIL: 'email'}"


def checked_mapping(
    subject: str, mapping: AttributeMapping, attributes: Collection[Attribute] | None
) -> dict[str, str]:
    """Check a mapping from attributes of a pool to those of a provider, and sort it.

    Args:
        subject: What the reader wrote.
        mapping: From a `StandardAttributeName`, `custom:` and a name, `email_verified`,
            `phone_number_verified` or `username` to the provider's own name for it.
        attributes: What the pool says of its attributes, or `None` if that is not known.

    Raises:
        InvalidValueError: An attribute that the pool lacks or that can never change, or one that
            the pool requires and the mapping lacks.
    """
    if not isinstance(mapping, Mapping):
        raise InvalidValueError(
            subject, "must be a mapping", got=mapping, remedy=f"write {_EXAMPLE}"
        )
    for name, source in mapping.items():
        _checks.text(
            f"{subject}, key",
            name,
            limits.ATTRIBUTE_MAPPING_KEY,
            remedy="name an attribute of the pool",
        )
        _checks.filled_text(
            f"{subject}[{str(name)!r}]", source, remedy="write the provider's name for it"
        )
    kept = {str(name): source for name, source in mapping.items()}
    if is_concrete(tuple(kept)):
        _check_attributes(subject, kept, attributes)
    return {name: kept[name] for name in _checks.in_order(kept)}


def written_attributes(mapping: Mapping[str, str]) -> list[str]:
    """Name the attributes that an application must be allowed to write for the mapping to work."""
    return [name for name in mapping if name not in FILLED_BY_COGNITO]


def _check_attributes(
    subject: str, names: Collection[str], attributes: Collection[Attribute] | None
) -> None:
    own = {
        attribute.name
        if isinstance(attribute, StandardAttribute)
        else f"custom:{attribute.name}": attribute
        for attribute in attributes or ()
    }
    known = {*StandardAttributeName, *FILLED_BY_COGNITO, *own}
    for name in names:
        if attributes is None and name.startswith("custom:"):
            continue
        if name not in known and is_concrete(tuple(own)):
            raise InvalidValueError(
                subject,
                "must name attributes of the pool",
                got=name,
                remedy=f"write 'custom:{name}'"
                if f"custom:{name}" in known
                else "add the attribute to the pool, its own with the prefix custom:",
            )
        if name in own and own[name].mutable is False:
            raise InvalidValueError(
                subject,
                "must name attributes that may change, for Cognito writes them at each sign-in",
                got=name,
                remedy="leave it out; whether an attribute is mutable can never be changed",
            )
    for name, attribute in own.items():
        required = isinstance(attribute, StandardAttribute) and attribute.required is True
        if required and name not in names:
            raise InvalidValueError(
                subject,
                f"must hold {name}, which the pool requires",
                got=sorted(names),
                remedy="add it, or nobody can sign in with this provider",
            )
