"""Authorizers of API Gateway HTTP APIs and REST APIs that accept Cognito tokens."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.user_pool.reference import UserPoolRef, check_pool, is_own
from constructs_auth.cognito.user_pool_client.construct import (
    UserPoolClient,
    UserPoolClientRef,
    check_client,
)
from constructs_auth.engine import (
    ApiGatewayAuthorizer,
    Apigatewayv2Authorizer,
    Apigatewayv2AuthorizerJwtConfiguration,
    Construct,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_HTTP_API = "HttpApiJwtAuthorizer"


class HttpApiJwtAuthorizer(AuthConstruct):
    """Check tokens at an API Gateway HTTP API: issuer, signature, expiry and client.

    The authorizer also accepts ID tokens, unless a route requires a scope (`authorization_scopes`),
    which only access tokens have.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        api_id: The id of the HTTP API. **Changing it** replaces the authorizer.
        clients: The app clients whose tokens the API accepts: at least one, all of one pool.
        name: The name, 1 to 128 characters. By default *construct_id*.
        identity_source: Where a request carries its token: `$request.header.<name>`, or
            `$request.querystring.<name>`, which servers log. By default the header `Authorization`,
            with or without `Bearer`.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that API Gateway does not accept, or clients of several pools.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        api_id: str,
        clients: Collection[UserPoolClientRef],
        name: str | None = None,
        identity_source: str = "$request.header.Authorization",
    ) -> None:
        name = name_or_id(_HTTP_API, name, construct_id)
        _checks.filled_text(f"{_HTTP_API}.api_id", api_id, remedy="give the id of the HTTP API")
        _checks.text(f"{_HTTP_API}.name", name, limits.AUTHORIZER_NAME, remedy="give another name")
        _checks.text(
            f"{_HTTP_API}.identity_source",
            identity_source,
            limits.HTTP_API_IDENTITY_SOURCE,
            remedy="write '$request.header.Authorization'",
        )
        kept = _checked_clients(clients)

        super().__init__(scope, construct_id)
        self._identity_source = identity_source
        self.resource = Apigatewayv2Authorizer(
            self,
            "Default",
            api_id=api_id,
            authorizer_type="JWT",
            identity_sources=[identity_source],
            jwt_configuration=Apigatewayv2AuthorizerJwtConfiguration(
                audience=[client.user_pool_client_id for client in kept],
                issuer=kept[0].user_pool.issuer,
            ),
            name=name,
        )

    @property
    def authorizer_id(self) -> str:
        """The id that a route refers to; known after the apply."""
        return self.resource.id

    def find_warnings(self) -> Sequence[str]:
        """Return a warning if the token is in the URL."""
        source = self._identity_source
        if is_concrete(source) and source.startswith("$request.querystring."):
            text = (
                f"identity_source is {source}, but servers and browsers log URLs with their tokens "
                "(RFC 6750, section 5.3); use a header"
            )
            return (text,)
        return ()


def _checked_clients(
    clients: Collection[UserPoolClientRef],
) -> tuple[UserPoolClientRef, ...]:
    subject = f"{_HTTP_API}.clients"
    remedy = "give app clients of one pool"
    kept = _checks.items(
        subject,
        clients,
        check_client,
        remedy=remedy,
    )
    _checks.not_empty(subject, kept, remedy=remedy)
    for client in kept:
        if client.user_pool != kept[0].user_pool:
            raise InvalidValueError(
                subject,
                "must be clients of one pool, which is the issuer",
                got=_order(client),
                remedy="create an authorizer for each pool",
            )
    return tuple(sorted(kept, key=_order))


def _order(client: UserPoolClientRef) -> str:
    return client.node.path if isinstance(client, UserPoolClient) else client.user_pool_client_id


_REST_API = "RestApiUserPoolAuthorizer"


class RestApiUserPoolAuthorizer(AuthConstruct):
    """Check tokens at an API Gateway REST API.

    It checks pools, not clients: it accepts tokens of every app client of the pools. A method
    without `authorization_scopes` accepts ID tokens; a method with them accepts access tokens with
    such a scope.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        rest_api_id: The id of the REST API. **Changing it** replaces the authorizer.
        user_pools: The pools, at least one. An `ExistingUserPool` needs its `account_id`.
        name: The name, 1 to 128 characters. By default *construct_id*.
        identity_source: Where a request carries its token: `method.request.header.<name>`. By
            default the header `Authorization`.
        authorizer_result_ttl: How long API Gateway caches the result for a token: whole seconds up
            to 1 hour, 0 for no cache. By default 5 minutes, AWS's own default.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that API Gateway does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        rest_api_id: str,
        user_pools: Collection[UserPoolRef],
        name: str | None = None,
        identity_source: str = "method.request.header.Authorization",
        authorizer_result_ttl: timedelta = timedelta(minutes=5),
    ) -> None:
        name = name_or_id(_REST_API, name, construct_id)
        _checks.filled_text(
            f"{_REST_API}.rest_api_id", rest_api_id, remedy="give the id of the REST API"
        )
        _checks.text(f"{_REST_API}.name", name, limits.AUTHORIZER_NAME, remedy="give another name")
        _checks.text(
            f"{_REST_API}.identity_source",
            identity_source,
            limits.REST_API_IDENTITY_SOURCE,
            remedy="write 'method.request.header.Authorization'",
        )
        _checks.duration(
            f"{_REST_API}.authorizer_result_ttl",
            authorizer_result_ttl,
            limits.AUTHORIZER_TTL_SECONDS,
            remedy="write timedelta(minutes=5)",
        )
        arns = [pool.user_pool_arn for pool in _checked_pools(user_pools)]

        super().__init__(scope, construct_id)
        self.resource = ApiGatewayAuthorizer(
            self,
            "Default",
            authorizer_result_ttl_in_seconds=int(authorizer_result_ttl.total_seconds()),
            identity_source=identity_source,
            name=name,
            provider_arns=arns,
            rest_api_id=rest_api_id,
            type="COGNITO_USER_POOLS",
        )

    @property
    def authorizer_id(self) -> str:
        """The id that a method refers to; known after the apply."""
        return self.resource.id


def _checked_pools(user_pools: Collection[UserPoolRef]) -> tuple[UserPoolRef, ...]:
    subject = f"{_REST_API}.user_pools"
    remedy = "give user pools"

    def check(label: str, user_pool: UserPoolRef) -> UserPoolRef:
        check_pool(label, user_pool)
        return user_pool

    kept = _checks.items(subject, user_pools, check, remedy=remedy)
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(
        sorted(kept, key=lambda pool: pool.node.path if is_own(pool) else pool.user_pool_arn)
    )
