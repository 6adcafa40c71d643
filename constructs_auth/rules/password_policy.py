"""Which password policies Cognito accepts, and how strong passwords must be."""

from collections.abc import Callable

from constructs_auth.facts import limits
from constructs_auth.facts.limits import Range
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import UserPoolTier
from constructs_auth.rules.ask import is_flag, number_within, shown
from constructs_auth.rules.profile import NIST, PasswordClasses
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation, surely
from constructs_auth.rules.users_of_pool import has_no_passwords
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

_POLICY = "password_policy"
_LENGTH = "minimum_length"
_DAYS = "temporary_password_validity_days"
_HISTORY = "password_history_size"
_CLASSES = ("require_lowercase", "require_numbers", "require_symbols", "require_uppercase")
_MAX_TEMPORARY_DAYS = 7


def _within(pool: Resource, argument: str, limit: Range) -> Answers:
    policy = pool.body.given.block(_POLICY)
    if policy is not None:
        yield from number_within(policy, argument, limit)


def _length(pool: Resource, _context: Context) -> Answers:
    policy = pool.body.given.block(_POLICY)
    if policy is not None and policy.peek_number(_LENGTH) is None:
        yield Violation(
            text=f"must be set, got null, for which the provider sends 0 instead of at least "
            f"{limits.PASSWORD_LENGTH.minimum}",
            at=f"{policy.path}{_LENGTH}",
        )
    elif policy is not None:
        yield from number_within(policy, _LENGTH, limits.PASSWORD_LENGTH)


def _days(pool: Resource, _context: Context) -> Answers:
    return _within(pool, _DAYS, limits.TEMPORARY_PASSWORD_DAYS_OR_DEFAULT)


def _history(pool: Resource, _context: Context) -> Answers:
    return _within(pool, _HISTORY, limits.PASSWORD_HISTORY)


def _not_zero_days(pool: Resource, _context: Context) -> Answers:
    policy = pool.body.given.block(_POLICY)
    # CVC02 reports an unknown number.
    if policy is not None and surely(lambda: policy.number(_DAYS) == 0):
        yield Violation(
            text="must be at least 1, got 0, which Cognito treats as 7", at=f"{policy.path}{_DAYS}"
        )


def _of_policy(pool: Resource, context: Context, ask: Callable[[Block], Answers]) -> Answers:
    """Ask about the policy of a pool with passwords, and report one that has none."""
    if has_no_passwords(pool, context):
        return
    policy = pool.body.block(_POLICY)
    if policy is None:
        yield Violation(text="must be set, got null", at=_POLICY)
    else:
        yield from ask(policy)


def _is_long(pool: Resource, context: Context) -> Answers:
    wanted = context.profile.password_length
    return _of_policy(pool, context, lambda policy: _is_as_long_as(policy, wanted))


def _is_as_long_as(policy: Block, wanted: int) -> Answers:
    length = policy.number(_LENGTH)
    if length is None or length < wanted:
        yield Violation(
            text=f"must be at least {wanted}, got {shown(length)}", at=f"{policy.path}{_LENGTH}"
        )


def _has_classes(pool: Resource, context: Context) -> Answers:
    wanted = context.profile.password_classes is PasswordClasses.ALL
    return _of_policy(pool, context, lambda policy: _requires_classes(policy, wanted=wanted))


def _requires_classes(policy: Block, *, wanted: bool) -> Answers:
    for name in _CLASSES:
        yield from is_flag(policy, name, wanted=wanted, default=False)


def _temporary_is_short(pool: Resource, context: Context) -> Answers:
    return _of_policy(pool, context, _ends_temporary_passwords)


def _ends_temporary_passwords(policy: Block) -> Answers:
    days = policy.number(_DAYS)
    if days is None or not 0 < days <= _MAX_TEMPORARY_DAYS:
        yield Violation(
            text=f"must be from 1 to {_MAX_TEMPORARY_DAYS} days, got {shown(days)}",
            at=f"{policy.path}{_DAYS}",
        )


def _has_history(pool: Resource, context: Context) -> Answers:
    if not surely(lambda: pool.body.text("user_pool_tier") == UserPoolTier.LITE):
        yield from _of_policy(pool, context, _keeps_history)


