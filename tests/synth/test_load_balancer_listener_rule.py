"""The rule of a load balancer that signs users in."""

from datetime import timedelta
from typing import Any

import pytest

from constructs_auth import (
    Application,
    AuthApp,
    AuthStack,
    ExistingUserPool,
    ExistingUserPoolClient,
    InvalidValueError,
    LoadBalancerAuthentication,
    LoadBalancerListenerRule,
    NativeApplication,
    OAuth,
    OAuthFlow,
    OAuthScope,
    OnUnauthenticatedRequest,
    PrefixDomain,
    SinglePageApplication,
    SynthesisError,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from tests.synth.conftest import Synthesize

PART = "arn:aws:elasticloadbalancing:eu-west-1:123456789012"
LISTENER = f"{PART}:listener/app/acme/50dc6c495c0c9188/f2f7dc8efc522ab2"
TARGETS = f"{PART}:targetgroup/acme/943f017f100becff"
CALLBACK = "https://app.acme.example/oauth2/idpresponse"


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


@pytest.fixture
def domain(stack: AuthStack, pool: UserPool) -> UserPoolDomain:
    """Its domain, with the classic pages."""
    return UserPoolDomain(
        stack,
        "domain",
        user_pool=pool,
        domain=PrefixDomain(prefix="acme"),
        managed_login_version=1,
    )


def client_of(
    stack: AuthStack, pool: UserPoolRef, application: Application | None = None
) -> UserPoolClient:
    """A client that works with the load balancer, unless told otherwise."""
    application = application or WebApplication(oauth=OAuth(callback_urls=[CALLBACK]))
    return UserPoolClient(stack, "web", user_pool=pool, application=application)


def rule(stack: AuthStack, construct_id: str = "app", **settings: Any) -> LoadBalancerListenerRule:
    """A rule for one host."""
    given: dict[str, Any] = {
        "listener_arn": LISTENER,
        "target_group_arn": TARGETS,
        "hosts": ["app.acme.example"],
        "priority": 10,
    }
    return LoadBalancerListenerRule(stack, construct_id, **{**given, **settings})


def problems_of(app: AuthApp) -> list[str]:
    """What is found when *app* is synthesized."""
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    return [str(problem) for problem in caught.value.problems]


def test_signs_in_then_forwards(
    stack: AuthStack, pool: UserPool, domain: UserPoolDomain, synthesize: Synthesize
) -> None:
    rule(stack, client=client_of(stack, pool), domain=domain)
    written = synthesize(stack)["resource"]["aws_lb_listener_rule"]["app"]
    del written["//"]

    assert written == {
        "action": [
            {
                "authenticate_cognito": {
                    "on_unauthenticated_request": "authenticate",
                    "scope": "openid",
                    "session_cookie_name": "AWSELBAuthSessionCookie",
                    "session_timeout": 604800,
                    "user_pool_arn": "${aws_cognito_user_pool.users.arn}",
                    "user_pool_client_id": "${aws_cognito_user_pool_client.web.id}",
                    "user_pool_domain": "${aws_cognito_user_pool_domain.domain.domain}",
                },
                "order": 1,
                "type": "authenticate-cognito",
            },
            {"order": 2, "target_group_arn": TARGETS, "type": "forward"},
        ],
        "condition": [{"host_header": {"values": ["app.acme.example"]}}],
        "listener_arn": LISTENER,
        "priority": 10,
    }


def test_every_setting_is_written(
    stack: AuthStack, pool: UserPool, domain: UserPoolDomain, synthesize: Synthesize
) -> None:
    oauth = OAuth(
        callback_urls=[CALLBACK, "https://shop.acme.example:8443/oauth2/idpresponse"],
        allowed_oauth_scopes=[OAuthScope.OPENID, OAuthScope.EMAIL],
    )
    rule(
        stack,
        client=client_of(stack, pool, WebApplication(oauth=oauth)),
        domain=domain,
        hosts=["Shop.acme.example", "app.acme.example"],
        path_patterns=["/b/*", "/a/*"],
        authentication=LoadBalancerAuthentication(
            scopes=[OAuthScope.OPENID, OAuthScope.EMAIL],
            session_timeout=timedelta(hours=8),
            session_cookie_name="Acme",
            on_unauthenticated_request=OnUnauthenticatedRequest.DENY,
            authentication_request_extra_params={"lang": "de"},
        ),
    )
    written = synthesize(stack)["resource"]["aws_lb_listener_rule"]["app"]

    assert written["action"][0]["authenticate_cognito"] == {
        "authentication_request_extra_params": {"lang": "de"},
        "on_unauthenticated_request": "deny",
        "scope": "email openid",
        "session_cookie_name": "Acme",
        "session_timeout": 28800,
        "user_pool_arn": "${aws_cognito_user_pool.users.arn}",
        "user_pool_client_id": "${aws_cognito_user_pool_client.web.id}",
        "user_pool_domain": "${aws_cognito_user_pool_domain.domain.domain}",
    }
    assert written["condition"] == [
        {"host_header": {"values": ["Shop.acme.example", "app.acme.example"]}},
        {"path_pattern": {"values": ["/a/*", "/b/*"]}},
    ]


@pytest.mark.parametrize("domain_name", ["acme-sign-in", "auth.acme.example", "${var.domain}"])
def test_everything_may_be_that_of_others(
    domain_name: str, stack: AuthStack, synthesize: Synthesize
) -> None:
    pool = ExistingUserPool.from_arn(
        "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123"
    )
    rule(
        stack,
        listener_arn="${var.listener}",
        target_group_arn="${var.targets}",
        client=ExistingUserPoolClient(user_pool=pool, user_pool_client_id="1example23456789"),
        domain=domain_name,
        hosts=["${var.host}"],
    )
    written = synthesize(stack)["resource"]["aws_lb_listener_rule"]["app"]
    authenticate = written["action"][0]["authenticate_cognito"]
    assert authenticate["user_pool_arn"] == pool.user_pool_arn
    assert authenticate["user_pool_client_id"] == "1example23456789"
    assert authenticate["user_pool_domain"] == domain_name


@pytest.mark.parametrize(
    ("application", "name"),
    [
        (NativeApplication(), "NativeApplication"),
        (SinglePageApplication(oauth=OAuth(callback_urls=[CALLBACK])), "SinglePageApplication"),
        (
            WebApplication(
                oauth=OAuth(callback_urls=[CALLBACK], allowed_oauth_flows=[OAuthFlow.IMPLICIT])
            ),
            "WebApplication",
        ),
    ],
)
def test_needs_a_secret_and_the_code_grant(
    application: Application,
    name: str,
    stack: AuthStack,
    domain: UserPoolDomain,
    app: AuthApp,
) -> None:
    rule(stack, client=client_of(stack, domain.user_pool, application), domain=domain)
    assert problems_of(app) == [
        "auth/app: client: must keep a secret and use the authorization code grant, got "
        f"{name}; use a WebApplication with OAuthFlow.CODE"
    ]


@pytest.mark.parametrize(
    ("callback", "host"),
    [
        ("https://app.acme.example/callback", "app.acme.example"),
        ("https://App.acme.example/oauth2/idpresponse", "App.acme.example"),
        ("https://app.acme.example/oauth2/idpresponse?x=1", "app.acme.example"),
        ("https://other.acme.example/oauth2/idpresponse", "app.acme.example"),
        ("https://app.acme.example/oauth2/idpresponse", "*.shop.example"),
    ],
)
def test_needs_the_callback_of_each_host(
    callback: str,
    host: str,
    stack: AuthStack,
    domain: UserPoolDomain,
    app: AuthApp,
) -> None:
    """Cognito compares to the letter, and browsers write hosts in lower case."""
    application = WebApplication(oauth=OAuth(callback_urls=[callback]))
    rule(stack, client=client_of(stack, domain.user_pool, application), domain=domain, hosts=[host])
    assert problems_of(app) == [
        f"auth/app: client: must have the callback URL 'https://{host.lower()}/oauth2/idpresponse',"
        f" in lower case, got {[callback]}; add it to its OAuth"
    ]


@pytest.mark.parametrize("host", ["app.acme.example", "App.Acme.example", "*.acme.example"])
def test_a_callback_in_lower_case_serves_a_host(
    host: str, stack: AuthStack, pool: UserPool, domain: UserPoolDomain, synthesize: Synthesize
) -> None:
    rule(stack, client=client_of(stack, pool), domain=domain, hosts=[host])
    assert "aws_lb_listener_rule" in synthesize(stack)["resource"]


def test_asks_for_no_scope_that_the_client_lacks(
    stack: AuthStack, pool: UserPool, domain: UserPoolDomain, app: AuthApp
) -> None:
    authentication = LoadBalancerAuthentication(scopes=[OAuthScope.OPENID, OAuthScope.PHONE])
    rule(stack, client=client_of(stack, pool), domain=domain, authentication=authentication)
    assert problems_of(app) == [
        "auth/app: authentication: must request scopes that the client allows, got 'phone'; add "
        "it to the client's allowed_oauth_scopes, or remove it"
    ]


def test_two_rules_of_one_priority_are_a_problem(
    stack: AuthStack, pool: UserPool, domain: UserPoolDomain, app: AuthApp
) -> None:
    client = client_of(stack, pool)
    rule(stack, "one", client=client, domain=domain)
    rule(stack, "two", client=client, domain=domain)
    rule(stack, "three", client=client, domain=domain, listener_arn="${var.listener}")
    rule(stack, "four", client=client, domain=domain, priority=11)
    assert problems_of(app) == [
        "auth/two: priority: must be unique at the listener, got 10, the priority of "
        "auth/one; choose another number"
    ]


def test_says_aloud_that_users_need_not_be_signed_in(
    stack: AuthStack,
    pool: UserPool,
    domain: UserPoolDomain,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    authentication = LoadBalancerAuthentication(
        on_unauthenticated_request=OnUnauthenticatedRequest.ALLOW
    )
    rule(stack, client=client_of(stack, pool), domain=domain, authentication=authentication)
    app.synth()
    assert (
        "warning: auth/app: on_unauthenticated_request is ALLOW, so requests of users who are not "
        "signed in reach the target group; the application must detect them by x-amzn-oidc-data, "
        "and verify its signature\n"
    ) in capsys.readouterr().err


ARN_REMEDY = "set the ARN as AWS shows it, or the attribute of its construct"
DOMAIN_REMEDY = "set the UserPoolDomain of the client's pool"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"listener_arn": TARGETS},
            f".listener_arn: must be an ARN of listener/app/…, got {TARGETS!r}; {ARN_REMEDY}",
        ),
        (
            {"target_group_arn": LISTENER},
            f".target_group_arn: must be an ARN of targetgroup/…, got {LISTENER!r}; {ARN_REMEDY}",
        ),
        (
            {"target_group_arn": "arn:aws:iam::123456789012:role/web"},
            ".target_group_arn: must be an ARN of the service elasticloadbalancing, got "
            f"'arn:aws:iam::123456789012:role/web'; {ARN_REMEDY}",
        ),
        (
            {"client": "1example23456789"},
            ".client: must be of type UserPoolClient or ExistingUserPoolClient, got "
            "'1example23456789'; write UserPoolClient(…) or ExistingUserPoolClient(…)",
        ),
        (
            {"domain": "https://auth.acme.example"},
            ".domain: must be the prefix or the full name of a domain, got "
            f"'https://auth.acme.example'; {DOMAIN_REMEDY}, or write one such as "
            "'auth.example.com'",
        ),
        ({"domain": 3}, f".domain: must be a domain or a text, got 3; {DOMAIN_REMEDY}"),
        (
            {"hosts": []},
            ".hosts: must not be empty, got []; name hosts such as 'app.example.com'",
        ),
        (
            {"hosts": ["https://app.acme.example"]},
            ".hosts[0]: must be 1 to 128 characters, letters, digits and - . * ? with at least one "
            "., got 'https://app.acme.example'; name hosts such as 'app.example.com'",
        ),
        (
            {"path_patterns": ["/a b"]},
            ".path_patterns[0]: must be 1 to 128 characters, letters, digits and _ - . $ / ~ \" ' "
            "@ : + & * ?, got '/a b'; name paths such as '/admin/*'",
        ),
        (
            {"path_patterns": ["/a", "/b", "/c", "/d", "/e"]},
            ", hosts and path_patterns, their number: must be from 1 to 5 values, got 6; use "
            "several rules",
        ),
        (
            {"priority": 0},
            ".priority: must be from 1 to 50000, got 0; write 1 for the first",
        ),
        (
            {"authentication": "openid"},
            ".authentication: must be of type LoadBalancerAuthentication, got 'openid'; write "
            "LoadBalancerAuthentication(…)",
        ),
    ],
)
def test_refuses_what_the_load_balancer_refuses(
    settings: dict[str, Any],
    expected: str,
    stack: AuthStack,
    pool: UserPool,
    domain: UserPoolDomain,
) -> None:
    client = client_of(stack, pool)
    with pytest.raises(InvalidValueError) as caught:
        rule(stack, **{"client": client, "domain": domain, **settings})
    assert str(caught.value) == f"LoadBalancerListenerRule{expected}"
    assert stack.node.try_find_child("app") is None


def test_refuses_a_domain_of_another_pool(stack: AuthStack, domain: UserPoolDomain) -> None:
    client = client_of(stack, UserPool(stack, "partners"))
    with pytest.raises(InvalidValueError) as caught:
        rule(stack, client=client, domain=domain)
    assert str(caught.value) == (
        "LoadBalancerListenerRule.domain: must be a domain of the client's pool, got "
        f"'auth/domain'; {DOMAIN_REMEDY}"
    )
