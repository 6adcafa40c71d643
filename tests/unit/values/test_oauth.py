"""What an app client may ask for: URLs, flows and scopes."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import OAuth, OAuthFlow, OAuthScope
from tests.unit.samples import HAND_WRITTEN, LIST_TOKEN, OBJECT_TOKEN, TEXT_TOKEN, TEXTS, refusal

CALLBACK = "https://www.example.com/callback"
REMEDY = "write absolute URLs such as 'https://www.example.com/callback'"
SCHEME = "or 'myapp://…' for an application's own scheme"
SCOPES = "name members of OAuthScope, or server.scope('name') of a resource server"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

HOSTS = st.lists(st.text("abyz019", min_size=1, max_size=9), min_size=2, max_size=4).map(".".join)
PORTS = st.integers(1, 65_535).map(":{}".format) | st.just("")
PATHS = st.text("abYZ09/._~@%&=-", max_size=20).map("/{}".format) | st.just("/a?next=//b@c")


def test_the_defaults_are_the_code_grant_and_an_email_address() -> None:
    oauth = OAuth(callback_urls=[CALLBACK])
    assert oauth.allowed_oauth_flows == (OAuthFlow.CODE,)
    assert oauth.allowed_oauth_scopes == ("email", "openid")
    assert oauth.logout_urls == ()
    assert oauth.default_redirect_uri is None


@given(host=HOSTS, port=PORTS, path=PATHS)
def test_accepts_every_https_url(host: str, port: str, path: str) -> None:
    url = f"https://{host}{port}{path}"
    assert OAuth(callback_urls=[url], logout_urls=[url]).callback_urls == (url,)


@given(host=HOSTS, port=PORTS, path=PATHS)
def test_refuses_every_http_url_of_another_host(host: str, port: str, path: str) -> None:
    url = f"http://{host}{port}{path}"
    assert refusal(lambda: OAuth(callback_urls=[url])) == (
        f"OAuth.callback_urls[0]: must start with https://, got {url!r}; "
        "only localhost, 127.0.0.1 and [::1] may use http"
    )


@given(host=st.sampled_from(LOOPBACK), port=PORTS, path=PATHS)
def test_accepts_http_on_the_loopback_interface(host: str, port: str, path: str) -> None:
    url = f"http://{host}{port}{path}"
    assert OAuth(callback_urls=[url]).callback_urls == (url,)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com",
        "https://www.example.com:8443/a//b?next=/c@d",
        "https://bücher.example/zurück",
        "https://[2001:db8::1]/cb",
        "HTTPS://WWW.EXAMPLE.COM/",
        "http://[::1]:3000/cb",
        "myapp://cb",
        "myapp:///cb",
        "com.example.app:/oauth2redirect",
        "exp://127.0.0.1:19000/--/",
    ],
)
def test_accepts_urls_that_lead_to_an_application(url: str) -> None:
    oauth = OAuth(callback_urls=[url], logout_urls=[url], default_redirect_uri=url)
    assert oauth.callback_urls == oauth.logout_urls == (url,)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/cb", f"must be absolute, got '/cb'; write 'https://www.example.com/cb', {SCHEME}"),
        ("//host/cb", f"must be absolute, got '//host/cb'; write 'https://host/cb', {SCHEME}"),
        (
            "example.com/cb",
            f"must be absolute, got 'example.com/cb'; write 'https://example.com/cb', {SCHEME}",
        ),
        (
            "localhost:3000/cb",
            (
                "must be absolute, got 'localhost:3000/cb'; "
                f"write 'https://localhost:3000/cb', {SCHEME}"
            ),
        ),
        ("https://", "must name a host, got 'https://'; write 'https://www.example.com/…'"),
        ("https:///cb", "must name a host, got 'https:///cb'; write 'https://www.example.com/…'"),
        ("http:cb", "must name a host, got 'http:cb'; write 'https://www.example.com/…'"),
        (
            f"{CALLBACK}#top",
            f"must not have a fragment, got '{CALLBACK}#top'; remove '#top'",
        ),
        ("myapp://cb#", "must not have a fragment, got 'myapp://cb#'; remove '#'"),
        (
            "http://localhost.example.com/cb",
            (
                "must start with https://, got 'http://localhost.example.com/cb'; "
                "only localhost, 127.0.0.1 and [::1] may use http"
            ),
        ),
        (
            "HTTP://EXAMPLE.COM",
            (
                "must start with https://, got 'HTTP://EXAMPLE.COM'; "
                "only localhost, 127.0.0.1 and [::1] may use http"
            ),
        ),
        (
            "https://*.example.com/cb",
            (
                "must not have a wildcard, got 'https://*.example.com/cb'; "
                "list each URL, because Cognito compares them exactly"
            ),
        ),
        (
            "javascript:alert(1)",
            (
                "must open an application, got 'javascript:alert(1)'; "
                "write 'https://www.example.com/callback'"
            ),
        ),
        (
            "DATA://text/html,hello",
            (
                "must open an application, got 'DATA://text/html,hello'; "
                "write 'https://www.example.com/callback'"
            ),
        ),
        (
            "https://example.com:abc/cb",
            (
                "must be a URL, got 'https://example.com:abc/cb'; "
                "fix it: Port could not be cast to integer value as 'abc'"
            ),
        ),
        (
            "https://example.com:99999/cb",
            (
                "must be a URL, got 'https://example.com:99999/cb'; "
                "fix it: Port out of range 0-65535"
            ),
        ),
        ("https://[::1/cb", "must be a URL, got 'https://[::1/cb'; fix it: Invalid IPv6 URL"),
        (
            "https://www.example.com/call back",
            (
                "must be 1 to 1024 characters, printable characters without spaces, "
                f"got 'https://www.example.com/call back'; {REMEDY}"
            ),
        ),
        ("", f"must be 1 to 1024 characters, not 0, got ''; {REMEDY}"),
        (None, f"must be a text, got None; {REMEDY}"),
        (b"https://a", f"must be a text, got b'https://a'; {REMEDY}"),
        ({}, f"must be a text, got {{}}; {REMEDY}"),
    ],
)
def test_refuses_urls_that_lead_nowhere(url: Any, text: str) -> None:
    assert refusal(lambda: OAuth(callback_urls=[url])) == f"OAuth.callback_urls[0]: {text}"
    logout: dict[str, Any] = {"callback_urls": [CALLBACK], "logout_urls": [CALLBACK, url]}
    assert refusal(lambda: OAuth(**logout)) == f"OAuth.logout_urls[1]: {text}"


@pytest.mark.parametrize(
    "url", ["https://ann:hunter2@example.com/cb", "//ann:hunter2@host", "myapp://hunter2@cb"]
)
def test_never_repeats_a_password(url: str) -> None:
    before, _, after = url.partition("//")
    masked = f"{before}//…@{after.partition('@')[2]}"
    text = refusal(lambda: OAuth(callback_urls=[url]))
    assert "hunter2" not in text
    assert text == (
        f"OAuth.callback_urls[0]: must not contain a user name or a password, got {masked!r}; "
        "remove the part before the @"
    )


@pytest.mark.parametrize(
    ("urls", "text"),
    [
        ([], ": must not be empty, got []; name the URL that users return to"),
        (CALLBACK, f": must be a list, a tuple or a set, got {CALLBACK!r}; put it into a list"),
        (None, f": must be a list, a tuple or a set, got None; {REMEDY}"),
        (7, f": must be a list, a tuple or a set, got 7; {REMEDY}"),
        ({CALLBACK: 1}, f": must be a list, a tuple or a set, got {{{CALLBACK!r}: 1}}; {REMEDY}"),
        ([CALLBACK, CALLBACK], f"[1]: must not repeat, got {CALLBACK!r}; name it once"),
        (
            [f"{CALLBACK}/{number}" for number in range(101)],
            ", their number: must be from 0 to 100 URLs, got 101; use several clients",
        ),
        (
            OBJECT_TOKEN,
            (": must be a list, a tuple or a set, got Resolvable(); wrap it in Token.as_list(…)"),
        ),
    ],
)
def test_refuses_what_is_no_list_of_urls(urls: Any, text: str) -> None:
    assert refusal(lambda: OAuth(callback_urls=urls)) == f"OAuth.callback_urls{text}"


def test_accepts_as_many_urls_as_cognito() -> None:
    urls = [f"{CALLBACK}/{number:03}" for number in range(100)]
    assert OAuth(callback_urls=urls).callback_urls == tuple(urls)


def test_sorts_what_is_a_set_to_cognito() -> None:
    oauth = OAuth(
        callback_urls={"https://b.example", "https://a.example"},
        logout_urls=("https://d.example", "https://c.example"),
        allowed_oauth_flows={OAuthFlow.IMPLICIT, OAuthFlow.CODE},
        allowed_oauth_scopes=[OAuthScope.PROFILE, "orders/read", OAuthScope.OPENID],
    )
    assert oauth.callback_urls == ("https://a.example", "https://b.example")
    assert oauth.logout_urls == ("https://c.example", "https://d.example")
    assert oauth.allowed_oauth_flows == (OAuthFlow.CODE, OAuthFlow.IMPLICIT)
    assert oauth.allowed_oauth_scopes == ("openid", "orders/read", "profile")


@pytest.mark.parametrize("uri", [CALLBACK, *TEXTS])
def test_accepts_a_callback_url_as_default(uri: str) -> None:
    assert OAuth(callback_urls=[CALLBACK], default_redirect_uri=uri).default_redirect_uri == uri


def test_accepts_any_default_where_the_callback_urls_are_not_known() -> None:
    oauth = OAuth(callback_urls=[TEXT_TOKEN], default_redirect_uri=CALLBACK)
    assert oauth.default_redirect_uri == CALLBACK


@pytest.mark.parametrize(
    ("uri", "text"),
    [
        (f"{CALLBACK}/", f"must be a callback URL, got '{CALLBACK}/'; "),
        ("", "must be 1 to 1024 characters, not 0, got ''; "),
        ([CALLBACK], f"must be a text, got [{CALLBACK!r}]; "),
    ],
)
def test_refuses_a_default_that_is_no_callback_url(uri: Any, text: str) -> None:
    assert refusal(lambda: OAuth(callback_urls=[CALLBACK], default_redirect_uri=uri)) == (
        f"OAuth.default_redirect_uri: {text}name one of the callback URLs"
    )


@pytest.mark.parametrize(
    ("flows", "text"),
    [
        ([], ": must not be empty, got []; name OAuthFlow.CODE"),
        ("code", ": must be a list, a tuple or a set, got 'code'; put it into a list"),
        (None, ": must be a list, a tuple or a set, got None; name OAuthFlow.CODE"),
        (
            ["client_credentials"],
            (
                "[0]: must be a member of OAuthFlow, got 'client_credentials'; "
                "choose from OAuthFlow.CODE, OAuthFlow.IMPLICIT"
            ),
        ),
        (["code", "code"], "[1]: must not repeat, got <OAuthFlow.CODE: 'code'>; name it once"),
    ],
)
def test_refuses_flows_that_cognito_refuses(flows: Any, text: str) -> None:
    assert refusal(lambda: OAuth(callback_urls=[CALLBACK], allowed_oauth_flows=flows)) == (
        f"OAuth.allowed_oauth_flows{text}"
    )


@pytest.mark.parametrize(
    "scopes",
    [
        list(OAuthScope),
        ["openid"],
        ["aws.cognito.signin.user.admin"],
        ["https://api.example.com/orders/read"],
        [TEXT_TOKEN, "email"],
        [f"{HAND_WRITTEN}/read"],
        LIST_TOKEN,
    ],
)
def test_accepts_known_scopes_and_those_of_resource_servers(scopes: list[str]) -> None:
    oauth = OAuth(callback_urls=[CALLBACK], allowed_oauth_scopes=scopes)
    assert set(oauth.allowed_oauth_scopes) == set(scopes)


@pytest.mark.parametrize(
    ("scopes", "text"),
    [
        ([], f": must not be empty, got []; {SCOPES}"),
        ("openid", ": must be a list, a tuple or a set, got 'openid'; put it into a list"),
        (None, f": must be a list, a tuple or a set, got None; {SCOPES}"),
        (["openid", "orders"], f": must contain known scopes, got 'orders'; {SCOPES}"),
        (["orders/"], f": must contain known scopes, got 'orders/'; {SCOPES}"),
        (["/read"], f": must contain known scopes, got '/read'; {SCOPES}"),
        (["OPENID"], f": must contain known scopes, got 'OPENID'; {SCOPES}"),
        (["openid", None], f"[1]: must be a text, got None; {SCOPES}"),
        (
            ["orders/read all"],
            (
                '[0]: must be 1 to 256 characters, printable ASCII without spaces, " and \\, '
                f"got 'orders/read all'; {SCOPES}"
            ),
        ),
        (
            ["email", "phone"],
            ": must contain openid together with email, got ['email', 'phone']; add "
            "OAuthScope.OPENID",
        ),
        (
            [f"orders/{number}" for number in range(51)],
            ", their number: must be from 0 to 50 scopes, got 51; use several clients",
        ),
    ],
)
def test_refuses_scopes_that_cognito_refuses(scopes: Any, text: str) -> None:
    assert refusal(lambda: OAuth(callback_urls=[CALLBACK], allowed_oauth_scopes=scopes)) == (
        f"OAuth.allowed_oauth_scopes{text}"
    )


@pytest.mark.parametrize("urls", [[TEXT_TOKEN], [HAND_WRITTEN, CALLBACK], LIST_TOKEN])
def test_tokens_pass(urls: Any) -> None:
    flows: Any = LIST_TOKEN
    oauth = OAuth(callback_urls=urls, logout_urls=urls, allowed_oauth_flows=flows)
    assert set(oauth.callback_urls) == set(oauth.logout_urls) == set(urls)
    assert oauth.allowed_oauth_flows == tuple(LIST_TOKEN)


@pytest.mark.parametrize("url", ["https://${var.domain}/cb", f"http://{TEXT_TOKEN}#top"])
def test_a_url_that_holds_a_token_is_not_read(url: str) -> None:
    assert OAuth(callback_urls=[url]).callback_urls == (url,)
