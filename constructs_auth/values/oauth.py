"""What an app client may request at Cognito's sign-in pages and token endpoint (OAuth 2.0)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.limits import Range
from constructs_auth.facts.words import (
    LOOPBACK_HOSTS,
    NEED_OPENID,
    RUN_IN_BROWSER,
    OAuthFlow,
    OAuthScope,
)
from constructs_auth.values.resource_server import ServerScope, identifier_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """Sign-in through Cognito's pages: where Cognito sends users, and what the tokens allow.

    Args:
        callback_urls: Where Cognito sends users after sign-in: 1 to 100 absolute URLs without a
            fragment. `https`, an application's own scheme such as `myapp://`, or `http` on
            localhost. Cognito compares them exactly.
        logout_urls: Where Cognito may send users after sign-out. By default none;
            `UserPoolClient.logout_url` needs at least one.
        default_redirect_uri: The callback URL for a request that does not name one. By default
            none.
        allowed_oauth_flows: By default only the authorization code grant. The implicit grant puts
            tokens into URLs; RFC 9700 advises against it.
        allowed_oauth_scopes: The scopes that the client may request, at least one: members of
            `OAuthScope`, and scopes of resource servers, as `server.scope("read")` or as
            `identifier/scope` for a server that is defined elsewhere. By default `openid` and
            `email`.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    callback_urls: Collection[str]
    logout_urls: Collection[str] = ()
    default_redirect_uri: str | None = None
    allowed_oauth_flows: Collection[OAuthFlow] = (OAuthFlow.CODE,)
    allowed_oauth_scopes: Collection[str | ServerScope] = (OAuthScope.OPENID, OAuthScope.EMAIL)

    def __post_init__(self) -> None:
        """Check the values, and sort what Cognito treats as a set."""
        callbacks = redirect_urls("OAuth.callback_urls", self.callback_urls, limits.CALLBACK_URLS)
        _checks.not_empty(
            "OAuth.callback_urls", callbacks, remedy="name the URL that users return to"
        )
        object.__setattr__(self, "callback_urls", callbacks)
        logouts = redirect_urls("OAuth.logout_urls", self.logout_urls, limits.LOGOUT_URLS)
        object.__setattr__(self, "logout_urls", logouts)
        if self.default_redirect_uri is not None:
            _check_default(self.default_redirect_uri, callbacks)
        flows = _checks.members(
            "OAuth.allowed_oauth_flows",
            self.allowed_oauth_flows,
            OAuthFlow,
            remedy="name OAuthFlow.CODE",
        )
        _checks.not_empty("OAuth.allowed_oauth_flows", flows, remedy="name OAuthFlow.CODE")
        object.__setattr__(self, "allowed_oauth_flows", flows)
        scopes = checked_scopes("OAuth.allowed_oauth_scopes", self.allowed_oauth_scopes)
        _check_openid(scopes)
        object.__setattr__(self, "allowed_oauth_scopes", scopes)


def custom_scopes(
    subject: str, scopes: Collection[str | ServerScope]
) -> tuple[str | ServerScope, ...]:
    """Check scopes of resource servers, and return them sorted.

    Raises:
        InvalidValueError: No scope, one of Cognito's own scopes, or a text that is not a scope.
    """
    kept = checked_scopes(subject, scopes)
    for scope in filter(is_concrete, map(identifier_of, kept)):
        if scope in tuple(OAuthScope):
            raise InvalidValueError(
                subject,
                "must contain only scopes of resource servers",
                got=scope,
                remedy="name server.scope('name') of a resource server; "
                "Cognito's own scopes need a user",
            )
    return kept


def checked_scopes(
    subject: str, values: Collection[str | ServerScope]
) -> tuple[str | ServerScope, ...]:
    """Check scopes, Cognito's own and those of resource servers, and return them sorted.

    Raises:
        InvalidValueError: No scope, or a text that is not a scope.
    """
    remedy = "name members of OAuthScope, or server.scope('name') of a resource server"

    def check(label: str, value: str | ServerScope) -> str | ServerScope:
        text = value.scope_identifier if isinstance(value, ServerScope) else value
        _checks.text(label, text, limits.SCOPE, remedy=remedy)
        return value

    scopes = _checks.items(subject, values, check, remedy=remedy)
    # A scope as an object and the same scope as text count as one.
    given = {identifier_of(scope): scope for scope in scopes}
    texts = _checks.texts(subject, [*map(identifier_of, scopes)], limits.SCOPE, remedy=remedy)
    _checks.not_empty(subject, texts, remedy=remedy)
    if is_concrete(texts):
        _checks.whole_number(
            f"{subject}, their number", len(texts), limits.SCOPES, remedy="use several clients"
        )
    for text in filter(is_concrete, texts):
        identifier, _, name = text.rpartition("/")
        if text not in tuple(OAuthScope) and not (identifier and name):
            raise InvalidValueError(subject, "must contain known scopes", got=text, remedy=remedy)
    kept = (given[text] for text in texts)
    return tuple(str(scope) if isinstance(scope, str) else scope for scope in kept)


