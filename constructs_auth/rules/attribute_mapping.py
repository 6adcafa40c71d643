"""Which attributes of its pool an identity provider maps, and whether they exist."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import FILLED_BY_COGNITO
from constructs_auth.rules.attributes import (
    DECLARE_OR_RENAME,
    STANDARD,
    Declared,
    declared_in_pool,
    is_own_name,
)
from constructs_auth.rules.identity_provider import MAPPING, PROVIDER, mapping_of
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    separately,
)
from constructs_auth.terraform.block import Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

_NAMED_BY_COGNITO = STANDARD | frozenset(FILLED_BY_COGNITO)


def _keys(provider: Resource, _context: Context) -> Answers:
    limit = limits.ATTRIBUTE_MAPPING_KEY
    for name in mapping_of(provider):
        if not limit.accepts(name):
            yield Violation(
                text=f"must have keys of {limit.minimum} to {limit.maximum} characters, got "
                f"{name!r}",
                at=MAPPING,
            )


def _exist(provider: Resource, context: Context) -> Answers:
    return separately(*(_exists(provider, context, name) for name in mapping_of(provider)))


def _exists(provider: Resource, context: Context, name: str) -> Answers:
    if is_own_name(name):
        if name not in declared_in_pool(provider, context):
            yield Violation(
                text=f"must name attributes in the pool's schema, got {name!r}", at=MAPPING
            )
    elif name not in _NAMED_BY_COGNITO:
        yield Violation(
            text=f"must name attributes of the pool, custom ones as custom:<name>, got {name!r}",
            at=MAPPING,
        )


def _required(provider: Resource, context: Context) -> Answers:
    declared = declared_in_pool(provider, context)
    return separately(*(_holds(provider, name, details) for name, details in declared.items()))


def _holds(provider: Resource, name: str, details: Declared) -> Answers:
    if details.required is False or name in mapping_of(provider):
        return
    if isinstance(details.required, Unknown):
        raise UnknownValueError(details.required, at=MAPPING)
    yield Violation(text=f"must contain {name}, which the pool requires", at=MAPPING)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVJ07",
        slug="mapping-keys",
        title="Mapped attributes must have names of at most "
        f"{limits.ATTRIBUTE_MAPPING_KEY.maximum} characters",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply.",
        remedy="name attributes of the pool",
        source="API, AttributeMappingKeyType",
        check=_keys,
    ),
    Rule(
        id="CVJ07B",
        slug="mapped-attributes-exist",
        title="Mapped attributes must exist in the pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=PROVIDER,
        why="Cognito refuses the provider at apply. A custom attribute must be in the schema; its "
        "name has the prefix custom: here, but not in the schema.",
        remedy=DECLARE_OR_RENAME,
        source="«AttributeMapping contains invalid mapping», aws/aws-cli #9729",
        check=_exist,
    ),
    Rule(
        id="CVJ07C",
        slug="required-attributes-mapped",
        title="An identity provider must map the attributes that the pool requires",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=PROVIDER,
        why="Users without them cannot sign in through the provider for the first time.",
        remedy="add the attribute to attribute_mapping",
        source="developer guide, «Mapping IdP attributes to profiles and tokens»",
        check=_required,
    ),
)
