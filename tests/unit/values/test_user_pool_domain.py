"""Where the sign-in pages of a pool are."""

from typing import Any

import pytest

from constructs_auth import CustomDomain, ImportedCertificate, InvalidValueError, PrefixDomain
from tests.unit.samples import KEY_ARN, OBJECT_TOKEN, TEXTS, refusal

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
ZONE = "Z0123456789ABCDEFGHIJ"
PREFIX_REMEDY = "write one such as 'acme-sign-in'"
DOMAIN_REMEDY = "write one such as 'auth.example.com'"
CERTIFICATE_REMEDY = "give the ARN of an ACM certificate in us-east-1, or its construct"


class Certificate:
    """A certificate as a construct."""

    def __init__(self, arn: str) -> None:
        self.arn = arn

    def __repr__(self) -> str:
        """Look the same in every run."""
        return "Certificate()"


@pytest.mark.parametrize("prefix", ["a", "1", "acme", "acme-sign-in", "a--b", "a" * 63, *TEXTS])
def test_accepts_a_prefix(prefix: str) -> None:
    assert PrefixDomain(prefix=prefix).prefix == prefix


@pytest.mark.parametrize("prefix", ["Acme", "-acme", "acme-", "acme.example", "acme_x", "ä"])
def test_refuses_a_prefix_of_other_characters(prefix: str) -> None:
    assert refusal(lambda: PrefixDomain(prefix=prefix)) == (
        "PrefixDomain.prefix: must be 1 to 63 characters, lower-case letters, digits and -, "
        f"no - at either end, got {prefix!r}; {PREFIX_REMEDY}"
    )


@pytest.mark.parametrize("prefix", ["", "a" * 64])
def test_refuses_a_prefix_of_another_length(prefix: str) -> None:
    assert refusal(lambda: PrefixDomain(prefix=prefix)) == (
        f"PrefixDomain.prefix: must be 1 to 63 characters, not {len(prefix)}, got {prefix!r}; "
        f"{PREFIX_REMEDY}"
    )


@pytest.mark.parametrize(
    ("prefix", "word"),
    [("aws", "aws"), ("my-amazon-shop", "amazon"), ("cognito-users", "cognito")],
)
def test_refuses_a_prefix_with_a_reserved_word(prefix: str, word: str) -> None:
    assert refusal(lambda: PrefixDomain(prefix=prefix)) == (
        f"PrefixDomain.prefix: must not contain the word {word}, which Cognito reserves, "
        f"got {prefix!r}; {PREFIX_REMEDY}"
    )


@pytest.mark.parametrize("domain", ["auth.example.com", "example.com", "a.b.c.example", *TEXTS])
def test_accepts_a_domain(domain: str) -> None:
    assert CustomDomain(domain=domain, certificate=CERTIFICATE).domain == domain


@pytest.mark.parametrize(
    "domain", ["com", "localhost", "Auth.example.com", "https://auth.example.com", "a.example/x"]
)
def test_refuses_what_is_no_full_domain(domain: str) -> None:
    assert refusal(lambda: CustomDomain(domain=domain, certificate=CERTIFICATE)) == (
        "CustomDomain.domain: must be a full lower-case domain name without scheme, port or path, "
        f"got {domain!r}; {DOMAIN_REMEDY}"
    )


@pytest.mark.parametrize("domain", [None, 3])
def test_refuses_a_domain_that_is_no_text(domain: Any) -> None:
    assert refusal(lambda: CustomDomain(domain=domain, certificate=CERTIFICATE)) == (
        f"CustomDomain.domain: must be a text, got {domain!r}; {DOMAIN_REMEDY}"
    )


@pytest.mark.parametrize("domain", ["", f"{'a' * 52}.example.com"])
def test_refuses_a_domain_of_another_length(domain: str) -> None:
    assert refusal(lambda: CustomDomain(domain=domain, certificate=CERTIFICATE)) == (
        f"CustomDomain.domain: must be 1 to 63 characters, not {len(domain)}, got {domain!r}; "
        f"{DOMAIN_REMEDY}"
    )