def _check_openid(kept: tuple[str | ServerScope, ...]) -> None:
    scopes = [*map(identifier_of, kept)]
    if not is_concrete(scopes) or OAuthScope.OPENID in scopes:
        return
    for scope in scopes:
        if scope in NEED_OPENID:
            raise InvalidValueError(
                "OAuth.allowed_oauth_scopes",
                f"must contain openid together with {scope}",
                got=scopes,
                remedy="add OAuthScope.OPENID",
            )


def _check_default(uri: str, callbacks: tuple[str, ...]) -> None:
    subject = "OAuth.default_redirect_uri"
    remedy = "name one of the callback URLs"
    _checks.text(subject, uri, limits.REDIRECT_URL, remedy=remedy)
    if is_concrete(uri) and is_concrete(callbacks) and uri not in callbacks:
        raise InvalidValueError(subject, "must be a callback URL", got=uri, remedy=remedy)


_USER_INFO = re.compile(r"([^/?#]*//)[^/?#]*@")


def redirect_urls(subject: str, values: Collection[str], limit: Range) -> tuple[str, ...]:
    """Reject anything but absolute URLs without a fragment; return them sorted unless tokens.

    Raises:
        InvalidValueError: A URL that Cognito rejects (API: CallbackURLs) or no application can use.
    """
    remedy = "write absolute URLs such as 'https://www.example.com/callback'"

    def check(label: str, value: str) -> str:
        _checks.text(label, value, limits.REDIRECT_URL, remedy=remedy)
        _check_url(label, value)
        return value

    urls = _checks.in_order(_checks.items(subject, values, check, remedy=remedy))
    if is_concrete(urls):
        _checks.whole_number(
            f"{subject}, their number", len(urls), limit, remedy="use several clients"
        )
    return urls


def _check_url(subject: str, url: str) -> None:
    if not is_concrete(url):
        return
    if _USER_INFO.match(url):
        raise InvalidValueError(
            subject,
            "must not contain a user name or a password",
            got=_USER_INFO.sub(r"\1…@", url),
            remedy="remove the part before the @",
        )
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidValueError(
            subject, "must be a URL", got=url, remedy=f"fix it: {error}"
        ) from None
    if parts.scheme in RUN_IN_BROWSER:
        raise InvalidValueError(
            subject,
            "must open an application",
            got=url,
            remedy="write 'https://www.example.com/callback'",
        )
    if "#" in url:
        raise InvalidValueError(
            subject,
            "must not have a fragment",
            got=url,
            remedy=f"remove {url[url.index('#') :]!r}",
        )
    if parts.scheme in ("http", "https") and not host:
        raise InvalidValueError(
            subject, "must name a host", got=url, remedy="write 'https://www.example.com/…'"
        )
    # In `localhost:3000/cb`, `urlsplit` takes `localhost` for the scheme.
    if not parts.scheme or not url[len(parts.scheme) + 1 :].startswith("/"):
        raise InvalidValueError(
            subject,
            "must be absolute",
            got=url,
            remedy=f"write {_absolute(url)!r}, or 'myapp://…' for an application's own scheme",
        )
    if parts.scheme == "http" and host not in LOOPBACK_HOSTS:
        raise InvalidValueError(
            subject,
            "must start with https://",
            got=url,
            remedy="only localhost, 127.0.0.1 and [::1] may use http",
        )
    if host is not None and "*" in host:
        raise InvalidValueError(
            subject,
            "must not have a wildcard",
            got=url,
            remedy="list each URL, because Cognito compares them exactly",
        )


def _absolute(url: str) -> str:
    if url.startswith("//"):
        return f"https:{url}"
    return f"https://www.example.com{url}" if url.startswith("/") else f"https://{url}"
