"""From where a pool sends e-mail."""

from constructs_auth.facts import limits
from constructs_auth.rules._pool import POOL, given
from constructs_auth.rules.ask import one_of, outside, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_CONFIGURATION = "email_configuration"


def _sender(pool: Resource, _context: Context) -> Answers:
    email = pool.body.peek_block(_CONFIGURATION)
    if isinstance(email, Unknown):
        yield undecided(pool.body, _CONFIGURATION, email)
    elif email is not None:
        yield from one_of(email, "email_sending_account", ("COGNITO_DEFAULT", "DEVELOPER"))


def _own_sender_has_identity(pool: Resource, _context: Context) -> Answers:
    email = pool.body.peek_block(_CONFIGURATION)
    if not isinstance(email, Block):
        return
    account = email.peek_text("email_sending_account")
    if account != "DEVELOPER" and not isinstance(account, Unknown):
        return
    if given(email, "source_arn") is not None:
        return
    if isinstance(account, Unknown):
        yield undecided(email, "email_sending_account", account)
    else:
        yield Violation(
            text="must be set where email_sending_account is DEVELOPER, got null",
            at=f"{email.path}source_arn",
        )


def _configuration_set(pool: Resource, _context: Context) -> Answers:
    email = pool.body.peek_block(_CONFIGURATION)
    if not isinstance(email, Block):
        return
    name = given(email, "configuration_set")
    if isinstance(name, Unknown):
        yield undecided(email, "configuration_set", name)
    elif name is not None:
        yield from outside(name, limits.SES_CONFIGURATION_SET, f"{email.path}configuration_set")


EMAIL_SENDER = Rule(
    id="CVE05B",
    title="E-mail is sent by Cognito or through SES",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy='set email_sending_account = "COGNITO_DEFAULT" or "DEVELOPER"',
    source="API, EmailSendingAccountType",
    check=_sender,
)
EMAIL_IDENTITY = Rule(
    id="CVE05",
    title="A sender of one's own names its SES identity",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="set source_arn to the ARN of a verified SES identity",
    source="API, EmailConfigurationType.EmailSendingAccount",
    check=_own_sender_has_identity,
)
SES_CONFIGURATION_SET = Rule(
    id="CVE06",
    title="The SES configuration set is named as SES names it",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="write the name of the configuration set, not its ARN",
    source="API, SESConfigurationSet",
    check=_configuration_set,
)
