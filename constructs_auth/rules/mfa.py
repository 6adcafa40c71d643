"""Whether users need a second factor, and which ones."""

from functools import partial

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import MfaConfiguration, RecoveryMechanism
from constructs_auth.rules.account_recovery import recovers_only_by
from constructs_auth.rules.ask import one_of, shown
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    any_of,
    separately,
    surely,
)
from constructs_auth.rules.users_of_pool import has_no_own_users, has_no_passwords
from constructs_auth.terraform.resource import Resource

_MODE = "mfa_configuration"
_TOTP = "software_token_mfa_configuration"
_EMAIL = "email_mfa_configuration"
_REFUSED_WHEN_OFF = (_TOTP, _EMAIL)


def _is_written(pool: Resource, block: str) -> bool:
    return pool.body.given.block(block) is not None


def _is_off(pool: Resource) -> bool:
    return pool.body.text(_MODE) in {None, MfaConfiguration.OFF}


def _totp(pool: Resource) -> bool | None:
    """Return whether an authenticator app is a factor; `None` if that is not set."""
    settings = pool.body.given.block(_TOTP)
    return None if settings is None else settings.flag("enabled")


def _needs_a_factor(pool: Resource, _context: Context) -> Answers:
    mode = pool.body.text(_MODE)
    if mode in {MfaConfiguration.ON, MfaConfiguration.OPTIONAL} and not any_of(
        lambda: _totp(pool) is True,
        lambda: _is_written(pool, "sms_configuration"),
        lambda: _is_written(pool, _EMAIL),
    ):
        yield Violation(text=f"must come with a factor where it is {mode}, got none", at=_MODE)


def _word(pool: Resource, _context: Context) -> Answers:
    return one_of(pool.body, _MODE, tuple(MfaConfiguration))


def _off_has_no_factor(pool: Resource, _context: Context) -> Answers:
    if all_of(
        lambda: _is_off(pool),
        lambda: any_of(*(partial(_is_written, pool, name) for name in _REFUSED_WHEN_OFF)),
    ):
        yield from separately(*(_is_left_out(pool, name) for name in _REFUSED_WHEN_OFF))


def _is_left_out(pool: Resource, factor: str) -> Answers:
    if _is_written(pool, factor):
        yield Violation(text="must not be set where MFA is OFF, got a block", at=factor)


def _sends_through_ses(pool: Resource, _context: Context) -> Answers:
    if pool.body.block(_EMAIL) is None:
        return
    email = pool.body.block("email_configuration")
    account = None if email is None else email.text("email_sending_account")
    if account != "DEVELOPER":
        yield Violation(
            text="must come with email_sending_account = DEVELOPER, "
            f"got {account or 'COGNITO_DEFAULT'}",
            at=_EMAIL,
        )


def _recovery_not_by_email_alone(pool: Resource, context: Context) -> Answers:
    if has_no_own_users(pool, context):
        return
    if all_of(
        lambda: pool.body.block(_EMAIL) is not None,
        lambda: not _is_off(pool),
        lambda: recovers_only_by(pool, RecoveryMechanism.VERIFIED_EMAIL),
    ):
        yield Violation(
            text="must offer a mechanism other than e-mail where e-mail is a second factor, "
            "got only verified_email",
            at="account_recovery_setting",
        )


def _is_on(pool: Resource, context: Context) -> Answers:
    if has_no_passwords(pool, context):
        return
    required, mode = context.profile.require_mfa, pool.body.text(_MODE)
    if mode != MfaConfiguration.ON and (required or mode != MfaConfiguration.OPTIONAL):
        wanted = "ON" if required else "ON or OPTIONAL"
        yield Violation(text=f"must be {wanted}, got {shown(mode)}", at=_MODE)


