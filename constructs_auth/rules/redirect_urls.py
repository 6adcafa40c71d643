"""Where Cognito may redirect users to, with the code that the application exchanges for tokens."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from urllib.parse import SplitResult, urlsplit

from constructs_auth.facts import limits
from constructs_auth.facts.words import LOOPBACK_HOSTS, RUN_IN_BROWSER
from constructs_auth.rules.ask import (
    count_within,
    text_within,
    texts_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Check,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    separately,
)
from constructs_auth.rules.user_pool_client import CLIENT, if_it_has_users, is_public
from constructs_auth.terraform.resource import Resource

_CALLBACKS, _LOGOUTS, _DEFAULT = "callback_urls", "logout_urls", "default_redirect_uri"
_LOOPBACK = "localhost, 127.0.0.1 or [::1]"
_USE_HTTPS = "write https://, or an application's own scheme"
_IP_ADDRESS = re.compile(r"[\d.]+|.*:.*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectUrl:
    """A URL in its parts; an invalid one has no scheme.

    Attributes:
        scheme: In lower case.
        host: Without the port, in lower case.
        is_absolute: Whether it has a scheme; `localhost:3000` has a host and a port.
        has_fragment: Whether it has a `#`.
        has_user: Whether a name or a password is before the host.
    """

    scheme: str
    host: str
    is_absolute: bool
    has_fragment: bool
    has_user: bool

    @property
    def is_web(self) -> bool:
        """Whether a browser opens it without an application."""
        return self.scheme in {"http", "https"}

    @property
    def is_loopback(self) -> bool:
        """Whether it stays on the user's own machine."""
        return self.is_web and self.host in LOOPBACK_HOSTS

    @property
    def is_ip_address(self) -> bool:
        """Whether its host is an IP address."""
        return self.is_web and _IP_ADDRESS.fullmatch(self.host) is not None


