"""The factors that users may start to sign in with, such as passwords and passkeys."""

from functools import partial

from constructs_auth.facts import limits
from constructs_auth.facts.resource_types import USER_POOL, USER_POOL_CLIENT, USER_POOL_DOMAIN
from constructs_auth.facts.words import (
    CLIENT_CREDENTIALS,
    AuthFlow,
    FirstAuthFactor,
    MfaConfiguration,
    UserVerification,
)
from constructs_auth.rules.ask import each_of, known_blocks, one_of, outside
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    all_of,
    any_of,
    separately,
    surely,
)
from constructs_auth.terraform.block import Block, KnownTexts
from constructs_auth.terraform.resource import Resource

_POLICY = "sign_in_policy"
_FACTORS = "allowed_first_auth_factors"
AT = f"{_POLICY}[0].{_FACTORS}"
_CODES = (FirstAuthFactor.EMAIL_OTP, FirstAuthFactor.SMS_OTP)
_MULTI_FACTOR = "MULTI_FACTOR_WITH_USER_VERIFICATION"
_PASSKEYS = "web_authn_configuration"
_PARTY = "relying_party_id"
_OF_PREFIX = ".amazoncognito.com"


def first_factors(pool: Resource) -> KnownTexts:
    """Return the factors that users may start with; empty if the pool does not set them.

    Raises:
        UnknownValueError: Whether the pool sets them is not known.
    """
    policy = pool.body.given.block(_POLICY)
    return KnownTexts(items=(), at=AT) if policy is None else policy.texts(_FACTORS)


def _known_factors(pool: Resource, _context: Context) -> Answers:
    policy = pool.body.given.block(_POLICY)
    if policy is not None:
        yield from each_of(policy, _FACTORS, tuple(FirstAuthFactor))


def _password_stays(pool: Resource, _context: Context) -> Answers:
    factors = first_factors(pool)
    if factors and FirstAuthFactor.PASSWORD not in factors:
        yield Violation(text=f"must include PASSWORD, got {', '.join(factors)}", at=AT)


def _clients_can_choose(pool: Resource, context: Context) -> Answers:
    def is_offered() -> bool:
        return first_factors(pool).has_any(*_CODES, FirstAuthFactor.WEB_AUTHN)

    # The pool alone answers for most pools, and for all that are like it.
    if surely(lambda: not is_offered()):
        return
    clients = context.configuration.members(pool, USER_POOL_CLIENT)
    if not any(map(_is_for_users, clients.resources)) or not all_of(
        is_offered,
        lambda: not any_of(*(partial(_lets_choose, client) for client in clients.resources)),
    ):
        return
    if clients.complete:
        yield Violation(
            text=f"must come with an app client that has {AuthFlow.USER}, got none", at=AT
        )
    else:
        yield Undecided(why="the user pool of some app client is not known", at=AT)


def _lets_choose(client: Resource) -> bool:
    return AuthFlow.USER in client.body.texts("explicit_auth_flows")


def _is_for_users(client: Resource) -> bool:
    flows = client.body.given.texts("allowed_oauth_flows")
    return not surely(lambda: flows.all() == (CLIENT_CREDENTIALS,))


def _passkeys_and_mfa(pool: Resource, _context: Context) -> Answers:
    if all_of(
        lambda: FirstAuthFactor.WEB_AUTHN in first_factors(pool),
        lambda: _requires_mfa(pool),
        lambda: not _passkeys_are_two_factors(pool),
    ):
        yield Violation(
            text="must not be ON where passkeys are a first factor, got ON", at="mfa_configuration"
        )


def _requires_mfa(pool: Resource) -> bool:
    return pool.body.text("mfa_configuration") == MfaConfiguration.ON


def _passkeys_are_two_factors(pool: Resource) -> bool:
    settings = pool.body.block(_PASSKEYS)
    return settings is not None and settings.text("factor_configuration") == _MULTI_FACTOR


def _codes_and_mfa(pool: Resource, _context: Context) -> Answers:
    if all_of(lambda: first_factors(pool).has_any(*_CODES), lambda: _requires_mfa(pool)):
        yield Violation(
            text="must not contain EMAIL_OTP or SMS_OTP where MFA is ON, got one", at=AT
        )


