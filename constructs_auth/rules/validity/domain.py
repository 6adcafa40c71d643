"""What Cognito asks of the domain of sign-in pages by itself."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import CERTIFICATE_REGION, RESERVED_WORDS
from constructs_auth.rules._client import undecided_at
from constructs_auth.rules._domain import DOMAIN, is_custom
from constructs_auth.rules.ask import number_within, text_within
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_NAME, _CERTIFICATE = "domain", "certificate_arn"
_MADE, _VALIDATED = "aws_acm_certificate", "aws_acm_certificate_validation"


def _prefix(domain: Resource, _context: Context) -> Answers:
    custom = is_custom(domain)
    if isinstance(custom, Unknown):
        yield undecided_at(_NAME, custom)
    elif not custom:
        yield from text_within(domain.body, _NAME, limits.DOMAIN_PREFIX)


def _reserved_words(domain: Resource, _context: Context) -> Answers:
    custom, name = is_custom(domain), domain.body.peek_text(_NAME)
    if custom is True or name is None:
        return
    if isinstance(name, Unknown):
        yield undecided_at(_NAME, name)
        return
    for word in RESERVED_WORDS:
        if word in name.lower():
            yield Violation(text=f"must not hold the word {word}, got {name!r}", at=_NAME)


def _custom_name(domain: Resource, _context: Context) -> Answers:
    custom, name = is_custom(domain), domain.body.peek_text(_NAME)
    if custom is False or name is None:
        return
    if isinstance(name, Unknown):
        yield undecided_at(_NAME, name)
    elif len(name) > limits.CUSTOM_DOMAIN.maximum:
        yield Violation(
            text=f"must be at most {limits.CUSTOM_DOMAIN.maximum} characters, got {len(name)}",
            at=_NAME,
        )
    elif not limits.is_domain(name):
        yield Violation(text=f"must be a full lower-case domain name, got {name!r}", at=_NAME)


def _has_certificate(domain: Resource, _context: Context) -> Answers:
    if domain.body.peek_text(_CERTIFICATE) not in {None, ""}:
        return
    custom = is_custom(domain)
    if isinstance(custom, Unknown):
        yield undecided_at(_CERTIFICATE, custom)
    elif custom:
        yield Violation(
            text=f"must be set for the domain {domain.body.peek_text(_NAME)!r}, got null",
            at=_CERTIFICATE,
        )


def _certificate_region(domain: Resource, context: Context) -> Answers:
    arn = domain.body.peek_text(_CERTIFICATE)
    if not arn:
        return
    region = _region_in(arn) if isinstance(arn, str) else _region_of(domain, context, arn)
    if isinstance(region, Unknown):
        yield undecided_at(_CERTIFICATE, region)
    elif region != CERTIFICATE_REGION:
        yield Violation(
            text=f"must be a certificate in {CERTIFICATE_REGION}, got one in {region}",
            at=_CERTIFICATE,
        )


def _region_in(arn: str) -> str:
    """Give the region of *arn*; other partitions than `aws` have no us-east-1, and pass."""
    parts = arn.split(":")
    if len(parts) <= 3 or parts[1] != "aws":  # noqa: PLR2004 - arn, partition, service, region
        return CERTIFICATE_REGION
    return parts[3]


def _region_of(domain: Resource, context: Context, why: Unknown) -> str | Unknown:
    """Give the region of the certificate that Terraform makes, by its provider."""
    find = context.configuration.target
    made = find(domain, _CERTIFICATE, _MADE, by="arn")
    if not isinstance(made, Resource):
        validated = find(domain, _CERTIFICATE, _VALIDATED, by=_CERTIFICATE)
        if not isinstance(validated, Resource):
            return why
        made = find(validated, _CERTIFICATE, _MADE, by="arn")
    if not isinstance(made, Resource) or made.module or made.body.evaluated:
        return why
    own = made.body.peek_text("region")
    if own is not None:
        return own
    asked = made.body.values.get("provider")
    alias = asked.strip("${}").rpartition(".")[2] if isinstance(asked, str) else None
    for provider in context.configuration.providers:
        if provider.peek_text("alias") == alias:
            return provider.peek_text("region") or why
    return why


def _version(domain: Resource, _context: Context) -> Answers:
    return number_within(domain.body, "managed_login_version", limits.MANAGED_LOGIN_VERSION)


PREFIX = Rule(
    id="CVI01",
    title="A domain prefix has the characters that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=DOMAIN,
    why="Cognito refuses the domain at apply; the provider lets it pass.",
    remedy="write lower-case letters, digits and -, no - at either end",
    source="API, DomainType; CG811",
    check=_prefix,
)

RESERVED = Rule(
    id="CVI02",
    title="A domain prefix is free of reserved words",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=DOMAIN,
    why="Cognito refuses prefixes with aws, amazon or cognito in them, also inside of a word.",
    remedy="choose another prefix",
    source="aws-amplify/amplify-cli #1513 and #3854; CG811",
    check=_reserved_words,
)

CUSTOM_NAME = Rule(
    id="CVI03",
    title="A custom domain is a full lower-case name",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=DOMAIN,
    why="Cognito refuses the domain at apply.",
    remedy="write one such as auth.example.com, without scheme, port or path",
    source="API, CreateUserPoolDomain, Domain",
    check=_custom_name,
)

CUSTOM_CERTIFICATE = Rule(
    id="CVI03B",
    title="A custom domain has a certificate",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=DOMAIN,
    why="Cognito takes a name without a certificate for a prefix, which has no dots, and refuses "
    "it at apply.",
    remedy="set certificate_arn",
    source="API, CreateUserPoolDomain, CustomDomainConfig; CG401",
    check=_has_certificate,
)

CERTIFICATE_REGION_RULE = Rule(
    id="CVI03C",
    title="The certificate of a custom domain is in us-east-1",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=DOMAIN,
    why="Cognito serves the domain with CloudFront, which takes certificates from there alone, "
    "wherever the pool is. A certificate made by the default provider is in its region.",
    remedy="make the certificate with a provider of the region us-east-1",
    source="API, CustomDomainConfigType, CertificateArn; CG401",
    check=_certificate_region,
)

VERSION = Rule(
    id="CVI04",
    title="The version of the sign-in pages is 1 or 2",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=DOMAIN,
    why="Cognito refuses the domain at apply.",
    remedy="write 2 for managed login, or 1 for the classic pages",
    source="API, CreateUserPoolDomain, ManagedLoginVersion",
    check=_version,
)
