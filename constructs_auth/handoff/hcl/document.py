"""Writes a document of Terraform JSON as HCL, block by block."""

from collections.abc import Iterator, Mapping
from typing import Final

from constructs_auth.errors import NotTerraformError
from constructs_auth.handoff.hcl.bodies import (
    COMMENT,
    IMPORT,
    LOCALS,
    MODULE,
    MOVED,
    OUTPUT,
    REMOVED,
    TERRAFORM,
    VARIABLE,
    Object,
    Shape,
    body,
    check_labels,
    check_name,
    labelled,
    of_check,
    of_provider,
    of_resource,
)
from constructs_auth.handoff.hcl.expressions import (
    LITERAL,
    Value,
    expression,
    object_of,
    references,
)
from constructs_auth.handoff.hcl.layout import Attribute, Block, Paragraph, lay_out
from constructs_auth.handoff.schema import ProviderSchema

_REQUIRED = "required_providers"


_LABELS: Final[Mapping[str, int]] = {
    "terraform": 0,
    "provider": 1,
    "variable": 1,
    "locals": 0,
    "data": 2,
    "ephemeral": 2,
    "resource": 2,
    "module": 1,
    "check": 1,
    "output": 1,
    "moved": 0,
    "import": 0,
    "removed": 0,
}
"""The blocks of a root module, in the order of the files, and the number of labels of each."""

_SHAPES: Final[Mapping[str, Shape]] = {
    "terraform": TERRAFORM,
    "variable": VARIABLE,
    "locals": LOCALS,
    "module": MODULE,
    "output": OUTPUT,
    "moved": MOVED,
    "import": IMPORT,
    "removed": REMOVED,
}


def render(document: Object, schema: ProviderSchema) -> str:
    """Return a document as one file, with its blocks in the order of a hand-off's files.

    Raises:
        NotTerraformError: The document contains something that Terraform rejects.
    """
    for name in document:
        if name not in _LABELS and name != COMMENT:
            raise NotTerraformError(
                name,
                f"must be one of {', '.join(_LABELS)}",
                remedy="give the cdk.tf.json of a stack, or other Terraform JSON",
            )
    return "".join(f"{line}\n" for line in lay_out(_blocks(document, schema)))


def _blocks(document: Object, schema: ProviderSchema) -> Iterator[Block]:
    for kind, count in _LABELS.items():
        for labels, content, path in labelled(document.get(kind), count, kind):
            check_labels(labels, path)
            paragraphs = (
                _terraform(content, path)
                if kind == "terraform"
                else body(content, _shape(kind, labels, content, schema), path)
            )
            yield Block(type=kind, labels=labels, body=paragraphs)


def _shape(kind: str, labels: tuple[str, ...], content: Object, schema: ProviderSchema) -> Shape:
    if kind in _SHAPES:
        return _SHAPES[kind]
    if kind == "check":
        types = [labels[0] for labels, _, _ in labelled(content.get("data"), 2, "")]
        return of_check(of_resource(schema.body("data", *(types[:1] or [""]))))
    found = schema.body(kind, labels[0])
    return of_provider(found) if kind == "provider" else of_resource(found)


def _terraform(content: Object, path: str) -> tuple[Paragraph, ...]:
    """Return versions first, then the backend; the aliases of a provider are references."""
    others = {name: value for name, value in content.items() if name != _REQUIRED}
    paragraphs = body(others, TERRAFORM, path)
    arguments = [paragraph for paragraph in paragraphs if not isinstance(paragraph, Block)]
    blocks = [paragraph for paragraph in paragraphs if isinstance(paragraph, Block)]
    required = [
        Block(type=_REQUIRED, body=(tuple(_required(entries, place)),))
        for _, entries, place in labelled(content.get(_REQUIRED), 0, f"{path}.{_REQUIRED}")
    ]
    return (*arguments, *required, *blocks)


def _required(entries: Object, path: str) -> Iterator[Attribute]:
    for name, entry in sorted(entries.items()):
        if name == COMMENT:
            continue
        place = f"{path}.{name}"
        check_name(name, place)
        value = (
            object_of([(key, _requirement(key, entry[key], place)) for key in sorted(entry)])
            if isinstance(entry, Mapping)
            else expression(entry, LITERAL, place)
        )
        yield Attribute(name=name, value=value)


def _requirement(key: str, value: Value, path: str) -> tuple[str, ...]:
    check_name(key, f"{path}.{key}")
    if key == "configuration_aliases":
        return references(value, f"{path}.{key}")
    return expression(value, LITERAL, f"{path}.{key}")
