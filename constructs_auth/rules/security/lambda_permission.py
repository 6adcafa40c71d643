"""On whose behalf Cognito may call a function."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Elsewhere, Reference, Resource

_SERVICE = "cognito-idp.amazonaws.com"
_SOURCE = "source_arn"


def _names_the_pool(permission: Resource, _context: Context) -> Answers:
    principal = permission.body.peek_text("principal")
    if isinstance(principal, Unknown):
        yield undecided(permission.body, "principal", principal)
        return
    if principal != _SERVICE:
        return
    source = permission.body.peek_text(_SOURCE)
    if not source:
        yield Violation(text="must be the ARN of a user pool, got null", at=_SOURCE)
    elif isinstance(source, str):
        if ":cognito-idp:" not in source or ":userpool/" not in source or "*" in source:
            yield Violation(text=f"must be the ARN of one user pool, got {source!r}", at=_SOURCE)
    elif not any(map(_is_pool, permission.references.get(_SOURCE, ()))):
        yield undecided(permission.body, _SOURCE, source)


def _is_pool(named: Reference | Elsewhere) -> bool:
    return isinstance(named, Reference) and f"{POOL}." in named.address


TRIGGER_PERMISSION = Rule(
    id="CG120",
    title="Cognito calls a function for one pool alone",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type="aws_lambda_permission",
    why="Without source_arn a pool in any account may call the function, with events of its own "
    "making (the confused deputy).",
    remedy="set source_arn = aws_cognito_user_pool.….arn",
    source="Lambda developer guide, granting access to AWS services",
    check=_names_the_pool,
)
