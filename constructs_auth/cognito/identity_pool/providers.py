"""The providers of an identity pool, and Cognito's names for them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import Flag, is_concrete
from constructs_auth.cognito.user_pool.base import UserPoolBase
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.cognito.user_pool_client.construct import (
    UserPoolClient,
    UserPoolClientRef,
    check_client,
)
from constructs_auth.engine import CognitoIdentityPoolCognitoIdentityProviders
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import LoginProvider
from constructs_auth.values.application import MachineToMachine
from constructs_auth.values.existing import ExistingUserPool, ExistingUserPoolClient
from constructs_auth.values.identity_pool import check_iam_arn

Provider: TypeAlias = UserPoolClientRef | LoginProvider | str
"""A provider whose users get roles: a client, a social provider, or the ARN of an IAM provider."""

TagProvider: TypeAlias = UserPoolRef | LoginProvider | str
"""A provider whose users get tags. A user pool represents all of its clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """All providers of an identity pool, checked and sorted, because Terraform treats most as sets.

    Attributes:
        logins: The id of the application at each social provider.
    """

    clients: Collection[UserPoolClientRef]
    openid_connect_provider_arns: Collection[str]
    saml_provider_arns: Collection[str]
    logins: Mapping[LoginProvider, str] | None

    def __post_init__(self) -> None:
        """Check the values."""
        kept = {
            "clients": _checked_clients(self.clients),
            "openid_connect_provider_arns": _checked_arns(
                "openid_connect_provider_arns", self.openid_connect_provider_arns, "oidc-provider"
            ),
            "saml_provider_arns": _checked_arns(
                "saml_provider_arns", self.saml_provider_arns, "saml-provider"
            ),
            "logins": _checked_logins(self.logins),
        }
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    def with_roles(self) -> tuple[Provider, ...]:
        """Return the providers whose users get roles."""
        return (*self.clients, *self._others())

    def with_tags(self) -> tuple[TagProvider, ...]:
        """Return the providers whose users get tags: pools in place of their clients."""
        return (*self.user_pools(), *self._others())

    def user_pools(self) -> tuple[UserPoolRef, ...]:
        """Return the pools of the clients, each once."""
        return tuple(dict.fromkeys(client.user_pool for client in self.clients))

    def app_ids(self) -> dict[str, str] | None:
        """Return the ids of the application by Cognito's names of the providers."""
        return {str(provider): app_id for provider, app_id in (self.logins or {}).items()} or None

    def _others(self) -> tuple[LoginProvider | str, ...]:
        logins = self.logins or {}
        return (*self.openid_connect_provider_arns, *self.saml_provider_arns, *logins)


def provider_blocks(
    clients: Collection[UserPoolClientRef], *, server_side_token_check: Flag
) -> list[CognitoIdentityPoolCognitoIdentityProviders] | None:
    """Return the blocks. Each sets the token check, because the AWS provider's default is off."""
    return [
        CognitoIdentityPoolCognitoIdentityProviders(
            client_id=client.user_pool_client_id,
            provider_name=client.user_pool.user_pool_endpoint,
            server_side_token_check=server_side_token_check,
        )
        for client in clients
    ] or None


def provider_key(provider: Provider) -> str:
    """Return the provider's key in `RoleMappings` (API, SetIdentityPoolRoles)."""
    if isinstance(provider, UserPoolClient | ExistingUserPoolClient):
        return f"{provider.user_pool.user_pool_endpoint}:{provider.user_pool_client_id}"
    return str(provider)


def tag_provider_name(provider: TagProvider) -> str:
    """Return the provider's name in `SetPrincipalTagAttributeMap`."""
    if isinstance(provider, UserPoolBase | ExistingUserPool):
        return provider.user_pool_endpoint
    return str(provider)


def check_one_of(
    subject: str, provider: Provider | TagProvider, known: Collection[Provider | TagProvider]
) -> None:
    """Reject a provider that the identity pool does not have, and list those that it has."""
    if provider not in known:
        names = ", ".join(map(describe, known)) or "none so far"
        raise InvalidValueError(
            subject,
            "must be a provider of the identity pool",
            got=describe(provider),
            remedy=f"add it to the pool, whose providers are: {names}",
        )


def describe(provider: object) -> str:
    """Return a readable name of a provider; for a construct its path."""
    match provider:
        case UserPoolClient() | UserPoolBase():
            return provider.node.path
        case ExistingUserPoolClient():
            return provider.user_pool_client_id
        case ExistingUserPool():
            return provider.user_pool_id
        case _ if isinstance(provider, str) and not is_concrete(provider):
            return "a token"
        case _:
            return str(provider)


def _checked_clients(clients: Collection[UserPoolClientRef]) -> tuple[UserPoolClientRef, ...]:
    """Check the clients, and return them sorted."""
    subject = "IdentityPool.cognito_identity_providers"

    def check(label: str, client: UserPoolClientRef) -> UserPoolClientRef:
        check_client(label, client)
        if isinstance(client, UserPoolClient) and isinstance(client.application, MachineToMachine):
            raise InvalidValueError(
                label,
                "must be a client that users sign in with",
                got=client.node.path,
                remedy="use another client; a MachineToMachine has no users",
            )
        return client

    kept = _checks.items(subject, clients, check, remedy="list clients of user pools")
    return tuple(sorted(kept, key=describe))


def _checked_arns(setting: str, arns: Collection[str], resource: str) -> tuple[str, ...]:
    """Check ARNs of IAM providers of the kind *resource*, and return them sorted."""

    def check(label: str, arn: str) -> str:
        check_iam_arn(label, arn, resource)
        return arn

    remedy = f"write the ARN of each {resource}"
    return _checks.in_order(_checks.items(f"IdentityPool.{setting}", arns, check, remedy=remedy))


def _checked_logins(logins: Mapping[LoginProvider, str] | None) -> dict[LoginProvider, str]:
    """Check the social providers and the application ids, and return them sorted by provider."""
    subject = "IdentityPool.supported_login_providers"
    if logins is None:
        return {}
    remedy = "write {LoginProvider.GOOGLE: '<client id>'}"
    if not isinstance(logins, Mapping):
        raise InvalidValueError(subject, "must be a mapping", got=type(logins), remedy=remedy)
    kept: dict[LoginProvider, str] = {}
    for given, app_id in logins.items():
        provider = _checks.known_member(f"{subject}, key", given, LoginProvider)
        label = f"{subject}[{provider.value!r}]"
        if provider is LoginProvider.TWITTER:
            # Twitter's id is «app ID;app secret» (developer guide, «Default provider mappings»).
            _checks.secret(label, app_id)
        else:
            remedy = "write the id of the application at the provider"
            _checks.text(label, app_id, limits.LOGIN_PROVIDER_APP_ID, remedy=remedy)
        kept[provider] = app_id
    return dict(sorted(kept.items()))
