"""Who sends e-mail and SMS."""

from constructs_auth.review import compare
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_SENDER = "email_configuration"
_SMS = "sms_configuration"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    account = compare.text(change, f"{_SENDER}.email_sending_account", default="COGNITO_DEFAULT")
    if isinstance(account, Undecided):
        yield account
    elif isinstance(account, AttributeChange):
        yield Meaning(text=_of_account(account.after), at=account.at)
    else:
        for name in ("from_email_address", "source_arn"):
            moved = compare.text(change, f"{_SENDER}.{name}")
            if isinstance(moved, Undecided):
                yield moved
            elif isinstance(moved, AttributeChange):
                yield Meaning(
                    text="E-mail to users comes from another sender: codes do not arrive unless "
                    "SES may send from it, and filters may not know it.",
                    at=moved.at,
                )
    role = compare.text(change, f"{_SMS}.sns_caller_arn")
    if isinstance(role, Undecided):
        yield role
    elif isinstance(role, AttributeChange) and role.before and role.after:
        yield Meaning(
            text="SMS go out with another role: no code arrives unless it trusts Cognito with "
            "the external id and may publish.",
            at=role.at,
        )


def _of_account(after: str | None) -> str:
    if after == "DEVELOPER":
        return (
            "E-mail goes through your own SES: no code arrives while that account is in the "
            "sandbox or the sender is not verified."
        )
    return (
        "Cognito itself sends e-mail: from its own address, and no more than 50 a day, so that "
        "users beyond that get no code."
    )


SENDER_CHANGED = ChangeRule(
    id="CH15",
    title="E-mail or SMS get another sender",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(USER_POOL,),
    remedy="have a code sent in a test pool with the new sender",
    source="API, EmailConfigurationType, SmsConfigurationType; «Quotas in Amazon Cognito»",
    check=_changes,
)
