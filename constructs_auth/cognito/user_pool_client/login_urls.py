"""The URLs of Cognito's sign-in pages, with every parameter encoded."""

import re
from collections.abc import Collection
from typing import Protocol, TypeAlias, runtime_checkable
from urllib.parse import quote

from constructs_auth._tokens import holds_list_token, is_concrete
from constructs_auth.cognito._references import joined
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.engine import Fn
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.words import OAuthFlow
from constructs_auth.values.oauth import OAuth
from constructs_auth.values.resource_server import identifier_of

_BASE_URL = re.compile(
    r"https://([a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?)/?", re.ASCII | re.IGNORECASE
)
_REMEDY = "use the UserPoolDomain, or write 'https://auth.example.com'"


@runtime_checkable
class _HasBaseUrl(Protocol):
    """A domain as a construct: `UserPoolDomain` fits."""

    @property
    def user_pool(self) -> UserPoolRef:
        """The pool of the sign-in pages."""
        ...

    @property
    def base_url(self) -> str:
        """The URL of the pages, without a slash at the end."""
        ...


PagesDomain: TypeAlias = str | _HasBaseUrl
"""A domain of sign-in pages: a `UserPoolDomain`, or the base URL of another domain."""


def base_url_of(domain: PagesDomain, user_pool: UserPoolRef) -> str:
    """Return the base URL of the sign-in pages of *user_pool*, without a slash at the end.

    Raises:
        InvalidValueError: *domain* belongs to another pool, or is not an `https` URL of a host
            alone.
    """
    if isinstance(domain, _HasBaseUrl):
        if domain.user_pool != user_pool:
            raise InvalidValueError(
                "domain",
                "must be a domain of the client's pool",
                got=domain.base_url,
                remedy="use a UserPoolDomain of that pool",
            )
        return domain.base_url
    if not isinstance(domain, str):
        raise InvalidValueError("domain", "must be a domain or a text", got=domain, remedy=_REMEDY)
    if is_concrete(domain):
        found = _BASE_URL.fullmatch(domain)
        if found is None:
            raise InvalidValueError(
                "domain", "must be an https URL of a host alone", got=domain, remedy=_REMEDY
            )
        return f"https://{found[1]}"
    return domain


def authorize_url(base_url: str, *, client_id: str, oauth: OAuth, redirect_uri: str | None) -> str:
    """Return the URL where the authorization code grant begins."""
    if OAuthFlow.CODE not in oauth.allowed_oauth_flows:
        raise InvalidValueError(
            "authorize URL",
            "must be for a client with the authorization code grant",
            got=[flow.value for flow in oauth.allowed_oauth_flows],
            remedy="add OAuthFlow.CODE to allowed_oauth_flows",
        )
    uri = redirect_uri_of(oauth, redirect_uri)
    query = _query(
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", uri),
        ("scope", joined(" ", [*map(identifier_of, oauth.allowed_oauth_scopes)])),
    )
    return f"{base_url}/oauth2/authorize?{query}"


def logout_url(base_url: str, *, client_id: str, oauth: OAuth, logout_uri: str | None) -> str:
    """Return the URL that ends the session and redirects to *logout_uri*."""
    uri = logout_uri_of(oauth, logout_uri)
    query = _query(("client_id", client_id), ("logout_uri", uri))
    return f"{base_url}/logout?{query}"


def redirect_uri_of(oauth: OAuth, redirect_uri: str | None) -> str:
    """Return *redirect_uri*, or the default callback URL, or the only one.

    Raises:
        InvalidValueError: There is none or more than one, or the client does not allow it.
    """
    return _one_of(
        "redirect_uri",
        oauth.default_redirect_uri if redirect_uri is None else redirect_uri,
        oauth.callback_urls,
        argument="callback_urls",
    )


def logout_uri_of(oauth: OAuth, logout_uri: str | None) -> str:
    """Return *logout_uri*, or the only logout URL.

    Raises:
        InvalidValueError: There is none or more than one, or the client does not allow it.
    """
    return _one_of("logout_uri", logout_uri, oauth.logout_urls, argument="logout_urls")


def several(urls: Collection[str]) -> Collection[str]:
    """Return *urls* if they are several and their number is known, otherwise none."""
    return () if len(urls) == 1 or holds_list_token(urls) else urls


def _one_of(subject: str, uri: str | None, known: Collection[str], *, argument: str) -> str:
    """Return *uri*, or the only URL of *known*, the client's *argument*."""
    urls = tuple(known)
    only_terraform_knows = holds_list_token(urls)
    if only_terraform_knows:
        remedy = f"set {subject} to one of the URLs, because their list is a token"
    elif urls:
        remedy = f"set {subject} to one of {', '.join(urls)}"
    else:
        remedy = f"set {argument}=[…] in the OAuth of the client first"
    if uri is None:
        if len(urls) == 1 and not only_terraform_knows:
            return urls[0]
        raise InvalidValueError(
            subject, "must be set unless the client has exactly one", got=None, remedy=remedy
        )
    if is_concrete(uri) and is_concrete(urls) and uri not in urls:
        raise InvalidValueError(
            subject, "must be a URL that the client allows", got=uri, remedy=remedy
        )
    return uri


def _query(*parameters: tuple[str, str]) -> str:
    return "&".join(f"{name}={_encoded(value)}" for name, value in parameters)


def _encoded(value: str) -> str:
    return quote(value, safe="") if is_concrete(value) else Fn.urlencode(value)
