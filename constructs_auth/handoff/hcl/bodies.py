"""Writes the body of a block: its arguments and blocks, in the order that readers expect.

A shape describes the body of one of Terraform's own blocks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from constructs_auth.errors import NotTerraformError
from constructs_auth.handoff.hcl.expressions import (
    EXPRESSION,
    LITERAL,
    POLICY,
    Reading,
    Value,
    expression,
    object_of,
    reference,
    references,
)
from constructs_auth.handoff.hcl.layout import Attribute, Block, Paragraph, is_identifier
from constructs_auth.handoff.hcl.templates import Lines
from constructs_auth.handoff.schema import BodySchema
from constructs_auth.report.characters import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the body of a block contains, and how to write it.

    Attributes:
        first: The arguments of the first paragraph.
        order: The arguments before all others.
        last: The arguments of the last paragraph.
        literals: The arguments whose strings are not templates.
        bare: The arguments that are a reference, a keyword or a type inside a string.
        bare_lists: The arguments that are a list of those.
        bare_maps: The arguments that are an object of those.
        objects: The arguments that are a list of objects, and may be written as blocks.
        blocks: The blocks, by name.
        labels: The number of labels of the block.
        last_blocks: The blocks after all others.
        is_known: Whether a list of objects that is not listed here is an argument.
        keeps_null: Whether null has a meaning for its arguments.
        is_literal: Whether none of its strings is a template.
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
    # OpenTofu evaluates prevent_destroy and enabled; Terraform accepts only true and false.
    literals=frozenset({"create_before_destroy", "destroy"}),
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


class _Bodies(Mapping[str, Shape]):
    """The blocks of a body; each gets its shape at its first use.

    A web ACL has thousands, and a stack writes few of them.

    Args:
        bodies: The blocks of the provider's body.
        others: The blocks of Terraform's own, which come first.
    """

    __slots__ = ("_bodies", "_others")

    def __init__(
        self, bodies: Mapping[str, BodySchema], others: Mapping[str, Shape] | None = None
    ) -> None:
        self._bodies = bodies
        self._others = others or {}

    def __getitem__(self, name: str) -> Shape:
        return self._others[name] if name in self._others else of_body(self._bodies[name])

    def __contains__(self, name: object) -> bool:
        return name in self._others or name in self._bodies

    def __iter__(self) -> Iterator[str]:
        return iter({**self._bodies, **self._others})

    def __len__(self) -> int:
        return len({**self._bodies, **self._others})


def of_body(schema: BodySchema) -> Shape:
    """Return the shape of a provider's body."""
    return Shape(
        order=_order(schema),
        objects=schema.objects,
        blocks=_Bodies(schema.blocks),
        is_known=schema.known,
    )


def of_provider(schema: BodySchema) -> Shape:
    """Return the shape of a provider block."""
    body = of_body(schema)
    return replace(body, order=("alias", *body.order), literals=frozenset({"alias", "version"}))


def of_resource(schema: BodySchema) -> Shape:
    """Return the shape of a resource, a data source or an ephemeral resource."""
    body = of_body(schema)
    return replace(
        _META,
        order=body.order,
        objects=body.objects,
        blocks=_Bodies(schema.blocks, _META.blocks),
        is_known=body.is_known,
    )


def of_check(data: Shape) -> Shape:
    """Return the shape of a check, with its data source."""
    blocks = {"data": replace(data, labels=2), "assert": CONDITION}
    return Shape(blocks=blocks, last_blocks=("assert",))


def _order(schema: BodySchema) -> tuple[str, ...]:
    return (*_NAMES, *sorted(schema.required))


Object = Mapping[str, Value]

COMMENT = "//"
"""The key of a comment, in the body of any block."""

_DYNAMIC = Shape(bare=frozenset({"iterator"}), order=("for_each", "iterator", "labels"), labels=1)


def body(content: Object, shape: Shape, path: str) -> tuple[Paragraph, ...]:
    """Return a body: paragraphs of arguments, and blocks.

    Raises:
        NotTerraformError: It contains something that Terraform rejects.
    """
    attributes: dict[str, Attribute] = {}
    blocks: dict[str, list[Block]] = {}
    for name, value in content.items():
        place = f"{path}.{name}"
        if name == COMMENT or (value is None and not shape.keeps_null):
            continue
        check_name(name, place)
        if name == "dynamic" and "dynamic" not in shape.blocks:
            blocks[name] = list(_dynamic(value, shape, place))
        elif _is_block(name, value, shape):
            nested = shape.blocks.get(name, _unnamed(shape))
            blocks[name] = list(blocks_of(name, value, nested, place))
        else:
            attributes[name] = Attribute(name=name, value=_argument(name, value, shape, place))
    return tuple(paragraph for paragraph in _paragraphs(attributes, blocks, shape) if paragraph)


