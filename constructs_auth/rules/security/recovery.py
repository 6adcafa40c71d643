"""By which way users get back in first."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import shown, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_SETTING = "account_recovery_setting"
_GOOD = ("verified_email", "admin_only")


def _is_not_by_sms(pool: Resource, _context: Context) -> Answers:
    setting = pool.body.peek_block(_SETTING)
    mechanisms = (
        setting.peek_blocks("recovery_mechanism") if isinstance(setting, Block) else setting
    )
    if isinstance(mechanisms, Unknown):
        yield undecided(pool.body, _SETTING, mechanisms)
        return
    if not mechanisms:
        yield Violation(text="must begin with verified_email or admin_only, got null", at=_SETTING)
        return
    if all(mechanism.peek_text("name") in _GOOD for mechanism in mechanisms):
        return
    priorities = [mechanism.peek_number("priority") for mechanism in mechanisms]
    known = [one for one in priorities if isinstance(one, int | float)]
    if len(known) < len(mechanisms) and len(mechanisms) > 1:
        unknown = next((one for one in priorities if isinstance(one, Unknown)), None)
        yield undecided(pool.body, _SETTING, unknown or Unknown("a priority is not set"))
        return
    first = mechanisms[priorities.index(min(known))] if known else mechanisms[0]
    name = first.peek_text("name")
    if isinstance(name, Unknown):
        yield undecided(first, "name", name)
    elif name not in _GOOD:
        yield Violation(
            text=f"must begin with verified_email or admin_only, got {shown(name)}", at=_SETTING
        )


RECOVERY_NOT_BY_SMS = Rule(
    id="CG117",
    title="Accounts are not recovered by SMS first",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=POOL,
    why="Who takes over a phone number takes over the account; Cognito's own default prefers SMS.",
    remedy="give verified_email priority 1 in account_recovery_setting",
    source="API, CreateUserPool.AccountRecoverySetting; NIST SP 800-63B-4 on the telephone network",
    check=_is_not_by_sms,
)
