"""The rule of an Application Load Balancer that signs users in and forwards their requests."""

from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import first_owner
from constructs_auth._tokens import Number, is_concrete
from constructs_auth.cognito._references import joined, resolved_text
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.cognito.user_pool_client.blocks import oauth_of
from constructs_auth.cognito.user_pool_client.construct import UserPoolClientRef, check_client
from constructs_auth.cognito.user_pool_domain.construct import UserPoolDomain
from constructs_auth.engine import (
    Construct,
    LbListenerRule,
    LbListenerRuleAction,
    LbListenerRuleActionAuthenticateCognito,
    LbListenerRuleCondition,
    LbListenerRuleConditionHostHeader,
    LbListenerRuleConditionPathPattern,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import OAuthFlow, OnUnauthenticatedRequest
from constructs_auth.values.existing import ExistingUserPoolClient
from constructs_auth.values.load_balancer_authentication import LoadBalancerAuthentication
from constructs_auth.values.oauth import OAuth
from constructs_auth.values.resource_server import identifier_of


class LoadBalancerListenerRule(AuthConstruct):
    """Sign users in at the load balancer, and forward their requests to a target group.

    The client must be a `WebApplication`. For each host, its callback URLs must contain
    `https://<host>/oauth2/idpresponse` in lower case.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        listener_arn: The HTTPS listener of an Application Load Balancer. **Changing it** replaces
            the rule.
        target_group_arn: The target group for requests of signed-in users.
        client: The app client: a `UserPoolClient`, or an `ExistingUserPoolClient` of a pool with an
            `account_id`.
        domain: The `UserPoolDomain`; or the prefix or the full name of a domain that others own.
        hosts: The hosts that the rule applies to, at least one; `*` stands for any characters, `?`
            for one.
        priority: The order of the listener's rules: the lowest number comes first, from 1 to
            50,000.
        path_patterns: The paths that the rule applies to, such as `/admin/*`. By default all.
        authentication: The session. By default 7 days, for `openid`.

    Attributes:
        client: The app client.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that the load balancer does not accept, or a domain of another
            pool. Synthesis reports a client that cannot work with the rule.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        listener_arn: str,
        target_group_arn: str,
        client: UserPoolClientRef,
        domain: UserPoolDomain | str,
        hosts: Collection[str],
        priority: Number,
        path_patterns: Collection[str] = (),
        authentication: LoadBalancerAuthentication = LoadBalancerAuthentication(),
    ) -> None:
        owner = "LoadBalancerListenerRule"
        _check_part_of_load_balancer(f"{owner}.listener_arn", listener_arn, "listener/app/")
        _check_part_of_load_balancer(f"{owner}.target_group_arn", target_group_arn, "targetgroup/")
        check_client(f"{owner}.client", client)
        _check_domain(f"{owner}.domain", domain, client.user_pool)
        kept_hosts, kept_paths = _check_conditions(owner, hosts, path_patterns)
        _checks.whole_number(
            f"{owner}.priority", priority, limits.RULE_PRIORITY, remedy="write 1 for the first"
        )
        _checks.kind(f"{owner}.authentication", authentication, LoadBalancerAuthentication)
        authenticate = _authenticate(client, domain, authentication)

        super().__init__(scope, construct_id)
        self.client = client
        self.hosts = kept_hosts
        self._authentication = authentication
        self._priority = priority
        self._listener_arn = listener_arn
        self.resource = LbListenerRule(
            self,
            "Default",
            action=[
                LbListenerRuleAction(
                    type="authenticate-cognito", order=1, authenticate_cognito=authenticate
                ),
                LbListenerRuleAction(type="forward", order=2, target_group_arn=target_group_arn),
            ],
            condition=_conditions(kept_hosts, kept_paths),
            listener_arn=listener_arn,
            priority=priority,
        )

    def find_problems(self) -> Sequence[str]:
        """Return errors for an unsuitable client and for a repeated priority."""
        return (
            *_client_problems(self.client, self.hosts, self._authentication),
            *_priority_problems(self, self._listener_arn, self._priority),
        )

    def find_warnings(self) -> Sequence[str]:
        """Return a warning if requests without a session reach the target group."""
        return tuple(_rule_warnings(self._authentication))


def _authenticate(
    client: UserPoolClientRef,
    domain: UserPoolDomain | str,
    authentication: LoadBalancerAuthentication,
) -> LbListenerRuleActionAuthenticateCognito:
    parameters = authentication.authentication_request_extra_params
    return LbListenerRuleActionAuthenticateCognito(
        authentication_request_extra_params=dict(parameters) or None,
        on_unauthenticated_request=authentication.on_unauthenticated_request,
        scope=joined(" ", [*map(identifier_of, authentication.scopes)]),
        session_cookie_name=authentication.session_cookie_name,
        session_timeout=int(authentication.session_timeout.total_seconds()),
        user_pool_arn=client.user_pool.user_pool_arn,
        user_pool_client_id=client.user_pool_client_id,
        # A reference, not the text: the load balancer needs the domain to exist.
        user_pool_domain=domain if isinstance(domain, str) else domain.resource.domain,
    )


def _conditions(hosts: tuple[str, ...], paths: tuple[str, ...]) -> list[LbListenerRuleCondition]:
    conditions = [
        LbListenerRuleCondition(host_header=LbListenerRuleConditionHostHeader(values=[*hosts]))
    ]
    if paths:
        pattern = LbListenerRuleConditionPathPattern(values=[*paths])
        conditions.append(LbListenerRuleCondition(path_pattern=pattern))
    return conditions


CALLBACK_PATH = "/oauth2/idpresponse"
"""The load balancer's callback path (ELB user guide, Prepare to use Amazon Cognito)."""


def _check_part_of_load_balancer(subject: str, arn: str, part: str) -> None:
    """Reject anything but the ARN of a *part* of an Application Load Balancer, or a text token."""
    remedy = "set the ARN as AWS shows it, or the attribute of its construct"
    _checks.arn(subject, arn, service="elasticloadbalancing", remedy=remedy)
    if is_concrete(arn) and not arn.split(":", 5)[5].startswith(part):
        raise InvalidValueError(subject, f"must be an ARN of {part}…", got=arn, remedy=remedy)


def _check_domain(subject: str, domain: UserPoolDomain | str, user_pool: UserPoolRef) -> None:
    """Reject anything but a domain of *user_pool*, the name of another domain, or a text token."""
    remedy = "set the UserPoolDomain of the client's pool"
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


def _check_conditions(
    owner: str, hosts: Collection[str], paths: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Check the hosts and paths of a rule, and return them sorted, tokens last."""
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


def _client_problems(
    client: UserPoolClientRef,
    hosts: Collection[str],
    authentication: LoadBalancerAuthentication,
) -> Iterator[str]:
    """Yield errors that prevent *client* from working with a load balancer."""
    if isinstance(client, ExistingUserPoolClient):
        return
    oauth = oauth_of(client.application)
    if oauth is None or not client.has_secret or OAuthFlow.CODE not in oauth.allowed_oauth_flows:
        yield (
            "client: must keep a secret and use the authorization code grant, got "
            f"{type(client.application).__name__}; use a WebApplication with OAuthFlow.CODE"
        )
        return
    yield from _callback_problems(oauth, hosts)
    yield from _scope_problems(oauth, authentication)


def _priority_problems(owner: Construct, listener_arn: str, priority: Number) -> Iterator[str]:
    """Yield an error if another rule of the listener has the same priority."""
    stack = "" if is_concrete(listener_arn) else owner.node.path.partition("/")[0]
    listener = resolved_text(owner, listener_arn)
    first = first_owner(owner, "listener rule", stack, listener, str(priority))
    if first is not owner and is_concrete(priority):
        yield (
            f"priority: must be unique at the listener, got {priority}, the priority of "
            f"{first.node.path}; choose another number"
        )


def _rule_warnings(authentication: LoadBalancerAuthentication) -> Iterator[str]:
    """Yield a warning if requests without sign-in pass."""
    if authentication.on_unauthenticated_request is OnUnauthenticatedRequest.ALLOW:
        yield (
            "on_unauthenticated_request is ALLOW, so requests of users who are not signed in reach "
            "the target group; the application must detect them by x-amzn-oidc-data, and "
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
    """Return whether *url* is the callback URL at *host*, which may contain `*` and `?`."""
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
                f"authentication: must request scopes that the client allows, got {scope!r}; add "
                "it to the client's allowed_oauth_scopes, or remove it"
            )
