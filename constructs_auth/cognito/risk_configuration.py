"""The risk configuration: what threat protection does with risky sign-ins and leaked passwords."""

from collections.abc import Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._place import stack_around
from constructs_auth._registry import add_member, members_of
from constructs_auth._tokens import Flag
from constructs_auth.cognito.user_pool.defaults import defaults_at
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    check_pool,
    is_judged_with,
    is_own,
    only_audits,
    threat_protection_problems,
    tier_problems,
)
from constructs_auth.cognito.user_pool_client.construct import (
    UserPoolClient,
    UserPoolClientRef,
    check_client,
)
from constructs_auth.cognito.user_pool_domain.construct import UserPoolDomain
from constructs_auth.engine import (
    CognitoRiskConfiguration,
    CognitoRiskConfigurationAccountTakeoverRiskConfiguration,
    CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions,
    CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration,
    CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration,
    CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions,
    CognitoRiskConfigurationRiskExceptionConfiguration,
    Construct,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import versions
from constructs_auth.facts.words import AccountTakeoverEventAction, MfaConfiguration
from constructs_auth.stack import AuthStack
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.risk_configuration import (
    AccountTakeover,
    AccountTakeoverAction,
    CompromisedCredentials,
    NotifyConfiguration,
    NotifyEmail,
    RiskExceptions,
)


class RiskConfiguration(AuthConstruct):
    """What threat protection does, for all clients of a pool or for one client.

    Needs the PLUS tier and `UserPoolAddOns`. **Changing** *user_pool* or *client* replaces the
    configuration; in between Cognito's own defaults apply.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client: The app client, for which this configuration replaces the pool's. By default all
            clients without their own.
        compromised_credentials: What Cognito does about leaked passwords. By default it blocks them
            at every event. `None` leaves it to Cognito.
        account_takeover: What Cognito does about risky sign-ins. By default it blocks high risk,
            requires a second factor at medium risk, and at low risk asks users who have one;
            **without notifications this needs AWS provider 6.9**. `None` leaves it to Cognito.
        exceptions: IP ranges that Cognito always blocks or never assesses. By default none.

    Attributes:
        user_pool: The pool.
        client: The app client, or `None` for all.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value of the wrong type, a client of another pool, or an empty
            configuration. Synthesis reports a pool without threat protection, and a second
            configuration.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        client: UserPoolClientRef | None = None,
        compromised_credentials: CompromisedCredentials | None = CompromisedCredentials(),
        account_takeover: AccountTakeover | None = AccountTakeover(),
        exceptions: RiskExceptions | None = None,
    ) -> None:
        check_pool("RiskConfiguration.user_pool", user_pool)
        if client is not None:
            _check_client_of(client, user_pool)
        _check_parts(compromised_credentials, account_takeover, exceptions)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.client = client
        self._account_takeover = account_takeover
        self._takeover_defaults = defaults_at(scope).takeover_actions
        if account_takeover is not None and account_takeover.notify_configuration is None:
            self._require_provider()
        self.resource = CognitoRiskConfiguration(
            self,
            "Default",
            account_takeover_risk_configuration=_account_takeover_block(
                account_takeover, self._takeover_defaults
            ),
            client_id=None if client is None else client.user_pool_client_id,
            compromised_credentials_risk_configuration=_compromised_credentials_block(
                compromised_credentials
            ),
            risk_exception_configuration=_risk_exceptions_block(exceptions),
            user_pool_id=user_pool.user_pool_id,
        )
        add_member(user_pool, self)

    def find_problems(self) -> Sequence[str]:
        """Return errors for missing threat protection and for a second configuration."""
        return (*self._missing_in_other_stacks(), *self._second_ones())

    def find_warnings(self) -> Sequence[str]:
        """Return warnings about settings that have no effect or lock users out."""
        return tuple(self._warnings())

    def _require_provider(self) -> None:
        stack = stack_around(self)
        if isinstance(stack, AuthStack):
            stack.require_provider(versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS)

    def _missing_in_other_stacks(self) -> Iterator[str]:
        if not is_judged_with(self.user_pool, self):
            yield from tier_problems("risk configuration", self.user_pool, of=self)
            yield from threat_protection_problems("risk configuration", self.user_pool)

    def _second_ones(self) -> Iterator[str]:
        configurations = members_of(self.user_pool, RiskConfiguration, near=self)
        first = next(each for each in configurations if each.client == self.client)
        if first is not self:
            whose = "for all clients" if self.client is None else "for the same client"
            yield (
                f"client: must have one risk configuration, got a second one {whose} after "
                f"{first.node.path}; remove one of them"
            )

    def _warnings(self) -> Iterator[str]:
        if only_audits(self.user_pool):
            yield (
                "has no effect while the pool has advanced_security_mode=AUDIT, which only logs "
                "what it would do; set AdvancedSecurityMode.ENFORCED there when the logs "
                "look right"
            )
        takeover = self._account_takeover
        if takeover is None or not is_own(self.user_pool):
            return
        wants_mfa = [
            name
            for name, action in takeover.actions(self._takeover_defaults).items()
            if action.event_action is AccountTakeoverEventAction.MFA_REQUIRED
        ]
        if wants_mfa and self.user_pool.mfa.configuration is MfaConfiguration.OFF:
            yield (
                f"account_takeover.{wants_mfa[0]} is MFA_REQUIRED and the pool has MFA off, so "
                "Cognito blocks users at that risk; set mfa=Mfa.optional(SoftwareTokenMfa()) there"
            )
        notify = takeover.notify_configuration
        has_domain = bool(members_of(self.user_pool, UserPoolDomain, near=self))
        if notify is not None and notify.uses_links() and not has_domain:
            yield (
                "account_takeover.notify_configuration has a message with a link, and the pool has "
                "no domain for the link; add a UserPoolDomain, or remove the link"
            )


def _check_client_of(client: UserPoolClientRef, user_pool: UserPoolRef) -> None:
    subject = "RiskConfiguration.client"
    check_client(subject, client)
    if client.user_pool != user_pool:
        raise InvalidValueError(
            subject,
            "must be a client of the pool",
            got=client.node.path if isinstance(client, UserPoolClient) else client,
            remedy="use a client of that pool, or the pool of the client",
        )


def _check_parts(
    compromised_credentials: CompromisedCredentials | None,
    account_takeover: AccountTakeover | None,
    exceptions: RiskExceptions | None,
) -> None:
    kind = "RiskConfiguration"
    if compromised_credentials is not None:
        _checks.kind(
            f"{kind}.compromised_credentials", compromised_credentials, CompromisedCredentials
        )
    if account_takeover is not None:
        _checks.kind(f"{kind}.account_takeover", account_takeover, AccountTakeover)
    if exceptions is not None:
        _checks.kind(f"{kind}.exceptions", exceptions, RiskExceptions)
    if all(part is None for part in (compromised_credentials, account_takeover, exceptions)):
        raise InvalidValueError(
            kind,
            "must configure something",
            got=None,
            remedy="leave compromised_credentials or account_takeover at its default",
        )


def _account_takeover_block(
    takeover: AccountTakeover | None, defaults: Mapping[str, AccountTakeoverAction]
) -> CognitoRiskConfigurationAccountTakeoverRiskConfiguration | None:
    """Return all three levels, because Cognito does not document its default for a missing one.

    Only an imported configuration may leave levels out.
    """
    if takeover is None:
        return None
    actions = takeover.actions(defaults)
    return CognitoRiskConfigurationAccountTakeoverRiskConfiguration(
        actions=CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions(
            high_action=_action(actions.get("high_action")),
            low_action=_action(actions.get("low_action")),
            medium_action=_action(actions.get("medium_action")),
        ),
        notify_configuration=_notify_configuration(takeover.notify_configuration),
    )


def _compromised_credentials_block(
    credentials: CompromisedCredentials | None,
) -> CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration | None:
    """Return the block always with events: AWS keeps the old ones if they are left out."""
    if credentials is None:
        return None
    return CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration(
        actions=CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions(
            event_action=credentials.event_action
        ),
        event_filter=list(credentials.event_filter),
    )


def _risk_exceptions_block(
    exceptions: RiskExceptions | None,
) -> CognitoRiskConfigurationRiskExceptionConfiguration | None:
    """Return the block without empty lists, which the provider rejects."""
    if exceptions is None:
        return None
    return CognitoRiskConfigurationRiskExceptionConfiguration(
        blocked_ip_range_list=list(exceptions.blocked_ip_range_list) or None,
        skipped_ip_range_list=list(exceptions.skipped_ip_range_list) or None,
    )


def _notify_configuration(
    notify: NotifyConfiguration | None,
) -> CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration | None:
    """Return every message, because Cognito uses its own text for a missing one."""
    if notify is None:
        return None
    return CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration(
        block_email=_email(notify.block_email),
        from_=notify.from_email_address,
        mfa_email=_email(notify.mfa_email),
        no_action_email=_email(notify.no_action_email),
        reply_to=notify.reply_to_email_address,
        source_arn=notify.source_arn,
    )


# The bindings have a class for each level and each message, and accept a dict for each.


def _action(action: AccountTakeoverAction | None) -> dict[str, Flag | str] | None:
    if action is None:
        return None
    return {"event_action": action.event_action, "notify": action.notify}


def _email(email: NotifyEmail | AsItIs) -> dict[str, str] | None:
    if email is AS_IT_IS:
        return None
    return {
        "html_body": email.html_body,
        "subject": email.subject,
        "text_body": email.text_body,
    }
