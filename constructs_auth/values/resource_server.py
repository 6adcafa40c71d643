"""The scopes of a resource server: what an access token may allow at your API."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from constructs_auth import _checks
from constructs_auth.facts import limits


@runtime_checkable
class ServerScope(Protocol):
    """A scope with its server, as `ResourceServer.scope` returns it."""

    @property
    def scope_identifier(self) -> str:
        """The scope as a client requests it: `identifier/name`."""
        ...

    @property
    def resource(self) -> object:
        """The resource that must exist before a client can name the scope."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceServerScope:
    """One scope of a resource server.

    Args:
        name: 1 to 256 printable ASCII characters without spaces, `"`, `/` and backslashes, such
            as `read`.
        description: What the scope allows, 1 to 256 characters.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    name: str
    description: str

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.text(
            "ResourceServerScope.name",
            self.name,
            limits.RESOURCE_SERVER_SCOPE_NAME,
            remedy="write a short name such as 'read'",
        )
        _checks.text(
            "ResourceServerScope.description",
            self.description,
            limits.RESOURCE_SERVER_SCOPE_DESCRIPTION,
            remedy="describe in a few words what the scope allows",
        )


def identifier_of(scope: str | ServerScope) -> str:
    """Return the scope as Cognito names it."""
    return str(scope) if isinstance(scope, str) else scope.scope_identifier
