"""The user pool itself: its name, its tier, its tags, and its deletion protection."""

from collections.abc import Mapping

from constructs_auth.facts import limits
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import UserPoolTier
from constructs_auth.rules.ask import is_text, one_of, outside, shown, text_within
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

_DELETION_PROTECTION = ("ACTIVE", "INACTIVE")
_PROTECT = 'set deletion_protection = "ACTIVE"'
_WANTED_TAGS = ("owner", "environment", "data-classification")


def _name(pool: Resource, _context: Context) -> Answers:
    return text_within(pool.body, "name", limits.USER_POOL_NAME)


def _deletion_protection(pool: Resource, _context: Context) -> Answers:
    return one_of(pool.body, "deletion_protection", _DELETION_PROTECTION)


def _tier(pool: Resource, _context: Context) -> Answers:
    return one_of(pool.body, "user_pool_tier", tuple(UserPoolTier))


def _tags(pool: Resource, _context: Context) -> Answers:
    for key, value in pool.body.given.entries("tags").items():
        at = f"tags[{key!r}]"
        yield from outside(key, limits.TAG_KEY, at)
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=at)
        elif isinstance(value, str):
            yield from outside(value, limits.TAG_VALUE, at)
        elif isinstance(value, dict | list):
            yield Violation(text=f"must be a text, got {shown(value)}", at=at)


def _protected(pool: Resource, _context: Context) -> Answers:
    return is_text(pool.body, "deletion_protection", "ACTIVE")


def _responsibility(pool: Resource, _context: Context) -> Answers:
    tags = _all_tags(pool) or {**_default_tags(pool), **pool.body.given.entries("tags")}
    names = {_plain(key) for key in tags}
    missing = [name for name in _WANTED_TAGS if _plain(name) not in names]
    if missing:
        yield Violation(text=f"must have {', '.join(missing)}, got none", at="tags")


def _all_tags(pool: Resource) -> Mapping[str, object]:
    """Return the tags of the pool and of its provider; empty if a plan does not know them yet."""
    try:
        return pool.body.entries("tags_all")
    except UnknownValueError:
        return {}


def _default_tags(pool: Resource) -> Mapping[str, object]:
    """Return the tags that the pool's provider adds."""
    default = None if pool.provider is None else pool.provider.given.block("default_tags")
    return {} if default is None else default.entries("tags")


def _plain(key: str) -> str:
    """Return *key* in lower case and without separators, so that spellings compare equal."""
    return "".join(character for character in key.lower() if character.isalnum())


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVA01",
        slug="user-pool-name",
        title="The pool's name must be one that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply. The provider's own check matches only a part of "
        "the name.",
        remedy="choose another name; the name of an existing pool cannot be changed",
        source="API, UserPoolNameType",
        check=_name,
    ),
    Rule(
        id="CVA12",
        slug="known-deletion-protection",
        title="Deletion protection must be a value that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy=_PROTECT,
        source="API, DeletionProtectionType",
        check=_deletion_protection,
    ),
    Rule(
        id="CVA13",
        slug="known-user-pool-tier",
        title="The tier must be one that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy='set user_pool_tier = "ESSENTIALS", which is the default of a new pool',
        source="API, UserPoolTierType",
        check=_tier,
    ),
    Rule(
        id="CVA14",
        slug="tag-length-range",
        title="Tags must have a length that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the tags, and with them the pool, at apply.",
        remedy="shorten the key or the value",
        source="API, TagKeysType and TagValueType",
        check=_tags,
    ),
    Rule(
        id="CG101",
        slug="deletion-protection-active",
        title="Deletion protection must be active",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=USER_POOL,
        why="Otherwise one API call or one mistaken plan deletes the pool, with all users, their "
        "passwords and second factors. AWS cannot restore it.",
        remedy=_PROTECT,
        python_remedy="set deletion_protection=True",
        source="API, UserPoolType.DeletionProtection; developer guide, «User pool deletion "
        "protection»",
        baselines=(
            "Security Hub Cognito.6",
            "Prowler cognito_user_pool_deletion_protection_enabled",
            "BSI C5",
        ),
        check=_protected,
    ),
    Rule(
        id="CG603",
        slug="tags-owner-and-data",
        title="Tags must name the owner, the environment and the kind of data",
        family=Family.SECURITY,
        severity=Severity.INFO,
        resource_type=USER_POOL,
        why="In an incident, responders must find out who owns the pool and which data it "
        "contains.",
        remedy="set the tags owner, environment and data-classification in the provider's "
        "default_tags, or on the pool",
        python_remedy="set the tags owner, environment and data-classification in tags of the "
        "AuthStack, or of the pool",
        source="AWS whitepaper, «Best Practices for Tagging AWS Resources»",
        check=_responsibility,
    ),
)