@lru_cache(maxsize=256)
def split(url: str) -> RedirectUrl:
    """Split *url* into its parts; cached, because many rules read the same one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), ""
    rest = url[len(parts.scheme) + 1 :]
    return RedirectUrl(
        scheme=parts.scheme,
        host=host,
        is_absolute=bool(parts.scheme) and bool(rest) and not rest[0].isdigit(),
        has_fragment="#" in url,
        has_user="@" in parts.netloc,
    )


def _characters(client: Resource, _context: Context) -> Answers:
    yield from texts_within(client.body, _CALLBACKS, limits.REDIRECT_URL)
    yield from texts_within(client.body, _LOGOUTS, limits.REDIRECT_URL)
    if client.body.values.get(_DEFAULT) != "":
        yield from text_within(client.body, _DEFAULT, limits.REDIRECT_URL)


def _number(client: Resource, _context: Context) -> Answers:
    yield from count_within(client.body, _CALLBACKS, limits.CALLBACK_URLS)
    yield from count_within(client.body, _LOGOUTS, limits.LOGOUT_URLS)


def _each_of(name: str, judge: Callable[[RedirectUrl], str]) -> Check:
    """Return the check that reports each URL of *name* for which *judge* returns a text."""
    return partial(_each, name, judge)


def _each(
    name: str, judge: Callable[[RedirectUrl], str], client: Resource, _context: Context
) -> Answers:
    for at, url in client.body.given.texts(name).placed():
        if text := judge(split(url)):
            yield Violation(text=f"{text}, got {url!r}", at=at)


def _absolute(url: RedirectUrl) -> str:
    return "" if url.is_absolute else "must be an absolute URL"


def _no_fragment(url: RedirectUrl) -> str:
    return "must not have a fragment" if url.has_fragment else ""


def _https(url: RedirectUrl) -> str:
    if url.scheme == "http" and not url.is_loopback:
        return f"must start with https:// unless it leads to {_LOOPBACK}"
    return ""


def _absolute_without_fragment(url: RedirectUrl) -> str:
    return _absolute(url) or _no_fragment(url)


def _default_is_a_callback(client: Resource, _context: Context) -> Answers:
    default = client.body.given.text(_DEFAULT)
    if default and default not in client.body.texts(_CALLBACKS):
        yield Violation(text=f"must be one of callback_urls, got {default!r}", at=_DEFAULT)


def _lead_to_the_application(client: Resource, _context: Context) -> Answers:
    answers = separately(_leads(client, _CALLBACKS), _leads(client, _LOGOUTS))
    return if_it_has_users(client, answers)


def _leads(client: Resource, name: str) -> Answers:
    for url in client.body.given.texts(name):
        wrong = _wrong(split(url))
        if wrong:
            got = "a URL with a password" if "password" in wrong else repr(url)
            yield Violation(text=f"{wrong}, got {got}", at=name)


def _wrong(url: RedirectUrl) -> str:
    if url.scheme in RUN_IN_BROWSER:
        return "must lead to an application, not run in the browser"
    if url.has_user:
        return "must not carry a user name or a password"
    if "*" in url.host:
        return "must not have a wildcard, which Cognito takes literally"
    if url.is_ip_address and not url.is_loopback:
        return "must name a host, not an IP address"
    return ""


def _not_on_this_machine(client: Resource, _context: Context) -> Answers:
    answers = separately(_is_elsewhere(client, _CALLBACKS), _is_elsewhere(client, _LOGOUTS))
    return if_it_has_users(client, answers)


def _is_elsewhere(client: Resource, name: str) -> Answers:
    callbacks = [split(url) for url in client.body.given.texts(_CALLBACKS).known]
    native = bool(callbacks) and not any(url.is_web and not url.is_loopback for url in callbacks)
    for url in client.body.given.texts(name):
        parts = split(url)
        if parts.is_loopback and not (native and is_public(client) and parts.host != "localhost"):
            yield Violation(text=f"must not lead to the user's own machine, got {url!r}", at=name)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH11",
        slug="redirect-url-characters",
        title="Redirect URLs must have characters that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy=f"write 1 to {limits.REDIRECT_URL.maximum:,} characters without spaces; a space "
        "in a URL is %20",
        source="API, RedirectUrlType",
        check=_characters,
    ),
    Rule(
        id="CVH11B",
        slug="redirect-url-number",
        title=f"A client must have at most {limits.CALLBACK_URLS.maximum} callback and "
        f"{limits.LOGOUT_URLS.maximum} logout URLs",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="use several clients",
        source="API, CallbackURLsListType and LogoutURLsListType",
        check=_number,
    ),
    Rule(
        id="CVH12",
        slug="absolute-callback-urls",
        title="Callback URLs must be absolute",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="write the whole URL, such as https://www.example.com/callback",
        source="API, CreateUserPoolClient.CallbackURLs",
        check=_each_of(_CALLBACKS, _absolute),
    ),
    Rule(
        id="CVH12B",
        slug="callback-urls-without-fragment",
        title="Callback URLs must have no fragment",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="remove the # and what follows it",
        source="API, CreateUserPoolClient.CallbackURLs; «… cannot use fragment», "
        "badmintoncryer/cdk-preflight, pf-cognito-callback-url-fragment",
        baselines=("RFC 9700 2.1",),
        check=_each_of(_CALLBACKS, _no_fragment),
    ),
    Rule(
        id="CVH12C",
        slug="callback-urls-https",
        title="Callback URLs must be https unless they lead to the user's own machine",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: an attacker in the network could read the code.",
        remedy=_USE_HTTPS,
        source="API, CreateUserPoolClient.CallbackURLs; «… cannot use the HTTP protocol», "
        "badmintoncryer/cdk-preflight, pf-cognito-callback-url-https",
        baselines=("RFC 9700 2.1",),
        check=_each_of(_CALLBACKS, _https),
    ),
    Rule(
        id="CVH13",
        slug="logout-urls-like-callback-urls",
        title="Logout URLs must be absolute and have no fragment",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="AWS documents these rules for callback URLs only. Cognito may refuse the client, or "
        "not send the user to such a URL.",
        remedy="write the whole URL, such as https://www.example.com/bye, without # and what "
        "follows it",
        source="API, CreateUserPoolClient.CallbackURLs and CreateUserPoolClient.LogoutURLs",
        check=_each_of(_LOGOUTS, _absolute_without_fragment),
    ),
    Rule(
        id="CVH13B",
        slug="logout-urls-https",
        title="Logout URLs must be https unless they lead to the user's own machine",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy=_USE_HTTPS,
        source="«… cannot use the HTTP protocol», badmintoncryer/cdk-preflight, "
        "pf-cognito-logout-url-https",
        check=_each_of(_LOGOUTS, _https),
    ),
    Rule(
        id="CVH14",
        slug="default-redirect-is-a-callback",
        title="The default redirect must be a callback URL",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="add it to callback_urls, or remove default_redirect_uri",
        source="API, CreateUserPoolClient.DefaultRedirectURI; «The default redirect URI … is "
        "not in the callback URIs list», badmintoncryer/cdk-preflight, "
        "pf-cognito-default-redirect-uri-member",
        check=_default_is_a_callback,
    ),
    Rule(
        id="CG204",
        slug="redirect-to-named-hosts",
        title="Redirect URLs must lead to a named host or to an application",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=CLIENT,
        why="Cognito sends the authorization code to this URL. The next owner of an IP address "
        "gets the codes. Cognito takes a wildcard literally, so no application gets them.",
        remedy="write each https URL in full, or an application's own scheme such as "
        "myapp://callback",
        source="RFC 9700, section 2.1; API, CreateUserPoolClient.CallbackURLs",
        baselines=("RFC 9700 2.1",),
        check=_lead_to_the_application,
    ),
    Rule(
        id="CG205",
        slug="no-loopback-redirect",
        title="Redirect URLs must not lead to the user's own machine",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="AWS allows them for testing. In production, any program that listens on the user's "
        "machine gets the code. A native application may listen on 127.0.0.1 or [::1]: a client "
        "without a secret whose callback URLs all stay on the machine.",
        remedy="use a separate client for development, or a separate pool",
        source="API, CreateUserPoolClient.CallbackURLs; RFC 8252, section 8.3; RFC 9700, "
        "section 2.1",
        baselines=("RFC 8252 8.3", "RFC 9700 2.1"),
        check=_not_on_this_machine,
    ),
)
