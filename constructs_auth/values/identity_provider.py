"""Attribute mappings, endpoints and metadata of identity providers."""

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
"""From attributes of a pool to the provider's names for them."""

EMAIL: AttributeMapping = {StandardAttributeName.EMAIL: "email"}
"""The e-mail address alone, with its OpenID Connect name."""

_EXAMPLE = "{StandardAttributeName.EMAIL: 'email'}"


def checked_mapping(
    subject: str, mapping: AttributeMapping, attributes: Collection[Attribute] | None
) -> dict[str, str]:
    """Check a mapping from attributes of a pool to those of a provider, and return it sorted.

    Args:
        subject: The argument that an error names.
        mapping: From a `StandardAttributeName`, `custom:` and a name, `email_verified`,
            `phone_number_verified` or `username` to the provider's name for it.
        attributes: The attributes that the pool defines, or `None` if they are unknown.

    Raises:
        InvalidValueError: An attribute that the pool does not have or that is not mutable, or a
            missing attribute that the pool requires.
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
            f"{subject}[{str(name)!r}]",
            source,
            remedy="write the provider's name for this attribute",
        )
    kept = {str(name): source for name, source in mapping.items()}
    if is_concrete(tuple(kept)):
        _check_attributes(subject, kept, attributes)
    return {name: kept[name] for name in _checks.in_order(kept)}


def written_attributes(mapping: Mapping[str, str]) -> list[str]:
    """Return the attributes that a client must be able to write for the mapping to work."""
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
                else "add the attribute to the pool; custom attributes have the prefix custom:",
            )
        if name in own and own[name].mutable is False:
            raise InvalidValueError(
                subject,
                "must name mutable attributes, because Cognito writes them at each sign-in",
                got=name,
                remedy="leave it out; an attribute can never be made mutable later",
            )
    for name, attribute in own.items():
        required = isinstance(attribute, StandardAttribute) and attribute.required is True
        if required and name not in names:
            raise InvalidValueError(
                subject,
                f"must contain {name}, which the pool requires",
                got=sorted(names),
                remedy="add it, otherwise sign-in through this provider fails",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcEndpoints:
    """The endpoints of a provider without a discovery document. All four are required.

    Args:
        authorize_url: Where users sign in.
        token_url: Where Cognito exchanges codes for tokens.
        attributes_url: Where Cognito reads attributes: the provider's userinfo endpoint.
        jwks_uri: The URL of the public keys that verify its tokens.

    Raises:
        InvalidValueError: A value that is not an `https` URL.
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
        url: A public `https` URL.

    Raises:
        InvalidValueError: Another kind of URL.
    """

    url: str

    def __post_init__(self) -> None:
        """Check the URL."""
        check_https("SamlMetadataUrl.url", self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlMetadataFile:
    """Metadata as a document. Somebody must update it, for example when certificates change.

    Args:
        content: The XML text, not the name of a file: `Path("idp.xml").read_text()`.

    Raises:
        InvalidValueError: The text is not an XML document.
    """

    content: str

    def __post_init__(self) -> None:
        """Check that the content is a document and not a file name."""
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
    """Reject anything but an `https` URL with a host and without a fragment, or a text token."""
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
