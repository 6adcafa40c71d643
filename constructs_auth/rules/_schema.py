"""Which attributes a user pool has, as its `schema` says."""

from collections.abc import Mapping
from dataclasses import dataclass

from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, StandardAttributeName
from constructs_auth.rules._pool import pool_of
from constructs_auth.rules.rule import Context
from constructs_auth.terraform.block import Flag, Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

STANDARD = frozenset(StandardAttributeName)
READ_ONLY = frozenset(READ_ONLY_ATTRIBUTES)
_CUSTOM = "custom:"
_DEVELOPER = "dev:custom:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An attribute in the schema.

    Attributes:
        mutable: Whether it may change after sign-up.
        required: Whether nobody signs up without it.
    """

    mutable: bool | Unknown
    required: bool | Unknown


def declared_in_pool(resource: Resource, context: Context) -> Mapping[str, Declared] | Unknown:
    """Give the attributes in the schema of the pool that *resource* belongs to."""
    pool = pool_of(resource, context)
    return pool if isinstance(pool, Unknown) else declared_attributes(pool)


def declared_attributes(pool: Resource) -> Mapping[str, Declared] | Unknown:
    """Give the attributes in the schema of *pool*, by the name that clients use for them."""
    blocks = pool.body.peek_blocks("schema")
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, Declared] = {}
    for block in blocks:
        name = block.peek_text("name")
        if isinstance(name, Unknown):
            return name
        if name is not None:
            developer = block.peek_flag("developer_only_attribute") is True
            written = name.removeprefix("dev:").removeprefix(_CUSTOM)
            called = written if written in STANDARD else f"{_CUSTOM}{written}"
            found[f"{_DEVELOPER}{written}" if developer else called] = Declared(
                mutable=_false_if_not_set(block.peek_flag("mutable")),
                required=_false_if_not_set(block.peek_flag("required")),
            )
    return found


def _false_if_not_set(flag: Flag) -> bool | Unknown:
    """Give what the provider sends for *flag*: of a block of its schema, null is false."""
    return False if flag is None else flag


def is_own_name(name: str) -> bool:
    """Say whether *name* is that of an attribute that a schema must declare."""
    return name.startswith((_CUSTOM, _DEVELOPER))


def declared_in_pool_of(resource: Resource, context: Context) -> Mapping[str, Declared]:
    """Give the attributes in the schema of the pool that *resource* belongs to.

    Raises:
        UnknownValueError: They are not known.
    """
    return _known(declared_in_pool(resource, context))


def declared_in(pool: Resource) -> Mapping[str, Declared]:
    """Give the attributes in the schema of *pool*.

    Raises:
        UnknownValueError: They are not known.
    """
    return _known(declared_attributes(pool))


def _known(declared: Mapping[str, Declared] | Unknown) -> Mapping[str, Declared]:
    if isinstance(declared, Unknown):
        raise UnknownValueError(declared, at="schema")
    return declared
