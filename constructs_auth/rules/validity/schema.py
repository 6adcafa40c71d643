"""Which attributes a pool may define besides those that every pool has."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, StandardAttributeName
from constructs_auth.rules._pool import POOL, first_unknown
from constructs_auth.rules.ask import text_within, undecided
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_PREFIXES = ("custom:", "dev:")
_KEPT_BY_COGNITO = ("identities", "sub")
STANDARD_NAMES = frozenset(map(str, StandardAttributeName))


def attributes_of(pool: Resource) -> Iterator[Block]:
    """Walk through the schema blocks that can be seen."""
    found = pool.body.peek_blocks("schema")
    if not isinstance(found, Unknown):
        yield from found


def _number(pool: Resource, _context: Context) -> Answers:
    found = pool.body.peek_blocks("schema")
    if isinstance(found, Unknown):
        yield undecided(pool.body, "schema", found)
    elif len(found) > limits.SCHEMA_ATTRIBUTES.maximum:
        yield Violation(
            text=f"must hold at most {limits.SCHEMA_ATTRIBUTES.maximum} attributes, "
            f"got {len(found)}",
            at="schema",
        )


def _names(pool: Resource, _context: Context) -> Answers:
    for attribute in attributes_of(pool):
        yield from text_within(attribute, "name", limits.CUSTOM_ATTRIBUTE_NAME)


def _prefixes(pool: Resource, _context: Context) -> Answers:
    for attribute in attributes_of(pool):
        name = attribute.peek_text("name")
        if isinstance(name, Unknown):
            yield undecided(attribute, "name", name)
        elif name is not None and name.startswith(_PREFIXES):
            yield Violation(
                text=f"must have no prefix, which Cognito adds, got {name!r}",
                at=f"{attribute.path}name",
            )


def _is_none_of(pool: Resource, reserved: tuple[str, ...]) -> Answers:
    for attribute in attributes_of(pool):
        name = attribute.peek_text("name")
        if isinstance(name, Unknown):
            yield undecided(attribute, "name", name)
        elif name in reserved:
            yield Violation(
                text=f"must not be one that Cognito keeps by itself, got {name!r}",
                at=f"{attribute.path}name",
            )


def _not_built_in(pool: Resource, _context: Context) -> Answers:
    return _is_none_of(pool, READ_ONLY_ATTRIBUTES)


def _not_kept(pool: Resource, _context: Context) -> Answers:
    return _is_none_of(pool, _KEPT_BY_COGNITO)


def _custom_is_optional(pool: Resource, _context: Context) -> Answers:
    for attribute in attributes_of(pool):
        name, required = attribute.peek_text("name"), attribute.peek_flag("required")
        if name in STANDARD_NAMES or not required:
            continue
        at = f"{attribute.path}required"
        unknown = first_unknown(name, required)
        if unknown is None:
            yield Violation(
                text=f"must be false for a custom attribute, got true for {name!r}", at=at
            )
        else:
            yield Undecided(why=unknown.why, at=at)


def _once(pool: Resource, _context: Context) -> Answers:
    seen: set[str] = set()
    attributes = tuple(attributes_of(pool))
    for attribute in attributes:
        name = attribute.peek_text("name")
        if isinstance(name, Unknown):
            if len(attributes) > 1:
                yield undecided(attribute, "name", name)
        elif name in seen:
            yield Violation(text=f"must not repeat, got {name!r}", at=f"{attribute.path}name")
        elif name is not None:
            seen.add(name)


SCHEMA_SIZE = Rule(
    id="CVB01",
    title="A pool defines at most 50 attributes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply, and no attribute can ever be removed to make room.",
    remedy="keep what is not asked for at sign-in in a database of your own",
    source="API, SchemaAttributesListType; CG812",
    check=_number,
)
ATTRIBUTE_NAMES = Rule(
    id="CVB02",
    title="Attribute names are ones that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the attribute at apply.",
    remedy="choose a name of at most 20 characters without spaces; it can never be changed",
    source="API, CustomAttributeNameType; terraform-provider-aws #31721; CG812",
    check=_names,
)
ATTRIBUTE_PREFIXES = Rule(
    id="CVB03",
    title="Attribute names are written without custom:",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito adds the prefix: the attribute becomes custom:custom:…, and can never be removed.",
    remedy="write the name alone",
    source="API, SchemaAttributeType.Name; upjet-provider-aws #427",
    check=_prefixes,
)
ATTRIBUTES_BUILT_IN = Rule(
    id="CVB04",
    title="The marks of verified addresses are not defined again",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito keeps email_verified and phone_number_verified by itself and refuses them.",
    remedy="take the attribute out of the schema",
    source="aws-cdk #14175, an answer of the service team",
    check=_not_built_in,
)
ATTRIBUTES_KEPT = Rule(
    id="CVB04B",
    title="sub and identities are not defined again",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito keeps sub and identities by itself.",
    remedy="take the attribute out of the schema",
    source="developer guide, user pool attributes, as we read it",
    check=_not_kept,
)
CUSTOM_ATTRIBUTES_OPTIONAL = Rule(
    id="CVB05",
    title="Custom attributes are not required",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses it: «Required custom attributes are not supported currently».",
    remedy="set required = false, and look at the attribute in a pre sign-up trigger",
    source="terraform-provider-aws #18430, boto3 #2317; CG812",
    check=_custom_is_optional,
)
ATTRIBUTES_ONCE = Rule(
    id="CVB06",
    title="Each attribute is defined once",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="Cognito probably refuses the pool at apply; the provider takes the attribute twice.",
    remedy="take one of the two out",
    source="API, SchemaAttributesListType, as we read it",
    check=_once,
)
