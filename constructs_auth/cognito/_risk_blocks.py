"""The blocks of `aws_cognito_risk_configuration`, with every value that AWS would else fill in."""

from collections.abc import Mapping

from constructs_auth._tokens import Flag
from constructs_auth.engine import (
    CognitoRiskConfigurationAccountTakeoverRiskConfiguration,
    CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions,
    CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration,
    CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration,
    CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions,
    CognitoRiskConfigurationRiskExceptionConfiguration,
)
from constructs_auth.values.risk_configuration import (
    AccountTakeover,
    AccountTakeoverAction,
    CompromisedCredentials,
    RiskExceptions,
)
from constructs_auth.values.risk_notifications import NotifyConfiguration, NotifyEmail


def account_takeover(
    takeover: AccountTakeover | None, defaults: Mapping[str, AccountTakeoverAction]
) -> CognitoRiskConfigurationAccountTakeoverRiskConfiguration | None:
    """All three levels: nothing says what Cognito does at one that is left out."""
    if takeover is None:
        return None
    actions = takeover.actions(defaults)
    return CognitoRiskConfigurationAccountTakeoverRiskConfiguration(
        actions=CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions(
            high_action=_action(actions["high_action"]),
            low_action=_action(actions["low_action"]),
            medium_action=_action(actions["medium_action"]),
        ),
        notify_configuration=_notify_configuration(takeover.notify_configuration),
    )


def compromised_credentials(
    credentials: CompromisedCredentials | None,
) -> CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration | None:
    """The events always: AWS fills them in, so that taking them out would change nothing."""
    if credentials is None:
        return None
    return CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration(
        actions=CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions(
            event_action=credentials.event_action
        ),
        event_filter=list(credentials.event_filter),
    )


def risk_exceptions(
    exceptions: RiskExceptions | None,
) -> CognitoRiskConfigurationRiskExceptionConfiguration | None:
    """No empty list: the provider wants at least one range in each that is there."""
    if exceptions is None:
        return None
    return CognitoRiskConfigurationRiskExceptionConfiguration(
        blocked_ip_range_list=list(exceptions.blocked_ip_range_list) or None,
        skipped_ip_range_list=list(exceptions.skipped_ip_range_list) or None,
    )


def _notify_configuration(
    notify: NotifyConfiguration | None,
) -> CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration | None:
    """Every message: Cognito has texts of its own for those that are left out."""
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


# The bindings have a class for each level and each message, and take a dict for any of them.


def _action(action: AccountTakeoverAction) -> dict[str, Flag | str]:
    return {"event_action": action.event_action, "notify": action.notify}


def _email(email: NotifyEmail) -> dict[str, str]:
    return {
        "html_body": email.html_body,
        "subject": email.subject,
        "text_body": email.text_body,
    }
