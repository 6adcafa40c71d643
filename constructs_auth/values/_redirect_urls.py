"""Where Cognito may send users back to: the check of callback and logout URLs."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.limits import Range

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# What a browser runs or shows by itself, instead of going anywhere.
_RUN_IN_PLACE = ("data", "javascript", "vbscript")
_USER_INFO = re.compile(r"([^/?#]*//)[^/?#]*@")


def redirect_urls(subject: str, values: Collection[str], limit: Range) -> tuple[str, ...]:
    """Refuse all but a collection of absolute URLs without a fragment; sort what is concrete.

    Raises:
        InvalidValueError: What Cognito refuses (API: CallbackURLs), or no application would mean.
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
            "must not carry a user name or a password",
            got=_USER_INFO.sub(r"\1…@", url),
            remedy="leave out what stands before the @",
        )
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidValueError(
            subject, "must be a URL", got=url, remedy=f"mend it: {error}"
        ) from None
    if parts.scheme in _RUN_IN_PLACE:
        raise InvalidValueError(
            subject,
            "must lead to an application",
            got=url,
            remedy="write 'https://www.example.com/callback'",
        )
    if "#" in url:
        raise InvalidValueError(
            subject,
            "must not have a fragment",
            got=url,
            remedy=f"leave out {url[url.index('#') :]!r}",
        )
    if parts.scheme in ("http", "https") and not host:
        raise InvalidValueError(
            subject, "must name a host", got=url, remedy="write 'https://www.example.com/…'"
        )
    # What stands before the port of `localhost:3000/cb` looks like a scheme.
    if not parts.scheme or not url[len(parts.scheme) + 1 :].startswith("/"):
        raise InvalidValueError(
            subject,
            "must be absolute",
            got=url,
            remedy=f"write {_absolute(url)!r}, or 'myapp://…' for an application's own scheme",
        )
    if parts.scheme == "http" and host not in _LOOPBACK:
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
            remedy="Cognito compares URLs to the letter; name each of them",
        )


def _absolute(url: str) -> str:
    if url.startswith("//"):
        return f"https:{url}"
    return f"https://www.example.com{url}" if url.startswith("/") else f"https://{url}"
