"""The scopes of a client: Cognito's own, and those of resource servers of its pool."""

from collections.abc import Callable
from functools import partial

from constructs_auth.facts import limits
from constructs_auth.facts.resource_types import (
    RESOURCE_SERVER,
)
from constructs_auth.facts.words import NEED_OPENID, OAuthScope
from constructs_auth.rules.ask import (
    count_within,
    each_text,
    member_of_pool,
    references_by_expression,
    texts_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
)
from constructs_auth.rules.user_pool_client import CLIENT, is_machine
from constructs_auth.terraform.resource import Resource

_SCOPES = "allowed_oauth_scopes"
_OWN = frozenset(OAuthScope)


def _characters(client: Resource, _context: Context) -> Answers:
    return texts_within(client.body, _SCOPES, limits.SCOPE)


def _number(client: Resource, _context: Context) -> Answers:
    return count_within(client.body, _SCOPES, limits.SCOPES)


def _known_or_of_a_server(client: Resource, _context: Context) -> Answers:
    for scope in client.body.given.texts(_SCOPES):
        server, _, name = scope.rpartition("/")
        if scope not in _OWN and not (server and name):
            yield Violation(
                text=f"must be one of {', '.join(sorted(_OWN))} or identifier/scope, got {scope!r}",
                at=_SCOPES,
            )


def _openid(client: Resource, _context: Context) -> Answers:
    scopes = client.body.given.texts(_SCOPES)
    asked = next((scope for scope in NEED_OPENID if scope in scopes.known), None)
    if asked is not None and "openid" not in scopes:
        yield Violation(
            text=f"must contain openid beside {asked}, got {', '.join(scopes.known)}", at=_SCOPES
        )


def _machine_scopes(client: Resource, _context: Context) -> Answers:
    if not is_machine(client):
        return
    own = next((scope for scope in client.body.given.texts(_SCOPES) if scope in _OWN), None)
    if own is not None:
        yield Violation(
            text=f"must be scopes of resource servers for client_credentials, got {own}",
            at=_SCOPES,
        )


def _exist(client: Resource, context: Context) -> Answers:
    """Check that a resource server of the configuration has the scope that is asked for."""
    return _each_of_a_server(client, context, partial(_exists, context))


def _exists(context: Context, scope: str, server: Resource | None) -> Answers:
    if server is None:
        return
    question = ("scopes", server.address)
    names = context.remembered.get(question)
    if not isinstance(names, frozenset):
        names = frozenset(block.text("scope_name") for block in server.body.blocks("scope"))
        context.remembered[question] = names
    if scope.rpartition("/")[2] not in names:
        yield Violation(
            text=f"must exist, got {scope!r}, which {server.address} does not have", at=_SCOPES
        )


def _have_a_server(client: Resource, context: Context) -> Answers:
    return _each_of_a_server(client, context, _has_a_server)


def _has_a_server(scope: str, server: Resource | None) -> Answers:
    if server is None:
        yield Violation(
            text=f"must be of a resource server of the pool, got {scope!r}, but this "
            "configuration has no such server",
            at=_SCOPES,
        )


def _in_order(client: Resource, context: Context) -> Answers:
    return _each_of_a_server(
        client,
        context,
        lambda scope, server: references_by_expression(client, _SCOPES, scope, server),
    )


def _each_of_a_server(
    client: Resource, context: Context, question: Callable[[str, Resource | None], Answers]
) -> Answers:
    """Ask *question* about each scope of a resource server, with that server."""

    def ask(scope: str) -> Answers:
        if scope not in _OWN and "/" in scope:
            identifier = scope.rpartition("/")[0]
            server = member_of_pool(
                client, context, kind=RESOURCE_SERVER, name="identifier", meant=identifier
            )
            yield from question(scope, server)

    return each_text(client.body.given.texts(_SCOPES), ask)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH19",
        slug="scope-characters",
        title="Scopes must have characters that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="write one scope in each item of the list, without spaces",
        source="API, ScopeType",
        check=_characters,
    ),
    Rule(
        id="CVH19B",
        slug="scope-number",
        title=f"A client must have at most {limits.SCOPES.maximum} scopes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="use several clients, or fewer scopes",
        source="API, ScopeListType",
        check=_number,
    ),
    Rule(
        id="CVH18",
        slug="machine-scopes-of-servers",
        title="A client with client_credentials must only have scopes of resource servers",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito's own scopes are about a user, and there is none. Cognito refuses the client.",
        remedy="write identifier/scope of an aws_cognito_resource_server",
        # No python_remedy: MachineToMachine refuses such a scope at its line.
        source="«openid is not supported with client_credentials flow», UpdateUserPoolClient; "
        "developer guide, «Application-specific settings with app clients»",
        check=_machine_scopes,
    ),
    Rule(
        id="CVH20",
        slug="openid-beside-profile-scopes",
        title="The scopes email, phone and profile must come with openid",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="These three decide what an ID token contains, and only openid requests an ID token. A "
        "request for them alone fails.",
        remedy='add "openid" to allowed_oauth_scopes',
        source="developer guide, «Application-specific settings with app clients»: such a "
        "scope can only be requested with openid",
        check=_openid,
    ),
    Rule(
        id="CVH21",
        slug="known-scopes",
        title="Scopes must be Cognito's own, or of a resource server",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: ScopeDoesNotExistException.",
        remedy="write the identifier of the resource server, a slash and the name of the scope",
        source="API, CreateUserPoolClient.AllowedOAuthScopes and ScopeDoesNotExistException; "
        "«Invalid scope requested: …», awsdocs/aws-cloudformation-user-guide #564",
        check=_known_or_of_a_server,
    ),
    Rule(
        id="CVH21B",
        slug="scopes-exist",
        title="A resource server must have the scopes that clients ask for",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: ScopeDoesNotExistException.",
        remedy="add the scope to the resource server, or remove it from the client",
        python_remedy="add the scope to the ResourceServer, or remove it from allowed_oauth_scopes",
        source="API, ScopeDoesNotExistException; «Invalid scope requested: …», "
        "badmintoncryer/cdk-preflight, pf-cognito-oauth-scopes-unknown",
        check=_exist,
    ),
    Rule(
        id="CVH21C",
        slug="scopes-have-a-server",
        title="The pool must have the resource servers whose scopes clients ask for",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Unless something else creates the resource server first, Cognito refuses the client "
        "at apply: ScopeDoesNotExistException.",
        remedy="add the aws_cognito_resource_server to the pool, or fix its identifier",
        python_remedy="define a ResourceServer of the pool, or fix its identifier in the scope",
        source="API, ScopeDoesNotExistException",
        check=_have_a_server,
    ),
    Rule(
        id="CVH21D",
        slug="client-after-its-servers",
        title="Terraform must create a resource server before the clients of its scopes",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="A literal text sets no order. If Terraform creates the client first, the apply fails.",
        remedy='write "${aws_cognito_resource_server.<name>.identifier}/<scope>", or depends_on',
        python_remedy="write scope(…) of the ResourceServer in the place of the text",
        source="API, ScopeDoesNotExistException; Terraform, «depends_on»",
        check=_in_order,
    ),
)
