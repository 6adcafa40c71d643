"""How good passwords must be."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import is_flag, shown, undecided
from constructs_auth.rules.profile import PasswordClasses
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

_POLICY = "password_policy"
_CLASSES = ("require_lowercase", "require_numbers", "require_symbols", "require_uppercase")
_MOST_TEMPORARY_DAYS = 7


def _policy(pool: Resource) -> Block | Undecided | Violation:
    policy = pool.body.peek_block(_POLICY)
    if policy is None:
        return Violation(text="must be written, got null", at=_POLICY)
    return undecided(pool.body, _POLICY, policy) if isinstance(policy, Unknown) else policy


def _is_long(pool: Resource, context: Context) -> Answers:
    policy = _policy(pool)
    if not isinstance(policy, Block):
        yield policy
        return
    length = policy.peek_number("minimum_length")
    wanted = context.profile.password_length
    if isinstance(length, Unknown):
        yield undecided(policy, "minimum_length", length)
    elif length is None or length < wanted:
        yield Violation(
            text=f"must be at least {wanted}, got {shown(length)}",
            at=f"{policy.path}minimum_length",
        )


def _has_classes(pool: Resource, context: Context) -> Answers:
    policy = _policy(pool)
    if not isinstance(policy, Block):
        yield policy
        return
    wanted = context.profile.password_classes is PasswordClasses.ALL
    for name in _CLASSES:
        yield from is_flag(policy, name, wanted=wanted, default=False)


def _temporary_is_short(pool: Resource, _context: Context) -> Answers:
    policy = _policy(pool)
    if not isinstance(policy, Block):
        yield policy
        return
    days = policy.peek_number("temporary_password_validity_days")
    if isinstance(days, Unknown):
        yield undecided(policy, "temporary_password_validity_days", days)
    elif days is None or not 0 < days <= _MOST_TEMPORARY_DAYS:
        yield Violation(
            text=f"must be from 1 to {_MOST_TEMPORARY_DAYS} days, got {shown(days)}",
            at=f"{policy.path}temporary_password_validity_days",
        )


def _has_history(pool: Resource, _context: Context) -> Answers:
    if pool.body.peek_text("user_pool_tier") == "LITE":
        return
    policy = _policy(pool)
    if not isinstance(policy, Block):
        yield policy
        return
    size = policy.peek_number("password_history_size")
    if isinstance(size, Unknown):
        yield undecided(policy, "password_history_size", size)
    elif not size:
        yield Violation(
            text=f"must be at least 1, got {shown(size)}",
            at=f"{policy.path}password_history_size",
        )


PASSWORD_LENGTH = Rule(
    id="CG104",
    title="Passwords are long",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=POOL,
    why="Length is what makes guessing a password expensive.",
    remedy="set minimum_length = 15 in password_policy, which meets every baseline",
    source="NIST SP 800-63B-4 3.1.1.2; developer guide, password policies",
    baselines=(
        "Security Hub Cognito.3",
        "Prowler cognito_user_pool_password_policy_minimum_length_14",
        "cdk-nag COG1",
        "HCP Terraform FSBP cognito3_password_policy",
        "NIST SP 800-63B-4 3.1.1.2",
    ),
    check=_is_long,
)
PASSWORD_CLASSES = Rule(
    id="CG105",
    title="Passwords have the kinds of character that the profile asks for",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="AWS's baselines ask for every kind of character, NIST forbids to ask for any: such rules "
    "lead people to Password1!. No policy meets both, so the profile says which.",
    remedy="set the four require_… of password_policy to true, or all to false where the profile "
    "is nist",
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
)
TEMPORARY_PASSWORDS = Rule(
    id="CG106",
    title="Temporary passwords end soon",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="An invitation that nobody answered is a password that lies in a mailbox.",
    remedy="set temporary_password_validity_days = 3; at most 2 where BSI C5 binds you",
    source="Security Hub Cognito.3",
    baselines=(
        "Security Hub Cognito.3",
        "Prowler cognito_user_pool_temporary_password_expiration",
        "HCP Terraform FSBP cognito3_password_policy",
    ),
    check=_temporary_is_short,
)
PASSWORD_HISTORY = Rule(
    id="CG107",
    title="Old passwords cannot be used again",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=POOL,
    why="Who must change a password because it leaked would else take it again.",
    remedy="set password_history_size = 5 in password_policy; not on the plan Lite",
    source="developer guide, password policies",
    check=_has_history,
)
