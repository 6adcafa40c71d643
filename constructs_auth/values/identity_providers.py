"""Which attribute of a user is filled from which attribute of an identity provider."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcEndpoints:
    """The endpoints of a provider that has no discovery document; all four, or none.

    Args:
        authorize_url: Where users sign in.
        token_url: Where codes are exchanged for tokens.
        attributes_url: Where attributes are asked for: the provider's userinfo endpoint.
        jwks_uri: Where the keys are that its tokens are checked with.

    Raises:
        InvalidValueError: Something else than an `https` URL.
    """

    authorize_url: str
    token_url: str
    attributes_url: str
    jwks_uri: str

    def __post_init__(self) -> None:
        """Check the URLs."""
        check_https("OidcEndpoints.authorize_url", self.authorize_url)
        check_https("OidcEndpoints.token_url", self.token_url)
        check_https("OidcEndpoints.attributes_url", self.attributes_url)
        check_https("OidcEndpoints.jwks_uri", self.jwks_uri)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlMetadataUrl:
    """Metadata that Cognito fetches, and fetches again every 6 hours or when it expires.

    Args:
        url: An `https` URL that is public.

    Raises:
        InvalidValueError: Another kind of URL.
    """

    url: str

    def __post_init__(self) -> None:
        """Check the URL."""
        check_https("SamlMetadataUrl.url", self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlMetadataFile:
    """Metadata as a document that somebody keeps up to date, also when certificates change.

    Args:
        content: The XML itself, not the name of a file: `Path("idp.xml").read_text()`.

    Raises:
        InvalidValueError: No XML document.
    """

    content: str

    def __post_init__(self) -> None:
        """Check that it is a document and not a file's name."""
        subject = "SamlMetadataFile.content"
        remedy = 'read the file: Path("idp.xml").read_text(encoding="utf-8")'
        _checks.filled_text(subject, self.content, remedy=remedy)
        if is_concrete(self.content) and not self.content.lstrip("\ufeff \t\r\n").startswith("<"):
            raise InvalidValueError(
                subject, "must be an XML document", got=self.content, remedy=remedy
            )


SamlMetadata = SamlMetadataUrl | SamlMetadataFile
"""A URL, or the document itself."""


def check_https(subject: str, url: str) -> None:
    """Refuse all but an `https` URL with a host and without a fragment, and a text token."""
    remedy = "write one such as 'https://login.acme.example'"
    _checks.filled_text(subject, url, remedy=remedy)
    if not is_concrete(url):
        return
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or "#" in url or any(map(str.isspace, url)):
        raise InvalidValueError(
            subject, "must be an https URL without a fragment", got=url, remedy=remedy
        )
