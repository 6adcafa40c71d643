"""What a client may ask for: scopes of Cognito's own, and of resource servers of its pool."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.facts.words import OAuthScope
from constructs_auth.rules._client import (
    CLIENT,
    is_machine,
    listed,
    undecided_at,
)
from constructs_auth.rules._order import known_after
from constructs_auth.rules._siblings import find_in_pool
from constructs_auth.rules.ask import count_within, texts_within
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

SERVER = "aws_cognito_resource_server"
_SCOPES = "allowed_oauth_scopes"
_OWN = frozenset(OAuthScope)
_NEED_OPENID = ("email", "phone", "profile")


def _characters(client: Resource, _context: Context) -> Answers:
    return texts_within(client.body, _SCOPES, limits.SCOPE)


def _number(client: Resource, _context: Context) -> Answers:
    return count_within(client.body, _SCOPES, limits.SCOPES)


def _known_or_of_a_server(client: Resource, _context: Context) -> Answers:
    scopes = listed(client.body, _SCOPES)
    for scope in scopes.known:
        server, _, name = scope.rpartition("/")
        if scope not in _OWN and not (server and name):
            yield Violation(
                text=f"must be of {', '.join(sorted(_OWN))} or identifier/scope, got {scope!r}",
                at=_SCOPES,
            )
    if scopes.open is not None:
        yield undecided_at(_SCOPES, scopes.open)


def _openid(client: Resource, _context: Context) -> Answers:
    scopes = listed(client.body, _SCOPES)
    asked = next((scope for scope in _NEED_OPENID if scope in scopes.known), None)
    if asked is None or "openid" in scopes.known:
        return
    if scopes.open is not None:
        yield undecided_at(_SCOPES, scopes.open)
    else:
        yield Violation(
            text=f"must hold openid beside {asked}, got {', '.join(scopes.known)}", at=_SCOPES
        )


def _machine_scopes(client: Resource, _context: Context) -> Answers:
    machine = is_machine(client)
    if machine is False:
        return
    scopes = listed(client.body, _SCOPES)
    own = [scope for scope in scopes.known if scope in _OWN]
    unknown = machine if isinstance(machine, Unknown) else scopes.open
    if own and machine is True:
        yield Violation(
            text=f"must be scopes of resource servers for client_credentials, got {own[0]}",
            at=_SCOPES,
        )
    elif unknown is not None:
        yield undecided_at(_SCOPES, unknown)


def _exist(client: Resource, context: Context) -> Answers:
    """Ask that a scope, whose server is here, is one of its scopes."""
    for scope, server in _found(client, context):
        if isinstance(server, Undecided):
            yield server
        elif server is not None:
            names = _names(server)
            if isinstance(names, Unknown):
                yield undecided_at(_SCOPES, names)
            elif scope.rpartition("/")[2] not in names:
                yield Violation(
                    text=f"must exist, got {scope!r}, which {server.address} does not have",
                    at=_SCOPES,
                )


def _have_a_server(client: Resource, context: Context) -> Answers:
    for scope, server in _found(client, context):
        if server is None:
            yield Violation(
                text=f"must be of a resource server of the pool, got {scope!r}, of which this "
                "configuration has no server",
                at=_SCOPES,
            )
        elif isinstance(server, Undecided):
            yield server


def _in_order(client: Resource, context: Context) -> Answers:
    return known_after(client, _SCOPES, _found(client, context))


def _found(client: Resource, context: Context) -> Iterator[tuple[str, Resource | Undecided | None]]:
    """Give each scope of a server, and the server."""
    scopes = listed(client.body, _SCOPES)
    if scopes.open is not None:
        yield "", undecided_at(_SCOPES, scopes.open)
    wanted = {
        scope: scope.rpartition("/")[0]
        for scope in scopes.known
        if scope not in _OWN and "/" in scope
    }
    yield from find_in_pool(client, context, wanted, kind=SERVER, name="identifier", at=_SCOPES)


def _names(server: Resource) -> frozenset[str | None] | Unknown:
    scopes = server.body.peek_blocks("scope")
    if isinstance(scopes, Unknown):
        return scopes
    names = [scope.peek_text("scope_name") for scope in scopes]
    unknown = next((name for name in names if isinstance(name, Unknown)), None)
    return unknown or frozenset(name for name in names if not isinstance(name, Unknown))


SCOPE_CHARACTERS = Rule(
    id="CVH19",
    title="Scopes have the characters that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="write one scope in each item of the list, without spaces",
    source="API, ScopeType",
    check=_characters,
)

SCOPE_NUMBER = Rule(
    id="CVH19B",
    title="A client has at most 50 scopes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="use several clients, or fewer scopes",
    source="API, ScopeListType",
    check=_number,
)

MACHINE_SCOPES = Rule(
    id="CVH18",
    title="A client with client_credentials has scopes of resource servers alone",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito's own scopes speak of a user, and there is none; Cognito refuses the client.",
    remedy="write identifier/scope of an aws_cognito_resource_server",
    source="developer guide, «App client settings»; CG805",
    check=_machine_scopes,
)

OPENID = Rule(
    id="CVH20",
    title="The scopes email, phone and profile come with openid",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client, for the three say what an ID token holds.",
    remedy='add "openid" to allowed_oauth_scopes',
    source="developer guide, «App client settings»",
    check=_openid,
)

KNOWN_SCOPES = Rule(
    id="CVH21",
    title="Scopes are Cognito's own, or of a resource server",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply: ScopeDoesNotExistException.",
    remedy="write the identifier of the resource server, a slash and the name of the scope",
    source="API, CreateUserPoolClient, AllowedOAuthScopes",
    check=_known_or_of_a_server,
)

SCOPES_EXIST = Rule(
    id="CVH21B",
    title="A resource server has the scopes that clients ask for",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply: ScopeDoesNotExistException.",
    remedy="add the scope to the resource server, or take it out of the client",
    source="API, CreateUserPoolClient, ScopeDoesNotExistException",
    check=_exist,
)

SCOPES_HAVE_A_SERVER = Rule(
    id="CVH21C",
    title="The pool has the resource servers whose scopes clients ask for",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Unless somebody else makes the resource server first, Cognito refuses the client at "
    "apply: ScopeDoesNotExistException.",
    remedy="add the aws_cognito_resource_server to the pool, or mend its identifier",
    source="API, CreateUserPoolClient, ScopeDoesNotExistException",
    check=_have_a_server,
)

SCOPES_IN_ORDER = Rule(
    id="CVH21D",
    title="Terraform makes a resource server before the clients that ask for its scopes",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="A text makes no order: Terraform may make the client first, which fails.",
    remedy='write "${aws_cognito_resource_server.<name>.identifier}/<scope>", or depends_on',
    source="API, CreateUserPoolClient, ScopeDoesNotExistException; Terraform, «depends_on»",
    check=_in_order,
)
