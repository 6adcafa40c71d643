"""What the bodies of Terraform's own blocks hold: which arguments, which blocks, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from constructs_auth.handoff.schema import BodySchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is in the body of a block, and how it is written.

    Attributes:
        first: The arguments that stand first, apart from the others.
        order: The arguments that come before the other ones.
        last: The arguments that stand last, apart from the others.
        literals: The arguments whose strings are no templates.
        bare: The arguments that are a reference, a keyword or a type, written into a string.
        bare_lists: The arguments that are a list of those.
        bare_maps: The arguments that are an object of those.
        objects: The arguments that are a list of objects, and may be written as blocks.
        blocks: The blocks, by name.
        labels: How many labels the block has.
        last_blocks: The blocks that come after the other ones.
        is_known: Whether a list of objects that is not named here is an argument.
        keeps_null: Whether an argument that is null says something.
        is_literal: Whether no string in it is a template.
    """

    first: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    literals: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    bare_lists: frozenset[str] = frozenset()
    bare_maps: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    blocks: Mapping[str, "Shape"] = field(default_factory=dict)
    labels: int = 0
    last_blocks: tuple[str, ...] = ()
    is_known: bool = True
    keeps_null: bool = False
    is_literal: bool = False


CONDITION: Final = Shape(order=("condition", "error_message"))
CONNECTION: Final = Shape(order=("type", "host"))
PROVISIONER: Final = Shape(
    bare=frozenset({"when", "on_failure"}), blocks={"connection": CONNECTION}, labels=1
)
LIFECYCLE: Final = Shape(
    order=("create_before_destroy", "prevent_destroy"),
    literals=frozenset({"create_before_destroy", "prevent_destroy", "destroy"}),
    bare_lists=frozenset({"ignore_changes", "replace_triggered_by"}),
    blocks={"precondition": CONDITION, "postcondition": CONDITION},
)
_META: Final = Shape(
    first=("count", "for_each", "provider"),
    last=("depends_on",),
    bare=frozenset({"provider"}),
    bare_lists=frozenset({"depends_on"}),
    blocks={"connection": CONNECTION, "provisioner": PROVISIONER, "lifecycle": LIFECYCLE},
    last_blocks=("connection", "provisioner", "lifecycle"),
)

VARIABLE: Final = Shape(
    order=("type", "description", "default", "sensitive", "nullable", "ephemeral"),
    bare=frozenset({"type"}),
    literals=frozenset({"description", "default", "sensitive", "nullable", "ephemeral"}),
    blocks={"validation": CONDITION},
    keeps_null=True,
)
OUTPUT: Final = Shape(
    order=("description", "value", "sensitive", "ephemeral"),
    last=("depends_on",),
    literals=frozenset({"description", "sensitive", "ephemeral"}),
    bare_lists=frozenset({"depends_on"}),
    blocks={"precondition": CONDITION},
)
MODULE: Final = Shape(
    first=("source", "version", "count", "for_each", "providers"),
    last=("depends_on",),
    literals=frozenset({"source", "version"}),
    bare_maps=frozenset({"providers"}),
    bare_lists=frozenset({"depends_on"}),
    keeps_null=True,
)
LOCALS: Final = Shape(keeps_null=True)
MOVED: Final = Shape(order=("from", "to"), bare=frozenset({"from", "to"}))
IMPORT: Final = Shape(
    first=("for_each", "provider"), order=("to", "id"), bare=frozenset({"to", "provider"})
)
REMOVED: Final = Shape(
    order=("from",),
    bare=frozenset({"from"}),
    blocks={"connection": CONNECTION, "provisioner": PROVISIONER, "lifecycle": LIFECYCLE},
    last_blocks=("connection", "provisioner", "lifecycle"),
)
_WORKSPACES: Final = Shape(is_literal=True)
TERRAFORM: Final = Shape(
    order=("required_version",),
    is_literal=True,
    blocks={
        "required_providers": Shape(is_literal=True),
        "backend": Shape(is_literal=True, labels=1, blocks={"workspaces": _WORKSPACES}),
        "cloud": Shape(is_literal=True, blocks={"workspaces": _WORKSPACES}),
        "provider_meta": Shape(labels=1),
    },
)
_NAMES = ("name", "name_prefix", "bucket")


def of_body(schema: BodySchema) -> Shape:
    """Give the shape of a provider's body."""
    return Shape(
        order=_order(schema),
        objects=schema.objects,
        blocks={name: of_body(body) for name, body in schema.blocks.items()},
        is_known=schema.known,
    )


def of_provider(schema: BodySchema) -> Shape:
    """Give the shape of a provider block."""
    body = of_body(schema)
    return replace(body, order=("alias", *body.order), literals=frozenset({"alias", "version"}))


def of_resource(schema: BodySchema) -> Shape:
    """Give the shape of a resource, a data source or an ephemeral resource."""
    body = of_body(schema)
    return replace(
        _META,
        order=body.order,
        objects=body.objects,
        blocks={**body.blocks, **_META.blocks},
        is_known=body.is_known,
    )


def of_check(data: Shape) -> Shape:
    """Give the shape of a check, with its data source."""
    blocks = {"data": replace(data, labels=2), "assert": CONDITION}
    return Shape(blocks=blocks, last_blocks=("assert",))


def _order(schema: BodySchema) -> tuple[str, ...]:
    return (*_NAMES, *sorted(schema.required))
