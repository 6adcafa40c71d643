"""Who may become a user, and what is known of those who do."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import is_flag, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_CONFIG = "admin_create_user_config"
_ONLY = "allow_admin_create_user_only"
_VERIFIED = "auto_verified_attributes"
_SETTINGS = "user_attribute_update_settings"
_FIRST = "attributes_require_verification_before_update"


def _is_decided(pool: Resource, context: Context) -> Answers:
    config = pool.body.peek_block(_CONFIG)
    forbidden = context.profile.forbid_self_sign_up
    if isinstance(config, Unknown):
        yield undecided(pool.body, _CONFIG, config)
    elif config is None:
        yield Violation(text="must be written, got null, so everybody may sign up", at=_CONFIG)
    elif forbidden:
        yield from is_flag(config, _ONLY, wanted=True)
    elif config.peek_flag(_ONLY) is None:
        yield Violation(
            text="must be written, got null, so everybody may sign up", at=f"{config.path}{_ONLY}"
        )


def _is_verified(pool: Resource, _context: Context) -> Answers:
    verified = pool.body.peek_texts(_VERIFIED)
    if isinstance(verified, tuple) and verified:
        return
    config = pool.body.peek_block(_CONFIG)
    closed = config.peek_flag(_ONLY) if isinstance(config, Block) else config
    if closed is True:
        return
    if isinstance(verified, Unknown):
        yield undecided(pool.body, _VERIFIED, verified)
    elif isinstance(closed, Unknown):
        yield undecided(pool.body, _CONFIG, closed)
    else:
        yield Violation(
            text="must not be empty where everybody may sign up, got none", at=_VERIFIED
        )


def _is_verified_again(pool: Resource, _context: Context) -> Answers:
    verified = pool.body.peek_texts(_VERIFIED)
    if not verified:
        return
    if isinstance(verified, Unknown):
        yield undecided(pool.body, _VERIFIED, verified)
        return
    settings = pool.body.peek_block(_SETTINGS)
    if isinstance(settings, Unknown):
        yield undecided(pool.body, _SETTINGS, settings)
        return
    first = () if settings is None else settings.peek_texts(_FIRST)
    for contact in verified:
        if isinstance(first, Unknown):
            yield undecided(pool.body, _SETTINGS, first)
        elif contact in first:
            continue
        elif isinstance(contact, Unknown):
            yield undecided(pool.body, _VERIFIED, contact)
        elif any(isinstance(one, Unknown) for one in first):
            yield undecided(pool.body, _SETTINGS, next(o for o in first if isinstance(o, Unknown)))
        else:
            got = ", ".join(map(str, first)) or "none"
            yield Violation(text=f"must hold {contact}, got {got}", at=_SETTINGS)


SELF_SIGN_UP = Rule(
    id="CG113",
    title="Self sign-up is a decision",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="Cognito's default lets anybody on the internet make a user, and with it reach whatever "
    "users may reach.",
    remedy="write allow_admin_create_user_only = true in admin_create_user_config, or false if "
    "everybody is meant to sign up; the profile strict takes true alone",
    source="AWS Security Blog, September 2023; API, AdminCreateUserConfigType",
    baselines=("Prowler cognito_user_pool_self_registration_disabled",),
    check=_is_decided,
)
SELF_SIGN_UP_VERIFIED = Rule(
    id="CG114",
    title="Whoever signs up proves an address",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="Otherwise users sign up under other people's addresses, and programs by the thousand.",
    remedy='set auto_verified_attributes = ["email"]',
    source="developer guide, verifying contact information at sign-up",
    check=_is_verified,
)
UPDATE_VERIFIED = Rule(
    id="CG115",
    title="A new address counts once it is proven",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=POOL,
    why="Otherwise a user changes to somebody else's address and is taken for that person, or "
    "mistypes it and is locked out.",
    remedy="name the auto-verified attributes in attributes_require_verification_before_update",
    source="API, UserAttributeUpdateSettingsType",
    check=_is_verified_again,
)
