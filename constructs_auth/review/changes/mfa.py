"""Changes of multi-factor authentication."""

from collections.abc import Iterator, Mapping, Sequence

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import (
    FirstAuthFactor,
    MfaConfiguration,
    RecoveryMechanism,
    UserPoolTier,
)
from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.block import Block

_MFA = "mfa_configuration"
_RANK: Mapping[str, int] = {mode: rank for rank, mode in enumerate(MfaConfiguration)}
_SOURCE = "developer guide, «Adding MFA to a user pool»; API, SetUserPoolMfaConfig"
_SMS = "sms_configuration"
_EMAIL = "email_mfa_configuration"
_APP = "software_token_mfa_configuration"
_FACTORS = {_SMS: "codes by SMS", _EMAIL: "codes by e-mail"}
_RECOVERY, _SIGN_IN, _TIER = "account_recovery_setting", "sign_in_policy", "user_pool_tier"
_OWN_SENDER = "DEVELOPER"
_CODES = frozenset({FirstAuthFactor.EMAIL_OTP, FirstAuthFactor.SMS_OTP})
_SENT_TOGETHER = frozenset(
    {_MFA, _SMS, _EMAIL, _APP, "sms_authentication_message", "web_authn_configuration"}
)
"""The arguments of SetUserPoolMfaConfig: if one changes, the provider sends all of them."""


def _is_lowered(change: Change, surroundings: Surroundings) -> Answers:
    mfa = compare.text(change, _MFA, default=MfaConfiguration.OFF)
    if mfa is None or _RANK.get(mfa.after, 0) >= _RANK.get(mfa.before, 0):
        return
    if not surroundings.is_drift and _sent_with_off(change):  # CH02B: nothing changes
        return
    who = names.users(change.resource)
    if mfa.after == MfaConfiguration.OFF:
        text = f"A stolen password is enough to sign in as any of {who}: MFA becomes OFF"
        severity = Severity.CRITICAL
    else:
        text = f"Only those of {who} who choose a second factor still need one"
        severity = Severity.HIGH
    yield Meaning(text=f"{text}.", at=mfa.at, severity=severity)


def _is_refused(change: Change, _surroundings: Surroundings) -> Answers:
    sent = _sent_with_off(change)
    keeps = ", which the provider keeps although it is removed" if _keeps_email(change) else ""
    if sent:
        yield Meaning(
            text="The apply fails, and MFA stays as it is: Cognito refuses OFF together with "
            f"{names.listed(sent)}{keeps}.",
            at=_MFA,
            remedy=_remedy_of_off(sent),
        )


def _sent_with_off(change: Change) -> tuple[str, ...]:
    """Return the blocks of factors that the provider sends although MFA becomes OFF.

    Raises:
        UnknownValueError: The mode of MFA is known only after apply.
    """
    if change.action is not Action.UPDATE or change.before is None or change.after is None:
        return ()
    if not _SENT_TOGETHER & change.touched:
        return ()
    before, after = change.before.body, change.after.body
    if (after.text(_MFA) or MfaConfiguration.OFF) != MfaConfiguration.OFF:
        return ()
    app = bool(after.blocks(_APP))
    # The provider leaves out a block that has no text before and after.
    email = bool(after.blocks(_EMAIL)) and (_has_text(before) or _has_text(after))
    return tuple(block for block, is_sent in ((_APP, app), (_EMAIL, email)) if is_sent)


def _remedy_of_off(sent: Sequence[str]) -> str:
    steps = []
    if _APP in sent:
        steps.append(f"remove {_APP}, even if it has enabled = false")
    if _EMAIL in sent:
        steps.append(
            f"remove {_EMAIL} and, since the provider keeps it, turn MFA off once outside of "
            "Terraform: `aws cognito-idp set-user-pool-mfa-config --mfa-configuration OFF`, with "
            "--web-authn-configuration if the pool has one; then plan again"
        )
    return "; ".join(steps)


