"""Reads what the configuration in a plan says of its resources, once for both sides of the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.references import Dotted, Scope, Target

REMEDY = "hand over what `terraform show -json` prints of a plan file"
_CONTAINERS = (dict, list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the configuration says of a resource.

    Attributes:
        written: Its arguments as expressions, or `None`.
        references: For an argument, what it names.
        depends_on: What must be there before, as it was written.
    """

    written: Mapping[str, object] | None = None
    references: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()


class PlanConfiguration:
    """The resources of a root module and of what it calls, as they were written; read-only.

    Args:
        root: The `root_module` of the configuration.
        file: What errors call it.

    Raises:
        UnreadableError: A module has not the shape of one.
    """

    __slots__ = ("_resources", "_said", "_scopes")

    def __init__(self, root: object, file: str) -> None:
        self._scopes = {"": _scope(root, Scope(), file)}
        _index(self._scopes[""], self._scopes)
        self._resources = dict(_configured(root, ""))
        self._said: dict[str, Said] = {}

    def said_of(self, static_address: str, static_module: str) -> Said:
        """Give what is said of all instances of the resource *static_address*."""
        found = self._said.get(static_address)
        if found is None:
            found = self._read(static_address, static_module)
            self._said[static_address] = found
        return found

    def _read(self, static_address: str, static_module: str) -> Said:
        said = self._resources.get(static_address, {})
        expressions, depends_on = said.get("expressions"), said.get("depends_on")
        if not isinstance(expressions, Mapping):
            expressions = None
        scope = self._scopes.get(static_module, self._scopes[""])
        return Said(
            written=expressions,
            references={
                argument: found
                for argument, expression in (expressions or {}).items()
                if (named := references_of(expression)) and (found := scope.find(named))
            },
            depends_on=tuple(map(str, depends_on)) if isinstance(depends_on, list) else (),
        )


def references_of(expression: object) -> Dotted:
    """List the references of an expression, the most exact of each first."""
    return tuple(_references(expression))


def expression_of(output: object) -> object:
    """Give the expression of an output."""
    return output.get("expression") if isinstance(output, Mapping) else None


def as_object(value: object, file: str, what: str) -> Mapping[str, Any]:
    """Give *value*, or an empty object for `null`.

    Raises:
        UnreadableError: It is no object.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UnreadableError(file, f"{what} must be an object", remedy=REMEDY)
    return value


def _scope(module: object, scope: Scope, file: str) -> Scope:
    """Read into *scope* what *module* says of its outputs and calls."""
    found = as_object(module, file, "a module of the configuration")
    outputs = as_object(found.get("outputs"), file, "the outputs of a module")
    scope.outputs = {name: references_of(expression_of(output)) for name, output in outputs.items()}
    for name, call in as_object(found.get("module_calls"), file, "module_calls").items():
        details = as_object(call, file, f"the call of module {name}")
        arguments = as_object(details.get("expressions"), file, f"the arguments of module {name}")
        child = Scope(
            address=f"{scope.address}.module.{name}" if scope.address else f"module.{name}",
            parent=scope,
            arguments={key: references_of(value) for key, value in arguments.items()},
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


def _references(expression: object) -> Iterator[str]:
    if isinstance(expression, list):
        for item in expression:
            yield from _references(item)
    elif isinstance(expression, dict):
        named = expression.get("references")
        if isinstance(named, list):
            yield from (one for one in named if isinstance(one, str))
        else:
            for item in expression.values():
                if isinstance(item, _CONTAINERS):
                    yield from _references(item)


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))


def providers_of(configuration: Mapping[str, Any]) -> Iterator[Block]:
    """Walk through the `aws` providers of the root module, of which only constants are told."""
    written = configuration.get("provider_config")
    for provider in written.values() if isinstance(written, Mapping) else ():
        if not isinstance(provider, Mapping) or "module_address" in provider:
            continue
        expressions = provider.get("expressions")
        if provider.get("name") == "aws" and isinstance(expressions, Mapping):
            values, unknown = _constants(expressions)
            yield Block(values=values, unknown=unknown, evaluated=True)


def _constants(
    expressions: Mapping[str, Any],
) -> tuple[dict[str, object], dict[str, object]]:
    """Part the arguments of a block into values, and marks of those that are not told."""
    values: dict[str, object] = {}
    unknown: dict[str, object] = {}
    for name, expression in expressions.items():
        if isinstance(expression, list):
            parts = [_constants(block) for block in expression if isinstance(block, Mapping)]
            values[name] = [inner for inner, _ in parts]
            unknown[name] = [marks for _, marks in parts]
        elif isinstance(expression, Mapping) and "constant_value" in expression:
            values[name] = expression["constant_value"]
        else:
            unknown[name] = True
    return values, unknown
