"""The kinds of application that sign users in; each sets together what belongs together."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth.values.oauth import OAuth, custom_scopes
from constructs_auth.values.resource_server import ServerScope


@dataclass(frozen=True, slots=True, kw_only=True)
class WebApplication:
    """A web application with a server, which can keep a secret.

    It gets a client secret, refresh tokens for 30 days, and sign-in at Cognito's pages.

    Args:
        oauth: Where users come back to, and what the tokens allow.

    Raises:
        InvalidValueError: *oauth* of another kind.
    """

    oauth: OAuth

    def __post_init__(self) -> None:
        """Check the kind."""
        _checks.kind("WebApplication.oauth", self.oauth, OAuth)


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePageApplication:
    """An application in the browser, which can keep no secret.

    It gets no client secret, refresh tokens for 7 days that are replaced at each use, and sign-in
    at Cognito's pages. The application must use PKCE (S256); Cognito cannot enforce it.

    Args:
        oauth: Where users come back to, and what the tokens allow.

    Raises:
        InvalidValueError: *oauth* of another kind.
    """

    oauth: OAuth

    def __post_init__(self) -> None:
        """Check the kind."""
        _checks.kind("SinglePageApplication.oauth", self.oauth, OAuth)


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeApplication:
    """An application on a phone or a desktop, which can keep no secret.

    It gets no client secret, and refresh tokens for 7 days that are replaced at each use. The
    application must use PKCE (S256) at Cognito's pages; Cognito cannot enforce it.

    Args:
        oauth: Where users come back to, and what the tokens allow. By default `None`: users sign
            in on screens of the application's own.

    Raises:
        InvalidValueError: *oauth* of another kind.
    """

    oauth: OAuth | None = None

    def __post_init__(self) -> None:
        """Check the kind."""
        if self.oauth is not None:
            _checks.kind("NativeApplication.oauth", self.oauth, OAuth)


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineToMachine:
    """A program that calls an API in its own name: the grant `client_credentials`.

    It gets a client secret, and no way to sign a user in.

    Args:
        allowed_oauth_scopes: The scopes of resource servers that it may ask for, at least one:
            `server.scope("read")`, or `identifier/scope` of a server that is defined elsewhere.

    Raises:
        InvalidValueError: No scope, one of Cognito's own, or a text that is no scope.
    """

    allowed_oauth_scopes: Collection[str | ServerScope]

    def __post_init__(self) -> None:
        """Check the scopes, and sort them."""
        scopes = custom_scopes("MachineToMachine.allowed_oauth_scopes", self.allowed_oauth_scopes)
        object.__setattr__(self, "allowed_oauth_scopes", scopes)


@dataclass(frozen=True, slots=True)
class AdminBackend:
    """A server that signs users in by Cognito's administrator API, with AWS credentials.

    It gets a client secret and the flow `ALLOW_ADMIN_USER_PASSWORD_AUTH`. Passwords pass through
    the server: prefer `WebApplication` where users can be sent to Cognito's pages.
    """


Application: TypeAlias = (
    WebApplication | SinglePageApplication | NativeApplication | MachineToMachine | AdminBackend
)


def keeps_secret(application: Application) -> bool:
    """Say whether the application can keep a client secret."""
    return isinstance(application, WebApplication | MachineToMachine | AdminBackend)
