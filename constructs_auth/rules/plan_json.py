"""Reads what `terraform show -json` says of a plan; OpenTofu's is the same."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from constructs_auth.rules._plan_providers import providers_of
from constructs_auth.rules._scope import Dotted, Scope
from constructs_auth.rules.block import AFTER_APPLY, Block
from constructs_auth.rules.configuration import Configuration, Output, Variable
from constructs_auth.rules.resource import Origin, Resource
from constructs_auth.rules.unreadable import UnreadableError

_REMEDY = "hand over what `terraform show -json` prints of a plan file"
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
    written = _object(document.get("configuration"), file, "configuration")
    scopes = {"": _scope(written.get("root_module"), Scope(), file)}
    _index(scopes[""], scopes)
    configured = dict(_configured(written.get("root_module"), ""))
    changes = document.get("resource_changes")
    changes = [] if changes is None else changes
    if not isinstance(changes, list):
        raise UnreadableError(file, "resource_changes must be a list", remedy=_REMEDY)
    resources = [
        _resource(change, side, scopes, configured, file)
        for change in changes
        if _is_there(change, side, file)
    ]
    root = _object(written.get("root_module"), file, "configuration.root_module")
    return Configuration(
        resources,
        outputs=list(_outputs(document, root, side)),
        variables=list(_variables(root)),
        providers=list(providers_of(written)),
    )


def _is_there(change: object, side: Side, file: str) -> bool:
    found = _object(change, file, "resource_changes[]")
    details = _object(found.get("change"), file, "resource_changes[].change")
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
    scopes: Mapping[str, Scope],
    configured: Mapping[str, Mapping[str, object]],
    file: str,
) -> Resource:
    address, kind, name = (change.get(key) for key in ("address", "type", "name"))
    if not isinstance(address, str) or not isinstance(kind, str) or not isinstance(name, str):
        raise UnreadableError(
            file, "each of resource_changes must have an address, a type and a name", remedy=_REMEDY
        )
    details = change["change"]
    module = str(change.get("module_address") or "")
    static_module = without_keys(module)
    static_address = f"{static_module}.{kind}.{name}" if static_module else f"{kind}.{name}"
    scope = scopes.get(static_module, scopes[""])
    key = change.get("index")
    said = configured.get(static_address, {})
    expressions, depends_on = said.get("expressions"), said.get("depends_on")
    written = expressions if isinstance(expressions, Mapping) else None
    return Resource(
        address=address,
        type=kind,
        static_address=static_address,
        module=module,
        key=None if key is None else str(key),
        body=Block(
            values=details[side],
            unknown=_marks(details, "after_unknown") if side is Side.AFTER else {},
            sensitive=_marks(details, f"{side}_sensitive"),
            evaluated=True,
            written=written,
        ),
        references={
            argument: found
            for argument, expression in (written or {}).items()
            if (found := scope.find(_references(expression)))
        },
        depends_on=tuple(map(str, depends_on)) if isinstance(depends_on, list) else (),
        origin=Origin(file=file),
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


def _scope(module: object, scope: Scope, file: str) -> Scope:
    """Read into *scope* what *module* says of its outputs and calls."""
    found = _object(module, file, "a module of the configuration")
    outputs = _object(found.get("outputs"), file, "the outputs of a module")
    scope.outputs = {name: _references(_expression(output)) for name, output in outputs.items()}
    for name, call in _object(found.get("module_calls"), file, "module_calls").items():
        details = _object(call, file, f"the call of module {name}")
        arguments = _object(details.get("expressions"), file, f"the arguments of module {name}")
        child = Scope(
            address=f"{scope.address}.module.{name}" if scope.address else f"module.{name}",
            parent=scope,
            arguments={key: _references(value) for key, value in arguments.items()},
        )
        scope.children[name] = _scope(details.get("module"), child, file)
    return scope


def _index(scope: Scope, scopes: dict[str, Scope]) -> None:
    for child in scope.children.values():
        scopes[child.address] = child
        _index(child, scopes)


def _configured(module: object, address: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Walk through what the configuration says of resources, by static address."""
    if not isinstance(module, Mapping):
        return
    for resource in _mappings(module.get("resources")):
        name = f"{resource.get('type')}.{resource.get('name')}"
        yield f"{address}.{name}" if address else name, resource
    calls = module.get("module_calls")
    for name, call in calls.items() if isinstance(calls, Mapping) else ():
        inner = f"{address}.module.{name}" if address else f"module.{name}"
        yield from _configured(call.get("module") if isinstance(call, Mapping) else None, inner)


def _references(expression: object) -> Dotted:
    """List the references of an expression, the most exact of each first."""
    if isinstance(expression, list):
        return tuple(found for item in expression for found in _references(item))
    if not isinstance(expression, Mapping):
        return ()
    named = expression.get("references")
    if isinstance(named, list):
        return tuple(one for one in named if isinstance(one, str))
    return tuple(found for item in expression.values() for found in _references(item))


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
            references=_references(_expression(output)),
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


def _expression(output: object) -> object:
    return output.get("expression") if isinstance(output, Mapping) else None


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))


def _object(value: object, file: str, what: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UnreadableError(file, f"{what} must be an object", remedy=_REMEDY)
    return value
