"""Sign-in through an OpenID Connect provider."""

from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth._construct import name_or_id
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.identity_providers.identity_provider import (
    IdentityProvider,
    checked_provider_name,
    scope_text,
)
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.engine import Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.provider_details import DETAILS
from constructs_auth.facts.words import AttributesRequestMethod
from constructs_auth.values.identity_provider import (
    EMAIL,
    AttributeMapping,
    OidcEndpoints,
    check_https,
)


class OidcIdentityProvider(IdentityProvider):
    """An OpenID Connect provider that users sign in with.

    **Changing** *user_pool* or *provider_name* replaces the provider. Its users become new users,
    because their names begin with *provider_name*.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client_id: The id of this pool at the provider.
        client_secret: Its secret, as a token: `string_value` of a sensitive `Variable`, or an
            attribute of a data source. Terraform's state contains it. By default `None`, for a
            provider without a secret.
        oidc_issuer: The `https` URL of the provider, without a slash at the end, as in the `iss`
            claim of its tokens.
        endpoints: The provider's endpoints. By default Cognito finds them at
            `<oidc_issuer>/.well-known/openid-configuration`.
        provider_name: 3 to 32 characters without spaces. By default *construct_id*.
        authorize_scopes: The scopes that Cognito requests, with `openid`. By default `openid` and
            `email`.
        attributes_request_method: The HTTP method with which Cognito reads attributes. By default
            `GET`.
        attribute_mapping: From attributes of the pool to the provider's attributes. By default the
            e-mail address.
        idp_identifiers: Other identifiers of the provider, such as e-mail domains; at most 50. By
            default none.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a secret as plain text.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        client_id: str,
        client_secret: str | None = None,
        oidc_issuer: str,
        endpoints: OidcEndpoints | None = None,
        provider_name: str | None = None,
        authorize_scopes: Collection[str] = ("openid", "email"),
        attributes_request_method: AttributesRequestMethod = AttributesRequestMethod.GET,
        attribute_mapping: AttributeMapping = EMAIL,
        idp_identifiers: Collection[str] = (),
    ) -> None:
        subject = "OidcIdentityProvider"
        _checks.filled_text(f"{subject}.client_id", client_id, remedy="ask the provider for it")
        _check_issuer(f"{subject}.oidc_issuer", oidc_issuer)
        if endpoints is not None:
            _checks.kind(f"{subject}.endpoints", endpoints, OidcEndpoints)
        method = _checks.member(
            f"{subject}.attributes_request_method",
            attributes_request_method,
            AttributesRequestMethod,
        )
        secrets = {} if client_secret is None else {"client_secret": client_secret}
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            provider_name=checked_provider_name(
                f"{subject}.provider_name", name_or_id(subject, provider_name, construct_id)
            ),
            provider_type="OIDC",
            provider_details={
                "attributes_request_method": method,
                **DETAILS["OIDC"],
                "authorize_scopes": _scopes(f"{subject}.authorize_scopes", authorize_scopes),
                "client_id": client_id,
                "oidc_issuer": oidc_issuer,
                **secrets,
                **_endpoint_details(endpoints),
            },
            attribute_mapping=attribute_mapping,
            username_source="sub",
            secrets=secrets,
            idp_identifiers=idp_identifiers,
        )


def _endpoint_details(endpoints: OidcEndpoints | None) -> dict[str, str]:
    """Return all four or none: with only some of them Cognito does not look for the others."""
    if endpoints is None:
        return {}
    return {
        "attributes_url": endpoints.attributes_url,
        "authorize_url": endpoints.authorize_url,
        "jwks_uri": endpoints.jwks_uri,
        "token_url": endpoints.token_url,
    }


def _scopes(subject: str, scopes: Collection[str]) -> str:
    written = scope_text(subject, scopes)
    if is_concrete(written) and "openid" not in scopes:
        raise InvalidValueError(
            subject, "must contain openid", got=list(scopes), remedy="add 'openid'"
        )
    return written


def _check_issuer(subject: str, issuer: str) -> None:
    check_https(subject, issuer)
    if is_concrete(issuer) and issuer.endswith("/"):
        raise InvalidValueError(
            subject,
            "must not end with a slash",
            got=issuer,
            remedy=f"write {issuer.rstrip('/')!r}",
        )
