"""The domain that passkeys are bound to, and what they must check."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import UserVerification
from constructs_auth.rules._pool import POOL, given
from constructs_auth.rules.ask import one_of, outside, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_SETTINGS = "web_authn_configuration"
_PARTY = "relying_party_id"
_OF_PREFIX = ".amazoncognito.com"


def _length(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.peek_block(_SETTINGS)
    if isinstance(settings, Unknown):
        yield undecided(pool.body, _SETTINGS, settings)
    elif settings is not None:
        party = given(settings, _PARTY)
        if isinstance(party, Unknown):
            yield undecided(settings, _PARTY, party)
        elif party is not None:
            yield from outside(party, limits.RELYING_PARTY_ID, f"{settings.path}{_PARTY}")


def _domain(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.peek_block(_SETTINGS)
    if not isinstance(settings, Block):
        return
    party = given(settings, _PARTY)
    if isinstance(party, Unknown):
        yield undecided(settings, _PARTY, party)
    elif party is not None and not limits.is_domain(party):
        yield Violation(
            text=f"must be a lower-case domain without scheme, port or path, got {party!r}",
            at=f"{settings.path}{_PARTY}",
        )


def _custom_domain(pool: Resource, context: Context) -> Answers:
    settings = pool.body.peek_block(_SETTINGS)
    if not isinstance(settings, Block):
        return
    party = given(settings, _PARTY)
    if party is None or (isinstance(party, str) and party.endswith(_OF_PREFIX)):
        # Passkeys of the prefix domain, which may have been there first, work on its pages.
        return
    domains = context.configuration.members(pool, "aws_cognito_user_pool_domain")
    for domain in domains.resources:
        name = domain.body.peek_text("domain")
        if not _is_custom(domain) or name == party:
            continue
        if isinstance(party, Unknown):
            yield undecided(settings, _PARTY, party)
        elif isinstance(name, Unknown):
            yield undecided(settings, _PARTY, name)
        else:
            yield Violation(
                text=f"must be the custom domain {name} where its pages sign in with passkeys, "
                f"got {party!r}",
                at=f"{settings.path}{_PARTY}",
            )


def _is_custom(domain: Resource) -> bool:
    return given(domain.body, "certificate_arn") is not None


def _user_verification(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.peek_block(_SETTINGS)
    if isinstance(settings, Block):
        yield from one_of(settings, "user_verification", tuple(UserVerification))
    elif settings is not None:
        yield undecided(pool.body, _SETTINGS, settings)


RELYING_PARTY_LENGTH = Rule(
    id="CVD14",
    title="The relying party is as long as Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the passkeys of the pool at apply.",
    remedy="write a domain of at most 127 characters",
    source="API, RelyingPartyIdType",
    check=_length,
)
RELYING_PARTY_DOMAIN = Rule(
    id="CVD14B",
    title="The relying party is a bare domain",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Browsers register no passkey for anything else.",
    remedy="write the domain alone, such as example.com; a change later makes every registered "
    "passkey useless",
    source="W3C WebAuthn, relying party identifier",
    check=_domain,
)
RELYING_PARTY_CUSTOM_DOMAIN = Rule(
    id="CVD14C",
    title="The relying party is the pool's custom domain",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="On the sign-in pages of a custom domain, Cognito offers passkeys of that domain alone.",
    remedy="write the custom domain as relying_party_id, unless users only sign in elsewhere; a "
    "change later makes every registered passkey useless",
    source="API, WebAuthnConfigurationType.RelyingPartyId",
    check=_custom_domain,
)
USER_VERIFICATION = Rule(
    id="CVD15",
    title="User verification is a word that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the passkeys of the pool at apply.",
    remedy='set user_verification = "required" or "preferred", in lower case',
    source="API, UserVerificationType",
    check=_user_verification,
)