def _has_a_strong_factor(pool: Resource, context: Context) -> Answers:
    if has_no_own_users(pool, context):
        return
    if not surely(lambda: pool.body.block("web_authn_configuration") is None):
        return
    if all_of(lambda: not _is_off(pool), lambda: _totp(pool) is not True):
        mode, enabled = pool.body.text(_MODE), _totp(pool)
        yield Violation(text=f"must be enabled where MFA is {mode}, got {shown(enabled)}", at=_TOTP)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVD01",
        slug="mfa-needs-factor",
        title="MFA that is on or optional must have a factor",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses MFA without a factor, after Terraform created the pool.",
        remedy="add software_token_mfa_configuration { enabled = true }, or another factor",
        source="«SMS configuration and Auto verification for phone_number are required when "
        "MFA is required/optional», hashicorp/terraform-provider-aws #7261, aws/aws-cdk "
        "#12075",
        baselines=("KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",),
        check=_needs_a_factor,
    ),
    Rule(
        id="CVD01B",
        slug="known-mfa-configuration",
        title="MFA must be off, on or optional",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool's MFA, after Terraform created the pool.",
        remedy='set mfa_configuration = "OFF", or to "OPTIONAL" or "ON" with a factor',
        source="API, UserPoolMfaType",
        check=_word,
    ),
    Rule(
        id="CVD02",
        slug="mfa-off-without-factors",
        title="MFA that is off must have no factor",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses it: «can't turn off MFA and configure an MFA together». For a new "
        "pool, the provider does not send the factor, so the second apply fails.",
        remedy='set mfa_configuration = "OPTIONAL", or remove the factor; the provider keeps '
        "email_mfa_configuration of an existing pool, so turn MFA off there first, with aws "
        "cognito-idp set-user-pool-mfa-config --mfa-configuration OFF",
        source="«can't turn off MFA and configure an MFA together», go-to-k/cdkd #1923, "
        "hashicorp/terraform-provider-aws #46801, "
        "lgallard/terraform-aws-cognito-user-pool #74",
        check=_off_has_no_factor,
    ),
    Rule(
        id="CVD04",
        slug="email-mfa-needs-ses",
        title="MFA by e-mail must be sent through SES",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses MFA by e-mail with its own sender, after Terraform created the pool.",
        remedy='set email_sending_account = "DEVELOPER" and source_arn in email_configuration',
        python_remedy="set email=SesEmail(…), or leave EmailMfa() out",
        source="«Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains "
        "an EmailSendingAccount of COGNITO_DEFAULT», badmintoncryer/cdk-preflight, "
        "pf-cognito-mfa-email-otp-requires-developer",
        check=_sends_through_ses,
    ),
    Rule(
        id="CVD05",
        slug="recovery-beside-email-mfa",
        title="Recovery must not depend on the e-mail that is the second factor",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito sends no recovery code by e-mail to a user whose second factor is e-mail, and "
        "probably refuses such a pool.",
        remedy="add the recovery_mechanism verified_phone_number, or have admin_only alone",
        python_remedy="add RecoveryMechanism.VERIFIED_PHONE_NUMBER to AccountRecovery, or have "
        "RecoveryMechanism.ADMIN_ONLY alone",
        source="hashicorp/terraform-provider-aws #41049; API, "
        "CreateUserPool.AccountRecoverySetting",
        check=_recovery_not_by_email_alone,
    ),
    Rule(
        id="CG102",
        slug="mfa-on",
        title="MFA must be on",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=USER_POOL,
        why="Without it, an attacker who guesses, finds or phishes a password can take over the "
        "account.",
        remedy='set mfa_configuration = "OPTIONAL" and software_token_mfa_configuration { enabled '
        '= true }; "ON" where the profile is strict',
        python_remedy="set mfa=Mfa.optional(SoftwareTokenMfa()); Mfa.required(…) where the "
        "profile is "
        "strict",
        source="developer guide, «Adding MFA to a user pool»",
        baselines=(
            "Security Hub Cognito.5",
            "Prowler cognito_user_pool_mfa_enabled",
            "cdk-nag COG2",
            "KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",
        ),
        check=_is_on,
    ),
    Rule(
        id="CG103",
        slug="mfa-beyond-messages",
        title="MFA must have a factor other than messages",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=USER_POOL,
        why="An attacker who has the phone number or the mailbox gets the code. SMS also costs "
        "money, which an attacker can make a pool spend.",
        remedy="add software_token_mfa_configuration { enabled = true }, which costs nothing",
        python_remedy="add SoftwareTokenMfa() to the factors of Mfa, which costs nothing",
        source="developer guide, «Security best practices for Amazon Cognito user pools»; NIST "
        "SP 800-63B-4 on the telephone network",
        baselines=("KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0",),
        check=_has_a_strong_factor,
    ),
)
