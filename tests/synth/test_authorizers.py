"""The authorizers of API Gateway."""

from datetime import timedelta
from typing import Any

import pytest
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi
from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api

from constructs_auth import (
    AuthApp,
    AuthStack,
    ExistingUserPool,
    ExistingUserPoolClient,
    HttpApiJwtAuthorizer,
    InvalidValueError,
    NativeApplication,
    RestApiUserPoolAuthorizer,
    UserPool,
    UserPoolClient,
)
from tests.synth.conftest import Synthesize

POOL = ExistingUserPool.from_id("eu-west-1_AbCdEf123", region="eu-west-1")
OWNED = ExistingUserPool.from_id(
    "eu-west-1_AbCdEf123", region="eu-west-1", account_id="123456789012"
)


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


@pytest.fixture
def phone(stack: AuthStack, pool: UserPool) -> UserPoolClient:
    """A client of the pool."""
    return UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())


def written(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """The only resource of a type, without what CDKTF notes of it."""
    (resource,) = document["resource"][kind].values()
    return {key: value for key, value in resource.items() if key != "//"}


@pytest.mark.parametrize("kind", [list, set])
def test_an_http_api_lets_tokens_of_clients_in(
    kind: Any, stack: AuthStack, pool: UserPool, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    """In whatever order they are given."""
    desk = UserPoolClient(stack, "desk", user_pool=pool, application=NativeApplication())
    api = Apigatewayv2Api(stack, "api", name="api", protocol_type="HTTP")
    authorizer = HttpApiJwtAuthorizer(
        stack, "users_of_api", api_id=api.id, clients=kind([phone, desk])
    )
    stack.add_output("authorizer", authorizer.authorizer_id, description="For routes.")
    document = synthesize(stack)

    assert written(document, "aws_apigatewayv2_authorizer") == {
        "api_id": "${aws_apigatewayv2_api.api.id}",
        "authorizer_type": "JWT",
        "identity_sources": ["$request.header.Authorization"],
        "jwt_configuration": {
            "audience": [
                "${aws_cognito_user_pool_client.desk.id}",
                "${aws_cognito_user_pool_client.phone.id}",
            ],
            "issuer": "https://${aws_cognito_user_pool.users.endpoint}",
        },
        "name": "users_of_api",
    }
    assert document["output"]["authorizer"]["value"] == (
        "${aws_apigatewayv2_authorizer.users_of_api.id}"
    )


def test_an_http_api_may_trust_the_pool_of_others(stack: AuthStack, synthesize: Synthesize) -> None:
    client = ExistingUserPoolClient(user_pool=POOL, user_pool_client_id="1example23456789")
    HttpApiJwtAuthorizer(
        stack,
        "people",
        api_id="a1b2c3d4e5",
        clients=[client],
        name="Staff",
        identity_source="$request.header.X-Token",
    )
    authorizer = written(synthesize(stack), "aws_apigatewayv2_authorizer")
    assert authorizer["jwt_configuration"] == {
        "audience": ["1example23456789"],
        "issuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
    }
    assert authorizer["name"] == "Staff"
    assert authorizer["identity_sources"] == ["$request.header.X-Token"]


def test_a_token_in_the_url_is_said_aloud(
    stack: AuthStack, phone: UserPoolClient, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    HttpApiJwtAuthorizer(
        stack,
        "people",
        api_id="a1b2c3d4e5",
        clients=[phone],
        identity_source="$request.querystring.token",
    )
    app.synth()
    assert (
        "warning: auth/people: identity_source is $request.querystring.token, but servers and "
        "browsers log URLs with their tokens (RFC 6750, section 5.3); use a header\n"
    ) in capsys.readouterr().err


def test_a_rest_api_lets_tokens_of_pools_in(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    api = ApiGatewayRestApi(stack, "api", name="api")
    authorizer = RestApiUserPoolAuthorizer(
        stack, "people", rest_api_id=api.id, user_pools=[pool, OWNED]
    )
    stack.add_output("authorizer", authorizer.authorizer_id, description="For methods.")
    document = synthesize(stack)

    assert written(document, "aws_api_gateway_authorizer") == {
        "authorizer_result_ttl_in_seconds": 300,
        "identity_source": "method.request.header.Authorization",
        "name": "people",
        "provider_arns": [
            "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123",
            "${aws_cognito_user_pool.users.arn}",
        ],
        "rest_api_id": "${aws_api_gateway_rest_api.api.id}",
        "type": "COGNITO_USER_POOLS",
    }
    assert document["output"]["authorizer"]["value"] == "${aws_api_gateway_authorizer.people.id}"


def test_a_rest_api_need_not_remember(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    RestApiUserPoolAuthorizer(
        stack,
        "people",
        rest_api_id="a1b2c3d4e5",
        user_pools=[pool],
        name="People",
        identity_source="method.request.header.X-Token",
        authorizer_result_ttl=timedelta(0),
    )
    authorizer = written(synthesize(stack), "aws_api_gateway_authorizer")
    assert authorizer["authorizer_result_ttl_in_seconds"] == 0
    assert authorizer["identity_source"] == "method.request.header.X-Token"
    assert authorizer["name"] == "People"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"api_id": ""},
            "api_id: must be a text that is not empty, got ''; give the id of the HTTP API",
        ),
        (
            {"name": ""},
            "name: must be 1 to 128 characters, not 0, got ''; give another name",
        ),
        (
            {"identity_source": "method.request.header.Authorization"},
            "identity_source: must be 1 to 256 characters, $request.header.<name> or "
            "$request.querystring.<name>, got 'method.request.header.Authorization'; write "
            "'$request.header.Authorization'",
        ),
        ({"clients": []}, "clients: must not be empty, got []; give app clients of one pool"),
        (
            {"clients": ["1example23456789"]},
            "clients[0]: must be of type UserPoolClient or ExistingUserPoolClient, got "
            "'1example23456789'; write UserPoolClient(…) or ExistingUserPoolClient(…)",
        ),
    ],
)
def test_refuses_what_an_http_api_refuses(
    settings: dict[str, Any], expected: str, stack: AuthStack, phone: UserPoolClient
) -> None:
    given: dict[str, Any] = {"api_id": "a1b2c3d4e5", "clients": [phone]}
    with pytest.raises(InvalidValueError) as caught:
        HttpApiJwtAuthorizer(stack, "people", **{**given, **settings})
    assert str(caught.value) == f"HttpApiJwtAuthorizer.{expected}"
    assert stack.node.try_find_child("people") is None


def test_refuses_clients_of_several_pools(stack: AuthStack, phone: UserPoolClient) -> None:
    other = ExistingUserPoolClient(user_pool=POOL, user_pool_client_id="1example23456789")
    with pytest.raises(InvalidValueError) as caught:
        HttpApiJwtAuthorizer(stack, "people", api_id="a1b2c3d4e5", clients=[phone, other])
    assert str(caught.value) == (
        "HttpApiJwtAuthorizer.clients: must be clients of one pool, which is the issuer, got "
        "'1example23456789'; create an authorizer for each pool"
    )


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"rest_api_id": None},
            "RestApiUserPoolAuthorizer.rest_api_id: must be a text that is not empty, got None; "
            "give the id of the REST API",
        ),
        (
            {"identity_source": "$request.header.Authorization"},
            "RestApiUserPoolAuthorizer.identity_source: must be 1 to 256 characters, "
            "method.request.header.<name>, got '$request.header.Authorization'; write "
            "'method.request.header.Authorization'",
        ),
        (
            {"authorizer_result_ttl": timedelta(hours=2)},
            "RestApiUserPoolAuthorizer.authorizer_result_ttl: must be from 0 seconds to 1 hour, "
            "got '2 hours'; write timedelta(minutes=5)",
        ),
        (
            {"user_pools": []},
            "RestApiUserPoolAuthorizer.user_pools: must not be empty, got []; give user pools",
        ),
        (
            {"user_pools": ["eu-west-1_AbCdEf123"]},
            "RestApiUserPoolAuthorizer.user_pools[0]: must be of type UserPool or "
            "ExistingUserPool, got 'eu-west-1_AbCdEf123'; write UserPool(…) or ExistingUserPool(…)",
        ),
        (
            {"user_pools": [POOL]},
            "ExistingUserPool.account_id: must be set where the ARN is needed, got None; set "
            "account_id to the account that owns the pool",
        ),
    ],
)
def test_refuses_what_a_rest_api_refuses(
    settings: dict[str, Any], expected: str, stack: AuthStack, pool: UserPool
) -> None:
    given: dict[str, Any] = {"rest_api_id": "a1b2c3d4e5", "user_pools": [pool]}
    with pytest.raises(InvalidValueError) as caught:
        RestApiUserPoolAuthorizer(stack, "people", **{**given, **settings})
    assert str(caught.value) == expected
    assert stack.node.try_find_child("people") is None
