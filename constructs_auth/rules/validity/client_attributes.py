"""Which attributes a client reads and writes, and whether that is enough for its pool."""

from constructs_auth.rules._client import (
    CLIENT,
    listed,
    undecided_at,
)
from constructs_auth.rules._schema import (
    READ_ONLY,
    STANDARD,
    declared_in_pool,
    is_own_name,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.rules.validity.client_providers import providers_of
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource
from constructs_auth.values.identity_providers import written_attributes

_READ, _WRITE = "read_attributes", "write_attributes"
_BY_COGNITO = READ_ONLY | {"identities", "sub"}


def _exist(client: Resource, context: Context) -> Answers:
    for name in (_READ, _WRITE):
        attributes = listed(client.body, name)
        for attribute in attributes.known:
            if attribute not in STANDARD | _BY_COGNITO and not is_own_name(attribute):
                yield Violation(
                    text=f"must be attributes of the pool, its own as custom:<name>, got "
                    f"{attribute!r}",
                    at=name,
                )
        own = [attribute for attribute in attributes.known if is_own_name(attribute)]
        declared = declared_in_pool(client, context) if own else None
        if isinstance(declared, Unknown):
            yield undecided_at(name, declared)
        elif declared is not None:
            for attribute in own:
                if attribute not in declared:
                    yield Violation(
                        text=f"must be in the schema of the pool, got {attribute!r}", at=name
                    )
        if attributes.open is not None:
            yield undecided_at(name, attributes.open)


def _hold_required(client: Resource, context: Context) -> Answers:
    attributes = listed(client.body, _WRITE)
    if not attributes.known:
        return
    declared = declared_in_pool(client, context)
    if isinstance(declared, Unknown):
        yield undecided_at(_WRITE, declared)
        return
    for attribute, details in declared.items():
        if details.required is True and attribute not in attributes.known:
            if attributes.unknown is not None:
                yield undecided_at(_WRITE, attributes.unknown)
            else:
                yield Violation(text=f"must hold {attribute}, which the pool requires", at=_WRITE)


def _hold_mapped(client: Resource, context: Context) -> Answers:
    attributes = listed(client.body, _WRITE)
    if attributes.unknown is LEFT_OUT or (not attributes.known and attributes.unknown is None):
        return
    for name, provider in providers_of(client, context):
        if isinstance(provider, Undecided):
            yield provider
        elif provider is not None:
            mapping = provider.body.peek_entries("attribute_mapping")
            if isinstance(mapping, Unknown):
                if mapping is not LEFT_OUT:
                    yield undecided_at(_WRITE, mapping)
                continue
            missing = [
                attribute
                for attribute in written_attributes(dict.fromkeys(mapping, ""))
                if attribute not in attributes.known
            ]
            if missing and attributes.unknown is not None:
                yield undecided_at(_WRITE, attributes.unknown)
            elif missing:
                yield Violation(
                    text=f"must hold {', '.join(missing)}, which {name} fills at each sign-in",
                    at=_WRITE,
                )


ATTRIBUTES_EXIST = Rule(
    id="CVH25B",
    title="A client reads and writes attributes that the pool has",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply: an own attribute must be in the schema, and has "
    "the prefix custom: here and none there.",
    remedy="add a schema block to the pool, or mend the name",
    source="API, CreateUserPoolClient, ReadAttributes and WriteAttributes",
    check=_exist,
)

REQUIRED_ATTRIBUTES = Rule(
    id="CVH25C",
    title="A client writes the attributes that the pool requires",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Nobody can sign up through the client; Cognito may refuse it.",
    remedy="add the attribute to write_attributes",
    source="developer guide, «Attribute permissions and scopes»",
    check=_hold_required,
)

MAPPED_ATTRIBUTES = Rule(
    id="CVH25",
    title="A client writes the attributes that its identity providers fill",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito fills mapped attributes at each sign-in with the rights of the client: without "
    "the right nobody can sign in with the provider.",
    remedy="add the attribute to write_attributes, or take it out of attribute_mapping",
    source="API, CreateUserPoolClient, WriteAttributes",
    check=_hold_mapped,
)
