"""Adapts a stack to its new owners: input variables, state, moves, imports."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from constructs_auth.facts.templates import holds_template, interpolated, unescaped
from constructs_auth.handoff.hcl.bodies import labelled

Document = dict[str, Any]

_OF_THE_ENVIRONMENT: Final = ("bucket", "key", "region", "kms_key_id")
_LEFT_OUT: Final = {
    "bucket": "acme-terraform-state",
    "key": "auth/terraform.tfstate",
    "region": "eu-west-1",
}
"""Settings that `terraform init` needs if the backend does not set them, with examples."""


def adapt(
    document: Mapping[str, Any],
    *,
    as_module: bool,
    partial_backend: bool,
    moved: Mapping[str, str],
    imports: Mapping[str, str],
) -> tuple[Document, dict[str, str]]:
    """Return the document of the hand-off, and example values for its partial S3 backend."""
    adapted = deepcopy(dict(document))
    adapted.pop("//", None)
    known = moves_of(adapted)
    new_moves = {old: new for old, new in moved.items() if known.get(old) != new}
    if new_moves:
        adapted["moved"] = [
            *_list(adapted.get("moved")),
            *({"from": old, "to": new} for old, new in new_moves.items()),
        ]
    if imports:
        adapted["import"] = [
            *_list(adapted.get("import")),
            *({"to": address, "id": imports[address]} for address in sorted(imports)),
        ]
    if as_module:
        _without_backend(adapted)
        _take_providers_from_outside(adapted)
        return adapted, {}
    _make_inputs(adapted)
    return adapted, _backend_example(adapted, partial=partial_backend)


def moves_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the new address of each former one, from the `moved` blocks of *document*."""
    moves = [
        (_plain_address(block.get("from")), _plain_address(block.get("to")))
        for _, block, _ in labelled(document.get("moved"), 0, "moved")
    ]
    return {old: new for old, new in moves if old and new}


def _plain_address(value: object) -> str:
    """Return the address of a resource of this module without an index, else an empty text."""
    text = (interpolated(value) or value).strip() if isinstance(value, str) else ""
    return text if re.fullmatch(r"[\w-]+\.[\w-]+", text) else ""


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - what JSON can hold
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _make_inputs(document: Document) -> None:
    """Turn the region and the tags into variables whose defaults are the present values."""
    providers = document.get("provider", {})
    blocks = [
        content
        for labels, content, _ in labelled(providers, 1, "provider")
        if labels == ("aws",) and "alias" not in content
    ]
    variables = document.get("variable", {})
    if len(blocks) != 1 or not isinstance(variables, dict):
        return
    (main,) = blocks
    region = main.get("region")
    if isinstance(region, str) and not holds_template(region) and "region" not in variables:
        variables["region"] = {
            "type": "string",
            "description": "The AWS region of all resources.",
            "default": unescaped(region),
        }
        main["region"] = "${var.region}"  # type: ignore[index] # our own copy
    tags = [content for _, content, _ in labelled(main.get("default_tags"), 0, "")]
    if len(tags) == 1 and "tags" not in variables and _is_plain(tags[0].get("tags")):
        value = tags[0]["tags"]
        variables["tags"] = {
            "type": "map(string)",
            "description": "The tags of all resources.",
            "default": value,
        }
        for _, content, _ in labelled(providers, 1, "provider"):
            for _, block, _ in labelled(content.get("default_tags"), 0, ""):
                if block.get("tags") == value:
                    block["tags"] = "${var.tags}"  # type: ignore[index] # our own copy
    if variables:
        document["variable"] = variables


def _is_plain(tags: object) -> bool:
    return isinstance(tags, dict) and not any("{" in f"{key}{value}" for key, value in tags.items())


def _without_backend(document: Document) -> None:
    for _, content, _ in labelled(document.get("terraform"), 0, "terraform"):
        for name in ("backend", "cloud"):
            content.pop(name, None)  # type: ignore[attr-defined] # our own copy


def _take_providers_from_outside(document: Document) -> None:
    """Remove the providers, and declare the aliases that the caller of the module must pass."""
    aliases: dict[str, list[str]] = {}
    for (name,), content, _ in labelled(document.pop("provider", None), 1, "provider"):
        if "alias" in content:
            aliases.setdefault(name, []).append(f"{name}.{content['alias']}")
    for _, content, _ in labelled(document.get("terraform"), 0, "terraform"):
        for _, required, _ in labelled(content.get("required_providers"), 0, ""):
            for name, references in aliases.items():
                if isinstance(required.get(name), dict):
                    required[name]["configuration_aliases"] = sorted(references)


def _backend_example(document: Document, *, partial: bool) -> dict[str, str]:
    """Remove settings of the environment from the S3 backend; return them, or examples."""
    for _, content, _ in labelled(document.get("terraform"), 0, "terraform"):
        for labels, backend, _ in labelled(content.get("backend"), 1, "backend"):
            if labels != ("s3",):
                continue
            missing = {
                name: value for name, value in _LEFT_OUT.items() if backend.get(name) is None
            }
            given = {
                name: str(backend.pop(name))  # type: ignore[attr-defined] # our own copy
                for name in _OF_THE_ENVIRONMENT
                if partial and backend.get(name) is not None
            }
            return missing | given
    return {}
