"""What Cognito asks of an identity provider's name, kind and identifiers."""

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules._provider import PROVIDER
from constructs_auth.rules._siblings import has_a_name_of_its_own
from constructs_auth.rules.ask import count_within, one_of, text_within, texts_within
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_NAME, _TYPE, _IDENTIFIERS = "provider_name", "provider_type", "idp_identifiers"
_WITH_OWN_NAME = frozenset({"OIDC", "SAML"})
_SOCIAL = frozenset(limits.PROVIDER_TYPES) - _WITH_OWN_NAME


def _type(provider: Resource, _context: Context) -> Answers:
    return one_of(provider.body, _TYPE, limits.PROVIDER_TYPES)


def _name(provider: Resource, _context: Context) -> Answers:
    return text_within(provider.body, _NAME, limits.OWN_PROVIDER_NAME)


def _no_underscore(provider: Resource, _context: Context) -> Answers:
    name = provider.body.peek_text(_NAME)
    if isinstance(name, Unknown):
        yield undecided_at(_NAME, name)
    elif name is not None and "_" in name[:1] + name[2:]:
        yield Violation(text=f"must have no _ but as its second character, got {name!r}", at=_NAME)


def _own_name(provider: Resource, context: Context) -> Answers:
    return has_a_name_of_its_own(provider, context, _NAME)


def _fixed_name(provider: Resource, _context: Context) -> Answers:
    kind, name = provider.body.peek_text(_TYPE), provider.body.peek_text(_NAME)
    unknown = first_unknown(kind, name)
    if unknown is not None:
        yield undecided_at(_NAME, unknown)
    elif kind in _SOCIAL and name != kind:
        yield Violation(text=f"must be {kind}, got {name!r}", at=_NAME)
    elif kind in _WITH_OWN_NAME and (name in _SOCIAL or name == "COGNITO"):
        yield Violation(
            text=f"must not be that of a provider that Cognito knows, got {name!r} for {kind}",
            at=_NAME,
        )


def _identifiers(provider: Resource, _context: Context) -> Answers:
    yield from count_within(provider.body, _IDENTIFIERS, limits.IDP_IDENTIFIERS)
    yield from texts_within(provider.body, _IDENTIFIERS, limits.IDP_IDENTIFIER)


PROVIDER_TYPE = Rule(
    id="CVJ01",
    title="An identity provider is of a kind that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply.",
    remedy="write SAML, OIDC, Google, Facebook, LoginWithAmazon or SignInWithApple",
    source="API, IdentityProviderTypeType",
    check=_type,
)

PROVIDER_NAME = Rule(
    id="CVJ02",
    title="An identity provider has a name that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply; the provider of Terraform lets it pass.",
    remedy="choose a name of 3 to 32 characters without spaces",
    source="API, ProviderNameTypeV2",
    check=_name,
)

NAME_WITHOUT_UNDERSCORE = Rule(
    id="CVJ02B",
    title="The name of an identity provider has no underscore",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=PROVIDER,
    why="The pattern of CreateIdentityProvider has _ as the second character alone; whether "
    "Cognito holds to it is not known, and the name can never be changed.",
    remedy="write a hyphen",
    source="API, ProviderNameTypeV2",
    check=_no_underscore,
)

NAME_OF_ITS_OWN = Rule(
    id="CVJ02C",
    title="An identity provider has a name of its own in its pool",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the second at apply: DuplicateProviderException.",
    remedy="choose another name, or take one of the two out",
    source="API, CreateIdentityProvider, DuplicateProviderException",
    check=_own_name,
)

FIXED_NAME = Rule(
    id="CVJ03",
    title="A social identity provider has the name of its kind",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=PROVIDER,
    why="Cognito and the sign-in pages know these providers by fixed names, and probably refuse "
    "another.",
    remedy="write Google, Facebook, LoginWithAmazon or SignInWithApple for both; another name for "
    "SAML and OIDC",
    source="API, CreateUserPoolClient, SupportedIdentityProviders; aws-cdk",
    check=_fixed_name,
)

IDENTIFIERS = Rule(
    id="CVJ04",
    title="An identity provider has at most 50 identifiers of 40 characters",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply.",
    remedy="write domains such as acme.example, and fewer of them",
    source="API, IdpIdentifiersListType and IdpIdentifierType",
    check=_identifiers,
)
