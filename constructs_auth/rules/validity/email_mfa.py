"""What a second factor by e-mail needs of the rest of the pool."""

from constructs_auth.rules._pool import POOL, given_block
from constructs_auth.rules.ask import undecided
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_MFA = "email_mfa_configuration"
_RECOVERY = "account_recovery_setting"


def _sends_through_ses(pool: Resource, _context: Context) -> Answers:
    mfa = pool.body.peek_block(_MFA)
    if mfa is None:
        return
    if isinstance(mfa, Unknown):
        yield undecided(pool.body, _MFA, mfa)
        return
    email = pool.body.peek_block("email_configuration")
    account = email.peek_text("email_sending_account") if isinstance(email, Block) else email
    if isinstance(account, Unknown):
        yield Undecided(why=account.why, at="email_configuration")
    elif account != "DEVELOPER":
        yield Violation(
            text="must come with email_sending_account = DEVELOPER, "
            f"got {account or 'COGNITO_DEFAULT'}",
            at=_MFA,
        )


def _recovery_not_by_email_alone(pool: Resource, _context: Context) -> Answers:
    mfa = pool.body.peek_block(_MFA)
    if mfa is None:
        return
    mode = pool.body.peek_text("mfa_configuration")
    setting = given_block(pool.body, _RECOVERY)
    if mode == "OFF" or mode is None or setting is None:
        return
    if isinstance(setting, Unknown):
        yield undecided(pool.body, _RECOVERY, setting)
        return
    mechanisms = setting.peek_blocks("recovery_mechanism")
    if isinstance(mechanisms, Unknown):
        yield undecided(setting, "recovery_mechanism", mechanisms)
        return
    names = [mechanism.peek_text("name") for mechanism in mechanisms]
    if names != ["verified_email"]:
        return
    unknown = next((one for one in (mfa, mode) if isinstance(one, Unknown)), None)
    if unknown is not None:
        yield Undecided(why=unknown.why, at=_RECOVERY)
    else:
        yield Violation(
            text="must offer another way than e-mail where e-mail is a second factor, "
            "got verified_email alone",
            at=_RECOVERY,
        )


EMAIL_MFA_THROUGH_SES = Rule(
    id="CVD04",
    title="MFA by e-mail is sent through SES",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses MFA by e-mail with its own sender, after Terraform made the pool.",
    remedy='set email_sending_account = "DEVELOPER" and source_arn in email_configuration',
    source="terraform-provider-aws #41049, aws-cdk-lib 2.275.0; CG804",
    check=_sends_through_ses,
)
EMAIL_MFA_AND_RECOVERY = Rule(
    id="CVD05",
    title="Recovery does not depend on the e-mail that is the second factor",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito sends no recovery code by e-mail to a user whose second factor is e-mail, and "
    "probably refuses such a pool.",
    remedy="add verified_phone_number to account_recovery_setting, or write admin_only",
    source="terraform-provider-aws #41049; API, CreateUserPool.AccountRecoverySetting",
    check=_recovery_not_by_email_alone,
)
