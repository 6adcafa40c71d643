"""The factors that users may start to sign in with, and the domain of passkeys."""

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity

_FACTORS = "sign_in_policy.allowed_first_auth_factors"
_CODES = frozenset({"EMAIL_OTP", "SMS_OTP"})
_PARTY = "web_authn_configuration.relying_party_id"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    factors = compare.texts(change, _FACTORS)
    if factors is None:
        return
    if factors.removed and factors.after:
        yield Meaning(
            text=f"Users who sign in with {names.listed(factors.removed)} can no longer do so.",
            at=factors.at,
        )
    codes = sorted(_CODES.intersection(factors.added))
    if codes:
        yield Meaning(
            text=f"An attacker who reads a user's messages can sign in as that user: "
            f"{names.listed(codes)} replaces the password.",
            at=factors.at,
            effect=Effect.WEAKENS,
        )


def _changes_party(change: Change, _surroundings: Surroundings) -> Answers:
    party = compare.text(change, _PARTY)
    if party is not None and party.before:
        now = f"to {party.after}" if party.after else "to Cognito's own domain"
        yield Meaning(
            text=f"Every registered passkey becomes useless: it belongs to {party.before}, and the "
            f"pool changes {now}.",
            at=party.at,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH18",
        slug="first-factors-changed",
        title="Allowed first factors change",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="keep a first factor as long as some users have no other",
        source="API, SignInPolicyType.AllowedFirstAuthFactors",
        check=_changes,
    ),
    ChangeRule(
        id="CH19",
        slug="relying-party-changed",
        title="Passkeys are bound to another domain",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=(USER_POOL,),
        remedy="restore the old relying_party_id; with a new one, users must register each passkey "
        "again",
        source="API, WebAuthnConfigurationType.RelyingPartyId; WebAuthn, section 5.1.2",
        check=_changes_party,
    ),
)
