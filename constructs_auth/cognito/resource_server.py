"""The resource server: your API, and the scopes that access tokens may have for it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
from constructs_auth._registry import add_member, members_before, members_of
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.user_pool.reference import UserPoolRef, check_pool, is_judged_with
from constructs_auth.engine import (
    CognitoResourceServer,
    CognitoResourceServerScope,
    Construct,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.values.resource_server import ResourceServerScope, ServerScope


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeOfServer:
    """One scope of one `ResourceServer`; pass it to a client.

    Attributes:
        scope_identifier: The scope as a client requests it: `identifier/name`.
        server: The server. A client with the scope depends on its resource.
    """

    scope_identifier: str
    server: "ResourceServer" = field(repr=False)

    @property
    def resource(self) -> CognitoResourceServer:
        """The server's resource."""
        return self.server.resource


class ResourceServer(AuthConstruct):
    """Your API, and the scopes that access tokens may have for it.

    **Changing** *user_pool* or *identifier* replaces the resource server. Until Terraform creates
    the new one, clients cannot request its scopes.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the resource server.
        user_pool: The pool.
        identifier: The part of a scope before the slash: 1 to 256 printable ASCII characters
            without spaces, `"` and backslashes; often the URL of the API.
        scopes: The scopes of the API; at most 100.
        name: The name in the console, 1 to 256 characters. By default *construct_id*.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        identifier: str,
        scopes: Collection[ResourceServerScope],
        name: str | None = None,
    ) -> None:
        name = name_or_id("ResourceServer", name, construct_id)
        check_pool("ResourceServer.user_pool", user_pool)
        _checks.text(
            "ResourceServer.identifier",
            identifier,
            limits.RESOURCE_SERVER_IDENTIFIER,
            remedy="write a short name or the URL of the API",
        )
        _checks.text(
            "ResourceServer.name", name, limits.RESOURCE_SERVER_NAME, remedy="give another name"
        )
        kept = _checked_scopes(scopes)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.identifier = identifier
        self.scope_names = tuple(each.name for each in kept)
        self.resource = CognitoResourceServer(
            self,
            "Default",
            identifier=identifier,
            name=name,
            scope=[
                CognitoResourceServerScope(scope_name=each.name, scope_description=each.description)
                for each in kept
            ]
            or None,
            user_pool_id=user_pool.user_pool_id,
        )
        add_member(user_pool, self)

    def scope(self, name: str) -> ServerScope:
        """Return one scope, for `allowed_oauth_scopes` of an application.

        Raises:
            InvalidValueError: The server has no such scope.
        """
        known = is_concrete(self.scope_names) and is_concrete(name)
        if known and name not in self.scope_names:
            raise InvalidValueError(
                f"ResourceServer {self.node.path}",
                "must have the requested scope",
                got=name,
                remedy=f"add ResourceServerScope(name={name!r}, …)"
                if not self.scope_names
                else f"choose from {', '.join(self.scope_names)}",
            )
        return ScopeOfServer(scope_identifier=f"{self.identifier}/{name}", server=self)

    def find_problems(self) -> Sequence[str]:
        """Return an error for each other server of the pool with the same identifier."""
        return tuple(
            f"identifier: must be unique in the pool, got {self.identifier!r}, the "
            f"identifier of {other.node.path}; choose another one, or merge the two"
            for other in members_before(self.user_pool, ResourceServer, self)
            if is_concrete(self.identifier)
            and other.identifier == self.identifier
            and not is_judged_with(self.user_pool, self, other)
        )


def text_scope_problems(
    client: Construct, scopes: Sequence[str | ServerScope], user_pool: UserPoolRef
) -> Iterator[str]:
    """Yield an error for each scope, given as text, that its resource server does not have."""
    for scope, server, name in _found_servers(client, scopes, user_pool):
        if is_judged_with(user_pool, client, server):
            continue
        if name not in server.scope_names and is_concrete(server.scope_names):
            known = ", ".join(server.scope_names)
            yield (
                "allowed_oauth_scopes: must contain scopes that exist, got "
                f"{scope!r}, and {server.node.path} has no scope {name!r}; "
                f"{f'choose from {known}, or ' if known else ''}add "
                f"ResourceServerScope(name={name!r}, …) there"
            )


def foreign_servers(scopes: Sequence[str | ServerScope], user_pool: UserPoolRef) -> Iterator[str]:
    """Yield the paths of the servers in other pools that *scopes* belong to."""
    for scope in scopes:
        if isinstance(scope, ScopeOfServer) and scope.server.user_pool != user_pool:
            yield scope.server.node.path


def _found_servers(
    client: Construct, scopes: Sequence[str | ServerScope], user_pool: UserPoolRef
) -> Iterator[tuple[str, ResourceServer, str]]:
    servers = {
        server.identifier: server
        for server in members_of(user_pool, ResourceServer, near=client)
        if is_concrete(server.identifier)
    }
    for scope in scopes:
        if isinstance(scope, str) and is_concrete(scope):
            identifier, _, name = scope.rpartition("/")
            if identifier in servers:
                yield scope, servers[identifier], name


def _checked_scopes(scopes: Collection[ResourceServerScope]) -> tuple[ResourceServerScope, ...]:
    """Check the types, the number and that no name repeats; return them sorted by name."""
    subject = "ResourceServer.scopes"
    kept = _checks.items(
        subject,
        scopes,
        lambda label, value: _checks.kind(label, value, ResourceServerScope),
        remedy="write ResourceServerScope(…)",
    )
    _checks.whole_number(
        f"{subject}, their number",
        len(kept),
        limits.RESOURCE_SERVER_SCOPES,
        remedy="use several resource servers",
    )
    by_name: dict[str, ResourceServerScope] = {}
    for each in kept:
        if each.name in by_name and is_concrete(each.name):
            raise InvalidValueError(
                subject, "must not repeat a name", got=each.name, remedy="name it once"
            )
        by_name[each.name] = each
    return tuple(by_name[name] for name in _checks.in_order(by_name))
