"""Where Cognito sends users."""

from tests.unit.rules.cases import MACHINE, UNKNOWN, Case, client

WEB = "aws_cognito_user_pool_client.web"
HOME = "https://www.example.com/callback"
MANY = [f"https://a.example/{at}" for at in range(101)]

CASES = (
    Case(
        rule="CVH11",
        bad=client(callback_urls=["https://a.example/a b"], logout_urls=[""]),
        says=(
            f"{WEB}: callback_urls[0]: must be 1 to 1024 characters, printable characters without "
            "spaces, got 'https://a.example/a b'",
            f"{WEB}: logout_urls[0]: must be 1 to 1024 characters, got 0",
        ),
        good=client(callback_urls=[HOME], logout_urls=[HOME]),
        unknown=client(callback_urls=[UNKNOWN]),
    ),
    Case(
        rule="CVH11B",
        bad=client(callback_urls=MANY),
        says=(f"{WEB}: callback_urls: must be 0 to 100 URLs, got 101",),
        good=client(callback_urls=MANY[:100], logout_urls=[]),
        unknown=client(logout_urls=UNKNOWN),
        mended=client(callback_urls=MANY[:100]),
    ),
    Case(
        rule="CVH12",
        bad=client(callback_urls=["/callback", "localhost:3000/cb", "www.example.com"]),
        says=(
            f"{WEB}: callback_urls[0]: must be an absolute URL, got '/callback'",
            f"{WEB}: callback_urls[1]: must be an absolute URL, got 'localhost:3000/cb'",
            f"{WEB}: callback_urls[2]: must be an absolute URL, got 'www.example.com'",
        ),
        good=client(callback_urls=[HOME, "acme://callback", "com.example.app:callback"]),
        unknown=client(callback_urls=UNKNOWN),
    ),
    Case(
        rule="CVH12B",
        bad=client(callback_urls=[f"{HOME}#/signed-in"]),
        says=(
            f"{WEB}: callback_urls[0]: must not have a fragment, got "
            "'https://www.example.com/callback#/signed-in'",
        ),
        good=client(callback_urls=[HOME]),
        unknown=client(callback_urls=[UNKNOWN]),
    ),
    Case(
        rule="CVH12C",
        bad=client(callback_urls=["http://www.example.com", "HTTP://localhost.example"]),
        says=(
            f"{WEB}: callback_urls[0]: must start with https:// unless it leads to localhost, "
            "127.0.0.1 or [::1], got 'http://www.example.com'",
            f"{WEB}: callback_urls[1]: must start with https:// unless it leads to localhost, "
            "127.0.0.1 or [::1], got 'HTTP://localhost.example'",
        ),
        good=client(
            callback_urls=["http://localhost:3000/cb", "http://127.0.0.1", "http://[::1]:80/"]
        ),
        unknown=client(callback_urls=[UNKNOWN]),
    ),
    Case(
        rule="CVH13",
        bad=client(logout_urls=["/bye", f"{HOME}#"]),
        says=(
            f"{WEB}: logout_urls[0]: must be an absolute URL, got '/bye'",
            f"{WEB}: logout_urls[1]: must not have a fragment, got "
            "'https://www.example.com/callback#'",
        ),
        good=client(logout_urls=[HOME]),
        unknown=client(logout_urls=[UNKNOWN]),
    ),
    Case(
        rule="CVH13B",
        bad=client(logout_urls=["http://www.example.com"]),
        says=(
            f"{WEB}: logout_urls[0]: must start with https:// unless it leads to localhost, "
            "127.0.0.1 or [::1], got 'http://www.example.com'",
        ),
        good=client(logout_urls=["https://www.example.com"]),
        unknown=client(logout_urls=[UNKNOWN]),
    ),
    Case(
        rule="CVH13B",
        bad=client(logout_urls=["http://127.0.0.2/", "http://localhost.example"]),
        says=(
            f"{WEB}: logout_urls[0]: must start with https:// unless it leads to localhost, "
            "127.0.0.1 or [::1], got 'http://127.0.0.2/'",
            f"{WEB}: logout_urls[1]: must start with https:// unless it leads to localhost, "
            "127.0.0.1 or [::1], got 'http://localhost.example'",
        ),
        good=client(logout_urls=["http://localhost:3000/bye", "myapp://bye"]),
        unknown=None,
    ),
    Case(
        rule="CVH14",
        bad=client(callback_urls=[HOME], default_redirect_uri="https://www.example.com"),
        says=(
            f"{WEB}: default_redirect_uri: must be one of callback_urls, got "
            "'https://www.example.com'",
        ),
        good=client(callback_urls=[HOME], default_redirect_uri=HOME),
        unknown=client(callback_urls=[UNKNOWN], default_redirect_uri=HOME),
    ),
    Case(
        rule="CVH14",
        bad=client(callback_urls=[], default_redirect_uri=HOME),
        says=(
            f"{WEB}: default_redirect_uri: must be one of callback_urls, got "
            "'https://www.example.com/callback'",
        ),
        good=client(default_redirect_uri=""),
        unknown=client(callback_urls=[HOME], default_redirect_uri=UNKNOWN),
    ),
    Case(
        rule="CG204",
        bad=client(
            callback_urls=[
                "https://*.example.com/cb",
                "https://192.0.2.1/cb",
                "https://ann:secret@www.example.com",
                "javascript://www.example.com/%0Aalert(1)",
            ]
        ),
        says=(
            f"{WEB}: callback_urls: must not have a wildcard, which Cognito takes literally, got "
            "'https://*.example.com/cb'",
            f"{WEB}: callback_urls: must name a host, not an IP address, got "
            "'https://192.0.2.1/cb'",
            f"{WEB}: callback_urls: must not carry a user name or a password, got a URL with a "
            "password",
            f"{WEB}: callback_urls: must lead to an application, not run in the browser, got "
            "'javascript://www.example.com/%0Aalert(1)'",
        ),
        good=client(callback_urls=[HOME, "acme://callback", "http://127.0.0.1"]),
        unknown=client(callback_urls=[UNKNOWN]),
    ),
    Case(
        rule="CG205",
        bad=client(callback_urls=[HOME, "http://localhost:3000/cb"], logout_urls=[HOME]),
        says=(
            f"{WEB}: callback_urls: must not lead to the user's own machine, got "
            "'http://localhost:3000/cb'",
        ),
        good=client(callback_urls=["http://127.0.0.1/cb", "http://[::1]/cb", "acme://cb"]),
        unknown=client(callback_urls=["http://127.0.0.1/cb"], generate_secret=UNKNOWN),
        mended=client(callback_urls=[HOME], logout_urls=[HOME]),
    ),
    Case(
        rule="CG205",
        bad=client(callback_urls=["http://127.0.0.1/cb"], generate_secret=True),
        says=(
            f"{WEB}: callback_urls: must not lead to the user's own machine, got "
            "'http://127.0.0.1/cb'",
        ),
        good=client(callback_urls=["https://localhost.example"]),
        unknown=client(logout_urls=[UNKNOWN]),
    ),
    Case(
        rule="CG205",
        bad=client(callback_urls=["http://localhost/cb"]),
        says=(
            f"{WEB}: callback_urls: must not lead to the user's own machine, got "
            "'http://localhost/cb'",
        ),
        good=client(),
        unknown=None,
    ),
    Case(
        rule="CG204",
        bad=client(callback_urls=["https://*.example.com"]),
        says=(
            "aws_cognito_user_pool_client.web: callback_urls: must not have a wildcard, which "
            "Cognito takes literally, got 'https://*.example.com'",
        ),
        good=client(callback_urls=["https://*.example.com"], **MACHINE),
        unknown=None,
    ),
    Case(
        rule="CG205",
        bad=client(callback_urls=["http://localhost/"]),
        says=(
            "aws_cognito_user_pool_client.web: callback_urls: must not lead to the user's own "
            "machine, got 'http://localhost/'",
        ),
        good=client(callback_urls=["http://localhost/"], **MACHINE),
        unknown=None,
    ),
)