def _keeps_history(policy: Block) -> Answers:
    size = policy.number(_HISTORY)
    if not size:
        yield Violation(
            text=f"must be at least 1, got {shown(size)}", at=f"{policy.path}{_HISTORY}"
        )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVC01",
        slug="password-length-range",
        title="The minimum length of passwords must be one that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply. If a password_policy leaves the length out, the "
        "provider sends 0.",
        remedy=f"set minimum_length to a number from {limits.PASSWORD_LENGTH.minimum} to "
        f"{limits.PASSWORD_LENGTH.maximum}; {NIST.password_length} is recommended",
        source="API, PasswordPolicyMinLengthType",
        check=_length,
    ),
    Rule(
        id="CVC02",
        slug="temporary-password-days-range",
        title="The validity of temporary passwords must be one that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy=f"set temporary_password_validity_days to a number from "
        f"{limits.TEMPORARY_PASSWORD_DAYS.minimum} to {limits.TEMPORARY_PASSWORD_DAYS.maximum}",
        source="API, TemporaryPasswordValidityDaysType",
        check=_days,
    ),
    Rule(
        id="CVC02B",
        slug="temporary-password-days-not-zero",
        title="The validity of temporary passwords must not be 0 days",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito treats 0 as not set: temporary passwords are valid for 7 days.",
        remedy="write the number of days that you want",
        source="API, PasswordPolicyType.TemporaryPasswordValidityDays",
        check=_not_zero_days,
    ),
    Rule(
        id="CVC03",
        slug="password-history-range",
        title="The password history must have a length that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy=f"set password_history_size to a number from {limits.PASSWORD_HISTORY.minimum} to "
        f"{limits.PASSWORD_HISTORY.maximum}",
        source="API, PasswordHistorySizeType",
        check=_history,
    ),
    Rule(
        id="CG104",
        slug="long-passwords",
        title="Passwords must be long",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=USER_POOL,
        why="Length makes it expensive for an attacker to guess a password.",
        remedy=f"set minimum_length = {NIST.password_length} in password_policy, which meets every "
        "baseline",
        python_remedy=f"set minimum_length={NIST.password_length} in PasswordPolicy, which meets "
        "every baseline",
        source="NIST SP 800-63B-4 3.1.1.2; developer guide, «Passwords, account recovery, and "
        "password policies»",
        baselines=(
            "Security Hub Cognito.3",
            "Prowler cognito_user_pool_password_policy_minimum_length_14",
            "cdk-nag COG1",
            "HCP Terraform FSBP cognito3_password_policy",
            "NIST SP 800-63B-4 3.1.1.2",
        ),
        check=_is_long,
    ),
    Rule(
        id="CG105",
        slug="password-character-classes",
        title="Passwords must have the kinds of character that the profile requires",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=USER_POOL,
        why="AWS's baselines require every kind of character. NIST forbids such a requirement, "
        "because it leads people to Password1!. No policy meets both, so the profile decides.",
        remedy="set the four require_… of password_policy to true, or all to false where the "
        "profile is nist",
        python_remedy="set the four require_… of PasswordPolicy to True, or all to False where the "
        "profile is nist",
        source="Security Hub Cognito.3; NIST SP 800-63B-4 3.1.1.2",
        baselines=(
            "Security Hub Cognito.3",
            "Prowler cognito_user_pool_password_policy_lowercase",
            "Prowler cognito_user_pool_password_policy_number",
            "Prowler cognito_user_pool_password_policy_symbol",
            "Prowler cognito_user_pool_password_policy_uppercase",
            "cdk-nag COG1",
            "HCP Terraform FSBP cognito3_password_policy",
            "NIST SP 800-63B-4 3.1.1.2",
        ),
        check=_has_classes,
    ),
    Rule(
        id="CG106",
        slug="short-lived-temporary-passwords",
        title="Temporary passwords must expire soon",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=USER_POOL,
        why="An attacker who reads the mailbox can use an invitation that the user never answered.",
        remedy="set temporary_password_validity_days = 3; at most 2 if you must meet BSI C5",
        python_remedy="set temporary_password_validity_days=3 in PasswordPolicy; at most 2 if "
        "you must "
        "meet BSI C5",
        source="Security Hub Cognito.3",
        baselines=(
            "Security Hub Cognito.3",
            "Prowler cognito_user_pool_temporary_password_expiration",
            "HCP Terraform FSBP cognito3_password_policy",
        ),
        check=_temporary_is_short,
    ),
    Rule(
        id="CG107",
        slug="password-history-kept",
        title="Users must not be able to reuse old passwords",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=USER_POOL,
        why="Without it, a user whose password leaked can set the same password again.",
        remedy="set password_history_size = 5 in password_policy; not in the tier LITE",
        python_remedy="set password_history_size=5 in PasswordPolicy; not with UserPoolTier.LITE",
        source="developer guide, «Passwords, account recovery, and password policies»",
        check=_has_history,
    ),
)
