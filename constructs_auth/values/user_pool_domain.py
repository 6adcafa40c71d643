"""The domain of a pool's sign-in pages: a prefix of Cognito's domain, or your own domain."""

from dataclasses import dataclass, field
from types import NoneType
from typing import Protocol, TypeAlias, runtime_checkable

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import CERTIFICATE_REGION, RESERVED_WORDS


@runtime_checkable
class HasCertificateArn(Protocol):
    """A certificate as a construct: the bindings' `AcmCertificate` fits."""

    @property
    def arn(self) -> str:
        """The ARN of the certificate."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCertificate:
    """A certificate of another authority. `UserPoolDomain` imports it into ACM, in us-east-1.

    Its private key is a write-only argument, so no state contains it. If it comes from an ephemeral
    resource, no plan contains it either. This needs newer AWS bindings than those of CDKTF. A stack
    that uses it requires AWS provider 6.69, the oldest that is known to have the argument, and
    Terraform or OpenTofu 1.11.

    Args:
        certificate_body: The certificate in PEM.
        private_key: Its private key in PEM, as a token: `string_value` of a sensitive `Variable`,
            or an attribute of an ephemeral resource.
        private_key_version: A whole number. Terraform cannot compare the key, so raise this when
            you change it. By default 1.
        certificate_chain: The certificates of the authority in PEM. By default none.

    Raises:
        InvalidValueError: An empty text, a private key that is not a token, or a version that is
            not a whole number.
    """

    certificate_body: str
    private_key: str = field(repr=False)
    private_key_version: int = 1
    certificate_chain: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        subject = "ImportedCertificate"
        remedy = "write the text of the PEM file"
        _checks.filled_text(f"{subject}.certificate_body", self.certificate_body, remedy=remedy)
        _checks.secret(f"{subject}.private_key", self.private_key)
        version = f"{subject}.private_key_version"
        remedy = "write 1, and a higher number for each new key"
        _checks.whole_number(version, self.private_key_version, None, remedy=remedy)
        if self.certificate_chain is not None:
            _checks.filled_text(
                f"{subject}.certificate_chain",
                self.certificate_chain,
                remedy="write the text of the PEM file, or leave it out",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixDomain:
    """A subdomain of Cognito's domain: `https://<prefix>.auth.<region>.amazoncognito.com`.

    Args:
        prefix: 1 to 63 lower-case letters, digits and `-`, without the words `aws`, `amazon` and
            `cognito` between the hyphens.
            **Changing it** changes every URL of the pages. It must be unique in the region across
            all accounts; only the apply can check this.

    Raises:
        InvalidValueError: A prefix that Cognito does not accept.
    """

    prefix: str

    def __post_init__(self) -> None:
        """Check the prefix."""
        subject = "PrefixDomain.prefix"
        remedy = "write one such as 'acme-sign-in'"
        _checks.text(subject, self.prefix, limits.DOMAIN_PREFIX, remedy=remedy)
        if not is_concrete(self.prefix):
            return
        for word in RESERVED_WORDS:
            if word in self.prefix.split("-"):  # CVI02B reports one inside another word.
                raise InvalidValueError(
                    subject,
                    f"must not contain the word {word}, which Cognito reserves",
                    got=self.prefix,
                    remedy=remedy,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomDomain:
    """Your own domain, such as `auth.example.com`.

    Its parent (`example.com`) must have an A record when Cognito creates the domain. At least one
    of *certificate* and *hosted_zone_id* is required.

    Args:
        domain: The full name in lower case, at most 63 characters. **Changing it** changes every
            URL of the pages.
        certificate: The ACM certificate in us-east-1: its ARN, its construct, or an
            `ImportedCertificate`. By default this library creates one, with its validation record.
        hosted_zone_id: The public Route 53 zone for the records of the domain, such as
            `Z0123456789ABCDEFGHIJ`. By default this library creates no records: point the domain at
            `UserPoolDomain.cloudfront_distribution` yourself.

    Raises:
        InvalidValueError: Not a domain, not a certificate in us-east-1, or neither a certificate
            nor a zone.
    """

    domain: str
    certificate: str | HasCertificateArn | ImportedCertificate | None = None
    hosted_zone_id: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        _check_domain(self.domain)
        if not isinstance(self.certificate, NoneType | ImportedCertificate):
            _check_certificate(self.certificate)
        if self.hosted_zone_id is not None:
            _checks.text(
                "CustomDomain.hosted_zone_id",
                self.hosted_zone_id,
                limits.HOSTED_ZONE_ID,
                remedy="write the id of a Route 53 zone, not its name",
            )
        if self.certificate is None and self.hosted_zone_id is None:
            raise InvalidValueError(
                "CustomDomain.certificate",
                "must be set unless hosted_zone_id is set",
                got=None,
                remedy="set the ARN of a certificate in us-east-1, or a hosted_zone_id",
            )


Domain: TypeAlias = PrefixDomain | CustomDomain


def certificate_arn(certificate: str | HasCertificateArn) -> str:
    """Return the ARN of *certificate*."""
    return certificate if isinstance(certificate, str) else certificate.arn


def _check_domain(domain: str) -> None:
    subject = "CustomDomain.domain"
    remedy = "write one such as 'auth.example.com'"
    _checks.text(subject, domain, limits.CUSTOM_DOMAIN, remedy=remedy)
    if is_concrete(domain) and (domain == "localhost" or not limits.is_domain(domain)):
        raise InvalidValueError(
            subject,
            "must be a full lower-case domain name without scheme, port or path",
            got=domain,
            remedy=remedy,
        )


def _check_certificate(certificate: object) -> None:
    subject = "CustomDomain.certificate"
    remedy = f"give the ARN of an ACM certificate in {CERTIFICATE_REGION}, or its construct"
    if not isinstance(certificate, str | HasCertificateArn):
        raise InvalidValueError(subject, "must be a certificate", got=certificate, remedy=remedy)
    arn = certificate_arn(certificate)
    _checks.arn(subject, arn, service="acm", remedy=remedy)
    if not is_concrete(arn):
        return
    _, partition, _, region, *_ = arn.split(":")
    # Other partitions have no us-east-1.
    if partition == "aws" and region != CERTIFICATE_REGION:
        raise InvalidValueError(subject, f"must be in {CERTIFICATE_REGION}", got=arn, remedy=remedy)
