"""A SAML identity provider for tests: it reads requests, and signs what a test wants asserted."""

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from lxml import etree  # type: ignore[import-untyped] # its types are a package of their own
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

ENTITY_ID = "https://idp.example/metadata"
SIGN_IN_URL = "https://idp.example/sso"
SIGN_OUT_URL = "https://idp.example/slo"

_ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
_NAMES = {"saml": _ASSERTION, "samlp": _PROTOCOL, "ds": _SIGNATURE}

Element = Any
"""An element of lxml, which has no types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlRequest:
    """What a service provider asks.

    Attributes:
        relay_state: What the provider returns as it is.
        root: The document.
        query: The query of the URL, as it was sent.
    """

    relay_state: str
    root: Element
    query: str

    @classmethod
    def of(cls, url: str) -> "SamlRequest":
        """The request in a URL of the redirect binding."""
        query = urlsplit(url).query
        fields = parse_qs(query)
        packed = base64.b64decode(fields["SAMLRequest"][0])
        root = etree.fromstring(zlib.decompress(packed, -zlib.MAX_WBITS))
        return cls(relay_state=fields["RelayState"][0], root=root, query=query)

    def check_signature(self, certificate: str) -> None:
        """Checks that the owner of a certificate has signed the query."""
        signed, _, signature = self.query.partition("&Signature=")
        key = x509.load_der_x509_certificate(base64.b64decode(certificate)).public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        assert parse_qs(signed)["SigAlg"] == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
        key.verify(
            base64.b64decode(unquote(signature)), signed.encode(), PKCS1v15(), hashes.SHA256()
        )

    def __getitem__(self, name: str) -> str:
        """An attribute of the request."""
        value: str = self.root.get(name)
        return value

    @property
    def issuer(self) -> str:
        """The service provider."""
        text: str = self.root.findtext("saml:Issuer", namespaces=_NAMES)
        return text


def now(**ago: float) -> str:
    """The time, or some time before."""
    return (datetime.now(UTC) - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True, kw_only=True)
class Response:
    """What an identity provider asserts; a test changes what shall be wrong.

    Attributes:
        audience: The service provider.
        recipient: Its URL.
        request_id: The request that it answers; `None` for no request.
        subject: The NameID.
        attributes: The values of each attribute.
        id: The id of the assertion.
        issuer: The identity provider.
        begins: When the assertion begins to be valid.
        ends: When it expires.
        status: The status.
        signs: What is signed: `Assertion`, `Response`, both or nothing.
    """

    audience: str
    recipient: str
    request_id: str | None
    subject: str = "ann"
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    id: str = "_assertion"
    issuer: str = ENTITY_ID
    begins: str = field(default_factory=lambda: now(minutes=1))
    ends: str = field(default_factory=lambda: now(minutes=-5))
    status: str = "Success"
    signs: Sequence[str] = ("Assertion",)

    def element(self) -> Element:
        """The response, not signed."""
        answers = "" if self.request_id is None else f' InResponseTo="{self.request_id}"'
        statements = "".join(
            f'<saml:Attribute Name="{name}">'
            + "".join(f"<saml:AttributeValue>{each}</saml:AttributeValue>" for each in values)
            + "</saml:Attribute>"
            for name, values in self.attributes.items()
        )
        text = f"""
<samlp:Response xmlns:samlp="{_PROTOCOL}" xmlns:saml="{_ASSERTION}" ID="_r{self.id}" Version="2.0"
    IssueInstant="{now()}" Destination="{self.recipient}"{answers}>
  <saml:Issuer>{self.issuer}</saml:Issuer>
  <samlp:Status>
    <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{self.status}"/>
  </samlp:Status>
  <saml:Assertion ID="{self.id}" Version="2.0" IssueInstant="{now()}">
    <saml:Issuer>{self.issuer}</saml:Issuer>
    <saml:Subject>
      <saml:NameID>{self.subject}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData Recipient="{self.recipient}" NotOnOrAfter="{self.ends}"
          {answers}/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{self.begins}" NotOnOrAfter="{self.ends}">
      <saml:AudienceRestriction>
        <saml:Audience>{self.audience}</saml:Audience>
      </saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AttributeStatement>{statements}</saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>"""
        return etree.fromstring(text.strip())


class SamlProvider:
    """An identity provider with its own key."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example")])
        begins = datetime.now(UTC) - timedelta(hours=1)
        self._certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=1))
            .sign(self._key, hashes.SHA256())
        )

    def metadata(self) -> str:
        """What the provider says of itself."""
        der = self._certificate.public_bytes(serialization.Encoding.DER)
        binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY_ID}">
  <md:IDPSSODescriptor protocolSupportEnumeration="{_PROTOCOL}">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="{_SIGNATURE}">
        <ds:X509Data>
          <ds:X509Certificate>{base64.b64encode(der).decode()}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleLogoutService Binding="{binding}" Location="{SIGN_OUT_URL}"/>
    <md:SingleSignOnService Binding="{binding}" Location="{SIGN_IN_URL}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>"""

    def signed(self, response: Response) -> Element:
        """A response, signed."""
        root = response.element()
        if "Assertion" in response.signs:
            assertion = root.find("saml:Assertion", _NAMES)
            root.replace(assertion, self.sign(assertion))
        return self.sign(root) if "Response" in response.signs else root

    def sign(self, element: Element) -> Element:
        """An element with a signature behind its issuer, where SAML has it."""
        placeholder = etree.Element(
            f"{{{_SIGNATURE}}}Signature", Id="placeholder", nsmap={"ds": _SIGNATURE}
        )
        element.find("saml:Issuer", _NAMES).addnext(placeholder)
        signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
        return signer.sign(
            element,
            key=self._key,
            cert=[self._certificate],
            reference_uri=element.get("ID"),
            id_attribute="ID",
        )


def encoded(element: Element | str) -> str:
    """A document as it is posted."""
    text = element.encode() if isinstance(element, str) else etree.tostring(element)
    return base64.b64encode(text).decode()
