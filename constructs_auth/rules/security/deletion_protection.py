"""Whether a pool, and with it every user, can be deleted by one command."""

from constructs_auth.rules.ask import is_text
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity
from constructs_auth.terraform.resource import Resource


def _is_active(pool: Resource, _context: Context) -> Answers:
    return is_text(pool.body, "deletion_protection", "ACTIVE")


DELETION_PROTECTION = Rule(
    id="CG101",
    title="Deletion protection is active",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type="aws_cognito_user_pool",
    why="A pool without it is deleted by one API call or one mistaken plan, and with it all "
    "users, their passwords and second factors; there is no way back.",
    remedy='set deletion_protection = "ACTIVE"',
    source="API, UserPoolType.DeletionProtection; developer guide, «User pool deletion protection»",
    baselines=(
        "Security Hub Cognito.6",
        "Prowler cognito_user_pool_deletion_protection_enabled",
        "BSI C5",
    ),
    check=_is_active,
)
