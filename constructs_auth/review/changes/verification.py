"""How e-mail addresses and telephone numbers are verified, and how accounts are recovered."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.compare import SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.configuration import USER_POOL

_UPDATES = "user_attribute_update_settings.attributes_require_verification_before_update"
_RECOVERY = "account_recovery_setting"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    verified = compare.texts(change, "auto_verified_attributes")
    if isinstance(verified, Undecided):
        yield verified
    elif isinstance(verified, SetChange):
        if verified.removed:
            yield Meaning(
                text=f"New users are no longer asked to verify {names.listed(verified.removed)}: "
                "anybody can sign up with somebody else's, and password recovery by it fails.",
                at=verified.at,
                effect=Effect.WEAKENS,
            )
        if verified.added:
            yield Meaning(
                text=f"New users must verify {names.listed(verified.added)} by a code before "
                "they can use it.",
                at=verified.at,
            )
    before_update = compare.texts(change, _UPDATES)
    if isinstance(before_update, Undecided):
        yield before_update
    elif isinstance(before_update, SetChange) and before_update.removed:
        yield Meaning(
            text=f"Whoever holds a session can change {names.listed(before_update.removed)} of "
            "an account at once, without proof that the new one is theirs.",
            at=before_update.at,
            effect=Effect.WEAKENS,
        )


def _changes_recovery(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or _RECOVERY not in change.touched:
        return
    before, after = _first(change.before.body), _first(change.after.body)
    if isinstance(after, Unknown):
        yield Undecided(why=after.why, at=_RECOVERY)
    elif before == after or after is None:
        return
    elif after == "admin_only":
        yield Meaning(
            text="Users who forget their password can no longer help themselves: an "
            "administrator has to reset it.",
            at=_RECOVERY,
        )
    elif after == "verified_phone_number":
        yield Meaning(
            text="A forgotten password is reset by SMS first: whoever takes over a telephone "
            "number takes over the account.",
            at=_RECOVERY,
            effect=Effect.WEAKENS,
        )
    else:
        yield Meaning(
            text="A forgotten password is reset by e-mail first: users without a verified "
            "address fall back to the next way, or to none.",
            at=_RECOVERY,
        )


def _first(body: Block) -> str | Unknown | None:
    """Give the way of recovery that is tried first."""
    setting = body.peek_block(_RECOVERY)
    if setting is None or isinstance(setting, Unknown):
        return setting
    mechanisms = setting.peek_blocks("recovery_mechanism")
    if isinstance(mechanisms, Unknown):
        return mechanisms
    ranked: list[tuple[float, str]] = []
    for mechanism in mechanisms:
        name, priority = mechanism.peek_text("name"), mechanism.peek_number("priority")
        if isinstance(name, Unknown):
            return name
        if isinstance(priority, Unknown):
            return priority
        ranked.append((priority or 0, name or ""))
    return min(ranked)[1] if ranked else None


VERIFICATION_CHANGED = ChangeRule(
    id="CH16",
    title="Verification of e-mail or telephone changes",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(USER_POOL,),
    remedy="keep auto_verified_attributes and attributes_require_verification_before_update, or "
    "say who verifies instead",
    source="API, UserPoolType.AutoVerifiedAttributes, UserAttributeUpdateSettingsType",
    check=_changes,
)
RECOVERY_CHANGED = ChangeRule(
    id="CH17",
    title="Account recovery changes",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(USER_POOL,),
    remedy="keep verified_email first",
    source="API, AccountRecoverySettingType",
    check=_changes_recovery,
)
