"""The attributes of a pool's users: their names, types and limits, and who writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from constructs_auth.facts import limits
from constructs_auth.facts.resource_types import IDENTITY_PROVIDER, USER_POOL
from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, StandardAttributeName
from constructs_auth.rules.ask import (
    each_once,
    either,
    is_flag,
    known_blocks,
    number_within,
    of_set,
    one_of,
    text_within,
    user_pool_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    separately,
    surely,
)
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

STANDARD = frozenset(StandardAttributeName)
READ_ONLY = frozenset(READ_ONLY_ATTRIBUTES)
_CUSTOM = "custom:"
_DEVELOPER = "dev:custom:"
_PREFIXES = (_CUSTOM, "dev:")
_MANAGED_BY_COGNITO = ("identities", "sub")
_CONSTRAINTS = {
    "Number": "number_attribute_constraints",
    "String": "string_attribute_constraints",
}
_BOUNDS = {
    "number_attribute_constraints": ("min_value", "max_value"),
    "string_attribute_constraints": ("min_length", "max_length"),
}
_TYPES = ("String", "Number", "DateTime", "Boolean")
_REMOVE = (
    "remove the attribute from the schema of a new pool; one that exists can never be removed, so "
    "accept the finding for it"
)
DECLARE_OR_RENAME = "add a schema block to the pool, or fix the name"
"""The remedy for the name of an attribute that the pool does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An attribute in the schema.

    An unset flag is false: the provider sends `false` for a null in a block of the schema.

    Attributes:
        block: The schema block.
    """

    block: Block

    @property
    def mutable(self) -> bool:
        """Whether it may change after sign-up.

        Raises:
            UnknownValueError: It is not known.
        """
        return self.block.flag("mutable") is True

    @property
    def required(self) -> bool:
        """Whether users must enter it at sign-up.

        Raises:
            UnknownValueError: It is not known.
        """
        return self.block.flag("required") is True


def declared_in_pool(resource: Resource, context: Context) -> Mapping[str, Declared]:
    """Return the attributes in the schema of the pool that *resource* belongs to.

    Raises:
        UnknownValueError: The pool, its schema or a name in it is not known.
    """
    return declared_attributes(user_pool_of(resource, context))


def declared_attributes(pool: Resource) -> Mapping[str, Declared]:
    """Return the attributes in the schema of *pool*, by the name that clients use for them.

    Raises:
        UnknownValueError: The schema or a name in it is not known.
    """
    found: dict[str, Declared] = {}
    for block in pool.body.blocks("schema"):
        name = block.text("name")
        if name is not None:
            written = name.removeprefix("dev:").removeprefix(_CUSTOM)
            called = written if written in STANDARD else f"{_CUSTOM}{written}"
            developer = _is_developer_only(block)
            found[f"{_DEVELOPER}{written}" if developer else called] = Declared(block=block)
    return found


def is_own_name(name: str) -> bool:
    """Return whether *name* is that of an attribute that a schema must declare."""
    return name.startswith((_CUSTOM, _DEVELOPER))


def _is_developer_only(attribute: Block) -> bool:
    return surely(lambda: attribute.flag("developer_only_attribute") is True)


def _constraints(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, _has_constraints)


def _has_constraints(attribute: Block) -> Answers:
    name, kind = attribute.text("name"), attribute.text("attribute_data_type")
    block = _CONSTRAINTS.get(kind or "")
    if block is None or name in STANDARD or attribute.blocks(block):
        return
    yield Violation(
        text=f"must be set for the {kind} attribute {name!r}, got none",
        at=f"{attribute.path}{block}",
    )


def _standard_constraints(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, _has_the_constraints_of_cognito)


def _has_the_constraints_of_cognito(attribute: Block) -> Answers:
    name, kind = attribute.text("name"), attribute.text("attribute_data_type")
    block = _CONSTRAINTS.get(kind or "")
    if block is None or name not in STANDARD:
        return
    found = attribute.blocks(block)
    if any(one.value(bound) is not None for one in found for bound in _BOUNDS[block]):
        return
    # The provider compares a text attribute without the block by its other arguments alone.
    is_optional = not attribute.flag("required") and attribute.flag("mutable") is True
    if found or is_optional or kind == "Number":
        yield Violation(
            text=f"must have Cognito's bounds for the standard attribute {name!r}, got none",
            at=f"{attribute.path}{block}",
        )


def _number(pool: Resource, context: Context) -> Answers:
    if context.configuration.is_state:
        return  # It may also list standard attributes, which Cognito does not count.
    number = len(pool.body.blocks("schema"))
    if number > limits.SCHEMA_ATTRIBUTES.maximum:
        yield Violation(
            text=f"must contain at most {limits.SCHEMA_ATTRIBUTES.maximum} attributes, got "
            f"{number}",
            at="schema",
        )


def _of_each(pool: Resource, ask: Callable[[Block], Answers]) -> Answers:
    """Ask about each known attribute; CVB01 reports those that are not known."""
    return separately(*(ask(attribute) for attribute in known_blocks(pool.body, "schema")))


def _names(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, lambda one: text_within(one, "name", limits.CUSTOM_ATTRIBUTE_NAME))


def _prefixes(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, _has_no_prefix)


def _has_no_prefix(attribute: Block) -> Answers:
    name = attribute.text("name")
    if name is not None and name.startswith(_PREFIXES):
        yield Violation(
            text=f"must have no prefix, since Cognito adds it, got {name!r}",
            at=f"{attribute.path}name",
        )


def _not_built_in(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, lambda attribute: _is_not_reserved(attribute, READ_ONLY_ATTRIBUTES))


def _not_managed(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, lambda attribute: _is_not_reserved(attribute, _MANAGED_BY_COGNITO))


def _is_not_reserved(attribute: Block, reserved: tuple[str, ...]) -> Answers:
    name = attribute.text("name")
    if name in reserved:
        yield Violation(
            text=f"must not be one that Cognito manages itself, got {name!r}",
            at=f"{attribute.path}name",
        )


def _custom_is_optional(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, _is_standard_or_optional)


def _is_standard_or_optional(attribute: Block) -> Answers:
    if all_of(
        lambda: attribute.text("name") not in STANDARD,
        lambda: attribute.flag("required") is True,
    ):
        yield Violation(
            text=f"must be false for a custom attribute, got true for {attribute.text('name')!r}",
            at=f"{attribute.path}required",
        )


def _once(pool: Resource, _context: Context) -> Answers:
    attributes = of_set(known_blocks(pool.body, "schema"))
    developers = [one for one in attributes if _is_developer_only(one)]
    others = [one for one in attributes if not _is_developer_only(one)]
    for of_kind in (others, developers):
        yield from each_once(of_kind, "name", write=repr)


def _types(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, lambda one: one_of(one, "attribute_data_type", _TYPES))


def _standard_types(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, _has_standard_type)


def _has_standard_type(attribute: Block) -> Answers:
    if not surely(lambda: attribute.text("name") in STANDARD):
        return
    name, got = attribute.text("name"), attribute.text("attribute_data_type")
    wanted = "Number" if name == StandardAttributeName.UPDATED_AT else "String"
    if got is not None and got != wanted:
        yield Violation(
            text=f"must be {wanted} for {name}, got {got!r}",
            at=f"{attribute.path}attribute_data_type",
        )


def _standard_for_all(pool: Resource, _context: Context) -> Answers:
    return _of_each(pool, _is_not_developer_only)


def _is_not_developer_only(attribute: Block) -> Answers:
    if all_of(
        lambda: attribute.text("name") in STANDARD,
        lambda: attribute.flag("developer_only_attribute") is True,
    ):
        yield Violation(
            text=f"must be false for {attribute.text('name')}, got true",
            at=f"{attribute.path}developer_only_attribute",
        )


def _lengths(pool: Resource, _context: Context) -> Answers:
    for bounds in _bounds(pool, "string_attribute_constraints"):
        yield from separately(_length(bounds, "min_length"), _length(bounds, "max_length"))


def _length(bounds: Block, name: str) -> Answers:
    if bounds.given.text(name):
        yield from number_within(bounds, name, limits.STRING_ATTRIBUTE_LENGTH)


def _lengths_in_order(pool: Resource, _context: Context) -> Answers:
    return _in_order(pool, "string_attribute_constraints", "min_length", "max_length")


def _values_in_order(pool: Resource, _context: Context) -> Answers:
    return _in_order(pool, "number_attribute_constraints", "min_value", "max_value")


def _in_order(pool: Resource, constraints: str, least: str, most: str) -> Answers:
    return separately(*(_ordered(bounds, least, most) for bounds in _bounds(pool, constraints)))


def _ordered(bounds: Block, least: str, most: str) -> Answers:
    if all_of(
        lambda: bool(bounds.given.text(least)),
        lambda: bool(bounds.given.text(most)),
    ):
        low, high = bounds.number(least), bounds.number(most)
        if low is not None and high is not None and low > high:
            yield Violation(
                text=f"must not be greater than {most}, which is {high}, got {low}",
                at=f"{bounds.path}{least}",
            )


def _bounds(pool: Resource, constraints: str) -> tuple[Block, ...]:
    found = [known_blocks(one, constraints) for one in known_blocks(pool.body, "schema")]
    return tuple(blocks[0] for blocks in found if blocks)


def _mapped_are_mutable(pool: Resource, context: Context) -> Answers:
    fixed = {
        name if name in STANDARD else f"{_CUSTOM}{name}": attribute
        for attribute in known_blocks(pool.body, "schema")
        if (name := _name_unless_mutable(attribute))
    }
    if fixed:
        providers = context.configuration.members(pool, IDENTITY_PROVIDER).resources
        yield from separately(*(_maps_none_of(provider, fixed) for provider in providers))


def _name_unless_mutable(attribute: Block) -> str | None:
    """Return the name of *attribute*; `None` if it is mutable or its name is not known."""
    if surely(lambda: attribute.flag("mutable") is True):
        return None
    return attribute.text("name") if surely(lambda: bool(attribute.text("name"))) else None


def _maps_none_of(provider: Resource, fixed: Mapping[str, Block]) -> Answers:
    mapping = provider.body.given.entries("attribute_mapping")
    mapped = sorted(mapping.keys() & fixed.keys())
    yield from separately(*(_is_mutable(fixed[name], provider, name) for name in mapped))


def _is_mutable(attribute: Block, provider: Resource, name: str) -> Answers:
    # If `mutable` is not set, the provider sends `false`.
    if attribute.flag("mutable") is not True:
        yield Violation(
            text=f"must be true where {provider.address} maps {name}, got false",
            at=f"{attribute.path}mutable",
        )


def _no_developer_attributes(pool: Resource, _context: Context) -> Answers:
    return _of_each(
        pool,
        lambda one: is_flag(one, "developer_only_attribute", wanted=False, default=False),
    )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVB01",
        slug="attribute-count",
        title=f"A pool must define at most {limits.SCHEMA_ATTRIBUTES.maximum} attributes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply. Attributes can never be removed to make room.",
        remedy="keep attributes that sign-in does not need in your own database",
        source="API, SchemaAttributesListType; AWS provider 5.100.0, schema, at most 50 blocks",
        check=_number,
    ),
    Rule(
        id="CVB02",
        slug="attribute-name",
        title="Attribute names must be ones that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the attribute at apply.",
        remedy=f"choose a name of at most {limits.CUSTOM_ATTRIBUTE_NAME.maximum} characters "
        "without spaces; it can never be changed",
        source="API, CustomAttributeNameType; hashicorp/terraform-provider-aws #31721",
        check=_names,
    ),
    Rule(
        id="CVB03",
        slug="attribute-without-prefix",
        title="Attribute names must not have the prefix custom:",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito adds the prefix. The attribute becomes custom:custom:…, and can never be "
        "removed.",
        remedy="write the name without the prefix; an attribute that exists can never be "
        "removed, so "
        "accept the finding for it",
        source="API, SchemaAttributeType.Name; crossplane-contrib/provider-upjet-aws #427",
        check=_prefixes,
    ),
    Rule(
        id="CVB04",
        slug="no-verified-attributes-declared",
        title="A schema must not define email_verified or phone_number_verified",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito manages these attributes itself. If the schema has email_verified, Cognito "
        "creates custom:email_verified, which can never be removed.",
        remedy=_REMOVE,
        source="aws/aws-cdk #14175 and #14699: Cognito treats them as custom attributes; "
        "phone_number_verified is too long for one, which CVB02 reports",
        check=_not_built_in,
    ),
    Rule(
        id="CVB04B",
        slug="no-sub-or-identities-declared",
        title="A schema must not define sub or identities",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito manages sub and identities itself.",
        remedy=_REMOVE,
        source="developer guide, «Working with user attributes», as we read it",
        check=_not_managed,
    ),
    Rule(
        id="CVB05",
        slug="custom-attributes-optional",
        title="Custom attributes must not be required",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses it: «Required custom attributes are not supported currently».",
        remedy="set required = false, and check the attribute in a pre sign-up trigger",
        source="«Required custom attributes are not supported currently», "
        "hashicorp/terraform-provider-aws #18430, boto/boto3 #2317",
        check=_custom_is_optional,
    ),
    Rule(
        id="CVB06",
        slug="attributes-declared-once",
        title="Each attribute must be defined once",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply; the provider accepts the attribute twice.",
        remedy="remove one of the two",
        source="«Duplicate custom attribute names … are not allowed in a user pool schema», "
        "badmintoncryer/cdk-preflight, pf-cognito-schema-name-duplicate",
        check=_once,
    ),
    Rule(
        id="CVB07",
        slug="known-attribute-types",
        title="Attribute types must be ones that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the attribute at apply.",
        remedy=f"set attribute_data_type to {either(_TYPES)}",
        source="API, AttributeDataType",
        check=_types,
    ),
    Rule(
        id="CVB08",
        slug="standard-attribute-types",
        title="Standard attributes must keep their type",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses any type but that of OpenID Connect.",
        remedy='set attribute_data_type = "String", and "Number" for updated_at',
        source="«You can not change AttributeDataType or set developerOnlyAttribute for "
        "standard schema attribute», badmintoncryer/cdk-preflight, "
        "pf-cognito-schema-standard-attr-datatype",
        check=_standard_types,
    ),
    Rule(
        id="CVB08B",
        slug="standard-attributes-not-developer-only",
        title="Standard attributes must not be developer-only",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy="set developer_only_attribute = false",
        source="«You can not change AttributeDataType or set developerOnlyAttribute for standard "
        "schema attribute», badmintoncryer/cdk-preflight, "
        "pf-cognito-schema-standard-attr-datatype",
        check=_standard_for_all,
    ),
    Rule(
        id="CVB09",
        slug="attribute-length-range",
        title="Text lengths must be within Cognito's limits",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why=f"An attribute holds at most {limits.STRING_ATTRIBUTE_LENGTH.maximum:,} bytes. Cognito "
        "refuses a longer value when a user sets it.",
        remedy="set min_length and max_length of a new attribute to numbers from "
        f"{limits.STRING_ATTRIBUTE_LENGTH.minimum} to {limits.STRING_ATTRIBUTE_LENGTH.maximum}; "
        "those of an attribute that exists can never be changed",
        source="developer guide, «Quotas in Amazon Cognito», the length of an attribute's "
        "value; the API accepts larger numbers, StringAttributeConstraintsType",
        check=_lengths,
    ),
    Rule(
        id="CVB09B",
        slug="attribute-lengths-in-order",
        title="The minimum length must not be greater than the maximum",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply: no value fits.",
        remedy="swap min_length and max_length",
        source="«cannot have a max length shorter than it's min length», "
        "badmintoncryer/cdk-preflight, pf-cognito-schema-attr-length-order",
        check=_lengths_in_order,
    ),
    Rule(
        id="CVB13",
        slug="attribute-constraints-set",
        title="A custom attribute must have a block of constraints",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="Cognito returns the constraints even if none are set, so each later plan changes the "
        "attribute, and each apply fails: «cannot modify or remove schema items».",
        remedy="for a new attribute, set its bounds; for one that exists, write the block as "
        "Cognito has it, such as string_attribute_constraints {} or "
        "number_attribute_constraints {}",
        source="«cannot modify or remove schema items», hashicorp/terraform-provider-aws "
        "#21654 and #38096; measured with AWS provider 5.100.0",
        check=_constraints,
    ),
    Rule(
        id="CVB13B",
        slug="standard-attribute-constraints-set",
        title="A standard attribute must be declared with Cognito's constraints",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=USER_POOL,
        why="The provider reads an optional attribute without them as not declared: the next "
        "apply adds a custom attribute with the same name, which can never be removed. For other "
        "attributes, each later apply fails: «cannot modify or remove schema items».",
        remedy="write string_attribute_constraints with min_length = 0 and max_length = 2048 (10 "
        "and 10 for birthdate), or number_attribute_constraints with min_value = 0 for "
        "updated_at; or remove an optional, mutable attribute, which every pool has",
        source="terraform-provider-aws 5.100.0, user_pool.go; its documentation of schema; "
        "measured with the provider",
        check=_standard_constraints,
    ),
    Rule(
        id="CVB10",
        slug="attribute-values-in-order",
        title="The minimum value must not be greater than the maximum",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply: no value fits.",
        remedy="swap min_value and max_value",
        source="«cannot have a max value smaller than it's min value», "
        "badmintoncryer/cdk-preflight, pf-cognito-schema-number-min-max-order",
        check=_values_in_order,
    ),
    Rule(
        id="CVB12",
        slug="mapped-attributes-mutable",
        title="Attributes that an identity provider maps must be mutable",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito writes mapped attributes at every sign-in. From the second one on, the "
        "sign-in fails.",
        remedy="remove the attribute from attribute_mapping, since mutable can never be changed; "
        "if the pool does not exist yet, set mutable = true",
        source="API, SchemaAttributeType.Mutable",
        check=_mapped_are_mutable,
    ),
    Rule(
        id="CG122",
        slug="no-developer-only-attributes",
        title="Attributes must not be developer-only",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=USER_POOL,
        why="AWS replaced them with the write_attributes of app clients. A reviewer who reads "
        "only those overlooks what dev:… protects.",
        remedy="define a custom attribute and leave it out of the clients' write_attributes; if "
        "the pool exists, accept this finding: attributes cannot be removed",
        source="API, SchemaAttributeType.DeveloperOnlyAttribute",
        check=_no_developer_attributes,
    ),
)
