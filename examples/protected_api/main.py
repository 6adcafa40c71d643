"""An HTTP API and a REST API that require a token with the right scope."""

from cdktf_cdktf_provider_aws.api_gateway_method import ApiGatewayMethod
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi
from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.apigatewayv2_integration import Apigatewayv2Integration
from cdktf_cdktf_provider_aws.apigatewayv2_route import Apigatewayv2Route

from constructs_auth import (
    AuthApp,
    AuthStack,
    HttpApiJwtAuthorizer,
    MachineToMachine,
    OAuth,
    OAuthScope,
    PrefixDomain,
    ResourceServer,
    ResourceServerScope,
    RestApiUserPoolAuthorizer,
    S3Backend,
    ServerScope,
    SinglePageApplication,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `protected_api` in *app*."""
    stack = AuthStack(
        app,
        "protected_api",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key="protected_api/terraform.tfstate",
            region="eu-west-1",
        ),
        tags={"team": "orders"},
    )
    users = UserPool(stack, "users")
    UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-orders"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    orders = ResourceServer(
        stack,
        "orders",
        user_pool=users,
        identifier="orders",
        scopes=[ResourceServerScope(name="read", description="Read orders")],
    )
    read = orders.scope("read")
    browser = UserPoolClient(
        stack,
        "browser",
        user_pool=users,
        application=SinglePageApplication(
            oauth=OAuth(
                callback_urls=["https://shop.acme.example/callback"],
                allowed_oauth_scopes=[OAuthScope.OPENID, read],
            )
        ),
    )
    invoicing = UserPoolClient(
        stack,
        "invoicing",
        user_pool=users,
        application=MachineToMachine(allowed_oauth_scopes=[read]),
    )
    _http_api(stack, [browser, invoicing], read)
    _rest_api(stack, users, read)
    return stack


def _http_api(stack: AuthStack, clients: list[UserPoolClient], scope: ServerScope) -> None:
    api = Apigatewayv2Api(stack, "http_api", name="orders", protocol_type="HTTP")
    authorizer = HttpApiJwtAuthorizer(stack, "shoppers", api_id=api.id, clients=clients)
    integration = Apigatewayv2Integration(
        stack,
        "http_orders",
        api_id=api.id,
        integration_type="HTTP_PROXY",
        integration_method="GET",
        integration_uri="https://orders.acme.example/",
    )
    Apigatewayv2Route(
        stack,
        "http_route",
        api_id=api.id,
        route_key="GET /orders",
        authorization_type="JWT",
        authorizer_id=authorizer.authorizer_id,
        # Without a scope, the API accepts ID tokens, which identify users but carry no scopes.
        authorization_scopes=[scope.scope_identifier],
        target=f"integrations/{integration.id}",
    )


def _rest_api(stack: AuthStack, users: UserPool, scope: ServerScope) -> None:
    api = ApiGatewayRestApi(stack, "rest_api", name="orders")
    authorizer = RestApiUserPoolAuthorizer(
        stack, "rest_shoppers", rest_api_id=api.id, user_pools=[users]
    )
    ApiGatewayMethod(
        stack,
        "rest_method",
        rest_api_id=api.id,
        resource_id=api.root_resource_id,
        http_method="GET",
        authorization="COGNITO_USER_POOLS",
        authorizer_id=authorizer.authorizer_id,
        # With a scope, the method accepts access tokens; without one, ID tokens of every client.
        authorization_scopes=[scope.scope_identifier],
    )


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
