"""Shared by all subjects: the parts of a program, and how to read values of a state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from constructs_auth.adopt.backend import LOCAL
from constructs_auth.adopt.python import Argument, Call, Code, Items, Table, names_in
from constructs_auth.terraform.resource import Resource

AS_IT_IS = Code("AS_IT_IS", ("AS_IT_IS",))

FLAGS_IN_SETS: Mapping[str, tuple[str, ...]] = {
    "cognito_identity_providers": ("server_side_token_check",),
    "schema": ("developer_only_attribute", "mutable", "required"),
}
"""The flags of blocks in sets, which an import reads as false where nobody has set them.

Terraform plans an update where a state has none of them, and the program has one (measured with AWS
provider 5.100.0).
"""

LENGTHS = "string_attribute_constraints"
"""The block with the bounds of a text."""

FULL_LENGTH = ("0", "2048")
"""Cognito's own bounds of a text."""

_FIXED_LENGTH = {"birthdate": ("10", "10")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A setting that the constructs do not offer: an escape hatch in the program.

    Attributes:
        argument: The argument of Terraform.
        value: Its value; `None` leaves it out.
    """

    argument: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One construct of the program.

    Attributes:
        resource: The resource of the state.
        variable: The name of the Python variable.
        construct_id: The id of the construct.
        call: The call that defines it.
        import_id: The id that Terraform imports the resource by; empty if it is not imported.
        moved_from: The address that the state keeps it at, if that is another one.
        nested: Its other resources, by their address in the program.
        nested_ids: The import id of each of them, or its old address.
        overrides: The settings that only Terraform's arguments can express.
        statements: The calls that follow the construct.
        files: The files that it reads, by their path beside the program.
    """

    resource: Resource
    variable: str
    construct_id: str
    call: Call
    import_id: str = ""
    moved_from: str = ""
    nested: Mapping[str, Resource] = field(default_factory=dict)
    nested_ids: Mapping[str, str] = field(default_factory=dict)
    overrides: Sequence[Override] = ()
    statements: Sequence[Call] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        """The address of the resource in the program."""
        return f"{self.resource.type}.{self.construct_id}"

    @property
    def names(self) -> Iterator[str]:
        """The public names that it needs."""
        for call in (self.call, *self.statements):
            yield from names_in(call)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A sensitive variable of the program.

    Attributes:
        name: The name of the Terraform variable.
        variable: The name of the Python variable.
        description: The owner of the secret.
        known: The secret in the state, for the proof; empty if the state does not have it.
    """

    name: str
    variable: str
    description: str
    known: str = field(default="", repr=False)

    @property
    def value(self) -> Code:
        """The value, as other constructs take it."""
        return Code(f"{self.variable}.string_value", ("Variable",))


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """All parts of a program.

    Attributes:
        region: The region of the pools.
        default_tags: The tags that the provider gives to every resource.
        parts: The constructs, each after those that it refers to.
        secrets: The variables that hold secrets.
        left: The resources of Cognito that no construct covers.
        unread: What exists and could not be read, a line for each.
        backend: The argument `backend` of the stack.
        keeps_state: Whether the program takes over the state as it is, without imports.
    """

    region: str
    default_tags: Mapping[str, str]
    parts: Sequence[Part]
    secrets: Sequence[Secret]
    left: Sequence[Resource]
    unread: Sequence[str] = ()
    backend: Argument = LOCAL
    keeps_state: bool = False


def lengths_of(standard_attribute: str) -> tuple[str, str]:
    """Return Cognito's own bounds of a standard attribute."""
    return _FIXED_LENGTH.get(standard_attribute, FULL_LENGTH)


def free_name(name: str, taken: set[str]) -> str:
    """Return *name*, with a number if it is taken; it is taken from then on."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(found)
    return found


def block(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the only block *name*, or an empty one."""
    found = values.get(name)
    first = found[0] if isinstance(found, list) and found else {}
    return first if isinstance(first, Mapping) else {}


def blocks(values: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """Return all blocks *name*."""
    found = values.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def texts(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a set of texts, sorted."""
    found = values.get(name)
    return tuple(sorted(map(str, found))) if isinstance(found, list) else ()


def table_of(found: Mapping[str, Any]) -> Table:
    """Return a map of texts, sorted."""
    return Table([(str(name), str(value)) for name, value in sorted(found.items())])


def member(kind: type[StrEnum], value: str) -> Code | None:
    """Return the member of an enum of the library with *value*, or `None` if there is none."""
    for one in kind:
        if one.value == value:
            return Code(f"{kind.__name__}.{one.name}", (kind.__name__,))
    return None


def members(kind: type[StrEnum], values: Sequence[str]) -> Items | None:
    """Return the members with *values*, or `None` if one of them is unknown."""
    found = [member(kind, value) for value in values]
    known = [one for one in found if one is not None]
    return Items(known) if len(known) == len(found) else None


def sender_of(identity: str) -> str:
    """Return an address for a construct that needs one beside the SES *identity*.

    It is empty if the identity is an address itself.
    """
    name = identity.rpartition("/")[2]
    return "" if "@" in name else f"no-reply@{name if '.' in name else 'sender.invalid'}"


def duration(value: timedelta) -> Call:
    """Return a time in its largest whole unit."""
    seconds = int(value.total_seconds())
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds and not seconds % size:
            return Call("timedelta", (), (Argument(name=unit, value=seconds // size),))
    return Call("timedelta", (), (Argument(name="seconds", value=seconds),))