@pytest.mark.parametrize(
    "certificate",
    [
        CERTIFICATE,
        Certificate(CERTIFICATE),
        Certificate("${TfToken[TOKEN.0]}"),
        # Another partition has no us-east-1.
        "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/1234abcd",
        *TEXTS,
    ],
)
def test_accepts_a_certificate(certificate: Any) -> None:
    domain = CustomDomain(domain="auth.example.com", certificate=certificate)
    assert domain.certificate is certificate
    assert domain.hosted_zone_id is None


@pytest.mark.parametrize("wrap", [str, Certificate])
def test_refuses_a_certificate_of_another_region(wrap: Any) -> None:
    arn = CERTIFICATE.replace("us-east-1", "eu-west-1")
    assert refusal(lambda: CustomDomain(domain="auth.example.com", certificate=wrap(arn))) == (
        f"CustomDomain.certificate: must be in us-east-1, got {arn!r}; {CERTIFICATE_REMEDY}"
    )


def test_refuses_the_arn_of_something_else() -> None:
    assert refusal(lambda: CustomDomain(domain="auth.example.com", certificate=KEY_ARN)) == (
        f"CustomDomain.certificate: must be an ARN of the service acm, got {KEY_ARN!r}; "
        f"{CERTIFICATE_REMEDY}"
    )


@pytest.mark.parametrize("certificate", [3, OBJECT_TOKEN])
def test_refuses_what_is_no_certificate(certificate: Any) -> None:
    domain = "auth.example.com"
    assert refusal(lambda: CustomDomain(domain=domain, certificate=certificate)) == (
        f"CustomDomain.certificate: must be a certificate, got {certificate!r}; "
        f"{CERTIFICATE_REMEDY}"
    )


@pytest.mark.parametrize("zone", [ZONE, *TEXTS])
def test_a_zone_is_enough(zone: str) -> None:
    domain = CustomDomain(domain="auth.example.com", hosted_zone_id=zone)
    assert domain.hosted_zone_id == zone
    assert domain.certificate is None


def test_refuses_neither_certificate_nor_zone() -> None:
    assert refusal(lambda: CustomDomain(domain="auth.example.com")) == (
        "CustomDomain.certificate: must be set unless hosted_zone_id is set, "
        "got None; set the ARN of a certificate in us-east-1, or a hosted_zone_id"
    )


def test_refuses_the_name_of_a_zone() -> None:
    zone = "example.com"
    assert refusal(lambda: CustomDomain(domain="auth.example.com", hosted_zone_id=zone)) == (
        "CustomDomain.hosted_zone_id: must be 1 to 32 characters, capital letters and digits, "
        "got 'example.com'; write the id of a Route 53 zone, not its name"
    )


KEY = "${ephemeral.vault_kv_secret_v2.tls.data}"


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        (
            {"certificate_body": ""},
            "ImportedCertificate.certificate_body: must be a text that is not empty, got ''; write "
            "the text of the PEM file",
        ),
        (
            {"private_key": "-----BEGIN PRIVATE KEY-----"},
            "ImportedCertificate.private_key: must come from outside the program, got '***'; use "
            "the string_value of a sensitive Variable, or an attribute of a data source",
        ),
        (
            {"private_key_version": "1"},
            "ImportedCertificate.private_key_version: must be a whole number, got '1'; write 1, "
            "and a higher number for each new key",
        ),
        (
            {"certificate_chain": ""},
            "ImportedCertificate.certificate_chain: must be a text that is not empty, got ''; "
            "write the text of the PEM file, or leave it out",
        ),
    ],
)
def test_an_imported_certificate_is_checked(settings: dict[str, Any], error: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        ImportedCertificate(**{"certificate_body": "PEM", "private_key": KEY, **settings})
    assert str(raised.value) == error


def test_a_private_key_is_in_no_text_of_its_value() -> None:
    imported = ImportedCertificate(certificate_body="PEM", private_key=KEY)
    assert KEY not in repr(imported)
