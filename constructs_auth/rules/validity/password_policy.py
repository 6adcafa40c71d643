"""What Cognito accepts as a password policy."""

from constructs_auth.facts import limits
from constructs_auth.facts.limits import Range
from constructs_auth.rules._pool import POOL, given_block
from constructs_auth.rules.ask import number_within, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_DAYS = "temporary_password_validity_days"


def _within(pool: Resource, argument: str, limit: Range) -> Answers:
    policy = given_block(pool.body, "password_policy")
    if isinstance(policy, Unknown):
        yield undecided(pool.body, "password_policy", policy)
    elif policy is not None:
        yield from number_within(policy, argument, limit)


def _length(pool: Resource, _context: Context) -> Answers:
    return _within(pool, "minimum_length", limits.PASSWORD_LENGTH)


def _days(pool: Resource, _context: Context) -> Answers:
    return _within(pool, _DAYS, limits.TEMPORARY_PASSWORD_DAYS_OR_DEFAULT)


def _history(pool: Resource, _context: Context) -> Answers:
    return _within(pool, "password_history_size", limits.PASSWORD_HISTORY)


def _not_zero_days(pool: Resource, _context: Context) -> Answers:
    policy = given_block(pool.body, "password_policy")
    if policy is None:
        return
    if isinstance(policy, Unknown):
        yield undecided(pool.body, "password_policy", policy)
        return
    if policy.peek_number(_DAYS) == 0:
        yield Violation(
            text="must be at least 1, got 0, which Cognito takes for 7", at=f"{policy.path}{_DAYS}"
        )


PASSWORD_LENGTH_RANGE = Rule(
    id="CVC01",
    title="The least length of passwords is one that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="set minimum_length to a number from 6 to 99; 15 is a good one",
    source="API, PasswordPolicyMinLengthType",
    check=_length,
)
TEMPORARY_PASSWORD_RANGE = Rule(
    id="CVC02",
    title="Temporary passwords live as long as Cognito allows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="set temporary_password_validity_days to a number from 1 to 365",
    source="API, TemporaryPasswordValidityDaysType",
    check=_days,
)
TEMPORARY_PASSWORD_NOT_ZERO = Rule(
    id="CVC02B",
    title="Temporary passwords do not live for 0 days",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito takes 0 for not set and lets temporary passwords live for 7 days.",
    remedy="write the number of days that is meant",
    source="API, PasswordPolicyType.TemporaryPasswordValidityDays",
    check=_not_zero_days,
)
PASSWORD_HISTORY_RANGE = Rule(
    id="CVC03",
    title="The password history is as long as Cognito allows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="set password_history_size to a number from 0 to 24",
    source="API, PasswordHistorySizeType",
    check=_history,
)
