"""By which attributes users sign in, which Cognito never lets be changed."""

from constructs_auth.facts.words import AliasAttribute, ContactAttribute
from constructs_auth.rules._pool import POOL, each_of, first_unknown, holds
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

_PREFERRED = "preferred_username"


def _one_kind(pool: Resource, _context: Context) -> Answers:
    aliases = pool.body.peek_texts("alias_attributes")
    names = pool.body.peek_texts("username_attributes")
    if not aliases or not names:
        return
    for argument, values in (("alias_attributes", aliases), ("username_attributes", names)):
        if isinstance(values, Unknown):
            yield undecided(pool.body, argument, values)
            return
    yield Violation(
        text="must be left out where alias_attributes is set, got both",
        at="username_attributes",
    )


def _known(pool: Resource, _context: Context) -> Answers:
    yield from each_of(pool.body, "alias_attributes", tuple(AliasAttribute))
    yield from each_of(pool.body, "username_attributes", tuple(ContactAttribute))


def _preferred_username(pool: Resource, _context: Context) -> Answers:
    alias = holds(pool.body.peek_texts("alias_attributes"), _PREFERRED)
    if alias is False:
        return
    blocks = pool.body.peek_blocks("schema")
    if isinstance(blocks, Unknown):
        yield undecided(pool.body, "schema", blocks)
        return
    for block in blocks:
        name, required = block.peek_text("name"), block.peek_flag("required")
        if (isinstance(name, str) and name != _PREFERRED) or not required:
            continue
        unknown = first_unknown(alias, name, required)
        at = f"{block.path}required"
        if unknown is None:
            yield Violation(
                text="must be false where preferred_username is an alias, got true", at=at
            )
        else:
            yield Undecided(why=unknown.why, at=at)


ONE_KIND_OF_SIGN_IN = Rule(
    id="CVA02",
    title="Users sign in by aliases or by username attributes, not both",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito has either user names with aliases, or no user names; it refuses both at once.",
    remedy="leave alias_attributes or username_attributes out; neither can be changed later",
    source="provider, ConflictsWith; developer guide, user pool attributes; CG810",
    check=_one_kind,
)
SIGN_IN_ATTRIBUTES = Rule(
    id="CVA03",
    title="Sign-in attributes are ones that Cognito signs in with",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="of aliases, name email, phone_number or preferred_username; of username attributes, "
    "the first two",
    source="API, AliasAttributeType and UsernameAttributeType",
    check=_known,
)
PREFERRED_USERNAME = Rule(
    id="CVA04",
    title="preferred_username is not both required and an alias",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="An alias can be set only once the user is confirmed, so nobody could sign up.",
    remedy="take required from the schema of preferred_username, or it from alias_attributes",
    source="developer guide, user pool attributes",
    check=_preferred_username,
)
