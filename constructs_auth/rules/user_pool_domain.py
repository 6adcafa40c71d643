"""The domain of the sign-in pages: its name, its certificate, its version."""

from functools import partial

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.facts.words import (
    CERTIFICATE_REGION,
    MANAGED_LOGIN,
    RESERVED_WORDS,
)
from constructs_auth.rules.ask import (
    number_within,
    shown,
    text_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    surely,
)
from constructs_auth.terraform.block import Block, Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

DOMAIN = types.USER_POOL_DOMAIN
_NAME, _CERTIFICATE, _VERSION = "domain", "certificate_arn", "managed_login_version"
_PARTY = "relying_party_id"


def is_custom(domain: Resource) -> bool:
    """Return whether it is your own domain and not a prefix of Cognito's."""
    if domain.body.peek_text(_CERTIFICATE) not in {None, ""}:  # also one that is not known yet
        return True
    return "." in (domain.body.text(_NAME) or "")


def has_managed_login(domain: Resource) -> bool:
    """Return whether its pages are managed login; the default is the classic version."""
    return domain.body.given.number(_VERSION) == MANAGED_LOGIN


def _prefix(domain: Resource, _context: Context) -> Answers:
    if not is_custom(domain):
        yield from text_within(domain.body, _NAME, limits.DOMAIN_PREFIX)


def _reserved_words(domain: Resource, _context: Context) -> Answers:
    name = None if is_custom(domain) else domain.body.text(_NAME)
    for word in RESERVED_WORDS:
        if name is not None and word in name.lower():
            yield Violation(text=f"must not contain the word {word}, got {name!r}", at=_NAME)


def _custom_name(domain: Resource, _context: Context) -> Answers:
    name = domain.body.text(_NAME) if is_custom(domain) else None
    if name is None:
        return
    if len(name) > limits.CUSTOM_DOMAIN.maximum:
        yield Violation(
            text=f"must be at most {limits.CUSTOM_DOMAIN.maximum} characters, got {len(name)}",
            at=_NAME,
        )
    elif not limits.is_domain(name):
        yield Violation(text=f"must be a full lower-case domain name, got {name!r}", at=_NAME)


def _has_certificate(domain: Resource, _context: Context) -> Answers:
    if domain.body.peek_text(_CERTIFICATE) in {None, ""} and is_custom(domain):
        yield Violation(
            text=f"must be set for the domain {domain.body.text(_NAME)!r}, got null",
            at=_CERTIFICATE,
        )


def _certificate_region(domain: Resource, context: Context) -> Answers:
    arn = domain.body.peek_text(_CERTIFICATE)
    if not arn:
        return
    region = _region_in(arn) if isinstance(arn, str) else _region_of(domain, context, arn)
    if region != CERTIFICATE_REGION:
        yield Violation(
            text=f"must be a certificate in {CERTIFICATE_REGION}, got one in {region}",
            at=_CERTIFICATE,
        )


def _region_in(arn: str) -> str:
    """Return the region of *arn*; partitions other than `aws` have no us-east-1, and pass."""
    parts = arn.split(":")
    if len(parts) <= 3 or parts[1] != "aws":  # noqa: PLR2004 - arn, partition, service, region
        return CERTIFICATE_REGION
    return parts[3]


def _region_of(domain: Resource, context: Context, why: Unknown) -> str:
    """Return the region of the certificate that Terraform creates, from its provider."""
    find = context.configuration.target
    certificate = find(domain, _CERTIFICATE, types.CERTIFICATE, by="arn")
    if not isinstance(certificate, Resource):
        validated = find(domain, _CERTIFICATE, types.CERTIFICATE_VALIDATION, by=_CERTIFICATE)
        if isinstance(validated, Resource):
            certificate = find(validated, _CERTIFICATE, types.CERTIFICATE, by="arn")
    region = _own_region(certificate) if isinstance(certificate, Resource) else None
    if region is None:
        raise UnknownValueError(why, at=_CERTIFICATE)
    return region


def _own_region(certificate: Resource) -> str | None:
    own = certificate.body.text("region")
    if own is not None or certificate.provider is None:
        return own
    return certificate.provider.text("region")


def _version(domain: Resource, _context: Context) -> Answers:
    return number_within(domain.body, _VERSION, limits.MANAGED_LOGIN_VERSION)


def _one_of_each_kind(domain: Resource, context: Context) -> Answers:
    pool = context.configuration.known_target(domain, "user_pool_id")
    domains = () if pool is None else context.configuration.members(pool, DOMAIN).resources
    earlier = domains[: domains.index(domain)] if domain in domains else ()
    for other in earlier:
        if surely(partial(_are_alike, domain, other)):
            kind = "custom domain" if is_custom(domain) else "prefix"
            yield Violation(
                text=f"must be the only {kind} of its pool, got another one: {other.address}",
                at=_NAME,
            )
            return
    for other in earlier:
        _are_alike(domain, other)


