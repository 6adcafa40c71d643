"""Whether Ann and ann are one user."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import is_flag, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_CONFIG = "username_configuration"


def _is_case_insensitive(pool: Resource, _context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    if isinstance(config, Unknown):
        yield undecided(pool.body, _CONFIG, config)
    elif config is None:
        yield Violation(text="must have case_sensitive = false, got null", at=_CONFIG)
    else:
        yield from is_flag(config, "case_sensitive", wanted=False, default=True)


CASE_INSENSITIVE = Rule(
    id="CG116",
    title="User names are case-insensitive",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=POOL,
    why="Ann@example.com and ann@example.com would be two users: one person locked out, or one "
    "taken for the other by an application that does not look at case.",
    remedy="set username_configuration { case_sensitive = false } on a new pool; on one that is "
    "there accept this finding: a change replaces the pool, and all its users are lost",
    source="API, UsernameConfigurationType; developer guide, case sensitivity",
    check=_is_case_insensitive,
)
