"""The URLs that an application needs."""

import pytest

from constructs_auth import (
    AdminBackend,
    AuthStack,
    InvalidValueError,
    NativeApplication,
    OAuth,
    OAuthFlow,
    PrefixDomain,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)
from tests.synth.conftest import Synthesize

DOMAIN = "https://auth.acme.example"
OAUTH = OAuth(
    callback_urls=["https://acme.example/cb?next=/a b".replace(" ", "+"), "acme://cb"],
    default_redirect_uri="https://acme.example/cb?next=/a+b",
    logout_urls=["https://acme.example/bye?x=1&y=2"],
)


@pytest.fixture
def client(stack: AuthStack) -> UserPoolClient:
    """A web client with awkward URLs."""
    pool = UserPool(stack, "users")
    return UserPoolClient(stack, "web", user_pool=pool, application=WebApplication(oauth=OAUTH))


def test_every_url_is_an_output_when_asked(
    stack: AuthStack, client: UserPoolClient, synthesize: Synthesize
) -> None:
    """Parameters are encoded; the client id is what Terraform will know, encoded by Terraform."""
    assert isinstance(client.user_pool, UserPool)
    client.user_pool.add_url_outputs()
    client.add_url_outputs(f"{DOMAIN}/")
    outputs = synthesize(stack)["output"]
    client_id = "${urlencode(aws_cognito_user_pool_client.web.id)}"

    assert {name: output["value"] for name, output in outputs.items()} == {
        "user_pool_issuer": "https://${aws_cognito_user_pool.users.endpoint}",
        "user_pool_jwks_url": (
            "https://${aws_cognito_user_pool.users.endpoint}/.well-known/jwks.json"
        ),
        "user_pool_client_authorize_url": (
            f"{DOMAIN}/oauth2/authorize?response_type=code&client_id={client_id}"
            "&redirect_uri=https%3A%2F%2Facme.example%2Fcb%3Fnext%3D%2Fa%2Bb"
            "&scope=email%20openid"
        ),
        "user_pool_client_token_url": f"{DOMAIN}/oauth2/token",
        "user_pool_client_userinfo_url": f"{DOMAIN}/oauth2/userInfo",
        "user_pool_client_logout_url": (
            f"{DOMAIN}/logout?client_id={client_id}"
            "&logout_uri=https%3A%2F%2Facme.example%2Fbye%3Fx%3D1%26y%3D2"
        ),
    }


def test_the_domain_may_be_a_construct(stack: AuthStack, client: UserPoolClient) -> None:
    """Its URL stands for it."""
    domain = UserPoolDomain(
        stack, "domain", user_pool=client.user_pool, domain=PrefixDomain(prefix="acme")
    )
    base_url = "https://acme.auth.eu-west-1.amazoncognito.com"

    assert client.token_url(domain) == f"{base_url}/oauth2/token"
    assert client.userinfo_url(domain) == f"{base_url}/oauth2/userInfo"
    assert client.logout_url(domain).startswith(f"{base_url}/logout?client_id=")
    assert client.authorize_url(domain).startswith(f"{base_url}/oauth2/authorize?response_type=")
    client.add_url_outputs(domain)
    assert stack.node.try_find_child("user_pool_client_authorize_url") is not None


def test_refuses_a_domain_of_another_pool(stack: AuthStack, client: UserPoolClient) -> None:
    """Its pages know nothing of the client."""
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=UserPool(stack, "partners"),
        domain=PrefixDomain(prefix="acme"),
    )
    with pytest.raises(InvalidValueError) as caught:
        client.token_url(domain)

    assert str(caught.value) == (
        "domain: must be a domain of the client's pool, got "
        "'https://acme.auth.eu-west-1.amazoncognito.com'; use a UserPoolDomain of that pool"
    )


