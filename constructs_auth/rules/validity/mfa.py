"""What Cognito asks of a pool's multi-factor authentication."""

from constructs_auth.facts.words import MfaConfiguration
from constructs_auth.rules._pool import POOL, given_block
from constructs_auth.rules.ask import one_of, undecided
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown
from constructs_auth.terraform.resource import Resource

_FACTORS = (
    "software_token_mfa_configuration",
    "sms_configuration",
    "email_mfa_configuration",
)
_REFUSED_WHEN_OFF = ("software_token_mfa_configuration", "email_mfa_configuration")


def _needs_a_factor(pool: Resource, _context: Context) -> Answers:
    mode = pool.body.peek_text("mfa_configuration")
    if isinstance(mode, Unknown):
        yield undecided(pool.body, "mfa_configuration", mode)
    elif mode in {"ON", "OPTIONAL"}:
        factors = [_has_factor(pool.body, name) for name in _FACTORS]
        if True in factors:
            return
        unknown = next((one for one in factors if isinstance(one, Unknown)), None)
        if unknown is not None:
            yield Undecided(why=unknown.why, at="mfa_configuration")
        else:
            yield Violation(
                text=f"must come with a factor where it is {mode}, got none",
                at="mfa_configuration",
            )


def _word(pool: Resource, _context: Context) -> Answers:
    return one_of(pool.body, "mfa_configuration", tuple(MfaConfiguration))


def _off_has_no_factor(pool: Resource, _context: Context) -> Answers:
    written = [name for name in _REFUSED_WHEN_OFF if given_block(pool.body, name) is not None]
    mode = pool.body.peek_text("mfa_configuration")
    if not written:
        return
    if isinstance(mode, Unknown):
        yield undecided(pool.body, "mfa_configuration", mode)
    elif mode in {None, "OFF"}:
        for name in written:
            factor = given_block(pool.body, name)
            if isinstance(factor, Unknown):
                yield undecided(pool.body, name, factor)
            else:
                yield Violation(text="must be left out where MFA is OFF, got a block", at=name)


def _has_factor(body: Block, name: str) -> bool | Unknown:
    found = body.peek_block(name)
    if found is None or found is LEFT_OUT:
        return False
    if isinstance(found, Unknown):
        return found
    if name != "software_token_mfa_configuration":
        return True
    enabled = found.peek_flag("enabled")
    return enabled if isinstance(enabled, Unknown) else enabled is True


MFA_NEEDS_A_FACTOR = Rule(
    id="CVD01",
    title="MFA that is on or optional has a factor",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses MFA that nobody could pass, after Terraform made the pool.",
    remedy="add software_token_mfa_configuration { enabled = true }, or another factor",
    source="terraform-provider-aws #7261, aws-cdk #12075; CG801",
    baselines=("KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",),
    check=_needs_a_factor,
)
MFA_WORD = Rule(
    id="CVD01B",
    title="MFA is off, on or optional",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool's MFA, after Terraform made the pool.",
    remedy='set mfa_configuration = "OPTIONAL", or "ON" or "OFF"',
    source="API, UserPoolMfaType",
    check=_word,
)
MFA_OFF_HAS_NO_FACTOR = Rule(
    id="CVD02",
    title="MFA that is off has no factor",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses it: «can't turn off MFA and configure an MFA together». The provider "
    "does not send the factor with a new pool, so the second apply fails.",
    remedy='set mfa_configuration = "OPTIONAL", or take the factor out',
    source="lgallard/terraform-aws-cognito-user-pool #74; terraform-provider-aws 5.100.0, "
    "user_pool.go",
    check=_off_has_no_factor,
)