def blocks_of(kind: str, value: Value, shape: Shape, path: str) -> Iterator[Block]:
    """Yield all blocks of one type, in the order of the JSON.

    Raises:
        NotTerraformError: They contain something that Terraform rejects.
    """
    for labels, content, place in labelled(value, shape.labels, path):
        check_labels(labels, place)
        yield Block(type=kind, labels=labels, body=body(content, shape, place))


def check_name(name: str, path: str) -> None:
    """Reject a key that is not a name, because HCL writes names without quotes.

    Raises:
        NotTerraformError: It is something else.
    """
    if not is_identifier(name):
        raise NotTerraformError(
            one_line(path), "must be a name of letters, digits, _ and -", remedy="rename it"
        )


def check_labels(labels: Iterable[str], path: str) -> None:
    """Reject a label that is not a name.

    Raises:
        NotTerraformError: It is something else.
    """
    if not all(map(is_identifier, labels)):
        raise NotTerraformError(
            one_line(path), "must have labels of letters, digits, _ and -", remedy="rename it"
        )


def labelled(
    value: Value, count: int, path: str, labels: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Object, str]]:
    """Walk through blocks with *count* labels: labels, content, path.

    In Terraform JSON each label is a key. At each depth, a list of objects may replace an object.

    Raises:
        NotTerraformError: There is something other than objects.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            # A list with one object means the object itself.
            place = path if len(value) == 1 else f"{path}[{index}]"
            yield from labelled(item, count, place, labels)
    elif not isinstance(value, Mapping):
        if value is not None:
            raise NotTerraformError(
                path, "must be an object or a list of objects", remedy="write a block as an object"
            )
    elif len(labels) == count:
        yield labels, value, path
    else:
        for label, content in value.items():
            if label != COMMENT:
                yield from labelled(content, count, f"{path}.{label}", (*labels, label))


def _is_block(name: str, value: Value, shape: Shape) -> bool:
    if name in shape.blocks:
        return True
    is_list = isinstance(value, list) and bool(value)
    of_objects = is_list and all(isinstance(item, Mapping) for item in value)
    return of_objects and (name in shape.objects or not shape.is_known)


def _unnamed(shape: Shape) -> Shape:
    return Shape(is_known=shape.is_known)


def _argument(name: str, value: Value, shape: Shape, path: str) -> Lines:
    if name in shape.bare or (name in shape.bare_lists and isinstance(value, str)):
        return (reference(value, path),)
    if name in shape.bare_lists:
        return references(value, path)
    if name in shape.bare_maps and isinstance(value, Mapping):
        return object_of(
            [(reference(key, path), (reference(to, path),)) for key, to in value.items()]
        )
    return expression(value, _reading(name, shape), path)


def _reading(name: str, shape: Shape) -> Reading:
    if shape.is_literal or name in shape.literals:
        return LITERAL
    return POLICY if name == "policy" or name.endswith("_policy") else EXPRESSION


def _dynamic(value: Value, shape: Shape, path: str) -> Iterator[Block]:
    for labels, content, place in labelled(value, 1, path):
        check_labels(labels, place)
        nested = shape.blocks.get(labels[0], _unnamed(shape))
        dynamic = replace(_DYNAMIC, blocks={"content": nested})
        yield Block(type="dynamic", labels=labels, body=body(content, dynamic, place))


def _paragraphs(
    attributes: Mapping[str, Attribute], blocks: Mapping[str, list[Block]], shape: Shape
) -> Iterator[Paragraph]:
    around = (*shape.first, *shape.last)
    ordered = [name for name in shape.order if name in attributes]
    others = sorted(name for name in attributes if name not in around and name not in ordered)
    main = [attributes[name] for name in dict.fromkeys((*ordered, *others))]
    yield from _by_length([attributes[name] for name in shape.first if name in attributes])
    yield from _by_length(main)
    for name in sorted(name for name in blocks if name not in shape.last_blocks):
        yield from blocks[name]
    for name in shape.last_blocks:
        yield from blocks.get(name, ())
    yield from _by_length([attributes[name] for name in shape.last if name in attributes])


def _by_length(attributes: list[Attribute]) -> Iterator[Paragraph]:
    """Yield the arguments of one line together, then each one of several lines."""
    yield tuple(attribute for attribute in attributes if len(attribute.value) == 1)
    for attribute in attributes:
        if len(attribute.value) > 1:
            yield (attribute,)
