"""Divides a root module into files, one for each subject."""

import json
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from constructs_auth.facts import resource_types as types
from constructs_auth.handoff.hcl.bodies import COMMENT, labelled
from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.schema import ProviderSchema

Document = dict[str, Any]


class Format(StrEnum):
    """The language of the files."""

    HCL = "hcl"
    JSON = "json"


_LONGEST_MAIN = 300

_KINDS: Final = {
    "terraform": "terraform",
    "provider": "providers",
    "variable": "variables",
    "locals": "locals",
    "output": "outputs",
    "moved": "moved",
    "removed": "moved",
    "import": "imports",
}
"""The file of each kind of block; other kinds are in `main`, or have a subject."""

_SUBJECTS: Final = {
    types.USER_POOL: "user_pools",
    types.LOG_DELIVERY_CONFIGURATION: "user_pools",
    types.RISK_CONFIGURATION: "user_pools",
    types.USER_POOL_CLIENT: "clients",
    types.MANAGED_USER_POOL_CLIENT: "clients",
    types.RESOURCE_SERVER: "resource_servers",
    types.IDENTITY_PROVIDER: "identity_providers",
    types.USER_POOL_DOMAIN: "domains",
    types.MANAGED_LOGIN_BRANDING: "domains",
    types.USER_POOL_UI_CUSTOMIZATION: "domains",
    "aws_acm_": "domains",
    "aws_route53_": "domains",
    types.USER_GROUP: "users",
    types.USER: "users",
    types.USER_IN_GROUP: "users",
    types.IDENTITY_POOL: "identity_pools",
    "aws_identitystore_": "identity_store",
    "aws_iam_": "iam",
    "aws_lambda_": "lambda",
}
"""The subject of each type, or of a prefix of types, in the order of the files."""


def module_files(
    document: Mapping[str, Any], schema: ProviderSchema, written_as: Format
) -> dict[str, str]:
    """Return the name and the text of each file of a root module.

    Raises:
        NotTerraformError: The document contains something that Terraform rejects.
    """
    parted = _parted(document, by_subject=True)
    # Also for JSON, to find what Terraform rejects.
    texts = {stem: render(part, schema) for stem, part in parted.items()}
    fixed = set(_KINDS.values())
    if sum(texts[stem].count("\n") for stem in texts if stem not in fixed) <= _LONGEST_MAIN:
        parted = _parted(document, by_subject=False)
        texts = {stem: render(part, schema) for stem, part in parted.items()}
    if written_as is Format.JSON:
        return {f"{stem}.tf.json": _json(part) for stem, part in parted.items()}
    return {f"{stem}.tf": text for stem, text in texts.items()}


def _parted(document: Mapping[str, Any], *, by_subject: bool) -> dict[str, Document]:
    parts: dict[str, Document] = {}
    for kind, value in document.items():
        if kind == COMMENT:
            continue
        if kind == "terraform":
            _part_terraform(value, parts)
        elif kind in _KINDS:
            parts.setdefault(_KINDS[kind], {})[kind] = _without_comments(kind, value)
        elif kind in ("resource", "data", "ephemeral"):
            _part_types(kind, value, parts, by_subject=by_subject)
        else:
            parts.setdefault("main", {})[kind] = _without_comments(kind, value)
    return {stem: parts[stem] for stem in sorted(parts)}


def _part_terraform(value: Any, parts: dict[str, Document]) -> None:  # noqa: ANN401 - what JSON can hold
    """Separate the backend from the versions."""
    for _, content, _ in labelled(value, 0, "terraform"):
        for name, item in content.items():
            if name != COMMENT:
                stem = "backend" if name in ("backend", "cloud") else "terraform"
                parts.setdefault(stem, {}).setdefault("terraform", {})[name] = item


def _part_types(kind: str, value: Any, parts: dict[str, Document], *, by_subject: bool) -> None:  # noqa: ANN401 - what JSON can hold
    blocks = sorted(labelled(value, 2, kind), key=lambda block: (_rank(block[0][0]), block[0]))
    for (type_, name), content, _ in blocks:
        stem = _subject(type_) if by_subject else "main"
        if by_subject and kind == "data" and stem == "main":
            stem = "data"
        part = parts.setdefault(stem, {})
        part.setdefault(kind, {}).setdefault(type_, {})[name] = without_comment(content)


def _rank(type_: str) -> int:
    names = list(_SUBJECTS)
    match = _matching(type_)
    return names.index(match) if match else len(names)


def _subject(type_: str) -> str:
    match = _matching(type_)
    return _SUBJECTS[match] if match else "main"


def _matching(type_: str) -> str | None:
    """Return the longest entry that is a prefix of *type_*."""
    found = [
        name
        for name in _SUBJECTS
        if type_ == name or (type_.startswith(name) and name.endswith(("_", "pool")))
    ]
    return max(found, key=len, default=None)


def _without_comments(kind: str, value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    if kind in ("variable", "output", "module", "check") and isinstance(value, Mapping):
        return {
            name: without_comment(item) if isinstance(item, Mapping) else item
            for name, item in value.items()
            if name != COMMENT
        }
    return without_comment(value) if isinstance(value, Mapping) else value


def without_comment(content: Mapping[str, Any]) -> Document:
    """Remove CDKTF's comment from the body of a block."""
    return {name: item for name, item in content.items() if name != COMMENT}


def _json(part: Document) -> str:
    return json.dumps(part, indent=2, ensure_ascii=False, default=_number) + "\n"


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))
