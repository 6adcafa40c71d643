"""What an Application Load Balancer accepts, and what it needs of an app client."""

from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from constructs_auth import _checks
from constructs_auth._registry import first_owner
from constructs_auth._tokens import Number, is_concrete
from constructs_auth.cognito._client_blocks import oauth_of
from constructs_auth.cognito._user_pool_client_ref import UserPoolClientRef
from constructs_auth.cognito._user_pool_ref import UserPoolRef
from constructs_auth.cognito._written import written
from constructs_auth.cognito.user_pool_domain import UserPoolDomain
from constructs_auth.engine import Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import OAuthFlow, OnUnauthenticatedRequest
from constructs_auth.values.application import keeps_secret
from constructs_auth.values.existing import ExistingUserPoolClient
from constructs_auth.values.load_balancer_authentication import LoadBalancerAuthentication
from constructs_auth.values.oauth import OAuth
from constructs_auth.values.resource_server import identifier_of

CALLBACK_PATH = "/oauth2/idpresponse"
"""Where the load balancer takes users back (ELB user guide, Prepare to use Amazon Cognito)."""


def check_part_of_load_balancer(subject: str, arn: str, part: str) -> None:
    """Refuse all but the ARN of a *part* of an Application Load Balancer, and a text token."""
    remedy = "give the ARN as AWS shows it, or the attribute of its construct"
    _checks.arn(subject, arn, service="elasticloadbalancing", remedy=remedy)
    if is_concrete(arn) and not arn.split(":", 5)[5].startswith(part):
        raise InvalidValueError(subject, f"must be an ARN of {part}…", got=arn, remedy=remedy)


def check_domain(subject: str, domain: UserPoolDomain | str, user_pool: UserPoolRef) -> None:
    """Refuse all but a domain of *user_pool*, the name of one that others own, and a text token."""
    remedy = "give the UserPoolDomain of the client's pool"
    if isinstance(domain, UserPoolDomain):
        if domain.user_pool != user_pool:
            raise InvalidValueError(
                subject,
                "must be a domain of the client's pool",
                got=domain.node.path,
                remedy=remedy,
            )
        return
    if not isinstance(domain, str):
        raise InvalidValueError(subject, "must be a domain or a text", got=domain, remedy=remedy)
    known = limits.DOMAIN_PREFIX.accepts(domain) or limits.is_domain(domain)
    if is_concrete(domain) and not known:
        raise InvalidValueError(
            subject,
            "must be the prefix or the full name of a domain",
            got=domain,
            remedy=f"{remedy}, or write one such as 'auth.example.com'",
        )


def check_conditions(
    owner: str, hosts: Collection[str], paths: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Check what a rule is for, at least one host; sort what is concrete."""
    remedy = "name hosts such as 'app.example.com'"
    kept = _checks.texts(f"{owner}.hosts", hosts, limits.RULE_HOST, remedy=remedy)
    _checks.not_empty(f"{owner}.hosts", kept, remedy=remedy)
    kept_paths = _checks.texts(
        f"{owner}.path_patterns", paths, limits.RULE_PATH, remedy="name paths such as '/admin/*'"
    )
    if is_concrete((kept, kept_paths)):
        _checks.whole_number(
            f"{owner}, hosts and path_patterns, their number",
            len(kept) + len(kept_paths),
            limits.CONDITION_VALUES,
            remedy="use several rules",
        )
    return kept, kept_paths


def client_problems(
    client: UserPoolClientRef,
    hosts: Collection[str],
    authentication: LoadBalancerAuthentication,
) -> Iterator[str]:
    """Name what keeps *client* from working with a load balancer; of one of others, nothing."""
    if isinstance(client, ExistingUserPoolClient):
        return
    oauth = oauth_of(client.application)
    if (
        oauth is None
        or not keeps_secret(client.application)
        or OAuthFlow.CODE not in oauth.allowed_oauth_flows
    ):
        yield (
            "client: must keep a secret and use the authorization code grant, got "
            f"{type(client.application).__name__}; give it a WebApplication with OAuthFlow.CODE"
        )
        return
    yield from _callback_problems(oauth, hosts)
    yield from _scope_problems(oauth, authentication)


def priority_problems(owner: Construct, listener_arn: str, priority: Number) -> Iterator[str]:
    """Name another rule of the same listener with the same priority."""
    stack = "" if is_concrete(listener_arn) else owner.node.path.partition("/")[0]
    listener = written(owner, listener_arn)
    first = first_owner(owner, "listener rule", stack, listener, str(priority))
    if first is not owner and is_concrete(priority):
        yield (
            f"priority: must be the rule's own at its listener, got {priority}, the priority of "
            f"{first.node.path}; choose another number"
        )


def rule_warnings(authentication: LoadBalancerAuthentication) -> Iterator[str]:
    """Name what works and deserves a word."""
    if authentication.on_unauthenticated_request is OnUnauthenticatedRequest.ALLOW:
        yield (
            "on_unauthenticated_request is ALLOW, so requests of users who are not signed in reach "
            "the target group; the application must tell them apart by x-amzn-oidc-data, and "
            "verify its signature"
        )


def _callback_problems(oauth: OAuth, hosts: Collection[str]) -> Iterator[str]:
    if not is_concrete(tuple(oauth.callback_urls)):
        return
    for host in filter(is_concrete, hosts):
        if not any(_leads_to(url, host.lower()) for url in oauth.callback_urls):
            yield (
                f"client: must have the callback URL 'https://{host.lower()}{CALLBACK_PATH}', in "
                f"lower case, got {list(oauth.callback_urls)}; add it to its OAuth"
            )


def _leads_to(url: str, host: str) -> bool:
    """Say whether *url* is the load balancer's at *host*, which may hold `*` and `?`."""
    parts = urlsplit(url)
    own = parts.scheme == "https" and parts.path == CALLBACK_PATH and not parts.query
    return own and fnmatchcase(parts.netloc.partition(":")[0], host)


def _scope_problems(oauth: OAuth, authentication: LoadBalancerAuthentication) -> Iterator[str]:
    allowed = [*map(identifier_of, oauth.allowed_oauth_scopes)]
    if not is_concrete(allowed):
        return
    for scope in filter(is_concrete, map(identifier_of, authentication.scopes)):
        if scope not in allowed:
            yield (
                f"authentication: must ask for scopes that the client allows, got {scope!r}; add "
                "it to the client's allowed_oauth_scopes, or take it out"
            )
