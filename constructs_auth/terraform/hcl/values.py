"""Values of Terraform JSON: known ones, and templates."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from constructs_auth.facts.templates import escaped, holds_template
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.hcl.template import quoted
from constructs_auth.terraform.hcl.written import Expression, Json

_OF_TEXTS: Final = re.compile(r"(?:list|map|set)\((?:string|any)\)|list|map")


def has_template(text: str) -> bool:
    """Return whether Terraform evaluates anything in *text*."""
    return text.__class__ is Expression or ("{" in text and holds_template(text))


def first_unknown(value: object) -> Unknown | None:
    """Return the first value in *value* that is not known."""
    if isinstance(value, Unknown):
        return value
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        return next((why for item in inner if (why := first_unknown(item))), None)
    return None


def literal(value: object) -> str:
    """Return a known value as HCL."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        pairs = (f"({quoted(str(name))}) = {literal(item)}\n" for name, item in value.items())
        return f"{{\n{''.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value)


def as_document(value: object) -> Json:
    """Return a known value as Terraform JSON writes it, with escapes; `Unknown` stays."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, Mapping):
        return {name: as_document(item) for name, item in value.items()}
    return [as_document(item) for item in value] if isinstance(value, list) else value


def conforms(value: object, kind: str) -> bool:
    """Return whether Terraform need not convert the literal *value* to *kind*."""
    if kind == "string":
        return isinstance(value, str) and (not has_template(value) or not value.startswith("${"))
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if _OF_TEXTS.fullmatch(kind) and kind[:3] != "set":
        items = value.values() if isinstance(value, Mapping) else value
        return isinstance(value, Mapping | list) and all(
            isinstance(item, str) and not has_template(item)
            for item in (items if isinstance(items, Iterable) else ())
        )
    return False
