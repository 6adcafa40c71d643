"""What users may sign in with first, and to which domain passkeys belong."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange, SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_FACTORS = "sign_in_policy.allowed_first_auth_factors"
_CODES = frozenset({"EMAIL_OTP", "SMS_OTP"})
_PARTY = "web_authn_configuration.relying_party_id"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, _FACTORS)
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange):
        if moved.removed and moved.after:
            yield Meaning(
                text=f"Users who sign in with {names.listed(moved.removed)} no longer can.",
                at=moved.at,
            )
        codes = sorted(_CODES.intersection(moved.added))
        if codes:
            yield Meaning(
                text=f"Whoever reads a user's messages can sign in as that user: "
                f"{names.listed(codes)} replaces the password.",
                at=moved.at,
                effect=Effect.WEAKENS,
            )


def _changes_party(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, _PARTY)
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before:
        now = f"to {moved.after}" if moved.after else "to Cognito's own domain"
        yield Meaning(
            text=f"Every registered passkey becomes useless: they belong to {moved.before}, and "
            f"the pool goes {now}.",
            at=moved.at,
        )


FIRST_FACTORS_CHANGED = ChangeRule(
    id="CH18",
    title="First factors change",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="keep a first factor as long as somebody has no other",
    source="API, SignInPolicyType.AllowedFirstAuthFactors",
    check=_changes,
)
RELYING_PARTY_CHANGED = ChangeRule(
    id="CH19",
    title="Passkeys are bound to another domain",
    effect=Effect.BREAKS,
    severity=Severity.CRITICAL,
    resource_types=(USER_POOL,),
    remedy="put the old relying_party_id back; users of a new one must register each passkey anew",
    source="API, WebAuthnConfigurationType.RelyingPartyId; WebAuthn, section 5.1.2",
    check=_changes_party,
)
