"""A resource server and its scopes."""

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.rules.ask import (
    count_within,
    has_unique_name,
    text_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
)
from constructs_auth.terraform.resource import Resource

SERVER = types.RESOURCE_SERVER
_IDENTIFIER, _SCOPES = "identifier", "scope"


def _identifier(server: Resource, _context: Context) -> Answers:
    return text_within(server.body, _IDENTIFIER, limits.RESOURCE_SERVER_IDENTIFIER)


def _unique_identifier(server: Resource, context: Context) -> Answers:
    return has_unique_name(server, context, _IDENTIFIER)


def _name(server: Resource, _context: Context) -> Answers:
    return text_within(server.body, "name", limits.RESOURCE_SERVER_NAME)


def _number(server: Resource, _context: Context) -> Answers:
    return count_within(server.body, _SCOPES, limits.RESOURCE_SERVER_SCOPES)


def _scopes(server: Resource, _context: Context) -> Answers:
    for scope in server.body.blocks(_SCOPES):
        yield from text_within(scope, "scope_name", limits.RESOURCE_SERVER_SCOPE_NAME)
        yield from text_within(scope, "scope_description", limits.RESOURCE_SERVER_SCOPE_DESCRIPTION)


def _quota(server: Resource, context: Context) -> Answers:
    pool = context.configuration.known_target(server, "user_pool_id")
    if pool is None:
        return
    most = limits.RESOURCE_SERVERS.maximum
    servers = context.configuration.members(pool, SERVER).resources
    if servers[most : most + 1] == (server,):
        yield Violation(text=f"must be one of at most {most} of its pool, got {len(servers)}")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVK01",
        slug="server-identifier-characters",
        title="A resource server must have an identifier that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=SERVER,
        why="Cognito refuses the server at apply; Terraform's provider accepts it.",
        remedy='write a short name or the URL of the API, without spaces, " and \\',
        source="API, ResourceServerIdentifierType",
        check=_identifier,
    ),
    Rule(
        id="CVK01B",
        slug="server-identifier-of-its-own",
        title="The identifier of a resource server must be unique in its pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=SERVER,
        why="Cognito refuses the second at apply.",
        remedy="choose another identifier, or merge the two",
        python_remedy="choose another identifier, or merge the two",
        source="API, CreateResourceServer.Identifier: a unique identifier",
        check=_unique_identifier,
    ),
    Rule(
        id="CVK02",
        slug="server-name-characters",
        title="A resource server must have a name that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=SERVER,
        why="Cognito refuses the server at apply; Terraform's provider accepts it.",
        remedy=f"choose a name of {limits.RESOURCE_SERVER_NAME.allowed}",
        source="API, ResourceServerNameType",
        check=_name,
    ),
    Rule(
        id="CVK03",
        slug="server-scope-number",
        title=f"A resource server must have at most {limits.RESOURCE_SERVER_SCOPES.maximum} scopes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=SERVER,
        why="Cognito refuses the server at apply.",
        remedy="use several resource servers",
        source="API, ResourceServerScopeListType",
        check=_number,
    ),
    Rule(
        id="CVK03B",
        slug="server-scope-characters",
        title="Scopes of a resource server must have names and descriptions that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=SERVER,
        why="Cognito refuses the server at apply. The name does not include the identifier and the "
        "slash.",
        remedy='write names without spaces, ", / and \\, and a description of 1 to '
        f"{limits.RESOURCE_SERVER_SCOPE_DESCRIPTION.maximum} characters",
        source="API, ResourceServerScopeNameType and ResourceServerScopeDescriptionType",
        check=_scopes,
    ),
    Rule(
        id="CVK04",
        slug="server-quota",
        title=f"A pool must have at most {limits.RESOURCE_SERVERS.maximum} resource servers",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=SERVER,
        why=f"AWS allows {limits.RESOURCE_SERVERS.maximum} by default. Cognito refuses the next "
        "one at apply.",
        remedy="merge some, or ask AWS for a higher quota",
        source="developer guide, «Quotas in Amazon Cognito»",
        check=_quota,
    ),
)
