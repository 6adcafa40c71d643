"""Which attributes of its pool an identity provider fills, and whether it can."""

from collections.abc import Mapping

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules._provider import MAPPING, PROVIDER, mapping_of
from constructs_auth.rules._schema import (
    READ_ONLY,
    STANDARD,
    declared_in_pool,
    is_own_name,
)
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_BY_COGNITO = READ_ONLY | {"username"}


def _keys(provider: Resource, _context: Context) -> Answers:
    mapping = mapping_of(provider)
    if isinstance(mapping, Unknown):
        yield undecided_at(MAPPING, mapping)
        return
    limit = limits.ATTRIBUTE_MAPPING_KEY
    for name in mapping:
        if not limit.accepts(name):
            yield Violation(
                text=f"must have keys of {limit.minimum} to {limit.maximum} characters, got "
                f"{name!r}",
                at=MAPPING,
            )


def _exist(provider: Resource, context: Context) -> Answers:
    mapping = mapping_of(provider)
    if isinstance(mapping, Unknown):
        yield undecided_at(MAPPING, mapping)
        return
    own = [name for name in mapping if is_own_name(name)]
    declared = declared_in_pool(provider, context) if own else {}
    for name in mapping:
        if name not in STANDARD | _BY_COGNITO and not is_own_name(name):
            yield Violation(
                text=f"must name attributes of the pool, its own as custom:<name>, got {name!r}",
                at=MAPPING,
            )
        elif name in own and not isinstance(declared, Unknown) and name not in declared:
            yield Violation(
                text=f"must name attributes in the pool's schema, got {name!r}", at=MAPPING
            )
    if isinstance(declared, Unknown):
        yield undecided_at(MAPPING, declared)


def _required(provider: Resource, context: Context) -> Answers:
    declared, mapping = declared_in_pool(provider, context), mapping_of(provider)
    if isinstance(declared, Unknown):
        yield undecided_at(MAPPING, declared)
        return
    for name, details in declared.items():
        if details.required is False or (isinstance(mapping, Mapping) and name in mapping):
            continue
        unknown = first_unknown(details.required, mapping)
        if unknown is not None:
            yield undecided_at(MAPPING, unknown)
        else:
            yield Violation(text=f"must hold {name}, which the pool requires", at=MAPPING)


MAPPING_KEYS = Rule(
    id="CVJ07",
    title="Mapped attributes have names of at most 32 characters",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply.",
    remedy="name attributes of the pool",
    source="API, AttributeMappingKeyType",
    check=_keys,
)

MAPPED_EXIST = Rule(
    id="CVJ07B",
    title="Mapped attributes are there in the pool",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=PROVIDER,
    why="Cognito refuses the provider at apply: an own attribute must be in the schema, and has "
    "the prefix custom: here and none there.",
    remedy="add a schema block to the pool, or mend the name",
    source="developer guide, «Specifying identity provider attribute mappings»",
    check=_exist,
)

REQUIRED_MAPPED = Rule(
    id="CVJ07C",
    title="An identity provider fills the attributes that the pool requires",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=PROVIDER,
    why="Nobody without them can sign in with the provider for the first time.",
    remedy="add the attribute to attribute_mapping",
    source="developer guide, «Specifying identity provider attribute mappings»",
    check=_required,
)
