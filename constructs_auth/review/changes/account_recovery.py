"""Account recovery, and the verification of the addresses that it needs."""

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import RecoveryMechanism
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.block import Block, UnknownValueError

_UPDATES = "user_attribute_update_settings.attributes_require_verification_before_update"
_RECOVERY = "account_recovery_setting"


def _verification_changes(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(_verifies_others(change), _updates_unverified(change))


def _verifies_others(change: Change) -> Answers:
    verified = compare.texts(change, "auto_verified_attributes")
    if verified is None:
        return
    if verified.removed:
        yield Meaning(
            text=f"New users need not verify {names.listed(verified.removed)} any more: anybody "
            "can sign up with somebody else's, and password recovery by it fails.",
            at=verified.at,
            effect=Effect.WEAKENS,
        )
    if verified.added:
        yield Meaning(
            text=f"New users must verify {names.listed(verified.added)} by a code before "
            "they can use it.",
            at=verified.at,
        )


def _updates_unverified(change: Change) -> Answers:
    before_update = compare.texts(change, _UPDATES)
    if before_update is not None and before_update.removed:
        yield Meaning(
            text="An attacker with a user's session can change "
            f"{names.listed(before_update.removed)} at once, without verifying the new one.",
            at=before_update.at,
            effect=Effect.WEAKENS,
        )


def _recovery_changes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or _RECOVERY not in change.touched:
        return
    after = _first(change.after.body)
    if after is None or after == _first_if_known(change.before.body):
        return
    if after == RecoveryMechanism.ADMIN_ONLY:
        yield Meaning(
            text="Users who forget their password can no longer reset it themselves: an "
            "administrator has to reset it.",
            at=_RECOVERY,
        )
    elif after == RecoveryMechanism.VERIFIED_PHONE_NUMBER:
        yield Meaning(
            text="Cognito resets a forgotten password by SMS first: an attacker who takes over a "
            "telephone number takes over the account.",
            at=_RECOVERY,
            effect=Effect.WEAKENS,
        )
    else:
        yield Meaning(
            text="Cognito resets a forgotten password by e-mail first: users without a verified "
            "address fall back to the next mechanism, if there is one.",
            at=_RECOVERY,
        )


def _first_if_known(body: Block) -> str | None:
    try:
        return _first(body)
    except UnknownValueError:
        return None


def _first(body: Block) -> str | None:
    """Return the mechanism that Cognito offers first."""
    setting = body.block(_RECOVERY)
    ranked = [
        (mechanism.number("priority") or 0, mechanism.text("name") or "")
        for mechanism in (setting.blocks("recovery_mechanism") if setting is not None else ())
    ]
    return min(ranked)[1] if ranked else None


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH16",
        slug="contact-verification-changed",
        title="Verification of e-mail or telephone changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="keep auto_verified_attributes and attributes_require_verification_before_update, "
        "or state who verifies instead",
        source="API, UserPoolType.AutoVerifiedAttributes, UserAttributeUpdateSettingsType",
        check=_verification_changes,
    ),
    ChangeRule(
        id="CH17",
        slug="account-recovery-changed",
        title="Account recovery changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="keep verified_email first",
        source="API, AccountRecoverySettingType",
        check=_recovery_changes,
    ),
)
