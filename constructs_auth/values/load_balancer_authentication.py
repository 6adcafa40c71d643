"""How an Application Load Balancer signs users in before it forwards their requests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import OAuthScope, OnUnauthenticatedRequest
from constructs_auth.values.oauth import checked_scopes
from constructs_auth.values.resource_server import ServerScope, identifier_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerAuthentication:
    """The session at the load balancer, and the scopes of its tokens.

    Args:
        scopes: The scopes that the load balancer requests. They must contain `openid`, because it
            reads the user from the userinfo endpoint. By default `openid` alone.
        session_timeout: The maximum length of a session: 1 second to 7 days. The load balancer uses
            the refresh token until then. By default 7 days, AWS's own default.
        session_cookie_name: The name of the session cookie. By default `AWSELBAuthSessionCookie`.
            Rules for one host with different clients need different names.
        on_unauthenticated_request: What happens to a request without a session: the user signs in,
            gets an error (`DENY`, for calls from scripts, which cannot follow a redirect to another
            host), or the load balancer forwards the request (`ALLOW`). By default the user signs
            in.
        authentication_request_extra_params: At most 10 parameters for the authorize URL, such as
            `{"lang": "de"}`. By default none.

    Raises:
        InvalidValueError: A value that the load balancer does not accept, or scopes without
            `openid`.
    """

    scopes: Collection[str | ServerScope] = (OAuthScope.OPENID,)
    session_timeout: timedelta = timedelta(days=7)
    session_cookie_name: str = "AWSELBAuthSessionCookie"
    on_unauthenticated_request: OnUnauthenticatedRequest = OnUnauthenticatedRequest.AUTHENTICATE
    authentication_request_extra_params: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the values, and sort the scopes."""
        kept = checked_scopes("LoadBalancerAuthentication.scopes", self.scopes)
        _check_openid(kept)
        object.__setattr__(self, "scopes", kept)
        _checks.duration(
            "LoadBalancerAuthentication.session_timeout",
            self.session_timeout,
            limits.LOAD_BALANCER_SESSION_SECONDS,
            remedy="write timedelta(hours=8)",
        )
        _checks.text(
            "LoadBalancerAuthentication.session_cookie_name",
            self.session_cookie_name,
            limits.COOKIE_NAME,
            remedy="write one such as 'AcmeSession'",
        )
        behaviour = _checks.member(
            "LoadBalancerAuthentication.on_unauthenticated_request",
            self.on_unauthenticated_request,
            OnUnauthenticatedRequest,
        )
        object.__setattr__(self, "on_unauthenticated_request", behaviour)
        _check_parameters(self.authentication_request_extra_params)


def _check_openid(scopes: tuple[str | ServerScope, ...]) -> None:
    names = [*map(identifier_of, scopes)]
    if is_concrete(names) and OAuthScope.OPENID not in names:
        raise InvalidValueError(
            "LoadBalancerAuthentication.scopes",
            "must contain openid, because the load balancer reads the userinfo endpoint",
            got=names,
            remedy="add OAuthScope.OPENID",
        )


def _check_parameters(parameters: Mapping[str, str]) -> None:
    subject = "LoadBalancerAuthentication.authentication_request_extra_params"
    remedy = "write {'lang': 'de'}"
    if not isinstance(parameters, Mapping):
        raise InvalidValueError(subject, "must be a mapping", got=parameters, remedy=remedy)
    for name, value in parameters.items():
        _checks.filled_text(f"{subject}, name", name, remedy=remedy)
        _checks.filled_text(f"{subject}[{name!r}]", value, remedy=remedy)
    _checks.whole_number(
        f"{subject}, their number",
        len(parameters),
        limits.EXTRA_PARAMETERS,
        remedy="remove some",
    )
