"""What Cognito asks of an identity pool and its roles."""

from constructs_auth.facts import limits
from constructs_auth.rules._client import undecided_at
from constructs_auth.rules._identity_pool import IDENTITY_POOL, ROLES
from constructs_auth.rules.ask import count_within, text_within
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource


def _name(pool: Resource, _context: Context) -> Answers:
    return text_within(pool.body, "identity_pool_name", limits.IDENTITY_POOL_NAME)


def _mappings(roles: Resource, _context: Context) -> Answers:
    yield from count_within(roles.body, "role_mapping", limits.ROLE_MAPPINGS)
    mappings = roles.body.peek_blocks("role_mapping")
    if isinstance(mappings, Unknown):
        yield undecided_at("role_mapping", mappings)
        return
    for mapping in mappings:
        if mapping.peek("mapping_rule") is not None:
            yield from count_within(mapping, "mapping_rule", limits.MAPPING_RULES)


IDENTITY_POOL_NAME = Rule(
    id="CVK08",
    title="An identity pool has a name that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=IDENTITY_POOL,
    why="Cognito refuses the identity pool at apply.",
    remedy="choose a name of 1 to 128 letters, digits, spaces and _ + = , . @ -",
    source="cognito-identity API, IdentityPoolName",
    check=_name,
)

ROLE_MAPPINGS = Rule(
    id="CVK09",
    title="Roles are mapped for at most 10 providers with 25 rules each",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=ROLES,
    why="Cognito refuses more than 10 mappings at apply, and the provider more than 25 rules.",
    remedy="use fewer rules, or groups of the user pool with a role each and the type Token",
    source="cognito-identity API, RoleMappingMap; AWS provider 5.100.0",
    check=_mappings,
)
