"""Attributes that an identity provider fills at every sign-in."""

from constructs_auth.rules._pool import POOL
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
from constructs_auth.rules.validity.schema import STANDARD_NAMES, attributes_of
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown
from constructs_auth.terraform.resource import Resource


def _mapped_are_mutable(pool: Resource, context: Context) -> Answers:
    frozen = {name: block for block in attributes_of(pool) if (name := _if_frozen(block))}
    if not frozen:
        return
    found = context.configuration.members(pool, "aws_cognito_identity_provider")
    for provider in found.resources:
        mapping = provider.body.peek_entries("attribute_mapping")
        if isinstance(mapping, Unknown):
            if mapping is not LEFT_OUT:
                yield Undecided(why=mapping.why, at=f"{provider.address}.attribute_mapping")
            continue
        for name in sorted(mapping.keys() & frozen.keys()):
            block = frozen[name]
            mutable = block.peek_flag("mutable")
            if isinstance(mutable, Unknown):
                yield undecided(block, "mutable", mutable)
            else:
                yield Violation(
                    text=f"must be true where {provider.address} fills {name}, got false",
                    at=f"{block.path}mutable",
                )


def _if_frozen(attribute: Block) -> str:
    """Give the name as mappings write it, or nothing where the attribute may change.

    Where `mutable` is not set, the provider sends `false`.
    """
    name = attribute.peek_text("name")
    if not isinstance(name, str) or attribute.peek_flag("mutable") is True:
        return ""
    return name if name in STANDARD_NAMES else f"custom:{name}"


MAPPED_ATTRIBUTES_MUTABLE = Rule(
    id="CVB12",
    title="What an identity provider fills can change",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito writes mapped attributes at every sign-in; the second sign-in of each user fails.",
    remedy="take the attribute out of attribute_mapping: mutable can never be changed; on a pool "
    "that is not there yet, set mutable = true",
    source="API, SchemaAttributeType.Mutable",
    check=_mapped_are_mutable,
)
