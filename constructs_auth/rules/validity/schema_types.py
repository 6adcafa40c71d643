"""What the attributes of a pool may hold: their types and bounds."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.rules._pool import POOL, given
from constructs_auth.rules.ask import number_within, one_of, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.rules.validity.schema import STANDARD_NAMES, attributes_of
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_TYPES = ("String", "Number", "DateTime", "Boolean")


def _types(pool: Resource, _context: Context) -> Answers:
    for attribute in attributes_of(pool):
        yield from one_of(attribute, "attribute_data_type", _TYPES)


def _standard_types(pool: Resource, _context: Context) -> Answers:
    for attribute in attributes_of(pool):
        name = attribute.peek_text("name")
        if name not in STANDARD_NAMES:
            continue
        wanted = "Number" if name == "updated_at" else "String"
        got = attribute.peek_text("attribute_data_type")
        if isinstance(got, Unknown):
            yield undecided(attribute, "attribute_data_type", got)
        elif got is not None and got != wanted:
            yield Violation(
                text=f"must be {wanted} for {name}, got {got!r}",
                at=f"{attribute.path}attribute_data_type",
            )


def _lengths(pool: Resource, _context: Context) -> Answers:
    for bounds in _bounds(pool, "string_attribute_constraints"):
        for name in ("min_length", "max_length"):
            if given(bounds, name) is not None:
                yield from number_within(bounds, name, limits.STRING_ATTRIBUTE_LENGTH)


def _lengths_in_order(pool: Resource, _context: Context) -> Answers:
    for bounds in _bounds(pool, "string_attribute_constraints"):
        yield from _in_order(bounds, "min_length", "max_length")


def _values_in_order(pool: Resource, _context: Context) -> Answers:
    for bounds in _bounds(pool, "number_attribute_constraints"):
        yield from _in_order(bounds, "min_value", "max_value")


def _bounds(pool: Resource, name: str) -> Iterator[Block]:
    for attribute in attributes_of(pool):
        found = attribute.peek_block(name)
        if isinstance(found, Block):
            yield found


def _in_order(bounds: Block, least: str, most: str) -> Answers:
    if given(bounds, least) is None or given(bounds, most) is None:
        return
    low, high = bounds.peek_number(least), bounds.peek_number(most)
    if isinstance(low, Unknown):
        yield undecided(bounds, least, low)
    elif isinstance(high, Unknown):
        yield undecided(bounds, most, high)
    elif low is not None and high is not None and low > high:
        yield Violation(
            text=f"must not be greater than {most}, which is {high}, got {low}",
            at=f"{bounds.path}{least}",
        )


ATTRIBUTE_TYPES = Rule(
    id="CVB07",
    title="Attribute types are ones that Cognito has",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the attribute at apply.",
    remedy="set attribute_data_type to String, Number, DateTime or Boolean",
    source="API, AttributeDataType",
    check=_types,
)
STANDARD_ATTRIBUTE_TYPES = Rule(
    id="CVB08",
    title="Standard attributes keep their type",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses another type than that of OpenID Connect.",
    remedy='set attribute_data_type = "String", and "Number" for updated_at',
    source="terraform-provider-aws 5.100.0, standard attributes of a pool",
    check=_standard_types,
)
ATTRIBUTE_LENGTHS = Rule(
    id="CVB09",
    title="Texts are as long as Cognito keeps them",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="No attribute holds more than 2,048 bytes: a longer value is refused at sign-up.",
    remedy="set min_length and max_length to numbers from 0 to 2048",
    source="developer guide, quotas: the length of an attribute's value; CG812",
    check=_lengths,
)
ATTRIBUTE_LENGTHS_IN_ORDER = Rule(
    id="CVB09B",
    title="The least length is not greater than the most",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="No value fits, so nobody can set the attribute; it can never be changed.",
    remedy="exchange min_length and max_length",
    source="API, StringAttributeConstraintsType",
    check=_lengths_in_order,
)
ATTRIBUTE_VALUES_IN_ORDER = Rule(
    id="CVB10",
    title="The least value is not greater than the most",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="No value fits, so nobody can set the attribute; it can never be changed.",
    remedy="exchange min_value and max_value",
    source="API, NumberAttributeConstraintsType",
    check=_values_in_order,
)
