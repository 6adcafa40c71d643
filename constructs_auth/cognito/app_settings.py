"""The settings that Terraform writes for an application to read at run time."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._place import stack_of
from constructs_auth._registry import first_owner
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.user_pool.reference import region_of
from constructs_auth.cognito.user_pool_client.construct import (
    UserPoolClient,
    UserPoolClientRef,
    check_client,
)
from constructs_auth.cognito.user_pool_client.login_urls import PagesDomain, base_url_of
from constructs_auth.engine import (
    Construct,
    Fn,
    SecretsmanagerSecret,
    SecretsmanagerSecretVersion,
    SsmParameter,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.stack import region_at
from constructs_auth.values.app_settings import SecretFormat, StoredClientSecret, check_prefix

_DESCRIPTIONS = {
    "client_secret_arn": "The secret in Secrets Manager that holds the client secret",
    "domain_url": "Where the sign-in pages are",
    "issuer": "The iss claim of every token",
    "jwks_url": "The public keys that tokens are checked with",
    "region": "The region of the user pool",
    "user_pool_client_id": "The client id",
    "user_pool_id": "The id of the user pool",
}


class AppSettings(AuthConstruct):
    """The settings that an application reads at run time, in Parameter Store and Secrets Manager.

    The parameters are `<prefix>/user_pool_id`, `/user_pool_client_id`, `/issuer`, `/jwks_url` and
    `/region`; with a domain also `/domain_url`, and with a client secret also `/client_secret_arn`.
    None of them is secret; their type is String. The name of the secret is
    `<prefix>/client_secret`, without the first slash.

    Args:
        scope: The parent. If it is a stack, the Terraform names begin with *construct_id*.
        construct_id: The id.
        client: The app client: a `UserPoolClient`, or an `ExistingUserPoolClient`, whose secret
            this library does not know.
        prefix: The path of the parameters, such as `/acme/web`: at most 14 levels of letters,
            digits and `_ . -`. **Changing it** replaces all of them.
        domain: The `UserPoolDomain`, or the base URL of a domain that others own. By default none.
        client_secret: How Secrets Manager stores the secret of a client that has one. `None` keeps
            it out of Secrets Manager. By default as JSON, with the AWS managed key.

    Attributes:
        client: The app client.
        prefix: The path of the parameters.
        client_secret: How the secret is stored, or `None` if it is not.
        parameters: The CDKTF resources of the parameters, by the last part of their names.
        secret: The CDKTF resource of the secret, or `None`.

    Raises:
        InvalidValueError: A value that AWS does not accept, a domain of another pool, or secret
            settings for a client without a known secret.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        client: UserPoolClientRef,
        prefix: str,
        domain: PagesDomain | None = None,
        client_secret: StoredClientSecret | None = StoredClientSecret(),
    ) -> None:
        check_client("AppSettings.client", client)
        check_prefix("AppSettings.prefix", prefix)
        stored = _checked_secret(client, client_secret)
        values = _values(client, domain)

        super().__init__(scope, construct_id)
        self.client = client
        self.prefix = prefix
        self.client_secret = stored
        self.secret = None
        if stored is not None and isinstance(client, UserPoolClient):
            self.secret = _secret(self, client, stored)
            values["client_secret_arn"] = self.secret.arn
        self.parameters = MappingProxyType(
            {name: _parameter(self, name, values[name]) for name in sorted(values)}
        )

    def find_problems(self) -> Sequence[str]:
        """Return an error if other settings use the same path."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[str]:
        region = region_at(self) or stack_of("scope", self).node.path
        first = first_owner(self, "settings", region, self.prefix)
        if first is not self and is_concrete(self.prefix):
            yield (
                f"prefix: must be unique, got {self.prefix!r}, the prefix of "
                f"{first.node.path}; choose another one"
            )


def _checked_secret(
    client: UserPoolClientRef, stored: StoredClientSecret | None
) -> StoredClientSecret | None:
    if stored is None:
        return None
    _checks.kind("AppSettings.client_secret", stored, StoredClientSecret)
    if isinstance(client, UserPoolClient) and client.has_secret:
        return stored
    if stored != StoredClientSecret():
        raise InvalidValueError(
            "AppSettings.client_secret",
            "must be left out for a client whose secret this library does not know",
            got=stored,
            remedy="leave it out, or use a UserPoolClient with a secret",
        )
    return None


def _values(client: UserPoolClientRef, domain: PagesDomain | None) -> dict[str, str]:
    pool = client.user_pool
    values = {
        "issuer": pool.issuer,
        "jwks_url": pool.jwks_url,
        "region": region_of(pool),
        "user_pool_client_id": client.user_pool_client_id,
        "user_pool_id": pool.user_pool_id,
    }
    if domain is not None:
        values["domain_url"] = base_url_of(domain, pool)
    return values


def _parameter(owner: AppSettings, name: str, value: str) -> SsmParameter:
    parameter = SsmParameter(
        owner,
        name,
        data_type="text",
        description=_DESCRIPTIONS[name],
        # Not `value`, which every plan hides: none of these is secret, and reviewers need them.
        insecure_value=value,
        name=f"{owner.prefix}/{name}",
        tier="Standard",
        type="String",
    )
    name_after(owner, parameter, name)
    return parameter


def _secret(
    owner: AppSettings, client: UserPoolClient, stored: StoredClientSecret
) -> SecretsmanagerSecret:
    secret = SecretsmanagerSecret(
        owner,
        "client_secret",
        description=f"The client secret of {client.node.path}",
        kms_key_id=stored.kms_key_id,
        name=f"{_without_slash(owner.prefix)}/client_secret",
        recovery_window_in_days=stored.recovery_window_in_days,
    )
    name_after(owner, secret, "client_secret")
    version = SecretsmanagerSecretVersion(
        owner,
        "client_secret_version",
        secret_id=secret.id,
        secret_string=_secret_string(client, stored.secret_format),
    )
    name_after(owner, version, "client_secret")
    return secret


def _without_slash(prefix: str) -> str:
    return prefix.removeprefix("/") if is_concrete(prefix) else Fn.trimprefix(prefix, "/")


def _secret_string(client: UserPoolClient, secret_format: SecretFormat) -> str:
    if secret_format is SecretFormat.PLAINTEXT:
        return client.client_secret
    return Fn.jsonencode(
        {"client_id": client.user_pool_client_id, "client_secret": client.client_secret}
    )
