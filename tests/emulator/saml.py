"""SAML 2.0 as a service provider speaks it: metadata, requests, and the check of a response.

A response is hostile until its signature is verified. Only what the verified signature covers is
read afterwards, and no document with a DTD is read at all.
"""

import base64
import binascii
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from lxml import etree  # type: ignore[import-untyped] # its types are a package of their own
from signxml.algorithms import SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

_ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
_METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_PREFIXES = {"saml": _ASSERTION, "samlp": _PROTOCOL, "md": _METADATA, "ds": _SIGNATURE}

_METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
    }
)
_LONGEST = 100_000
_SKEW = timedelta(seconds=60)
_BAD_SIGNATURE = "SAML Assertion signature is invalid."

Element = Any
"""An element of lxml, which has no types."""


class SamlError(Exception):
    """A document is not what SAML, or this service provider, accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What an identity provider says of itself.

    Attributes:
        entity_id: Its name.
        sign_in_url: Where it signs users in, by the redirect binding.
        sign_out_url: Where it signs users out, by the same binding; `None` where it does not.
        certificates: The certificates that it signs with.
    """

    entity_id: str
    sign_in_url: str
    sign_out_url: str | None
    certificates: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What an identity provider asserts of a user.

    Attributes:
        id: The id of the assertion.
        ends: When it expires.
        issuer: The name of the provider.
        subject: The NameID.
        attributes: The values of each attribute.
    """

    id: str
    ends: datetime
    issuer: str
    subject: str
    attributes: Mapping[str, tuple[str, ...]]


def read_metadata(text: str | bytes) -> Metadata:
    """Read the metadata of an identity provider.

    Raises:
        SamlError: It is not that of one.
    """
    root = _parse(text)
    provider = root.find("md:IDPSSODescriptor", _PREFIXES)
    if root.tag != f"{{{_METADATA}}}EntityDescriptor" or provider is None:
        raise SamlError("Not the metadata of an identity provider")
    sign_in = _location(provider, "SingleSignOnService")
    if sign_in is None:
        raise SamlError("No SingleSignOnService with the redirect binding")
    path = "md:KeyDescriptor/ds:KeyInfo/ds:X509Data/ds:X509Certificate"
    found = [
        _certificate(each)
        for each in provider.iterfind(path, _PREFIXES)
        if each.getparent().getparent().getparent().get("use", "signing") == "signing"
    ]
    return Metadata(
        entity_id=root.get("entityID", ""),
        sign_in_url=sign_in,
        sign_out_url=_location(provider, "SingleLogoutService"),
        certificates=tuple(found),
    )


def sign_in_request(
    metadata: Metadata,
    *,
    service_provider: str,
    recipient: str,
    relay_state: str,
    key: rsa.RSAPrivateKey | None,
) -> tuple[str, str]:
    """Ask an identity provider to sign a user in: the id of the request, and the URL to go to.

    The request is signed if there is a key.
    """
    request = _request("AuthnRequest", metadata.sign_in_url, service_provider)
    request.set("AssertionConsumerServiceURL", recipient)
    request.set("ProtocolBinding", _POST)
    return request.get("ID"), _by_redirect(metadata.sign_in_url, request, relay_state, key)


def sign_out_request(
    url: str, *, service_provider: str, subject: str, relay_state: str, key: rsa.RSAPrivateKey
) -> str:
    """Ask an identity provider to sign a user out: the URL to go to."""
    request = _request("LogoutRequest", url, service_provider)
    etree.SubElement(request, f"{{{_ASSERTION}}}NameID").text = subject
    return _by_redirect(url, request, relay_state, key)


def check_response(
    text: str,
    metadata: Metadata,
    *,
    service_provider: str,
    recipient: str,
    request_id: str | None,
) -> Assertion:
    """Check a response, and return its assertion.

    Args:
        text: The response, in Base64.
        metadata: The identity provider that was asked.
        service_provider: The name of the audience.
        recipient: The URL that the response was posted to.
        request_id: What it must be an answer to; `None` for one that nobody asked for.

    Raises:
        SamlError: It is not a valid response to this request.
    """
    root = _decoded(text)
    _check_form(root)
    signed = _verified(root, metadata)
    if root.get("Destination") not in {None, recipient}:
        raise SamlError("Response is not for this destination")
    _check_answer_to(root, request_id)
    for issuer in (root.find("saml:Issuer", _PREFIXES), signed.find("saml:Issuer", _PREFIXES)):
        if issuer is not None and _text(issuer) != metadata.entity_id:
            raise SamlError("Issuer is not the identity provider")
    ends = _check_conditions(signed, service_provider)
    return Assertion(
        id=signed.get("ID"),
        ends=max(ends, _check_subject(signed, recipient, request_id)),
        issuer=_text(_only(signed, "saml:Issuer")),
        subject=_text(_only(signed, "saml:Subject/saml:NameID")),
        attributes=_attributes(signed),
    )


def _parse(text: str | bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode() if isinstance(text, str) else text, parser)
    except etree.XMLSyntaxError as error:
        raise SamlError("Not an XML document") from error
    if root.getroottree().docinfo.doctype:
        raise SamlError("A document type is not allowed")
    return root


def _decoded(text: str) -> Element:
    if len(text) > _LONGEST:
        raise SamlError("Response is too long")
    try:
        return _parse(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError) as error:
        raise SamlError("Not in Base64") from error


def _check_form(root: Element) -> None:
    """Refuse what a signature could be wrapped in: a second assertion, or a second owner of an id.

    The identity provider's own words stand in one place, so nothing else may look like them.
    """
    if root.tag != f"{{{_PROTOCOL}}}Response":
        raise SamlError("Not a SAML response")
    status = root.find("samlp:Status/samlp:StatusCode", _PREFIXES)
    if status is None or status.get("Value") != _SUCCESS:
        raise SamlError("Status of the response is not success")
    if root.find(".//saml:EncryptedAssertion", _PREFIXES) is not None:
        raise SamlError("Encrypted assertions are not emulated")
    found = root.findall(".//saml:Assertion", _PREFIXES)
    if len(found) != 1 or found[0].getparent() is not root:
        raise SamlError("Response must contain exactly one assertion")
    ids = [each.get("ID") for each in root.iter() if each.get("ID") is not None]
    if len(ids) != len({*ids}):
        raise SamlError("An id is not unique")


def _verified(root: Element, metadata: Metadata) -> Element:
    """Verify every signature of the response, and return the assertion as it was signed."""
    found: Element = None
    for place, location in (
        ("samlp:Response", "./"),
        ("saml:Assertion", f"./{{{_ASSERTION}}}Assertion/"),
    ):
        owner = root if place == "samlp:Response" else root.find(place, _PREFIXES)
        if owner.find("ds:Signature", _PREFIXES) is None:
            continue
        signed = _verify(root, location, metadata.certificates)
        if signed.tag != owner.tag or signed.get("ID") != owner.get("ID"):
            raise SamlError(_BAD_SIGNATURE)
        found = signed if place == "saml:Assertion" else _only(signed, "saml:Assertion")
    if found is None:
        raise SamlError(_BAD_SIGNATURE)
    return found


def _verify(root: Element, location: str, certificates: tuple[x509.Certificate, ...]) -> Element:
    for certificate in certificates:
        try:
            verified = XMLVerifier().verify(
                root,
                x509_cert=certificate,
                id_attribute="ID",
                expect_config=SignatureConfiguration(location=location, signature_methods=_METHODS),
            )
        except (SignXMLException, etree.LxmlError, ValueError):
            continue
        if isinstance(verified, VerifyResult):
            return verified.signed_xml
    raise SamlError(_BAD_SIGNATURE)


def _check_answer_to(element: Element, request_id: str | None) -> None:
    if element.get("InResponseTo") != request_id:
        raise SamlError("InResponseTo is not the id of the request")


def _check_conditions(assertion: Element, service_provider: str) -> datetime:
    conditions = _only(assertion, "saml:Conditions")
    ends = _check_times(conditions)
    audiences = [
        _text(each)
        for each in conditions.iterfind("saml:AudienceRestriction/saml:Audience", _PREFIXES)
    ]
    if service_provider not in audiences:
        raise SamlError(
            "Audience restriction in SAML Assertion does not allow it for " + service_provider
        )
    return ends


def _check_subject(assertion: Element, recipient: str, request_id: str | None) -> datetime:
    """Check that whoever brings the assertion may, which one confirmation of it must say."""
    confirmations = [
        each.find("saml:SubjectConfirmationData", _PREFIXES)
        for each in assertion.iterfind("saml:Subject/saml:SubjectConfirmation", _PREFIXES)
        if each.get("Method") == _BEARER
    ]
    data = [each for each in confirmations if each is not None]
    if len(data) != 1:
        raise SamlError("Subject has no single bearer confirmation")
    if data[0].get("Recipient") != recipient:
        raise SamlError("Recipient is not this service provider")
    _check_answer_to(data[0], request_id)
    return _check_times(data[0])


def _check_times(element: Element) -> datetime:
    now = datetime.now(UTC)
    begins, ends = element.get("NotBefore"), element.get("NotOnOrAfter")
    if begins is not None and now + _SKEW < _moment(begins):
        raise SamlError("SAML Assertion is not yet valid")
    if ends is None or now >= _moment(ends):
        raise SamlError("SAML Assertion is expired")
    return _moment(ends)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SamlError(f"Not a time: {text}") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _attributes(assertion: Element) -> dict[str, tuple[str, ...]]:
    return {
        each.get("Name"): tuple(
            _text(value) for value in each.iterfind("saml:AttributeValue", _PREFIXES)
        )
        for each in assertion.iterfind("saml:AttributeStatement/saml:Attribute", _PREFIXES)
    }


def _only(element: Element, path: str) -> Element:
    found = element.findall(path, _PREFIXES)
    if len(found) != 1:
        raise SamlError(f"{path.rpartition(':')[2]}: there must be one")
    return found[0]


def _text(element: Element) -> str:
    """The text of an element without any other content, which could split it."""
    if len(element):
        raise SamlError("Text with other content")
    return (element.text or "").strip()


def _location(provider: Element, service: str) -> str | None:
    for each in provider.iterfind(f"md:{service}", _PREFIXES):
        url: str = each.get("Location", "")
        if each.get("Binding") == _REDIRECT and urlsplit(url).scheme == "https":
            return url
    return None


def _certificate(element: Element) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(base64.b64decode("".join(_text(element).split())))
    except (binascii.Error, ValueError) as error:
        raise SamlError("Not a certificate") from error


def _request(kind: str, destination: str, service_provider: str) -> Element:
    request = etree.Element(
        f"{{{_PROTOCOL}}}{kind}", nsmap={"samlp": _PROTOCOL, "saml": _ASSERTION}
    )
    request.set("ID", f"_{uuid.uuid4()}")
    request.set("Version", "2.0")
    request.set("IssueInstant", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    request.set("Destination", destination)
    etree.SubElement(request, f"{{{_ASSERTION}}}Issuer").text = service_provider
    return request


def _by_redirect(
    url: str, request: Element, relay_state: str, key: rsa.RSAPrivateKey | None
) -> str:
    """The redirect binding: deflated without a header, in Base64 (SAML bindings, 3.4.4.1).

    What is signed is the query itself, as it is sent.
    """
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = deflate.compress(etree.tostring(request)) + deflate.flush()
    fields = {"SAMLRequest": base64.b64encode(packed).decode(), "RelayState": relay_state}
    query = urlencode(fields)
    if key is not None:
        query = urlencode(fields | {"SigAlg": SignatureMethod.RSA_SHA256.value})
        signature = key.sign(query.encode(), PKCS1v15(), hashes.SHA256())
        query += f"&{urlencode({'Signature': base64.b64encode(signature).decode()})}"
    return f"{url}{'&' if urlsplit(url).query else '?'}{query}"
