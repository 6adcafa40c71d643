"""Reads a state: the output of `terraform show -json` without a plan, or the raw state file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.facts.kept_arguments import ZERO_IF_NOT_SET
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.configuration import Configuration, Output
from constructs_auth.terraform.plan_json import as_object, without_keys
from constructs_auth.terraform.plan_values import marks_of
from constructs_auth.terraform.resource import Origin, Resource

RAW_VERSION = 4
"""The version of the raw format since Terraform 0.12; OpenTofu's is the same."""

SHOWN_VERSIONS = ("0", "1")
"""The major versions of what `terraform show -json` prints; the first is that of Terraform 0.12."""

_REMEDY = "give the output of `terraform show -json` or `terraform state pull`"


def is_state(document: Mapping[str, Any]) -> bool:
    """Return whether *document* is a state in either format, with or without resources."""
    if "planned_values" in document or "resource_changes" in document:
        return False
    if "format_version" in document:
        return "values" in document or document.keys() == {"format_version"}
    return "lineage" in document and "version" in document


def read_state(document: Mapping[str, Any], *, file: str = "state") -> Configuration:
    """Read the managed resources and the outputs of a state, in which every value is known.

    Args:
        document: The state.
        file: Its name in errors and findings.

    Raises:
        UnreadableError: It does not have the shape of a state, or has another version.
    """
    if "format_version" in document:
        check_version(document, file)
        values = _object(document.get("values"), file, "values")
        root = _object(values.get("root_module"), file, "values.root_module")
        resources, outputs = list(_shown_module(root, "", file)), values.get("outputs")
    else:
        if document.get("version") != RAW_VERSION:
            raise UnreadableError(file, f"must be a state of version {RAW_VERSION}", remedy=_REMEDY)
        resources, outputs = list(_raw_resources(document, file)), document.get("outputs")
    return Configuration(resources, outputs=list(_outputs(outputs, file)), is_state=True)


def check_version(document: Mapping[str, Any], file: str) -> None:
    """Check the version of what `terraform show -json` printed.

    Raises:
        UnreadableError: It is a newer one.
    """
    if str(document["format_version"]).partition(".")[0] not in SHOWN_VERSIONS:
        raise UnreadableError(
            file,
            f"must have a format_version of {SHOWN_VERSIONS[-1]}.x, which this version reads",
            remedy="use a newer version of constructs-auth",
        )


def _shown_module(module: Mapping[str, Any], address: str, file: str) -> Iterator[Resource]:
    for item in _list(module.get("resources"), file, "resources"):
        entry = _object(item, file, "resources[]")
        if entry.get("mode", "managed") == "managed":
            yield _resource(
                entry,
                module=address,
                key=entry.get("index"),
                values=entry.get("values"),
                sensitive=entry.get("sensitive_values"),
                depends_on=entry.get("depends_on"),
                file=file,
            )
    for item in _list(module.get("child_modules"), file, "child_modules"):
        child = _object(item, file, "child_modules[]")
        yield from _shown_module(child, str(child.get("address") or ""), file)


def _raw_resources(document: Mapping[str, Any], file: str) -> Iterator[Resource]:
    for item in _list(document.get("resources"), file, "resources"):
        entry = _object(item, file, "resources[]")
        if entry.get("mode", "managed") != "managed":
            continue
        for each in _list(entry.get("instances"), file, "resources[].instances"):
            instance = _object(each, file, "resources[].instances[]")
            if "deposed" in instance:
                continue
            yield _resource(
                entry,
                module=str(entry.get("module") or ""),
                key=instance.get("index_key"),
                values=instance.get("attributes"),
                sensitive=marks_of(instance.get("sensitive_attributes")),
                depends_on=instance.get("dependencies"),
                file=file,
            )


def _resource(
    entry: Mapping[str, Any],
    *,
    module: str,
    key: object,
    values: object,
    sensitive: object,
    depends_on: object,
    file: str,
) -> Resource:
    kind, name = entry.get("type"), entry.get("name")
    if not isinstance(kind, str) or not isinstance(name, str) or not isinstance(values, Mapping):
        raise UnreadableError(
            file, "each resource must have a type, a name and values", remedy=_REMEDY
        )
    static_module = without_keys(module)
    local = f"{kind}.{name}"
    static_address = f"{static_module}.{local}" if static_module else local
    instance = local if key is None else f"{local}[{_written(key)}]"
    address = f"{module}.{instance}" if module else instance
    return Resource(
        address=address,
        type=kind,
        static_address=static_address,
        module=module,
        key=None if key is None else str(key),
        body=Block(
            values=values,
            address=address,
            sensitive=sensitive if isinstance(sensitive, Mapping) else {},
            zero_if_not_set=ZERO_IF_NOT_SET.get(kind, frozenset()),
            evaluated=True,
        ),
        depends_on=tuple(map(str, depends_on)) if isinstance(depends_on, list) else (),
        exists=True,
        origin=Origin(file=file),
    )


def _written(key: object) -> str:
    return str(key) if isinstance(key, int) else f'"{key}"'


def _outputs(outputs: object, file: str) -> Iterator[Output]:
    for name, item in _object(outputs, file, "outputs").items():
        output = _object(item, file, f"outputs.{name}")
        yield Output(
            name=str(name),
            value=output.get("value"),
            sensitive=output.get("sensitive") is True,
            origin=Origin(file=file),
        )


def _object(value: object, file: str, what: str) -> Mapping[str, Any]:
    return as_object(value, file, what, remedy=_REMEDY)


def _list(value: object, file: str, what: str) -> Sequence[object]:
    """Return a list, or an empty one for `null`."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise UnreadableError(file, f"{what} must be a list", remedy=_REMEDY)
    return value
