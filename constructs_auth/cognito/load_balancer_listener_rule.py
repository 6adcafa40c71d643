"""The rule of an Application Load Balancer that signs users in, then forwards."""

from collections.abc import Collection, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._tokens import Number
from constructs_auth.cognito._load_balancer_checks import (
    check_conditions,
    check_domain,
    check_part_of_load_balancer,
    client_problems,
    priority_problems,
    rule_warnings,
)
from constructs_auth.cognito._user_pool_client_ref import UserPoolClientRef, check_client
from constructs_auth.cognito.user_pool_domain import UserPoolDomain
from constructs_auth.engine import (
    Construct,
    LbListenerRule,
    LbListenerRuleAction,
    LbListenerRuleActionAuthenticateCognito,
    LbListenerRuleCondition,
    LbListenerRuleConditionHostHeader,
    LbListenerRuleConditionPathPattern,
)
from constructs_auth.facts import limits
from constructs_auth.values.load_balancer_authentication import LoadBalancerAuthentication
from constructs_auth.values.resource_server import identifier_of


class LoadBalancerListenerRule(AuthConstruct):
    """Signs users in at the load balancer, and forwards who is signed in to a target group.

    The client is a `WebApplication` whose callback URLs hold
    `https://<host>/oauth2/idpresponse`, in lower case, for each host.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        listener_arn: The HTTPS listener of an Application Load Balancer. **Changing it** makes
            another rule.
        target_group_arn: Where requests go whose user is signed in.
        client: The app client, of this program or an `ExistingUserPoolClient` of a pool whose
            account is known.
        domain: The `UserPoolDomain`; or the prefix, or the full name, of one that others own.
        hosts: The hosts that the rule is for, at least one; `*` and `?` stand for any characters
            and for one.
        priority: Which rule of the listener is tried first: the lowest, from 1 to 50,000.
        path_patterns: The paths that the rule is for, such as `/admin/*`. By default all.
        authentication: The session. By default 7 days, for `openid`.

    Attributes:
        client: The app client.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that the load balancer does not accept, or a domain of another
            pool. A client that cannot work with it is found when the app is synthesized.
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
        check_part_of_load_balancer(f"{owner}.listener_arn", listener_arn, "listener/app/")
        check_part_of_load_balancer(f"{owner}.target_group_arn", target_group_arn, "targetgroup/")
        check_client(f"{owner}.client", client)
        check_domain(f"{owner}.domain", domain, client.user_pool)
        kept_hosts, kept_paths = check_conditions(owner, hosts, path_patterns)
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
        """Name what the load balancer cannot work with; asked when the app is synthesized."""
        return (
            *client_problems(self.client, self.hosts, self._authentication),
            *priority_problems(self, self._listener_arn, self._priority),
        )

    def find_warnings(self) -> Sequence[str]:
        """Say that users need not be signed in; asked when the app is synthesized."""
        return tuple(rule_warnings(self._authentication))


def _authenticate(
    client: UserPoolClientRef,
    domain: UserPoolDomain | str,
    authentication: LoadBalancerAuthentication,
) -> LbListenerRuleActionAuthenticateCognito:
    parameters = authentication.authentication_request_extra_params
    return LbListenerRuleActionAuthenticateCognito(
        authentication_request_extra_params=dict(parameters) or None,
        on_unauthenticated_request=authentication.on_unauthenticated_request,
        scope=" ".join(map(identifier_of, authentication.scopes)),
        session_cookie_name=authentication.session_cookie_name,
        session_timeout=int(authentication.session_timeout.total_seconds()),
        user_pool_arn=client.user_pool.user_pool_arn,
        user_pool_client_id=client.user_pool_client_id,
        # The resource's, not the text: the load balancer wants the domain to be there.
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
