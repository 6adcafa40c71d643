"""The domain of the sign-in pages: its name, its certificate, its version."""

from functools import partial

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.facts.words import (
    CERTIFICATE_REGION,
    CROSS_STACK_OUTPUT,
    MANAGED_LOGIN,
    RESERVED_WORDS,
)
from constructs_auth.rules.ask import (
    are_both_there,
    is_the_only_one,
    number_within,
    shown,
    text_within,
    user_pool_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    surely,
)
from constructs_auth.rules.user_pool_client import CLIENT, uses_oauth
from constructs_auth.terraform.block import Block, Unknown, UnknownValueError
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource

DOMAIN = types.USER_POOL_DOMAIN
_NAME, _CERTIFICATE, _VERSION = "domain", "certificate_arn", "managed_login_version"
_PARTY = "relying_party_id"
_SWITCH = "allowed_oauth_flows_user_pool_client"


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
    for name in _prefix_of(domain):
        parts = name.lower().split("-")
        for word in RESERVED_WORDS:
            if word in parts:
                yield Violation(text=f"must not contain the word {word}, got {name!r}", at=_NAME)


def _reserved_inside(domain: Resource, _context: Context) -> Answers:
    for name in _prefix_of(domain):
        parts = name.lower().split("-")
        for word in RESERVED_WORDS:
            if word in name.lower() and word not in parts:
                yield Violation(
                    text=f"must not contain {word}, not even inside a word, got {name!r}", at=_NAME
                )


def _prefix_of(domain: Resource) -> tuple[str, ...]:
    name = None if is_custom(domain) else domain.body.text(_NAME)
    return () if name is None else (name,)


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
            are_both_there(domain, other)
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


def _used_once(domain: Resource, context: Context) -> Answers:
    if not context.configuration.is_state:  # a state does not show the provider, and is applied
        yield from is_the_only_one(domain, context, _in_region, what="user pool", at=_NAME)


def _in_region(domain: Resource, _context: Context) -> object:
    """Return the name with its region, which must be unique; each provider counts as a region."""
    name = domain.body.text(_NAME)
    named = domain.body.values.get("provider")  # it may not be configured here
    provider = str(named) if domain.provider is None else id(domain.provider)
    region = (domain.module, provider, domain.body.text("region"))
    return None if name is None else (name, *region)


def _client_has_domain(client: Resource, context: Context) -> Answers:
    if surely(lambda: not uses_oauth(client)):
        return
    pool = user_pool_of(client, context)
    domains = context.configuration.members(pool, DOMAIN)
    if domains.resources or _reads_a_domain(pool):
        return
    if all_of(lambda: uses_oauth(client)):
        if not domains.complete:
            raise UnknownValueError(Unknown("the user pool of some domain is not known"))
        if _is_exported(pool, context.configuration):
            raise UnknownValueError(Unknown("another stack may define the domain of the pool"))
        yield Violation(text="must come with a domain of its user pool, got none", at=_SWITCH)


def _reads_a_domain(pool: Resource) -> bool:
    """Return whether Cognito has returned a domain of *pool*, which may be defined elsewhere."""
    returned = (pool.body.peek_text(name) for name in ("domain", "custom_domain"))
    return any(isinstance(name, str) and name for name in returned)


def _is_exported(pool: Resource, configuration: Configuration) -> bool:
    """Return whether another stack of the same CDKTF app refers to *pool*."""
    name = pool.static_address.rpartition(".")[2]
    output = f"{CROSS_STACK_OUTPUT}{pool.type}{name}"
    return any(one.name.startswith(output) for one in configuration.outputs)


