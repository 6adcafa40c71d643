"""Whether users prove themselves a second time, and with something that cannot be stolen."""

from constructs_auth.rules._pool import POOL, first_factors, given_block, holds
from constructs_auth.rules.ask import shown, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_MFA = "mfa_configuration"
_TOTP = "software_token_mfa_configuration"


def _is_on(pool: Resource, context: Context) -> Answers:
    required = context.profile.require_mfa
    if not required and _nobody_has_a_password(pool):
        return
    mode = pool.body.peek_text(_MFA)
    if isinstance(mode, Unknown):
        yield undecided(pool.body, _MFA, mode)
    elif mode != "ON" and (required or mode != "OPTIONAL"):
        wanted = "ON" if required else "ON or OPTIONAL"
        yield Violation(text=f"must be {wanted}, got {shown(mode)}", at=_MFA)


def _nobody_has_a_password(pool: Resource) -> bool:
    factors = first_factors(pool)
    return isinstance(factors, tuple) and factors != () and holds(factors, "PASSWORD") is False


def _has_a_strong_factor(pool: Resource, _context: Context) -> Answers:
    mode = pool.body.peek_text(_MFA)
    if mode is None or mode == "OFF":
        return
    if pool.body.peek_block("web_authn_configuration") is not None:
        return
    totp = given_block(pool.body, _TOTP)
    enabled = totp.peek_flag("enabled") if isinstance(totp, Block) else totp
    if enabled is True:
        return
    if isinstance(enabled, Unknown):
        yield undecided(pool.body, _TOTP, enabled)
    elif isinstance(mode, Unknown):
        yield undecided(pool.body, _MFA, mode)
    else:
        yield Violation(text=f"must be enabled where MFA is {mode}, got {shown(enabled)}", at=_TOTP)


MFA_ON = Rule(
    id="CG102",
    title="MFA is on",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=POOL,
    why="Without it a password that was guessed, reused or phished is enough to take an account.",
    remedy='set mfa_configuration = "OPTIONAL" and software_token_mfa_configuration { enabled = '
    'true }; "ON" where the profile is strict',
    source="developer guide, adding MFA to a user pool",
    baselines=(
        "Security Hub Cognito.5",
        "Prowler cognito_user_pool_mfa_enabled",
        "cdk-nag COG2",
        "KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",
    ),
    check=_is_on,
)
MFA_STRONG_FACTOR = Rule(
    id="CG103",
    title="MFA has a factor other than messages",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="A code by SMS or e-mail goes to whoever has the phone number or the mailbox; SMS also "
    "costs money that others can make a pool spend.",
    remedy="add software_token_mfa_configuration { enabled = true }, which costs nothing",
    source="developer guide, security best practices; NIST SP 800-63B-4 on the telephone network",
    baselines=("KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",),
    check=_has_a_strong_factor,
)
