"""Who may become a user, and whether their addresses are verified."""

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.rules.ask import is_flag
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    any_of,
    separately,
    surely,
)
from constructs_auth.rules.users_of_pool import has_no_own_users, has_no_users
from constructs_auth.terraform.block import KnownTexts
from constructs_auth.terraform.resource import Resource

_CONFIG = "admin_create_user_config"
_ONLY = "allow_admin_create_user_only"
_VERIFIED = "auto_verified_attributes"
_SETTINGS = "user_attribute_update_settings"
_FIRST = "attributes_require_verification_before_update"


def _is_decided(pool: Resource, context: Context) -> Answers:
    if has_no_users(pool, context):
        return
    config = pool.body.block(_CONFIG)
    if config is None:
        yield Violation(text="must be set, got null, so everybody may sign up", at=_CONFIG)
    elif context.profile.forbid_self_sign_up:
        yield from is_flag(config, _ONLY, wanted=True)
    elif surely(lambda: config.flag(_ONLY) is None):  # A variable is a decision too.
        yield Violation(
            text="must be set, got null, so everybody may sign up", at=f"{config.path}{_ONLY}"
        )


def _is_verified(pool: Resource, context: Context) -> Answers:
    if not has_no_users(pool, context) and not any_of(
        lambda: bool(pool.body.texts(_VERIFIED)), lambda: _is_closed(pool)
    ):
        yield Violation(
            text="must not be empty where everybody may sign up, got none", at=_VERIFIED
        )


def _is_closed(pool: Resource) -> bool:
    config = pool.body.block(_CONFIG)
    return config is not None and config.flag(_ONLY) is True


def _is_verified_again(pool: Resource, context: Context) -> Answers:
    if has_no_own_users(pool, context):
        return
    verified = pool.body.texts(_VERIFIED)
    if not verified:
        return
    settings = pool.body.block(_SETTINGS)
    first = KnownTexts(items=(), at=_SETTINGS) if settings is None else settings.texts(_FIRST)
    # The same template in both is the same attribute, whatever its value.
    if not set(verified.items) <= set(first.items):
        for contact in verified:
            yield from separately(_waits_for_the_code(first, contact))


def _waits_for_the_code(first: KnownTexts, contact: str) -> Answers:
    if contact not in first:
        got = ", ".join(first) or "none"
        yield Violation(text=f"must contain {contact}, got {got}", at=_SETTINGS)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CG113",
        slug="self-sign-up-decided",
        title="Self sign-up must be an explicit decision",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=USER_POOL,
        why="By default, anybody on the internet can create a user, and reach whatever users may "
        "reach.",
        remedy="set allow_admin_create_user_only = true in admin_create_user_config, or false if "
        "everybody is meant to sign up; the profile strict only accepts true",
        python_remedy="leave allow_admin_create_user_only out, or set it to False if everybody "
        "is meant "
        "to sign up; the profile strict only accepts the first",
        source="AWS Security Blog, September 2023; API, AdminCreateUserConfigType",
        baselines=("Prowler cognito_user_pool_self_registration_disabled",),
        check=_is_decided,
    ),
    Rule(
        id="CG114",
        slug="self-sign-up-verified",
        title="Users who sign up must verify an address",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=USER_POOL,
        why="Otherwise users sign up with other people's addresses, and bots create thousands of "
        "users.",
        remedy='set auto_verified_attributes = ["email"]',
        python_remedy="set auto_verified_attributes=[ContactAttribute.EMAIL]",
        source="developer guide, «Verifying contact information at sign-up»",
        check=_is_verified,
    ),
    Rule(
        id="CG115",
        slug="verify-before-update",
        title="A new address must only count after verification",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=USER_POOL,
        why="Otherwise a user can change to somebody else's address and impersonate that person, "
        "or mistype it and be locked out.",
        remedy="name the auto-verified attributes in attributes_require_verification_before_update",
        source="API, UserAttributeUpdateSettingsType",
        check=_is_verified_again,
    ),
)
