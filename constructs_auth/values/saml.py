"""Where the metadata of a SAML identity provider comes from."""

from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.values._https import check_https


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
