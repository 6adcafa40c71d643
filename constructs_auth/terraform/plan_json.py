"""Reads what `terraform show -json` says of a plan; OpenTofu's is the same."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.block import AFTER_APPLY, Block
from constructs_auth.terraform.configuration import Configuration, Output, Variable
from constructs_auth.terraform.plan_configuration import (
    REMEDY,
    PlanConfiguration,
    as_object,
    expression_of,
    providers_of,
    references_of,
)
from constructs_auth.terraform.resource import Origin, Resource

_GONE = frozenset({"delete", "forget"})


class Side(StrEnum):
    """Which of the two configurations in a plan is read."""

    BEFORE = "before"
    AFTER = "after"


def is_plan(document: Mapping[str, Any]) -> bool:
    """Say whether *document* is a plan, and not a state or Terraform JSON."""
    return "format_version" in document and (
        "planned_values" in document or "resource_changes" in document
    )


def read_plan(
    document: Mapping[str, Any], *, side: Side = Side.AFTER, file: str = "plan"
) -> Configuration:
    """Read the resources of a plan as they are to be, or as they are now.

    Args:
        document: The plan.
        side: `AFTER`: what will be there; `BEFORE`: what is there now.
        file: What errors and reports call it.

    Raises:
        UnreadableError: It has not the shape of a plan.
    """
    return _Reader(document, file).configuration(side, None)


def read_both(
    document: Mapping[str, Any], *, file: str, origins: Mapping[str, Origin]
) -> tuple[Configuration, Configuration]:
    """Read the resources of a plan as they are now, and as they are to be.

    Args:
        document: The plan.
        file: What errors call it.
        origins: By address without instance keys, where each resource was written.

    Raises:
        UnreadableError: It has not the shape of a plan.
    """
    reader = _Reader(document, file)
    return reader.configuration(Side.BEFORE, origins), reader.configuration(Side.AFTER, origins)


class _Reader:
    """A plan whose configuration is read once, whatever is asked of it."""

    __slots__ = ("changes", "configured", "document", "file", "providers", "root")

    def __init__(self, document: Mapping[str, Any], file: str) -> None:
        written = as_object(document.get("configuration"), file, "configuration")
        self.document = document
        self.file = file
        self.configured = PlanConfiguration(written.get("root_module"), file)
        self.root = as_object(written.get("root_module"), file, "configuration.root_module")
        self.providers = list(providers_of(written))
        changes = document.get("resource_changes")
        self.changes = [] if changes is None else changes
        if not isinstance(self.changes, list):
            raise UnreadableError(file, "resource_changes must be a list", remedy=REMEDY)

    def configuration(self, side: Side, origins: Mapping[str, Origin] | None) -> Configuration:
        """Read one side; without *origins*, all of it was written in the plan."""
        return Configuration(
            [
                _resource(change, side, self.configured, self.file, origins)
                for change in self.changes
                if _is_there(change, side, self.file)
            ],
            outputs=list(_outputs(self.document, self.root, side)),
            variables=list(_variables(self.root)),
            providers=self.providers,
        )


def _is_there(change: object, side: Side, file: str) -> bool:
    found = as_object(change, file, "resource_changes[]")
    details = as_object(found.get("change"), file, "resource_changes[].change")
    if found.get("mode", "managed") != "managed" or "deposed" in found:
        return False
    if not isinstance(details.get(side), Mapping):
        return False
    actions = details.get("actions")
    return side is Side.BEFORE or not (
        isinstance(actions, list) and set(map(str, actions)) <= _GONE
    )


def _resource(
    change: Mapping[str, Any],
    side: Side,
    configured: PlanConfiguration,
    file: str,
    origins: Mapping[str, Origin] | None,
) -> Resource:
    address, kind, name = (change.get(key) for key in ("address", "type", "name"))
    if not isinstance(address, str) or not isinstance(kind, str) or not isinstance(name, str):
        raise UnreadableError(
            file, "each of resource_changes must have an address, a type and a name", remedy=REMEDY
        )
    details = change["change"]
    module = str(change.get("module_address") or "")
    static_module = without_keys(module)
    static_address = f"{static_module}.{kind}.{name}" if static_module else f"{kind}.{name}"
    key = change.get("index")
    said = configured.said_of(static_address, static_module)
    return Resource(
        address=address,
        type=kind,
        static_address=static_address,
        module=module,
        key=None if key is None else str(key),
        body=Block(
            values=details[side],
            address=address,
            unknown=_marks(details, "after_unknown") if side is Side.AFTER else {},
            sensitive=_marks(details, f"{side}_sensitive"),
            evaluated=True,
            written=said.written,
        ),
        references=said.references,
        depends_on=said.depends_on,
        origin=Origin(file=file) if origins is None else origins.get(static_address, Origin()),
    )


def without_keys(address: str) -> str:
    """Give *address* without the keys of instances: `module.a["x.y"].b.c[0]` is `module.a.b.c`."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in address:
        if escaped:
            escaped = False
        elif quoted:
            quoted, escaped = character != '"', character == "\\"
        elif depth and character == '"':
            quoted = True
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif depth == 0:
            kept.append(character)
    return "".join(kept)


def _marks(details: Mapping[str, Any], name: str) -> Mapping[str, object]:
    marks = details.get(name)
    return marks if isinstance(marks, Mapping) else {}


def _outputs(document: Mapping[str, Any], root: Mapping[str, Any], side: Side) -> Iterator[Output]:
    written = root.get("outputs")
    changes = document.get("output_changes")
    for name, output in written.items() if isinstance(written, Mapping) else ():
        change = changes.get(name) if isinstance(changes, Mapping) else None
        details = change if isinstance(change, Mapping) else {}
        unknown = side is Side.AFTER and details.get("after_unknown") is True
        yield Output(
            name=str(name),
            value=AFTER_APPLY if unknown else details.get(side),
            sensitive=isinstance(output, Mapping) and output.get("sensitive") is True,
            references=references_of(expression_of(output)),
        )


def _variables(root: Mapping[str, Any]) -> Iterator[Variable]:
    written = root.get("variables")
    for name, variable in written.items() if isinstance(written, Mapping) else ():
        details = variable if isinstance(variable, Mapping) else {}
        yield Variable(
            name=str(name),
            sensitive=details.get("sensitive") is True,
            default=details.get("default"),
        )
