"""How a load balancer signs users in."""

from datetime import timedelta
from typing import Any

import pytest

from constructs_auth import LoadBalancerAuthentication, OAuthScope, OnUnauthenticatedRequest
from tests.unit.samples import LIST_TOKEN, OBJECT_TOKEN, TEXTS, refusal

TIMEOUT_REMEDY = "write timedelta(hours=8)"
SCOPES_REMEDY = "name members of OAuthScope, or server.scope('name') of a resource server"


def test_is_awss_own_session_by_default() -> None:
    authentication = LoadBalancerAuthentication()
    assert authentication.scopes == ("openid",)
    assert authentication.session_timeout == timedelta(days=7)
    assert authentication.session_cookie_name == "AWSELBAuthSessionCookie"
    assert authentication.on_unauthenticated_request is OnUnauthenticatedRequest.AUTHENTICATE
    assert authentication.authentication_request_extra_params == {}


def test_sorts_its_scopes() -> None:
    given = [OAuthScope.OPENID, "api/read", OAuthScope.EMAIL]
    assert LoadBalancerAuthentication(scopes=given).scopes == ("api/read", "email", "openid")


@pytest.mark.parametrize(
    "settings",
    [
        {"session_timeout": timedelta(seconds=1)},
        {"session_timeout": timedelta(days=7)},
        {"session_cookie_name": "Acme-Session.1"},
        *({"session_cookie_name": token} for token in TEXTS),
        {"on_unauthenticated_request": "deny"},
        *({"on_unauthenticated_request": token} for token in TEXTS),
        {"authentication_request_extra_params": {f"name{number}": "x" for number in range(10)}},
        {"authentication_request_extra_params": {"lang": TEXTS[0]}},
    ],
)
def test_accepts_what_the_load_balancer_accepts(settings: dict[str, Any]) -> None:
    authentication = LoadBalancerAuthentication(**settings)
    assert {name: getattr(authentication, name) for name in settings} == settings


@pytest.mark.parametrize("scopes", [[TEXTS[0]], LIST_TOKEN])
def test_scopes_that_are_not_known_yet_pass(scopes: list[str]) -> None:
    assert LoadBalancerAuthentication(scopes=scopes).scopes == tuple(scopes)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"scopes": [OAuthScope.EMAIL]},
            "scopes: must contain openid, because the load balancer reads the userinfo endpoint, "
            "got ['email']; add OAuthScope.OPENID",
        ),
        ({"scopes": []}, f"scopes: must not be empty, got []; {SCOPES_REMEDY}"),
        (
            {"session_timeout": timedelta(days=8)},
            f"session_timeout: must be from 1 second to 7 days, got '8 days'; {TIMEOUT_REMEDY}",
        ),
        (
            {"session_timeout": 3600},
            "session_timeout: must be a timedelta from 1 second to 7 days, got 3600; "
            f"{TIMEOUT_REMEDY}",
        ),
        (
            {"session_cookie_name": "acme session"},
            "session_cookie_name: must be 1 to 128 characters, letters, digits and other "
            "characters of a token, no spaces, got 'acme session'; write one such as 'AcmeSession'",
        ),
        (
            {"on_unauthenticated_request": "redirect"},
            "on_unauthenticated_request: must be a member of OnUnauthenticatedRequest, got "
            "'redirect'; choose from OnUnauthenticatedRequest.ALLOW, "
            "OnUnauthenticatedRequest.AUTHENTICATE, OnUnauthenticatedRequest.DENY",
        ),
        (
            {"authentication_request_extra_params": "lang=de"},
            "authentication_request_extra_params: must be a mapping, got 'lang=de'; write "
            "{'lang': 'de'}",
        ),
        (
            {"authentication_request_extra_params": {"lang": ""}},
            "authentication_request_extra_params['lang']: must be a text that is not empty, got "
            "''; write {'lang': 'de'}",
        ),
        (
            {"authentication_request_extra_params": {"": "de"}},
            "authentication_request_extra_params, name: must be a text that is not empty, got ''; "
            "write {'lang': 'de'}",
        ),
        (
            {"authentication_request_extra_params": {f"name{number}": "x" for number in range(11)}},
            "authentication_request_extra_params, their number: must be from 0 to 10 parameters, "
            "got 11; remove some",
        ),
        (
            {"authentication_request_extra_params": OBJECT_TOKEN},
            "authentication_request_extra_params: must be a mapping, got Resolvable(); write "
            "{'lang': 'de'}",
        ),
    ],
)
def test_refuses_what_the_load_balancer_refuses(settings: dict[str, Any], expected: str) -> None:
    text = refusal(lambda: LoadBalancerAuthentication(**settings))
    assert text == f"LoadBalancerAuthentication.{expected}"
