"""Which identity providers a client names, and whether its pool has them."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    CLIENT,
    listed,
    undecided_at,
)
from constructs_auth.rules._order import known_after
from constructs_auth.rules._siblings import find_in_pool
from constructs_auth.rules.ask import texts_within
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.resource import Resource

PROVIDER = "aws_cognito_identity_provider"
PROVIDERS = "supported_identity_providers"
_POOL_ITSELF = "COGNITO"


def providers_of(
    client: Resource, context: Context
) -> Iterator[tuple[str, Resource | Undecided | None]]:
    """Give each provider that *client* names but the pool itself, and its resource.

    `None` stands for one that the pool has not here.
    """
    names = listed(client.body, PROVIDERS)
    if names.open is not None:
        yield "", undecided_at(PROVIDERS, names.open)
    wanted = {name: name for name in names.known if name != _POOL_ITSELF}
    yield from find_in_pool(
        client, context, wanted, kind=PROVIDER, name="provider_name", at=PROVIDERS
    )


def _names(client: Resource, _context: Context) -> Answers:
    return texts_within(client.body, PROVIDERS, limits.PROVIDER_NAME)


def _exist(client: Resource, context: Context) -> Answers:
    for name, provider in providers_of(client, context):
        if isinstance(provider, Undecided):
            yield provider
        elif provider is None:
            yield Violation(
                text=f"must be identity providers of the pool, got {name!r}, of which this "
                "configuration has none",
                at=PROVIDERS,
            )


def _in_order(client: Resource, context: Context) -> Answers:
    return known_after(client, PROVIDERS, providers_of(client, context))


PROVIDER_NAMES = Rule(
    id="CVH23",
    title="Identity providers have names that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="write COGNITO, or the provider_name of an aws_cognito_identity_provider",
    source="API, ProviderNameType",
    check=_names,
)

PROVIDERS_EXIST = Rule(
    id="CVH23B",
    title="The pool has the identity providers that clients name",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Unless somebody else makes the provider first, Cognito refuses the client at apply.",
    remedy="add the aws_cognito_identity_provider to the pool, or mend its name; the pool "
    "itself is COGNITO",
    source="API, CreateUserPoolClient, SupportedIdentityProviders; CG214",
    check=_exist,
)

PROVIDERS_IN_ORDER = Rule(
    id="CVH23C",
    title="Terraform makes an identity provider before the clients that name it",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="A text makes no order: Terraform may make the client first, which fails.",
    remedy="write aws_cognito_identity_provider.<name>.provider_name, or depends_on",
    source="API, CreateUserPoolClient, SupportedIdentityProviders; Terraform, «depends_on»",
    check=_in_order,
)
