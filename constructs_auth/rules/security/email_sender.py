"""Whether a pool sends e-mail like one in production."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import is_text, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource


def _is_own(pool: Resource, _context: Context) -> Answers:
    triggers = pool.body.peek_block("lambda_config")
    if isinstance(triggers, Block) and triggers.peek_block("custom_email_sender") is not None:
        return
    email = pool.body.peek_block("email_configuration")
    if isinstance(email, Unknown):
        yield undecided(pool.body, "email_configuration", email)
    elif email is None:
        yield Violation(
            text="must have email_sending_account = DEVELOPER, got null", at="email_configuration"
        )
    else:
        yield from is_text(email, "email_sending_account", "DEVELOPER")


OWN_EMAIL_SENDER = Rule(
    id="CG118",
    title="E-mail has a sender of one's own",
    family=Family.SECURITY,
    severity=Severity.INFO,
    resource_type=POOL,
    why="Cognito's own sender is for trying out: after 50 messages a day nobody can sign up or "
    "reset a password, and users learn to trust an address that is not yours.",
    remedy='set email_sending_account = "DEVELOPER" and source_arn, a verified SES identity',
    source="developer guide, e-mail settings; an SES identity is not there for everybody, so this "
    "is shown and not counted",
    check=_is_own,
)