def _comes_too_early(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is not Action.UPDATE or change.before is None or change.after is None:
        return
    if not _SENT_TOGETHER & change.touched:
        return
    before, after = change.before.body, change.after.body
    later = [*_later_than_email(before, after), *_later_than_mfa(before, after)]
    if later:
        yield Meaning(
            text="The apply fails: the provider sets MFA before it changes "
            f"{names.listed(later)}, and Cognito refuses MFA without that change.",
            at=_MFA if change.touched >= {_MFA} else _EMAIL,
            remedy=f"apply the change of {names.listed(later)} first, and that of MFA after it",
        )


def _later_than_email(before: Block, after: Block) -> Iterator[str]:
    """Walk through the settings that MFA by e-mail needs and that the provider sends after it."""
    if _has_text(before) or not _has_text(after):
        return
    if _sender(before) != _OWN_SENDER and _sender(after) == _OWN_SENDER:
        yield "email_configuration"
    if _recovers_only_by_email(before) and not _recovers_only_by_email(after):
        yield _RECOVERY
    if before.text(_TIER) == UserPoolTier.LITE and after.text(_TIER) != UserPoolTier.LITE:
        yield _TIER


def _later_than_mfa(before: Block, after: Block) -> Iterator[str]:
    """Walk through the settings that exclude MFA and that the provider removes after it."""
    is_on = after.text(_MFA) == MfaConfiguration.ON != before.text(_MFA)
    if is_on and _CODES & _first_factors(before) and not _CODES & _first_factors(after):
        yield _SIGN_IN


def _sender(pool: Block) -> str | None:
    settings = pool.block("email_configuration")
    return settings.text("email_sending_account") if settings is not None else None


def _recovers_only_by_email(pool: Block) -> bool:
    settings = pool.block(_RECOVERY)
    mechanisms = settings.blocks("recovery_mechanism") if settings is not None else ()
    return {one.text("name") for one in mechanisms} == {RecoveryMechanism.VERIFIED_EMAIL}


def _first_factors(pool: Block) -> frozenset[str]:
    policy = pool.block(_SIGN_IN)
    factors = policy.texts("allowed_first_auth_factors").all() if policy is not None else ()
    return frozenset(factors)


def _is_raised(change: Change, _surroundings: Surroundings) -> Answers:
    mfa = compare.text(change, _MFA, default=MfaConfiguration.OFF)
    if mfa is not None and mfa.after == MfaConfiguration.ON:
        yield Meaning(
            text=f"Those of {names.users(change.resource)} without a second factor must enroll "
            "one at their next sign-in. Programs that sign in through the API stop until "
            "they handle the challenge.",
            at=mfa.at,
        )


def _loses_a_factor(change: Change, _surroundings: Surroundings) -> Answers:
    if change.after is not None and known(change.after.body.text, _MFA) == MfaConfiguration.OFF:
        return ()
    return separately(
        _loses_authenticator_apps(change),
        *(_loses_codes(change, block, factor) for block, factor in _FACTORS.items()),
    )


def _loses_authenticator_apps(change: Change) -> Answers:
    enabled = compare.flag(change, "software_token_mfa_configuration.enabled", default=False)
    if enabled is not None and enabled.before:
        yield _lost("codes of an authenticator app", enabled.at)


def _loses_codes(change: Change, block: str, factor: str) -> Answers:
    found = compare.has_block(change, block)
    if found is not None and found.before and not _keeps_email(change):
        yield _lost(factor, found.at)


def _keeps_a_factor(change: Change, _surroundings: Surroundings) -> Answers:
    if _keeps_email(change) and not _sent_with_off(change):
        yield Meaning(
            text="Users still get codes by e-mail as their second factor, now with Cognito's own "
            "text: the provider keeps the block although it is removed from the configuration.",
            at=_EMAIL,
        )


def _keeps_email(change: Change) -> bool:
    """Return whether only the texts of the block are removed and the plan keeps the block."""
    if change.action is not Action.UPDATE or change.before is None or change.after is None:
        return False
    after = change.after.body
    is_written = after.written is not None and _EMAIL in after.written
    return (
        not is_written
        and _has_text(change.before.body)
        and bool(after.blocks(_EMAIL))
        and not _has_text(after)
    )


def _has_text(pool: Block) -> bool:
    """Return whether the block of e-mail has an argument that is set."""
    return any(
        block.value(name) for block in pool.blocks(_EMAIL) for name in ("message", "subject")
    )


def _lost(factor: str, at: str) -> Meaning:
    return Meaning(
        text=f"Users whose second factor is {factor} can no longer use it: they sign in without "
        "one, or not at all if MFA is ON.",
        at=at,
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH02",
        slug="mfa-lowered",
        title="MFA is lowered",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="restore the old mfa_configuration; the default is OFF",
        source=_SOURCE,
        check=_is_lowered,
    ),
    ChangeRule(
        id="CH02B",
        slug="mfa-off-refused",
        title="MFA is turned off together with a factor",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="remove the blocks of factors when you turn MFA off",
        source="API, SetUserPoolMfaConfig: «can't turn off MFA and configure an MFA together»; "
        "terraform-provider-aws #46801; go-to-k/cdkd #1923; measured with the provider",
        undecided_by=("CH02",),
        check=_is_refused,
    ),
    ChangeRule(
        id="CH03",
        slug="mfa-required",
        title="MFA becomes required",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="tell users first, or go through OPTIONAL; check that each application handles the "
        "challenges SOFTWARE_TOKEN_MFA and MFA_SETUP",
        source=_SOURCE,
        undecided_by=("CH02",),
        check=_is_raised,
    ),
    ChangeRule(
        id="CH03B",
        slug="mfa-before-its-prerequisites",
        title="MFA is set before what it needs",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="apply what MFA needs first, and MFA after it",
        source="terraform-provider-aws #41049, and the order of calls in user_pool.go; "
        "go-to-k/cdkd #1975",
        undecided_by=("CH02",),
        check=_comes_too_early,
    ),
    ChangeRule(
        id="CH04",
        slug="mfa-factor-removed",
        title="A second factor is removed",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="keep the factor until its users have enrolled another",
        source=_SOURCE,
        check=_loses_a_factor,
    ),
    ChangeRule(
        id="CH04B",
        slug="mfa-factor-kept",
        title="A second factor stays although its block is removed",
        effect=Effect.DIFFERS,
        severity=Severity.LOW,
        resource_types=(USER_POOL,),
        remedy="to remove the factor, run `aws cognito-idp set-user-pool-mfa-config` without "
        "--email-mfa-configuration, and with all other MFA settings of the pool, since it replaces "
        "them",
        source="terraform-provider-aws #41064; measured with the provider",
        undecided_by=("CH04",),
        check=_keeps_a_factor,
    ),
)
