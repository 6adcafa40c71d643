"""One stack with everything that lets somebody in, or lets a role do something."""

import json
from datetime import timedelta

from cdktf import TerraformVariable
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi
from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction

from constructs_auth import (
    AppSettings,
    AppSettingsGrant,
    AuthApp,
    AuthFlow,
    AuthStack,
    HttpApiJwtAuthorizer,
    LambdaTriggers,
    LoadBalancerAuthentication,
    LoadBalancerListenerRule,
    MachineToMachine,
    NativeApplication,
    OAuth,
    OAuthScope,
    OnUnauthenticatedRequest,
    PrefixDomain,
    RefreshTokenRotation,
    ResourceServer,
    ResourceServerScope,
    RestApiUserPoolAuthorizer,
    S3Backend,
    SecretFormat,
    StoredClientSecret,
    TokenValidity,
    User,
    UserGroup,
    Username,
    UserPool,
    UserPoolAction,
    UserPoolClient,
    UserPoolDomain,
    UserPoolGrant,
    WebApplication,
)

_TRUST = json.dumps(
    {
        "Statement": [
            {
                "Action": "sts:AssumeRole",
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
            }
        ],
        "Version": "2012-10-17",
    }
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `access` in *app*; its three variables have no default."""
    stack = AuthStack(
        app,
        "access",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="access/terraform.tfstate", region="eu-west-1"),
    )
    role = IamRole(stack, "role", name="access", assume_role_policy=_TRUST)
    function = LambdaFunction(
        stack,
        "challenge",
        filename="${path.module}/triggers.zip",  # whoever runs Terraform puts it there
        function_name="challenge",
        handler="index.handler",
        role=role.arn,
        runtime="python3.13",
    )
    pool = UserPool(
        stack,
        "users",
        sign_in=Username(),
        lambda_triggers=LambdaTriggers(
            define_auth_challenge=function.arn,
            create_auth_challenge=function.arn,
            verify_auth_challenge_response=function.arn,
        ),
        deletion_protection=False,  # so that all of it can be destroyed
    )
    # The role of the pool's own trigger: neither may wait for the other.
    UserPoolGrant(
        stack, "everything", user_pool=pool, role=role, actions=[*UserPoolAction], name="all"
    )
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=pool,
        domain=PrefixDomain(prefix="acme-access"),
        managed_login_version=1,
    )
    web = _web(stack, pool, domain)
    job = _job(stack, pool)
    phone = UserPoolClient(
        stack,
        "phone",
        user_pool=pool,
        application=NativeApplication(),
        refresh_token_rotation=RefreshTokenRotation.enabled(retry_grace_period=timedelta(0)),
    )
    AppSettings(stack, "phone_settings", client=phone, prefix="/acme/phone")
    _settings(stack, role, web=web, job=job, domain=domain)
    _authorizers(stack, pool, [web, job])
    password = TerraformVariable(stack, "password", type="string", sensitive=True)
    User(
        stack,
        "ann",
        user_pool=pool,
        username="ann",
        password=password.string_value,
        groups=[UserGroup(stack, name, user_pool=pool) for name in ("support", "staff")],
    )
    return stack


def _web(stack: AuthStack, pool: UserPool, domain: UserPoolDomain) -> UserPoolClient:
    client = UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=["https://app.acme.example/oauth2/idpresponse"],
                allowed_oauth_scopes=[OAuthScope.OPENID, OAuthScope.EMAIL],
            )
        ),
        explicit_auth_flows=[AuthFlow.USER_SRP, AuthFlow.CUSTOM],
    )
    listener = TerraformVariable(stack, "listener_arn", type="string")
    targets = TerraformVariable(stack, "target_group_arn", type="string")
    LoadBalancerListenerRule(
        stack,
        "rule",
        listener_arn=listener.string_value,
        target_group_arn=targets.string_value,
        client=client,
        domain=domain,
        hosts=["app.acme.example"],
        path_patterns=["/b/*", "/a/*"],
        priority=7,
        authentication=LoadBalancerAuthentication(
            scopes=[OAuthScope.OPENID, OAuthScope.EMAIL],
            session_timeout=timedelta(hours=8),
            session_cookie_name="Acme",
            on_unauthenticated_request=OnUnauthenticatedRequest.DENY,
            authentication_request_extra_params={"lang": "de"},
        ),
    )
    return client


def _job(stack: AuthStack, pool: UserPool) -> UserPoolClient:
    api = ResourceServer(
        stack,
        "api",
        user_pool=pool,
        identifier="api",
        scopes=[
            ResourceServerScope(name="read", description="Read"),
            ResourceServerScope(name="write", description="Write"),
        ],
    )
    return UserPoolClient(
        stack,
        "job",
        user_pool=pool,
        application=MachineToMachine(allowed_oauth_scopes=[api.scope("read"), api.scope("write")]),
        token_validity=TokenValidity(access_token=timedelta(minutes=5)),
    )


def _settings(
    stack: AuthStack,
    role: IamRole,
    *,
    web: UserPoolClient,
    job: UserPoolClient,
    domain: UserPoolDomain,
) -> None:
    key = KmsKey(stack, "key", enable_key_rotation=True)
    web_settings = AppSettings(
        stack,
        "web_settings",
        client=web,
        prefix="/acme/web",
        client_secret=StoredClientSecret(
            secret_format=SecretFormat.PLAINTEXT, kms_key_id=key.arn, recovery_window_in_days=0
        ),
    )
    job_settings = AppSettings(
        stack,
        "job_settings",
        client=job,
        prefix="/acme/job",
        domain=domain,
        client_secret=StoredClientSecret(recovery_window_in_days=0),
    )
    AppSettingsGrant(stack, "web_reads", settings=web_settings, role=role)
    AppSettingsGrant(stack, "job_reads", settings=job_settings, role=role)


def _authorizers(stack: AuthStack, pool: UserPool, clients: list[UserPoolClient]) -> None:
    http_api = Apigatewayv2Api(stack, "http_api", name="http", protocol_type="HTTP")
    HttpApiJwtAuthorizer(
        stack,
        "http_users",
        api_id=http_api.id,
        clients=clients,
        name="Users",
        identity_source="$request.header.X-Token",
    )
    rest_api = ApiGatewayRestApi(stack, "rest_api", name="rest")
    RestApiUserPoolAuthorizer(
        stack,
        "rest_users",
        rest_api_id=rest_api.id,
        user_pools=[pool],
        name="Users",
        identity_source="method.request.header.X-Token",
        authorizer_result_ttl=timedelta(0),
    )
