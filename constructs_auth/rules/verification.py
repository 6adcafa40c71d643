"""Which addresses of a user Cognito verifies, and what it needs to do so."""

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import ContactAttribute
from constructs_auth.rules.ask import each_of
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    separately,
)
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

_VERIFIED = "auto_verified_attributes"
_SETTINGS = "user_attribute_update_settings"
_FIRST = "attributes_require_verification_before_update"


def _known_attributes(pool: Resource, _context: Context) -> Answers:
    return each_of(pool.body, _VERIFIED, tuple(ContactAttribute))


def _known_before_update(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.block(_SETTINGS)
    if settings is not None:
        yield from each_of(settings, _FIRST, tuple(ContactAttribute))


def _also_auto_verified(pool: Resource, _context: Context) -> Answers:
    settings = pool.body.block(_SETTINGS)
    if settings is not None:
        yield from separately(
            *(_auto_verified_if_asked(pool, settings, contact) for contact in ContactAttribute)
        )


def _auto_verified_if_asked(pool: Resource, settings: Block, contact: ContactAttribute) -> Answers:
    if all_of(
        lambda: contact in settings.given.texts(_FIRST),
        lambda: contact not in pool.body.given.texts(_VERIFIED),
    ):
        yield Violation(
            text=f"must only name attributes in auto_verified_attributes, got {contact.value!r}",
            at=f"{settings.path}{_FIRST}",
        )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVA03B",
        slug="known-auto-verified-attributes",
        title="Auto-verified attributes must be ones that Cognito verifies",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy="name email, phone_number or both in auto_verified_attributes; phone_number needs "
        "sms_configuration",
        source="API, VerifiedAttributeType",
        check=_known_attributes,
    ),
    Rule(
        id="CVA07",
        slug="known-attributes-before-update",
        title="Attributes verified before an update must be addresses",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy="name email, phone_number or both, as in auto_verified_attributes",
        source="API, AttributesRequireVerificationBeforeUpdateType",
        check=_known_before_update,
    ),
    Rule(
        id="CVA07B",
        slug="before-update-also-auto-verified",
        title="Attributes verified before an update must be auto-verified too",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy="name the address in auto_verified_attributes too; phone_number needs "
        "sms_configuration",
        source="«All attributes in AttributesRequireVerificationBeforeUpdate must exist in "
        "AutoVerifiedAttributes», aws/aws-cli #7151",
        check=_also_auto_verified,
    ),
)
