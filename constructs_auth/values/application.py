"""The kinds of application that sign users in; each kind sets the settings that it needs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth.values.oauth import OAuth, custom_scopes
from constructs_auth.values.resource_server import ServerScope


@dataclass(frozen=True, slots=True, kw_only=True)
class WebApplication:
    """A web application with a server, which can keep a client secret.

    It gets a client secret, refresh tokens for 30 days, and sign-in through Cognito's pages.

    Args:
        oauth: Where Cognito sends users after sign-in, and what the tokens allow.

    Raises:
        InvalidValueError: *oauth* has the wrong type.
    """

    oauth: OAuth

    def __post_init__(self) -> None:
        """Check the type."""
        _checks.kind("WebApplication.oauth", self.oauth, OAuth)


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePageApplication:
    """An application in the browser, which cannot keep a secret.

    It gets no client secret, refresh tokens for 7 days that Cognito replaces at each use, and
    sign-in through Cognito's pages. The application must use PKCE (S256); Cognito cannot enforce
    it.

    Args:
        oauth: Where Cognito sends users after sign-in, and what the tokens allow.

    Raises:
        InvalidValueError: *oauth* has the wrong type.
    """

    oauth: OAuth

    def __post_init__(self) -> None:
        """Check the type."""
        _checks.kind("SinglePageApplication.oauth", self.oauth, OAuth)


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeApplication:
    """An application on a phone or a desktop, which cannot keep a secret.

    It gets no client secret, and refresh tokens for 7 days that Cognito replaces at each use. With
    Cognito's pages, the application must use PKCE (S256); Cognito cannot enforce it.

    Args:
        oauth: Where Cognito sends users after sign-in, and what the tokens allow. By default
            `None`: the application has its own sign-in screens.

    Raises:
        InvalidValueError: *oauth* has the wrong type.
    """

    oauth: OAuth | None = None

    def __post_init__(self) -> None:
        """Check the type."""
        if self.oauth is not None:
            _checks.kind("NativeApplication.oauth", self.oauth, OAuth)


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineToMachine:
    """A program that calls an API on its own behalf, with the grant `client_credentials`.

    It gets a client secret, and cannot sign in users.

    Args:
        allowed_oauth_scopes: The scopes of resource servers that it may request, at least one:
            `server.scope("read")`, or `identifier/scope` for a server that is defined elsewhere.

    Raises:
        InvalidValueError: No scope, one of Cognito's own scopes, or a text that is not a scope.
    """

    allowed_oauth_scopes: Collection[str | ServerScope]

    def __post_init__(self) -> None:
        """Check the scopes, and sort them."""
        scopes = custom_scopes("MachineToMachine.allowed_oauth_scopes", self.allowed_oauth_scopes)
        object.__setattr__(self, "allowed_oauth_scopes", scopes)


@dataclass(frozen=True, slots=True)
class AdminBackend:
    """A server that signs users in through Cognito's administrator API, with AWS credentials.

    It gets a client secret and the flow `ALLOW_ADMIN_USER_PASSWORD_AUTH`. Passwords pass through
    the server: prefer `WebApplication` if users can sign in on Cognito's pages.
    """


Application: TypeAlias = (
    WebApplication | SinglePageApplication | NativeApplication | MachineToMachine | AdminBackend
)


def keeps_secret(application: Application) -> bool:
    """Return whether the application can keep a client secret."""
    return isinstance(application, WebApplication | MachineToMachine | AdminBackend)
