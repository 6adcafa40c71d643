"""With what users may begin to sign in, besides a password."""

from constructs_auth.facts.words import FirstAuthFactor
from constructs_auth.rules._pool import (
    POOL,
    each_of,
    first_factors,
    first_unknown,
    given_block,
    holds,
)
from constructs_auth.rules.ask import undecided
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

_POLICY = "sign_in_policy"
_FACTORS = "allowed_first_auth_factors"
_AT = f"{_POLICY}[0].{_FACTORS}"
_CODES = ("EMAIL_OTP", "SMS_OTP")
_PASSWORDLESS = (*_CODES, "WEB_AUTHN")
_FLOW = "ALLOW_USER_AUTH"
_MULTI_FACTOR = "MULTI_FACTOR_WITH_USER_VERIFICATION"


def _known(pool: Resource, _context: Context) -> Answers:
    policy = given_block(pool.body, _POLICY)
    if isinstance(policy, Unknown):
        yield undecided(pool.body, _POLICY, policy)
    elif policy is not None:
        yield from each_of(policy, _FACTORS, tuple(FirstAuthFactor))


def _password_stays(pool: Resource, _context: Context) -> Answers:
    factors = first_factors(pool)
    if factors is None or factors == ():
        return
    password = holds(factors, "PASSWORD")
    if isinstance(password, Unknown):
        yield Undecided(why=password.why, at=_AT)
    elif not password and isinstance(factors, tuple):
        yield Violation(text=f"must include PASSWORD, got {', '.join(map(str, factors))}", at=_AT)


def _clients_can_choose(pool: Resource, context: Context) -> Answers:
    factors = first_factors(pool)
    passwordless = False if factors is None else holds(factors, *_PASSWORDLESS)
    if passwordless is False:
        return
    clients = context.configuration.members(pool, "aws_cognito_user_pool_client")
    flows = [client.body.peek_texts("explicit_auth_flows") for client in clients.resources]
    choosing = [_asked(found) for found in flows]
    if not flows or True in choosing:
        return
    unknown = first_unknown(passwordless, *choosing)
    if unknown is not None:
        yield Undecided(why=unknown.why, at=_AT)
    elif not clients.complete:
        yield Undecided(why="of some app client it is not known whose it is", at=_AT)
    else:
        yield Violation(text=f"must come with an app client that has {_FLOW}, got none", at=_AT)


def _asked(flows: "tuple[str | Unknown, ...] | Unknown") -> bool | Unknown:
    return flows if flows is LEFT_OUT else holds(flows, _FLOW)


def _passkeys_and_mfa(pool: Resource, _context: Context) -> Answers:
    factors = first_factors(pool)
    passkeys = False if factors is None else holds(factors, "WEB_AUTHN")
    if passkeys is False or _mfa_is_not_on(pool):
        return
    settings = pool.body.peek_block("web_authn_configuration")
    use = settings.peek_text("factor_configuration") if isinstance(settings, Block) else settings
    if use == _MULTI_FACTOR:
        return
    unknown = first_unknown(passkeys, pool.body.peek_text("mfa_configuration"), use)
    if unknown is not None:
        yield Undecided(why=unknown.why, at="mfa_configuration")
    else:
        yield Violation(
            text="must not be ON where passkeys are a first factor, got ON", at="mfa_configuration"
        )


def _codes_and_mfa(pool: Resource, _context: Context) -> Answers:
    factors = first_factors(pool)
    codes = False if factors is None else holds(factors, *_CODES)
    if codes is False or _mfa_is_not_on(pool):
        return
    unknown = first_unknown(codes, pool.body.peek_text("mfa_configuration"))
    if unknown is not None:
        yield Undecided(why=unknown.why, at=_AT)
    else:
        yield Violation(text="must not hold EMAIL_OTP or SMS_OTP where MFA is ON, got one", at=_AT)


def _mfa_is_not_on(pool: Resource) -> bool:
    mode = pool.body.peek_text("mfa_configuration")
    return mode != "ON" and not isinstance(mode, Unknown)


def _sms_codes(pool: Resource, _context: Context) -> Answers:
    factors = first_factors(pool)
    sms = False if factors is None else holds(factors, "SMS_OTP")
    if sms is False:
        return
    sender = given_block(pool.body, "sms_configuration")
    if isinstance(sender, Block):
        return
    unknown = first_unknown(sms, sender)
    if unknown is not None:
        yield Undecided(why=unknown.why, at=_AT)
    else:
        yield Violation(
            text="must come with sms_configuration where it holds SMS_OTP, got none", at=_AT
        )


FIRST_FACTORS = Rule(
    id="CVD09",
    title="First factors are ones that Cognito signs in with",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply; it knows SOFTWARE_TOKEN and does not support it here.",
    remedy="name PASSWORD, EMAIL_OTP, SMS_OTP or WEB_AUTHN",
    source="API, AuthFactorType and SignInPolicyType.AllowedFirstAuthFactors",
    check=_known,
)
PASSWORD_STAYS = Rule(
    id="CVD10",
    title="The password stays among the first factors",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito probably refuses a pool whose users cannot begin with a password.",
    remedy="add PASSWORD to allowed_first_auth_factors",
    source="aws-cdk-lib 2.275.0, SignInPolicy; CG803",
    check=_password_stays,
)
CLIENTS_CAN_CHOOSE = Rule(
    id="CVD11",
    title="Some app client lets users choose how to sign in",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Without ALLOW_USER_AUTH no client of the pool offers a code or a passkey.",
    remedy="add ALLOW_USER_AUTH to explicit_auth_flows of the client that users sign in with",
    source="API, CreateUserPoolClient.ExplicitAuthFlows; "
    "lgallard/terraform-aws-cognito-user-pool #402",
    check=_clients_can_choose,
)
PASSKEYS_AND_MFA = Rule(
    id="CVD12",
    title="MFA is not required where passkeys are a first factor",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses both together, unless passkeys count as two factors.",
    remedy='set mfa_configuration = "OPTIONAL", or take WEB_AUTHN out',
    source="terraform-provider-aws #50110; API, WebAuthnConfigurationType; CG803",
    check=_passkeys_and_mfa,
)
CODES_AND_MFA = Rule(
    id="CVD13",
    title="MFA is not required where a code is a first factor",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="A user with MFA cannot begin with a code, so nobody could use it.",
    remedy='set mfa_configuration = "OPTIONAL", or take EMAIL_OTP and SMS_OTP out',
    source="developer guide, MFA, as aws-amplify/docs #8567 quotes it; CG803",
    check=_codes_and_mfa,
)
SMS_CODES = Rule(
    id="CVD17",
    title="A pool with codes by SMS can send SMS",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito cannot send the code, and probably refuses the pool.",
    remedy="add sms_configuration with a role that may publish to SNS",
    source="API, CreateUserPool.SmsConfiguration, as we read it",
    check=_sms_codes,
)
