"""What belongs to the sign-in pages of one pool, remembered as it is defined, in any order."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_auth.cognito.managed_login_branding import ManagedLoginBranding
    from constructs_auth.cognito.user_pool_client import UserPoolClient
    from constructs_auth.cognito.user_pool_domain import UserPoolDomain
    from constructs_auth.cognito.user_pool_ui_customization import UserPoolUICustomization


class SignInPages:
    """The domains, app clients and styles of a pool.

    Attributes:
        domains: In the order of their definition, as everything here.
        brandings: The styles that were asked for, without those that a domain made.
        customizations: What was said of the classic pages.
    """

    def __init__(self) -> None:
        self.domains: list[UserPoolDomain] = []
        self.brandings: list[ManagedLoginBranding] = []
        self.customizations: list[UserPoolUICustomization] = []
        self._clients: list[UserPoolClient] = []
        self._visits: list[Callable[[UserPoolClient], None]] = []

    def add_client(self, client: "UserPoolClient") -> None:
        """Remember *client*, and tell who wants to know of it."""
        self._clients.append(client)
        for visit in self._visits:
            visit(client)

    def for_each_client(self, visit: Callable[["UserPoolClient"], None]) -> None:
        """Call *visit* with each client that is there, and later with each that comes."""
        self._visits.append(visit)
        for client in self._clients:
            visit(client)

    def clients(self) -> "tuple[UserPoolClient, ...]":
        """Give the clients that are there by now."""
        return tuple(self._clients)

    def has_branding(self, client: "UserPoolClient") -> bool:
        """Say whether somebody asked for a style of *client*."""
        return any(branding.client is client for branding in self.brandings)
