"""What Cognito asks of a pool's multi-factor authentication."""

from constructs_auth.rules.ask import unclear
from constructs_auth.rules.block import LEFT_OUT, Block, Unknown
from constructs_auth.rules.resource import Resource
from constructs_auth.rules.rule import Answers, Context, Family, Found, Rule, Severity, Unclear

_FACTORS = (
    "software_token_mfa_configuration",
    "sms_configuration",
    "email_mfa_configuration",
)


def _needs_a_factor(pool: Resource, _context: Context) -> Answers:
    mode = pool.body.text("mfa_configuration")
    if isinstance(mode, Unknown):
        yield unclear(pool.body, "mfa_configuration", mode)
    elif mode in {"ON", "OPTIONAL"}:
        factors = [_has_factor(pool.body, name) for name in _FACTORS]
        if True in factors:
            return
        unknown = next((one for one in factors if isinstance(one, Unknown)), None)
        if unknown is not None:
            yield Unclear(why=unknown.why, at="mfa_configuration")
        else:
            yield Found(
                text=f"must come with a factor where it is {mode}, got none",
                at="mfa_configuration",
            )


def _has_factor(body: Block, name: str) -> bool | Unknown:
    found = body.block(name)
    if found is None or found is LEFT_OUT:
        return False
    if isinstance(found, Unknown):
        return found
    if name != "software_token_mfa_configuration":
        return True
    enabled = found.flag("enabled")
    return enabled if isinstance(enabled, Unknown) else enabled is True


MFA_NEEDS_A_FACTOR = Rule(
    id="CVD01",
    title="MFA that is on or optional has a factor",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type="aws_cognito_user_pool",
    why="Cognito refuses MFA that nobody could pass, after Terraform made the pool.",
    remedy="add software_token_mfa_configuration { enabled = true }, or another factor",
    source="terraform-provider-aws #7261, aws-cdk #12075; CG801",
    baselines=("KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",),
    check=_needs_a_factor,
)