def _are_alike(domain: Resource, other: Resource) -> bool:
    return is_custom(domain) is is_custom(other)


def _sets_relying_party(domain: Resource, context: Context) -> Answers:
    pool = context.configuration.known_target(domain, "user_pool_id")
    if pool is None or not surely(partial(is_custom, domain)):
        return
    policy = pool.body.peek_block("sign_in_policy")
    if not isinstance(policy, Block) or _has_relying_party(pool):
        return
    if "WEB_AUTHN" in policy.given.texts("allowed_first_auth_factors"):
        yield Violation(
            text=f"must come with web_authn_configuration.{_PARTY} where the pool has passkeys",
            at=_NAME,
        )


def _has_relying_party(pool: Resource) -> bool:
    """Return whether it is set, known or not."""
    passkeys = pool.body.peek_block("web_authn_configuration")
    written = passkeys.peek_text(_PARTY) if isinstance(passkeys, Block) else passkeys
    return written is not None


def _is_managed(domain: Resource, _context: Context) -> Answers:
    version = domain.body.number(_VERSION)
    if version != MANAGED_LOGIN:
        yield Violation(text=f"must be {MANAGED_LOGIN}, got {shown(version)}", at=_VERSION)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVI01",
        slug="domain-prefix-characters",
        title="A domain prefix must have characters that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito refuses the domain at apply; Terraform's provider accepts it.",
        remedy="write lower-case letters, digits and -, and no - at either end",
        source="API, DomainType; CG811",
        check=_prefix,
    ),
    Rule(
        id="CVI02",
        slug="no-reserved-words-in-prefix",
        title="A domain prefix must not contain reserved words",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito refuses prefixes that contain aws, amazon or cognito, even inside of a word.",
        remedy="choose another prefix",
        source="aws-amplify/amplify-cli #1513 and #3854; CG811",
        check=_reserved_words,
    ),
    Rule(
        id="CVI03",
        slug="custom-domain-name",
        title="A custom domain must be a full lower-case name",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito refuses the domain at apply.",
        remedy="write a name such as auth.example.com, without scheme, port or path",
        source="API, CreateUserPoolDomain, Domain",
        check=_custom_name,
    ),
    Rule(
        id="CVI03B",
        slug="custom-domain-certificate",
        title="A custom domain must have a certificate",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Without a certificate, Cognito treats the name as a prefix, which must not have dots, "
        "and refuses it at apply.",
        remedy="set certificate_arn",
        source="API, CreateUserPoolDomain, CustomDomainConfig; CG401",
        check=_has_certificate,
    ),
    Rule(
        id="CVI03C",
        slug="certificate-in-us-east-1",
        title="The certificate of a custom domain must be in us-east-1",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito serves the domain with CloudFront, which only accepts certificates from "
        "there, wherever the pool is. The default provider creates a certificate in its own "
        "region.",
        remedy="create the certificate with a provider of the region us-east-1",
        source="API, CustomDomainConfigType, CertificateArn; CG401",
        check=_certificate_region,
    ),
    Rule(
        id="CVI04",
        slug="sign-in-pages-version",
        title="The version of the sign-in pages must be 1 or 2",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito refuses the domain at apply.",
        remedy="write 2 for managed login, or 1 for the classic pages",
        source="API, CreateUserPoolDomain, ManagedLoginVersion",
        check=_version,
    ),
    Rule(
        id="CVI06",
        slug="one-domain-of-each-kind",
        title="A pool must have at most one prefix and one custom domain",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=DOMAIN,
        why="Cognito supports one of each, and probably refuses the second.",
        remedy="remove one of the two",
        source="API, UserPoolType, Domain and CustomDomain",
        check=_one_of_each_kind,
    ),
    Rule(
        id="CVI07",
        slug="relying-party-for-passkeys",
        title="A pool with passkeys and a custom domain must name its relying party",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=DOMAIN,
        why="A custom domain changes the default relying party. Passkeys that users registered "
        "before stop working.",
        remedy="set web_authn_configuration { relying_party_id } on the pool to the custom domain",
        source="API, CreateUserPoolDomain, CustomDomainConfig",
        check=_sets_relying_party,
    ),
    Rule(
        id="CG402",
        slug="managed-login-pages",
        title="The sign-in pages must be managed login",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=DOMAIN,
        why="The classic pages do not support passkeys or codes by e-mail, and AWS no longer "
        "develops them.",
        remedy="set managed_login_version = 2 and give each client a branding; this needs the tier "
        "ESSENTIALS",
        source="API, CreateUserPoolDomain, ManagedLoginVersion; developer guide, «Managed login»",
        check=_is_managed,
    ),
)
