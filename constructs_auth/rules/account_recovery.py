"""How users recover an account whose password they forgot."""

from constructs_auth.facts import limits
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import MfaConfiguration, RecoveryMechanism
from constructs_auth.rules.ask import (
    each_once,
    either,
    known_blocks,
    number_within,
    of_set,
    one_of,
    shown,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    separately,
    surely,
)
from constructs_auth.rules.users_of_pool import has_no_own_users
from constructs_auth.terraform.block import Block, Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

_SETTING = "account_recovery_setting"
_MECHANISM = "recovery_mechanism"
_NOT_BY_SMS = (RecoveryMechanism.VERIFIED_EMAIL, RecoveryMechanism.ADMIN_ONLY)
_OTHER_FACTORS = ("software_token_mfa_configuration", "email_mfa_configuration")


def recovers_only_by(pool: Resource, wanted: RecoveryMechanism) -> bool:
    """Return whether *wanted* is known to be the only recovery mechanism of the pool.

    Raises:
        UnknownValueError: The mechanisms are not known.
    """
    setting = pool.body.given.block(_SETTING)
    mechanisms = () if setting is None else setting.blocks(_MECHANISM)
    return surely(lambda: [one.text("name") for one in mechanisms] == [wanted])


def _number(pool: Resource, _context: Context) -> Answers:
    setting = pool.body.given.block(_SETTING)
    if setting is None:
        return
    number, limit = len(setting.blocks(_MECHANISM)), limits.RECOVERY_MECHANISMS
    if not limit.minimum <= number <= limit.maximum:
        yield Violation(
            text=f"must contain {limit.minimum} to {limit.maximum} {limit.unit}, got {number}",
            at=_SETTING,
        )


def _names(pool: Resource, _context: Context) -> Answers:
    for mechanism in _each(pool):
        yield from one_of(mechanism, "name", tuple(RecoveryMechanism))


def _priorities(pool: Resource, _context: Context) -> Answers:
    for mechanism in _each(pool):
        yield from number_within(mechanism, "priority", limits.RECOVERY_PRIORITY)


def _alone(pool: Resource, _context: Context) -> Answers:
    mechanisms = _each(pool)
    if len(mechanisms) > 1:
        yield from separately(*(_lets_users_recover(mechanism) for mechanism in mechanisms))


def _lets_users_recover(mechanism: Block) -> Answers:
    if mechanism.text("name") == RecoveryMechanism.ADMIN_ONLY:
        yield Violation(text="must be the only mechanism, got another", at=f"{mechanism.path}name")


def _different(pool: Resource, _context: Context) -> Answers:
    mechanisms = of_set(_each(pool))
    yield from each_once(mechanisms, "name")
    yield from each_once(mechanisms, "priority")


def _usable(pool: Resource, context: Context) -> Answers:
    if (
        not has_no_own_users(pool, context)
        and surely(lambda: recovers_only_by(pool, RecoveryMechanism.VERIFIED_PHONE_NUMBER))
        and _has_no_factor_but_sms(pool)
        and pool.body.text("mfa_configuration") not in {None, MfaConfiguration.OFF}
    ):
        yield Violation(
            text="must offer a mechanism other than SMS where SMS is the only second factor, "
            "got only verified_phone_number",
            at=_SETTING,
        )


def _has_no_factor_but_sms(pool: Resource) -> bool:
    """Return whether SMS is perhaps the only second factor."""
    body = pool.body.given
    return not surely(lambda: body.block("sms_configuration") is None) and surely(
        lambda: all(body.block(other) is None for other in _OTHER_FACTORS)
    )


def _each(pool: Resource) -> tuple[Block, ...]:
    """Return the mechanisms that are known; CVA09 reports those that are not."""
    settings = known_blocks(pool.body, _SETTING)
    return known_blocks(settings[0], _MECHANISM) if settings else ()