def _length(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.block(_PASSKEYS)
    party = None if settings is None else settings.given.text(_PARTY)
    if settings is not None and party:
        yield from outside(party, limits.RELYING_PARTY_ID, f"{settings.path}{_PARTY}")


def _domain(pool: Resource, _context: Context) -> Answers:
    for settings in known_blocks(pool.body, _PASSKEYS):  # CVD14 reports unknown blocks.
        party = settings.given.text(_PARTY)
        if party and not limits.is_domain(party):
            yield Violation(
                text=f"must be a lower-case domain without scheme, port or path, got {party!r}",
                at=f"{settings.path}{_PARTY}",
            )


def _custom_domain(pool: Resource, context: Context) -> Answers:
    domains = context.configuration.members(pool, USER_POOL_DOMAIN).resources
    for settings in known_blocks(pool.body, _PASSKEYS):
        yield from separately(
            *(_is_that_of_pages(settings, domain) for domain in domains if _is_custom(domain))
        )


def _is_custom(domain: Resource) -> bool:
    """Return whether the domain has a certificate, known or not."""
    return not surely(lambda: not domain.body.given.text("certificate_arn"))


def _is_that_of_pages(settings: Block, domain: Resource) -> Answers:
    # The same template in both is the same domain, whatever its value.
    if settings.peek_text(_PARTY) == domain.body.peek_text("domain"):
        return
    party = settings.given.text(_PARTY)
    # Passkeys of the prefix domain, which may have existed first, work on its pages.
    if party and not party.endswith(_OF_PREFIX):
        yield Violation(
            text=f"must be the custom domain {domain.body.text('domain')}, whose pages sign in "
            f"with passkeys, got {party!r}",
            at=f"{settings.path}{_PARTY}",
        )


def _user_verification(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.block(_PASSKEYS)
    if settings is not None:
        yield from one_of(settings, "user_verification", tuple(UserVerification))


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVD09",
        slug="known-first-factors",
        title="First factors must be ones that Cognito supports",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply. Its API knows SOFTWARE_TOKEN, but does not support "
        "it here.",
        remedy="name only PASSWORD, EMAIL_OTP, WEB_AUTHN, and SMS_OTP, which needs "
        "sms_configuration",
        source="API, AuthFactorType and SignInPolicyType.AllowedFirstAuthFactors",
        check=_known_factors,
    ),
    Rule(
        id="CVD10",
        slug="password-first-factor",
        title="First factors must include the password",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito probably refuses a pool whose users cannot start with a password.",
        remedy="add PASSWORD to allowed_first_auth_factors",
        source="aws-cdk-lib 2.275.0, SignInPolicy; no message of the API is known",
        check=_password_stays,
    ),
    Rule(
        id="CVD11",
        slug="user-auth-flow-allowed",
        title="An app client must let users choose how to sign in",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Without ALLOW_USER_AUTH no client of the pool offers a code or a passkey.",
        remedy="add ALLOW_USER_AUTH to explicit_auth_flows of the client that users sign in with",
        python_remedy="add AuthFlow.USER to explicit_auth_flows of the client that users sign "
        "in with",
        source="API, CreateUserPoolClient.ExplicitAuthFlows; "
        "lgallard/terraform-aws-cognito-user-pool #402",
        check=_clients_can_choose,
    ),
    Rule(
        id="CVD12",
        slug="mfa-optional-with-passkeys",
        title="MFA must not be required where passkeys are a first factor",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses both together, unless passkeys count as two factors.",
        remedy='set mfa_configuration = "OPTIONAL", or remove WEB_AUTHN',
        python_remedy="use Mfa.optional(…), or leave Passkey() out "
        "(hashicorp/terraform-provider-aws#50110)",
        source="«Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is "
        "required», go-to-k/cdkd #2064; hashicorp/terraform-provider-aws #50110; API, "
        "WebAuthnConfigurationType.FactorConfiguration",
        check=_passkeys_and_mfa,
    ),
    Rule(
        id="CVD13",
        slug="mfa-optional-with-codes",
        title="MFA must not be required where a code is a first factor",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool: with MFA ON, only PASSWORD and WEB_AUTHN may be first "
        "factors.",
        remedy='set mfa_configuration = "OPTIONAL", or remove EMAIL_OTP and SMS_OTP',
        python_remedy="use Mfa.optional(…), or leave EmailOtp() and SmsOtp() out",
        source="«Only PASSWORD and WEB_AUTHN … if MFA is enabled», go-to-k/cdkd #1975; "
        "developer guide, «Adding MFA to a user pool»",
        check=_codes_and_mfa,
    ),
    Rule(
        id="CVD14",
        slug="relying-party-length",
        title="The relying party must have a length that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the passkeys of the pool at apply.",
        remedy=f"write a domain of at most {limits.RELYING_PARTY_ID.maximum} characters",
        source="API, RelyingPartyIdType",
        check=_length,
    ),
    Rule(
        id="CVD14B",
        slug="relying-party-bare-domain",
        title="The relying party must be a bare domain",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Browsers register passkeys for a domain only.",
        remedy="write only the domain, such as example.com; a later change makes every registered "
        "passkey useless",
        source="W3C WebAuthn, relying party identifier",
        check=_domain,
    ),
    Rule(
        id="CVD14C",
        slug="relying-party-custom-domain",
        title="The relying party must be the pool's custom domain",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="On the sign-in pages of a custom domain, Cognito offers only passkeys of that domain.",
        remedy="write the custom domain as relying_party_id, unless users only sign in elsewhere; "
        "a later change makes every registered passkey useless",
        source="API, WebAuthnConfigurationType.RelyingPartyId",
        check=_custom_domain,
    ),
    Rule(
        id="CVD15",
        slug="known-user-verification",
        title="User verification must be a value that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the passkeys of the pool at apply.",
        remedy='set user_verification = "required" or "preferred", in lower case',
        source="API, UserVerificationType",
        check=_user_verification,
    ),
)
