"""Where Cognito may send users back to."""

from collections.abc import Callable, Iterator
from functools import partial

from constructs_auth.facts import limits
from constructs_auth.rules._client import CLIENT, listed, undecided_at
from constructs_auth.rules._urls import RedirectUrl, split
from constructs_auth.rules.ask import count_within, text_within, texts_within
from constructs_auth.rules.rule import (
    Answers,
    Check,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

_CALLBACKS, _LOGOUTS, _DEFAULT = "callback_urls", "logout_urls", "default_redirect_uri"
_LOOPBACK = "localhost, 127.0.0.1 or [::1]"


def _characters(client: Resource, _context: Context) -> Answers:
    yield from texts_within(client.body, _CALLBACKS, limits.REDIRECT_URL)
    yield from texts_within(client.body, _LOGOUTS, limits.REDIRECT_URL)
    if client.body.peek(_DEFAULT) != "":
        yield from text_within(client.body, _DEFAULT, limits.REDIRECT_URL)


def _number(client: Resource, _context: Context) -> Answers:
    yield from count_within(client.body, _CALLBACKS, limits.CALLBACK_URLS)
    yield from count_within(client.body, _LOGOUTS, limits.LOGOUT_URLS)


def _each(client: Resource, name: str, judge: Callable[[RedirectUrl], str]) -> Answers:
    """Yield what *judge* says of each URL; nothing where it says nothing."""
    urls = client.body.peek_texts(name)
    if isinstance(urls, Unknown):
        if urls is not LEFT_OUT:
            yield undecided_at(name, urls)
        return
    for at, url in enumerate(urls):
        if isinstance(url, Unknown):
            yield undecided_at(f"{name}[{at}]", url)
        elif text := judge(split(url)):
            yield Violation(text=f"{text}, got {url!r}", at=f"{name}[{at}]")


def _checked(judge: Callable[[RedirectUrl], str], *names: str) -> Check:
    return partial(_urls, judge, names)


def _urls(
    judge: Callable[[RedirectUrl], str],
    names: tuple[str, ...],
    client: Resource,
    _context: Context,
) -> Iterator[Violation | Undecided]:
    for name in names:
        yield from _each(client, name, judge)


def _absolute(url: RedirectUrl) -> str:
    return "" if url.is_absolute else "must be an absolute URL"


def _no_fragment(url: RedirectUrl) -> str:
    return "must not have a fragment" if url.has_fragment else ""


def _https(url: RedirectUrl) -> str:
    if url.scheme == "http" and not url.is_loopback:
        return f"must start with https:// unless it leads to {_LOOPBACK}"
    return ""


def _any_of_these(url: RedirectUrl) -> str:
    return _absolute(url) or _no_fragment(url) or _https(url)


def _default_is_a_callback(client: Resource, _context: Context) -> Answers:
    default = client.body.peek_text(_DEFAULT)
    if default is None or default == "" or default is LEFT_OUT:
        return
    callbacks = listed(client.body, _CALLBACKS)
    if default in callbacks.known:
        return
    unknown = default if isinstance(default, Unknown) else callbacks.unknown
    if unknown is not None:
        yield undecided_at(_DEFAULT, unknown)
    else:
        yield Violation(text=f"must be one of callback_urls, got {default!r}", at=_DEFAULT)


URL_CHARACTERS = Rule(
    id="CVH11",
    title="Redirect URLs have the characters that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="write 1 to 1,024 characters without spaces; a space in a URL is %20",
    source="API, RedirectUrlType",
    check=_characters,
)

URL_NUMBER = Rule(
    id="CVH11B",
    title="A client has at most 100 callback and 100 logout URLs",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="use several clients",
    source="API, CallbackURLsListType and LogoutURLsListType",
    check=_number,
)

CALLBACK_ABSOLUTE = Rule(
    id="CVH12",
    title="Callback URLs are absolute",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="write the whole URL, such as https://www.example.com/callback",
    source="API, CreateUserPoolClient, CallbackURLs; CG204",
    check=_checked(_absolute, _CALLBACKS),
)

CALLBACK_WITHOUT_FRAGMENT = Rule(
    id="CVH12B",
    title="Callback URLs have no fragment",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="leave out what follows the #",
    source="API, CreateUserPoolClient, CallbackURLs; RFC 6749, section 3.1.2; CG204",
    baselines=("RFC 9700 2.1",),
    check=_checked(_no_fragment, _CALLBACKS),
)

CALLBACK_HTTPS = Rule(
    id="CVH12C",
    title="Callback URLs are https outside of the user's own machine",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply; anybody on the way could read the code.",
    remedy="write https://, or an application's own scheme",
    source="API, CreateUserPoolClient, CallbackURLs; CG204",
    baselines=("RFC 9700 2.1",),
    check=_checked(_https, _CALLBACKS),
)

LOGOUT_URLS = Rule(
    id="CVH13",
    title="Logout URLs are what callback URLs must be",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="AWS states it of callback URLs alone; of others Cognito may refuse the client, or the "
    "user the way back.",
    remedy="write an absolute https URL without a fragment",
    source="API, CreateUserPoolClient, CallbackURLs and LogoutURLs",
    check=_checked(_any_of_these, _LOGOUTS),
)

DEFAULT_REDIRECT = Rule(
    id="CVH14",
    title="The default redirect is a callback URL",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="add it to callback_urls, or leave default_redirect_uri out",
    source="API, CreateUserPoolClient, DefaultRedirectURI; CG807",
    check=_default_is_a_callback,
)