def test_a_client_without_pages_has_only_the_token_url(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """A backend sends nobody anywhere."""
    pool = UserPool(stack, "users")
    backend = UserPoolClient(stack, "backend", user_pool=pool, application=AdminBackend())
    backend.add_url_outputs(DOMAIN, "backend")

    assert list(synthesize(stack)["output"]) == ["backend_token_url"]


def test_a_given_redirect_takes_the_place_of_the_default(client: UserPoolClient) -> None:
    """It must be one of the callback URLs."""
    url = client.authorize_url(DOMAIN, redirect_uri="acme://cb")

    assert "&redirect_uri=acme%3A%2F%2Fcb&" in url


def test_refuses_a_redirect_that_the_client_does_not_allow(client: UserPoolClient) -> None:
    """Cognito would answer redirect_mismatch."""
    with pytest.raises(InvalidValueError) as caught:
        client.authorize_url(DOMAIN, redirect_uri="https://evil.example/")

    assert str(caught.value) == (
        "redirect_uri: must be a URL that the client allows, got 'https://evil.example/'; "
        "choose from acme://cb, https://acme.example/cb?next=/a+b"
    )


@pytest.mark.parametrize(
    ("domain", "rule"),
    [
        ("http://auth.acme.example", "must be an https URL without a path"),
        ("auth.acme.example", "must be an https URL without a path"),
        ("https://auth.acme.example/login", "must be an https URL without a path"),
        (7, "must be a domain or a text"),
    ],
)
def test_refuses_a_domain_that_is_no_base_url(
    domain: str, rule: str, client: UserPoolClient
) -> None:
    """The error says how to write it."""
    with pytest.raises(InvalidValueError) as caught:
        client.token_url(domain)

    assert str(caught.value) == (
        f"domain: {rule}, got {domain!r}; use the UserPoolDomain, or write "
        "'https://auth.example.com'"
    )


def test_refuses_to_guess_among_several_urls(stack: AuthStack) -> None:
    """Two callback URLs and no default."""
    oauth = OAuth(callback_urls=["https://a.example/", "https://b.example/"])
    client = UserPoolClient(
        stack,
        "web",
        user_pool=UserPool(stack, "users"),
        application=WebApplication(oauth=oauth),
    )
    with pytest.raises(InvalidValueError) as caught:
        client.authorize_url(DOMAIN)

    assert str(caught.value) == (
        "redirect_uri: must be set unless the client has exactly one, got None; "
        "choose from https://a.example/, https://b.example/"
    )
    with pytest.raises(InvalidValueError) as caught:
        client.logout_url(DOMAIN)

    assert str(caught.value) == (
        "logout_uri: must be set unless the client has exactly one, got None; "
        "add such a URL to the client first"
    )


def test_refuses_pages_of_a_client_that_has_none(stack: AuthStack) -> None:
    """An application with screens of its own."""
    client = UserPoolClient(
        stack,
        "phone",
        user_pool=UserPool(stack, "users"),
        application=NativeApplication(),
    )
    with pytest.raises(InvalidValueError) as caught:
        client.logout_url(DOMAIN)

    assert str(caught.value) == (
        "logout URL: must be for an application with sign-in through Cognito's pages, got "
        "NativeApplication(oauth=None); set oauth=OAuth(callback_urls=[…]) in the application"
    )


def test_refuses_an_authorize_url_for_the_implicit_grant(stack: AuthStack) -> None:
    """The URL is that of the authorization code grant."""
    oauth = OAuth(callback_urls=["https://a.example/"], allowed_oauth_flows=[OAuthFlow.IMPLICIT])
    client = UserPoolClient(
        stack,
        "web",
        user_pool=UserPool(stack, "users"),
        application=WebApplication(oauth=oauth),
    )
    with pytest.raises(InvalidValueError) as caught:
        client.authorize_url(DOMAIN)

    assert str(caught.value) == (
        "authorize URL: must be for a client with the authorization code grant, got "
        "['implicit']; add OAuthFlow.CODE to allowed_oauth_flows"
    )