def _is_managed(domain: Resource, context: Context) -> Answers:
    if surely(lambda: user_pool_of(domain, context).body.text("user_pool_tier") == "LITE"):
        return  # another tier costs more, and nothing else has managed login
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
        source="API, DomainType; «Domain names can only contain lower-case letters, numbers, "
        "and hyphens», mineiros-io/terraform-aws-cognito-user-pool #69",
        check=_prefix,
    ),
    Rule(
        id="CVI02",
        slug="no-reserved-words-in-prefix",
        title="A domain prefix must not contain reserved words",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito refuses a prefix with aws, amazon or cognito between its hyphens.",
        remedy="choose another prefix",
        source="«Domain cannot contain reserved word», aws-amplify/amplify-cli #1513, "
        "aws-solutions/content-analysis-on-aws #8; badmintoncryer/cdk-preflight, "
        "pf-cognito-domain-reserved-word",
        check=_reserved_words,
    ),
    Rule(
        id="CVI02B",
        slug="no-reserved-words-inside-prefix",
        title="A domain prefix must not contain reserved words inside its words",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=DOMAIN,
        why="Cognito is known to refuse newcognito, and to accept awsome.",
        remedy="choose another prefix",
        source="«Domain cannot contain reserved word: cognito», aws-amplify/amplify-cli #3854; "
        "badmintoncryer/cdk-preflight, pf-cognito-domain-reserved-word",
        check=_reserved_inside,
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
        source="developer guide, «Using your own domain for managed login»; «Custom domain is "
        "not a valid subdomain», badmintoncryer/cdk-preflight, "
        "pf-cognito-custom-domain-fqdn",
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
        remedy="set certificate_arn to a certificate in us-east-1",
        source="API, CreateUserPoolDomain.CustomDomainConfig and DomainType; "
        "mineiros-io/terraform-aws-cognito-user-pool #69",
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
        source="API, CreateUserPoolDomain.CustomDomainConfig; «The specified SSL certificate … "
        "isn't in us-east-1 region», badmintoncryer/cdk-preflight, "
        "pf-cognito-custom-domain-cert-region",
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
        source="API, CreateUserPoolDomain.ManagedLoginVersion; AWS provider 5.100.0, "
        "managed_login_version",
        check=_version,
    ),
    Rule(
        id="CVI06",
        slug="one-domain-of-each-kind",
        title="A pool must have at most one prefix and one custom domain",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="Cognito refuses the second at apply.",
        remedy="remove one of the two",
        source="«User pool already has a domain configured», aws/aws-cdk #10062; API, "
        "UserPoolType.Domain and UserPoolType.CustomDomain",
        check=_one_of_each_kind,
    ),
    Rule(
        id="CVI06B",
        slug="domain-of-one-pool",
        title="A domain must be used once",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=DOMAIN,
        why="A domain belongs to one user pool. Cognito refuses the second at apply: «Domain "
        "already associated with another user pool».",
        remedy="choose another domain for one of the two",
        python_remedy="choose another prefix=… or domain=… for one of the two",
        source="aws-samples/dcv-web-portal #16 and aws-samples/websocket-chat-application #56",
        check=_used_once,
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
        python_remedy="set Passkey(relying_party_id=…) of the pool to the custom domain",
        source="API, CreateUserPoolDomain.CustomDomainConfig",
        check=_sets_relying_party,
    ),
    Rule(
        id="CVI08",
        slug="oauth-client-has-domain",
        title="A client with OAuth must be in a user pool with a domain",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="The sign-in pages and the token endpoint are at the domain of the pool. Without a "
        "domain no user signs in there, and no program gets a token. The domain may be defined "
        "elsewhere.",
        remedy="add an aws_cognito_user_pool_domain of the pool; accept the finding if the domain "
        "is defined elsewhere; if the client only uses the API, set "
        "allowed_oauth_flows_user_pool_client = false and remove the other OAuth settings",
        python_remedy="define a UserPoolDomain of the pool, or, if others define it, accept the "
        "finding with that reason",
        source="developer guide, «Configuring a user pool domain» and «User pool endpoints and "
        "managed login reference»",
        check=_client_has_domain,
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
        python_remedy="set managed_login_version=2; this needs UserPoolTier.ESSENTIALS",
        source="API, CreateUserPoolDomain.ManagedLoginVersion; developer guide, «User pool "
        "managed login»",
        check=_is_managed,
    ),
)
