"""The name, the guard, the feature plan and the tags of a user pool, each on its own."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import UserPoolTier
from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import one_of, outside, shown, text_within
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

_GUARDS = ("ACTIVE", "INACTIVE")


def _name(pool: Resource, _context: Context) -> Answers:
    return text_within(pool.body, "name", limits.USER_POOL_NAME)


def _deletion_protection(pool: Resource, _context: Context) -> Answers:
    return one_of(pool.body, "deletion_protection", _GUARDS)


def _tier(pool: Resource, _context: Context) -> Answers:
    return one_of(pool.body, "user_pool_tier", tuple(UserPoolTier))


def _tags(pool: Resource, _context: Context) -> Answers:
    tags = pool.body.peek_entries("tags")
    if isinstance(tags, Unknown):
        if tags is not LEFT_OUT:
            yield Undecided(why=tags.why, at="tags")
        return
    for key, value in tags.items():
        at = f"tags[{key!r}]"
        yield from outside(key, limits.TAG_KEY, at)
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=at)
        elif isinstance(value, str):
            yield from outside(value, limits.TAG_VALUE, at)
        elif isinstance(value, dict | list):
            yield Violation(text=f"must be a text, got {shown(value)}", at=at)


USER_POOL_NAME = Rule(
    id="CVA01",
    title="The pool's name is one that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply; the provider's own check matches a part of the name.",
    remedy="give another name; of a pool that is there, the name can only be kept",
    source="API, UserPoolNameType",
    check=_name,
)
DELETION_PROTECTION_WORD = Rule(
    id="CVA12",
    title="Deletion protection is a word that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy='set deletion_protection = "ACTIVE"',
    source="API, DeletionProtectionType",
    check=_deletion_protection,
)
USER_POOL_TIER_WORD = Rule(
    id="CVA13",
    title="The feature plan is one that Cognito has",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy='set user_pool_tier = "ESSENTIALS", which is the default of a new pool',
    source="API, UserPoolTierType",
    check=_tier,
)
USER_POOL_TAGS = Rule(
    id="CVA14",
    title="Tags have the length that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the tags, and with them the pool, at apply.",
    remedy="shorten the key or the value",
    source="API, TagKeysType and TagValueType",
    check=_tags,
)
