"""The sender of a pool's e-mail."""

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.facts.limits import EMAILS_A_DAY
from constructs_auth.rules.ask import (
    is_set,
    is_text,
    one_of,
    outside,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
)
from constructs_auth.rules.users_of_pool import has_no_own_users
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL

_CONFIGURATION = "email_configuration"


def _sender(pool: Resource, _context: Context) -> Answers:
    email = pool.body.block(_CONFIGURATION)
    if email is not None:
        yield from one_of(email, "email_sending_account", ("COGNITO_DEFAULT", "DEVELOPER"))


def _own_sender_has_identity(pool: Resource, _context: Context) -> Answers:
    email = pool.body.block(_CONFIGURATION)
    if email is None or is_set(email, "source_arn"):
        return
    if email.text("email_sending_account") == "DEVELOPER":
        yield Violation(
            text="must be set where email_sending_account is DEVELOPER, got null",
            at=f"{email.path}source_arn",
        )


def _configuration_set(pool: Resource, _context: Context) -> Answers:
    email = pool.body.block(_CONFIGURATION)
    name = None if email is None else email.given.text("configuration_set")
    if email is not None and name:
        yield from outside(name, limits.SES_CONFIGURATION_SET, f"{email.path}configuration_set")


def _is_own(pool: Resource, context: Context) -> Answers:
    if has_no_own_users(pool, context):
        return
    triggers = pool.body.peek_block("lambda_config")
    if isinstance(triggers, Block) and triggers.peek_block("custom_email_sender") is not None:
        return
    email = pool.body.block(_CONFIGURATION)
    if email is None:
        yield Violation(
            text="must have email_sending_account = DEVELOPER, got null", at=_CONFIGURATION
        )
    else:
        yield from is_text(email, "email_sending_account", "DEVELOPER")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVE05B",
        slug="email-sender",
        title="E-mail must be sent by Cognito or through SES",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy='set email_sending_account = "COGNITO_DEFAULT", or "DEVELOPER" with source_arn',
        source="API, EmailSendingAccountType",
        check=_sender,
    ),
    Rule(
        id="CVE05",
        slug="ses-identity",
        title="A pool that sends through SES must name its SES identity",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="set source_arn to the ARN of a verified SES identity",
        source="«Source ARN is required to use DEVELOPER email sending owner», "
        "badmintoncryer/cdk-preflight, pf-cognito-email-developer-requires-sourcearn",
        check=_own_sender_has_identity,
    ),
    Rule(
        id="CVE06",
        slug="ses-configuration-set",
        title="The SES configuration set must be given by its name",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="write the name of the configuration set, not its ARN",
        source="API, SESConfigurationSet",
        check=_configuration_set,
    ),
    Rule(
        id="CG118",
        slug="own-email-sender",
        title="E-mail must come from your own sender",
        family=Family.SECURITY,
        severity=Severity.INFO,
        resource_type=POOL,
        why=f"Cognito's own sender is for testing: after {EMAILS_A_DAY} messages a day, nobody can "
        "sign up or reset a password. Users also learn to trust an address that is not yours.",
        remedy='set email_sending_account = "DEVELOPER" and source_arn, a verified SES identity',
        python_remedy="set email=SesEmail(…) with a verified SES identity",
        source="developer guide, «Email settings for Amazon Cognito user pools»; not everybody "
        "has an SES identity, so this is shown and not counted",
        check=_is_own,
    ),
)