def _not_by_sms(pool: Resource, context: Context) -> Answers:
    if has_no_own_users(pool, context):
        return
    setting = pool.body.block(_SETTING)
    mechanisms = () if setting is None else setting.blocks(_MECHANISM)
    if not mechanisms:
        yield Violation(text="must begin with verified_email or admin_only, got null", at=_SETTING)
        return
    if surely(lambda: all(one.text("name") in _NOT_BY_SMS for one in mechanisms)):
        return
    first = mechanisms[0] if len(mechanisms) == 1 else min(mechanisms, key=_priority)
    name = first.text("name")
    if name not in _NOT_BY_SMS:
        yield Violation(
            text=f"must begin with verified_email or admin_only, got {shown(name)}", at=_SETTING
        )


def _priority(mechanism: Block) -> int | float:
    priority = mechanism.number("priority")
    if priority is None:
        raise UnknownValueError(
            Unknown("a priority is not set"),
            at=f"{mechanism.path}priority",
            address=mechanism.address,
        )
    return priority


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVA09",
        slug="recovery-mechanism-count",
        title="Account recovery must have one or two mechanisms",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy="add one or two recovery_mechanism blocks, or leave account_recovery_setting out",
        source="API, RecoveryMechanismsType",
        check=_number,
    ),
    Rule(
        id="CVA09B",
        slug="known-recovery-mechanisms",
        title="Recovery mechanisms must be ones that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy=f"name {either(tuple(RecoveryMechanism))}",
        source="API, RecoveryOptionNameType",
        check=_names,
    ),
    Rule(
        id="CVA09C",
        slug="recovery-priority-range",
        title="Recovery mechanisms must have priority 1 or 2",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply; the provider accepts any number.",
        remedy="give the preferred mechanism priority 1 and the other 2",
        source="API, PriorityType",
        check=_priorities,
    ),
    Rule(
        id="CVA10",
        slug="admin-only-recovery-alone",
        title="Recovery by an administrator must be the only mechanism",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply: admin_only disables recovery by users.",
        remedy="leave out admin_only or the other mechanism",
        source="«Account Recovery Setting cannot use admin_only setting with any other "
        "recovery mechanisms», badmintoncryer/cdk-preflight, "
        "pf-cognito-recovery-admin-only-alone",
        check=_alone,
    ),
    Rule(
        id="CVA10B",
        slug="distinct-recovery-mechanisms",
        title="Recovery mechanisms must differ in name and priority",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply: it offers the mechanisms in the order of priority.",
        remedy="remove a mechanism that repeats; give the preferred one priority 1 and the other 2",
        source="«Account Recovery Setting cannot have duplicate priorities or recovery "
        "mechanisms», badmintoncryer/cdk-preflight, pf-cognito-recovery-duplicate",
        check=_different,
    ),
    Rule(
        id="CVA11",
        slug="recovery-beside-sms-mfa",
        title="Recovery must not depend on the phone that is the second factor",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito sends no recovery code by SMS to a user whose second factor is SMS. Such "
        "users cannot reset their password.",
        remedy="add verified_email to account_recovery_setting, or let users choose another "
        "factor: "
        "software_token_mfa_configuration { enabled = true }",
        python_remedy="add RecoveryMechanism.VERIFIED_EMAIL to AccountRecovery, or "
        "SoftwareTokenMfa() "
        "to the factors of Mfa",
        source="API, CreateUserPool.AccountRecoverySetting",
        check=_usable,
    ),
    Rule(
        id="CG117",
        slug="recovery-not-sms-first",
        title="Account recovery must not prefer SMS",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=USER_POOL,
        why="An attacker who takes over a phone number takes over the account. Cognito's own "
        "default prefers SMS.",
        remedy="give the recovery_mechanism verified_email priority 1, and another one priority 2",
        python_remedy="put RecoveryMechanism.VERIFIED_EMAIL first in AccountRecovery",
        source="API, CreateUserPool.AccountRecoverySetting; NIST SP 800-63B-4 on the telephone "
        "network",
        check=_not_by_sms,
    ),
)
