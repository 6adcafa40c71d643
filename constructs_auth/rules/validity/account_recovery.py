"""How users get back in who forgot their password."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.facts.words import RecoveryMechanism
from constructs_auth.rules._pool import POOL, given_block
from constructs_auth.rules.ask import number_within, one_of, undecided
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

_SETTING = "account_recovery_setting"
_MECHANISM = "recovery_mechanism"


def _mechanisms(pool: Resource) -> tuple[Block, ...] | Unknown | None:
    setting = given_block(pool.body, _SETTING)
    return setting.peek_blocks(_MECHANISM) if isinstance(setting, Block) else setting


def _number(pool: Resource, _context: Context) -> Answers:
    found = _mechanisms(pool)
    if isinstance(found, Unknown):
        yield Undecided(why=found.why, at=_SETTING)
    elif found is not None and not 1 <= len(found) <= limits.RECOVERY_MECHANISMS.maximum:
        yield Violation(
            text=f"must hold 1 to {limits.RECOVERY_MECHANISMS.maximum} mechanisms, "
            f"got {len(found)}",
            at=_SETTING,
        )


def _names(pool: Resource, _context: Context) -> Answers:
    for mechanism in _each(pool):
        yield from one_of(mechanism, "name", tuple(RecoveryMechanism))


def _priorities(pool: Resource, _context: Context) -> Answers:
    for mechanism in _each(pool):
        yield from number_within(mechanism, "priority", limits.RECOVERY_PRIORITY)


def _alone(pool: Resource, _context: Context) -> Answers:
    mechanisms = tuple(_each(pool))
    if len(mechanisms) < 2:  # noqa: PLR2004 - one is alone
        return
    for mechanism in mechanisms:
        name = mechanism.peek_text("name")
        if isinstance(name, Unknown):
            yield undecided(mechanism, "name", name)
        elif name == RecoveryMechanism.ADMIN_ONLY:
            yield Violation(
                text="must be the only mechanism, got another", at=f"{mechanism.path}name"
            )


def _different(pool: Resource, _context: Context) -> Answers:
    mechanisms = tuple(_each(pool))
    for argument in ("name", "priority"):
        seen: set[str] = set()
        for mechanism in mechanisms:
            value = mechanism.peek_text(argument)
            if isinstance(value, Unknown):
                if len(mechanisms) > 1:
                    yield undecided(mechanism, argument, value)
            elif value in seen:
                yield Violation(
                    text=f"must not repeat, got {value}", at=f"{mechanism.path}{argument}"
                )
            elif value is not None:
                seen.add(value)


def _usable(pool: Resource, _context: Context) -> Answers:
    mode = pool.body.peek_text("mfa_configuration")
    if mode is None or mode == "OFF":
        return
    names = [mechanism.peek_text("name") for mechanism in _each(pool)]
    if names != [RecoveryMechanism.VERIFIED_PHONE_NUMBER]:
        return
    others = ("software_token_mfa_configuration", "email_mfa_configuration")
    if given_block(pool.body, "sms_configuration") is None or any(
        given_block(pool.body, other) is not None for other in others
    ):
        return
    if isinstance(mode, Unknown):
        yield undecided(pool.body, "mfa_configuration", mode)
    else:
        yield Violation(
            text="must offer another way than SMS where SMS is the only second factor, "
            "got verified_phone_number alone",
            at=_SETTING,
        )


def _each(pool: Resource) -> Iterator[Block]:
    """Walk through the mechanisms that can be seen; the others are CVA09's to tell of."""
    found = _mechanisms(pool)
    if found is not None and not isinstance(found, Unknown):
        yield from found


RECOVERY_MECHANISMS = Rule(
    id="CVA09",
    title="Account recovery has one or two mechanisms",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="write one or two recovery_mechanism blocks, or leave account_recovery_setting out",
    source="API, RecoveryMechanismsType",
    check=_number,
)
RECOVERY_NAMES = Rule(
    id="CVA09B",
    title="Recovery mechanisms are ones that Cognito has",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="name verified_email, verified_phone_number or admin_only",
    source="API, RecoveryOptionNameType",
    check=_names,
)
RECOVERY_PRIORITIES = Rule(
    id="CVA09C",
    title="Recovery mechanisms have priority 1 or 2",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply; the provider takes any number.",
    remedy="give the preferred mechanism priority 1 and the other 2",
    source="API, PriorityType",
    check=_priorities,
)
RECOVERY_BY_ADMIN_ALONE = Rule(
    id="CVA10",
    title="Recovery by an administrator stands alone",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="admin_only turns recovery by users off, which contradicts every other mechanism.",
    remedy="leave out admin_only or the other mechanism",
    source="API, RecoveryOptionNameType, as we read it",
    check=_alone,
)
RECOVERY_DIFFERENT = Rule(
    id="CVA10B",
    title="Recovery mechanisms differ in name and priority",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Two mechanisms of one priority leave open which is asked first.",
    remedy="give the preferred mechanism priority 1 and the other 2",
    source="API, RecoveryMechanismsType, as we read it",
    check=_different,
)
RECOVERY_USABLE = Rule(
    id="CVA11",
    title="Recovery does not depend on the phone that is the second factor",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito sends no recovery code by SMS to a user whose second factor is SMS: those users "
    "cannot reset their password.",
    remedy="add verified_email to account_recovery_setting, or let users choose another factor",
    source="API, CreateUserPool.AccountRecoverySetting",
    check=_usable,
)
