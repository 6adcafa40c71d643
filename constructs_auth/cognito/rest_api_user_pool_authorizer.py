"""The authorizer of a REST API that lets tokens of user pools in."""

from collections.abc import Collection
from datetime import timedelta

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.cognito._user_pool_ref import UserPoolRef, check_pool, is_own
from constructs_auth.engine import ApiGatewayAuthorizer, Construct
from constructs_auth.facts import limits

_OWNER = "RestApiUserPoolAuthorizer"


class RestApiUserPoolAuthorizer(AuthConstruct):
    """Checks the tokens of callers of an API Gateway REST API.

    It knows pools, not clients: tokens of every app client of the pools pass. A method without
    `authorization_scopes` takes ID tokens, one with them takes access tokens with such a scope.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        rest_api_id: The id of the REST API. **Changing it** makes another authorizer.
        user_pools: The pools, of this program or `ExistingUserPool`s whose accounts are known; at
            least one.
        name: The name, 1 to 128 characters. By default *construct_id*.
        identity_source: Where a request has its token: `method.request.header.<name>`. By default
            the header `Authorization`.
        authorizer_result_ttl: How long an answer is kept for a token: whole seconds up to 1 hour,
            0 for not at all. By default 5 minutes, AWS's own default.

    Attributes:
        resource: The resource as the bindings have it, for what is not offered here.

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
        name = construct_id if name is None else name
        _checks.filled_text(
            f"{_OWNER}.rest_api_id", rest_api_id, remedy="give the id of the REST API"
        )
        _checks.text(f"{_OWNER}.name", name, limits.AUTHORIZER_NAME, remedy="give another name")
        _checks.text(
            f"{_OWNER}.identity_source",
            identity_source,
            limits.REST_API_IDENTITY_SOURCE,
            remedy="write 'method.request.header.Authorization'",
        )
        _checks.duration(
            f"{_OWNER}.authorizer_result_ttl",
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
        """What a method names; known after the apply."""
        return self.resource.id


def _checked_pools(user_pools: Collection[UserPoolRef]) -> tuple[UserPoolRef, ...]:
    subject = f"{_OWNER}.user_pools"
    remedy = "give user pools"

    def check(label: str, user_pool: UserPoolRef) -> UserPoolRef:
        check_pool(label, user_pool)
        return user_pool

    kept = _checks.items(subject, user_pools, check, remedy=remedy)
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(
        sorted(kept, key=lambda pool: pool.node.path if is_own(pool) else pool.user_pool_arn)
    )
