"""The senders of e-mail and SMS."""

from constructs_auth.facts.limits import EMAILS_A_DAY
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.review import compare
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_EMAIL = "email_configuration"
_SMS = "sms_configuration"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(_email_sender_changes(change), _sms_role_changes(change))


def _email_sender_changes(change: Change) -> Answers:
    account = compare.text(change, f"{_EMAIL}.email_sending_account", default="COGNITO_DEFAULT")
    if account is None:
        yield from separately(
            *(_address_changes(change, name) for name in ("from_email_address", "source_arn"))
        )
    elif account.after == "DEVELOPER":
        yield Meaning(
            text="E-mail goes through your own SES: users get no codes while that account is in "
            "the sandbox or the sender is not verified.",
            at=account.at,
        )
    else:
        yield Meaning(
            text="Cognito sends e-mail from its own address, and at most "
            f"{EMAILS_A_DAY} messages a day: users beyond that get no code.",
            at=account.at,
        )


def _address_changes(change: Change, name: str) -> Answers:
    address = compare.text(change, f"{_EMAIL}.{name}")
    if address is not None:
        yield Meaning(
            text="E-mail to users has another sender: users get no codes unless SES may send from "
            "it, and spam filters may not know it.",
            at=address.at,
        )


def _sms_role_changes(change: Change) -> Answers:
    role = compare.text(change, f"{_SMS}.sns_caller_arn")
    if role is not None and role.before and role.after:
        yield Meaning(
            text="Cognito sends SMS with another role: users get no codes unless it trusts Cognito "
            "with the external id and may publish.",
            at=role.at,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH15",
        slug="message-sender-changed",
        title="The sender of e-mail or SMS changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="send a code with the new sender in a test pool",
        source="API, EmailConfigurationType, SmsConfigurationType; «Quotas in Amazon Cognito»",
        check=_changes,
    ),
)
