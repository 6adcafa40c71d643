"""The scopes of a resource server: what an access token may allow at one of our own APIs."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from constructs_auth import _checks
from constructs_auth.facts import limits


@runtime_checkable
class ServerScope(Protocol):
    """A scope that knows its server: what `ResourceServer.scope` gives."""

    @property
    def scope_identifier(self) -> str:
        """What a client asks for: `identifier/name`."""
        ...

    @property
    def resource(self) -> object:
        """The resource that must be there before a client can name the scope."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceServerScope:
    """One thing that an access token may allow.

    Args:
        name: 1 to 256 printable ASCII characters without spaces, `"`, `/` and backslashes, such
            as `read`.
        description: What it allows, 1 to 256 characters.

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
            remedy="say in a few words what it allows",
        )


def identifier_of(scope: str | ServerScope) -> str:
    """Give the text that Cognito knows a scope by."""
    return str(scope) if isinstance(scope, str) else scope.scope_identifier
