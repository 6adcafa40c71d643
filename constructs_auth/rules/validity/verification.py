"""Which addresses of a user Cognito verifies, and what it needs for that."""

from constructs_auth.facts.words import ContactAttribute
from constructs_auth.rules._pool import POOL, each_of, first_unknown, given_block, holds
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
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_SETTINGS = "user_attribute_update_settings"
_FIRST = "attributes_require_verification_before_update"


def _known(pool: Resource, _context: Context) -> Answers:
    return each_of(pool.body, "auto_verified_attributes", tuple(ContactAttribute))


def _known_before_update(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.peek_block(_SETTINGS)
    if isinstance(settings, Unknown):
        yield undecided(pool.body, _SETTINGS, settings)
    elif settings is not None:
        yield from each_of(settings, _FIRST, tuple(ContactAttribute))


def _also_auto_verified(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.peek_block(_SETTINGS)
    if settings is None:
        return
    if isinstance(settings, Unknown):
        yield undecided(pool.body, _SETTINGS, settings)
        return
    verified = pool.body.peek_texts("auto_verified_attributes")
    for contact in ContactAttribute:
        asked = holds(settings.peek_texts(_FIRST), contact)
        done = holds(verified, contact)
        if asked is False or done is True:
            continue
        at = f"{settings.path}{_FIRST}"
        unknown = first_unknown(asked, done)
        if unknown is None:
            yield Violation(
                text=f"must name only what auto_verified_attributes names, got {contact.value!r}",
                at=at,
            )
        else:
            yield Undecided(why=unknown.why, at=at)


def _phone_needs_sms(pool: Resource, _context: Context) -> Answers:
    asked = holds(pool.body.peek_texts("auto_verified_attributes"), "phone_number")
    if asked is False:
        return
    sms = given_block(pool.body, "sms_configuration")
    unknown = first_unknown(asked, sms)
    if sms is None and asked is True:
        yield Violation(
            text="must come with sms_configuration where it names phone_number, got none",
            at="auto_verified_attributes",
        )
    elif unknown is not None:
        yield Undecided(why=unknown.why, at="auto_verified_attributes")


AUTO_VERIFIED_ATTRIBUTES = Rule(
    id="CVA03B",
    title="Auto-verified attributes are ones that Cognito verifies",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="name email, phone_number or both in auto_verified_attributes",
    source="API, VerifiedAttributeType",
    check=_known,
)
VERIFIED_BEFORE_UPDATE = Rule(
    id="CVA07",
    title="What is verified before an update is an address",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="name email, phone_number or both",
    source="API, AttributesRequireVerificationBeforeUpdateType",
    check=_known_before_update,
)
VERIFIED_BEFORE_UPDATE_AND_AT_SIGN_UP = Rule(
    id="CVA07B",
    title="What is verified before an update is also auto-verified",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito has no code to send for an address that it does not verify.",
    remedy="name the address in auto_verified_attributes too",
    source="provider documentation, aws_cognito_user_pool",
    check=_also_auto_verified,
)
PHONE_NEEDS_SMS = Rule(
    id="CVA08",
    title="A pool that verifies phone numbers can send SMS",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool: «SMS configuration is required when phone_number is selected "
    "for auto verification».",
    remedy="add sms_configuration with a role that may publish to SNS",
    source="terraform-provider-aws #28294",
    check=_phone_needs_sms,
)
