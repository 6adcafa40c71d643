"""The URLs that an application needs."""

from urllib.parse import quote

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
    Variable,
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


class TestSeveral:
    """Several clients, pools, callback URLs and logout URLs in one stack."""

    SEVERAL = OAuth(
        callback_urls=["https://a.example/", "https://b.example/"],
        logout_urls=["https://a.example/bye", "https://b.example/bye"],
    )

    @pytest.fixture
    def pool(self, stack: AuthStack) -> UserPool:
        """The pool of the clients."""
        return UserPool(stack, "users")

    @pytest.fixture
    def web(self, stack: AuthStack, pool: UserPool) -> UserPoolClient:
        """A client with several of each URL, and no default."""
        application = WebApplication(oauth=self.SEVERAL)
        return UserPoolClient(stack, "web", user_pool=pool, application=application)

    def test_each_callback_and_logout_url_has_its_own(
        self, stack: AuthStack, web: UserPoolClient, synthesize: Synthesize
    ) -> None:
        """In a map, because neither is the default."""
        web.add_url_outputs(DOMAIN)
        outputs = synthesize(stack)["output"]

        assert sorted(outputs) == [
            "user_pool_client_authorize_urls",
            "user_pool_client_logout_urls",
            "user_pool_client_token_url",
            "user_pool_client_userinfo_url",
        ]
        assert outputs["user_pool_client_authorize_urls"]["value"] == {
            url: web_authorize_url(url) for url in ("https://a.example/", "https://b.example/")
        }
        assert list(outputs["user_pool_client_logout_urls"]["value"]) == [
            "https://a.example/bye",
            "https://b.example/bye",
        ]

    def test_one_of_them_can_be_chosen(
        self, stack: AuthStack, web: UserPoolClient, synthesize: Synthesize
    ) -> None:
        """Then the outputs are those of a client with one of each."""
        web.add_url_outputs(
            DOMAIN, redirect_uri="https://b.example/", logout_uri="https://a.example/bye"
        )
        outputs = synthesize(stack)["output"]
        authorize = outputs["user_pool_client_authorize_url"]["value"]
        logout = outputs["user_pool_client_logout_url"]["value"]

        assert authorize == web_authorize_url("https://b.example/")
        assert logout.endswith("&logout_uri=https%3A%2F%2Fa.example%2Fbye")

    def test_the_first_client_keeps_the_names_and_others_have_their_own(
        self, stack: AuthStack, pool: UserPool, web: UserPoolClient, synthesize: Synthesize
    ) -> None:
        """The names of a program with one client do not change."""
        web.add_url_outputs(DOMAIN)
        for name in ("jobs", "mail"):
            client = UserPoolClient(stack, name, user_pool=pool, application=AdminBackend())
            client.add_url_outputs(DOMAIN)
        names = list(synthesize(stack)["output"])

        assert [name for name in names if name.endswith("_token_url")] == [
            "jobs_token_url",
            "mail_token_url",
            "user_pool_client_token_url",
        ]

    def test_so_do_pools_and_domains(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """Their outputs would collide too."""
        for name in ("staff", "guests"):
            pool = UserPool(stack, name)
            domain = UserPoolDomain(
                stack, f"{name}_domain", user_pool=pool, domain=PrefixDomain(prefix=name)
            )
            pool.add_url_outputs()
            domain.add_saml_outputs()

        assert list(synthesize(stack)["output"]) == [
            "guests_domain_acs_url",
            "guests_domain_entity_id",
            "guests_issuer",
            "guests_jwks_url",
            "saml_acs_url",
            "saml_entity_id",
            "user_pool_issuer",
            "user_pool_jwks_url",
        ]

    def test_a_prefix_that_is_taken_is_refused_before_any_output(
        self, stack: AuthStack, pool: UserPool, web: UserPoolClient, synthesize: Synthesize
    ) -> None:
        """The remedy is an argument of the method."""
        backend = UserPoolClient(stack, "backend", user_pool=pool, application=AdminBackend())
        backend.add_url_outputs(DOMAIN, "acme")
        with pytest.raises(InvalidValueError) as caught:
            web.add_url_outputs(DOMAIN, "acme")

        assert str(caught.value) == (
            "output acme_token_url: must have a name that is not an id in the stack, got "
            "'acme_token_url'; set another prefix=…"
        )
        assert list(synthesize(stack)["output"]) == ["acme_token_url"]

    def test_a_list_that_only_terraform_knows_needs_a_choice(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """Its items cannot become the keys of a map."""
        urls = Variable(stack, "urls", description="URLs.", variable_type="list(string)")
        application = WebApplication(oauth=OAuth(callback_urls=urls.list_value))
        web = UserPoolClient(stack, "web", user_pool=pool, application=application)
        with pytest.raises(InvalidValueError) as caught:
            web.add_url_outputs(DOMAIN)

        assert str(caught.value) == (
            "redirect_uri: must be set unless the client has exactly one, got None; set "
            "redirect_uri to one of the URLs, because their list is a token"
        )
        web.add_url_outputs(DOMAIN, redirect_uri="https://b.example/")
        outputs = synthesize(stack)["output"]
        authorize = outputs["user_pool_client_authorize_url"]["value"]
        assert authorize == web_authorize_url("https://b.example/")

    def test_the_implicit_grant_has_no_authorize_url(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """The authorize URL is that of the authorization code grant."""
        oauth = OAuth(
            callback_urls=["https://a.example/"], allowed_oauth_flows=[OAuthFlow.IMPLICIT]
        )
        application = WebApplication(oauth=oauth)
        web = UserPoolClient(stack, "web", user_pool=pool, application=application)
        web.add_url_outputs(DOMAIN)

        assert list(synthesize(stack)["output"]) == [
            "user_pool_client_token_url",
            "user_pool_client_userinfo_url",
        ]


def web_authorize_url(callback: str) -> str:
    """Write the authorize URL of the client `web` that returns to *callback*."""
    return (
        f"{DOMAIN}/oauth2/authorize?response_type=code"
        "&client_id=${urlencode(aws_cognito_user_pool_client.web.id)}"
        f"&redirect_uri={quote(callback, safe='')}&scope=email%20openid"
    )


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
        "set redirect_uri to one of acme://cb, https://acme.example/cb?next=/a+b"
    )


@pytest.mark.parametrize(
    ("domain", "rule"),
    [
        ("http://auth.acme.example", "must be an https URL of a host alone"),
        ("auth.acme.example", "must be an https URL of a host alone"),
        ("https://auth.acme.example/login", "must be an https URL of a host alone"),
        ("https://auth.acme.example#login", "must be an https URL of a host alone"),
        ("https://user:password@auth.acme.example", "must be an https URL of a host alone"),
        ("https://auth acme.example", "must be an https URL of a host alone"),
        ("https://[auth.acme.example", "must be an https URL of a host alone"),
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


def test_an_empty_redirect_is_none_of_the_client(client: UserPoolClient) -> None:
    with pytest.raises(InvalidValueError, match="redirect_uri: must be a URL that the client"):
        client.authorize_url("https://auth.acme.example", redirect_uri="")


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
        "set redirect_uri to one of https://a.example/, https://b.example/"
    )
    with pytest.raises(InvalidValueError) as caught:
        client.logout_url(DOMAIN)

    assert str(caught.value) == (
        "logout_uri: must be set unless the client has exactly one, got None; "
        "set logout_urls=[…] in the OAuth of the client first"
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
