"""Reads the output of `terraform show -json` for a plan, and of `tofu show -json`.

OpenTofu's has the same format. It also lists ephemeral resources among the changes, without values
(opentofu v1.11, internal/command/jsonplan/plan.go); these are never read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.facts.kept_arguments import ZERO_IF_NOT_SET
from constructs_auth.facts.limits import REGION
from constructs_auth.terraform.block import AFTER_APPLY, Block
from constructs_auth.terraform.configuration import Configuration, Output, Variable
from constructs_auth.terraform.plan_values import mappings_in
from constructs_auth.terraform.references import Dotted, Scope, Target
from constructs_auth.terraform.resource import Origin, Resource

_REMEDY = "give the output of `terraform show -json` for a plan file"
_CONTAINERS = (dict, list)
_REGION = re.compile(REGION)
_VALUES = frozenset({"constant_value", "references"})
"""The keys of an expression; an object without them is a block."""
_DELETED = frozenset({"delete", "forget"})


class Side(StrEnum):
    """One of the two configurations in a plan."""

    BEFORE = "before"
    AFTER = "after"


def is_plan(document: Mapping[str, Any]) -> bool:
    """Return whether *document* is a plan, and not a state or Terraform JSON."""
    return "format_version" in document and (
        "planned_values" in document or "resource_changes" in document
    )


def read_plan(
    document: Mapping[str, Any], *, side: Side = Side.AFTER, file: str = "plan"
) -> Configuration:
    """Read the resources of a plan, after or before the apply.

    Args:
        document: The plan.
        side: `AFTER` or `BEFORE` the apply.
        file: Its name in errors and reports.

    Raises:
        UnreadableError: It does not have the shape of a plan.
    """
    return _Reader(document, file).configuration(side, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSides:
    """The resources of a plan, before and after the apply.

    Attributes:
        before: Those before the apply.
        after: Those after the apply.
        reader: What read them.
    """

    before: Configuration
    after: Configuration
    reader: "_Reader" = field(repr=False)


def read_both(
    document: Mapping[str, Any],
    *,
    file: str,
    origins: Mapping[str, Origin],
    known: BothSides | None = None,
) -> BothSides:
    """Read the resources of a plan, before and after the apply.

    Args:
        document: The plan.
        file: Its name in errors.
        origins: The provenance of each resource, by address without instance keys.
        known: Those of another plan with the same references, such as the plan of a counterpart,
            which has other constants; what is one object in both plans is not read again.

    Raises:
        UnreadableError: It does not have the shape of a plan.
    """
    reader = _Reader(document, file, None if known is None else known.reader)
    return BothSides(
        before=reader.configuration(Side.BEFORE, origins),
        after=reader.configuration(Side.AFTER, origins),
        reader=reader,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ResourceConfiguration:
    """The configuration of a resource in a plan.

    Attributes:
        written: Its arguments as expressions, or `None`.
        references: The references of each argument.
        depends_on: The explicit dependencies, as in the configuration.
        provider: The arguments of its provider configuration.
        provider_key: The key of that configuration, or empty.
    """

    written: Mapping[str, object] | None = None
    references: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    provider: Block | None = None
    provider_key: str = ""


class _PlanConfiguration:
    """The configuration of a root module and the modules that it calls; read-only.

    Args:
        root: The `root_module` of the configuration.
        providers: The provider configurations, by the keys that resources name.
        file: Its name in errors.
        known: The configuration of another plan with the same providers and the same references in
            all modules.

    Raises:
        UnreadableError: A module does not have the shape of one.
    """

    __slots__ = ("_by_address", "_known", "_providers", "_references", "_resources", "_scopes")

    def __init__(
        self,
        root: object,
        providers: Mapping[str, Block],
        file: str,
        known: "_PlanConfiguration | None" = None,
    ) -> None:
        self._providers = providers
        self._known = known
        self._scopes = {"": _scope(root, Scope(), file)}
        _index(self._scopes[""], self._scopes)
        self._resources = dict(_configured(root, ""))
        self._by_address: dict[str, _ResourceConfiguration] = {}
        self._references: dict[tuple[int, str], Mapping[str, tuple[Target, ...]]] = {}

    def of_resource(self, static_address: str, static_module: str) -> _ResourceConfiguration:
        """Return the configuration of all instances of the resource *static_address*."""
        found = self._by_address.get(static_address)
        if found is None:
            if self._known is not None and self._known.has_same(static_address, self._resources):
                found = self._known.of_resource(static_address, static_module)
            else:
                found = self._read(static_address, static_module)
            self._by_address[static_address] = found
        return found

    def has_same(self, static_address: str, resources: Mapping[str, object]) -> bool:
        """Return whether a resource has the same configuration in *resources* of another plan."""
        return self._resources.get(static_address) is resources.get(static_address)

    def _read(self, static_address: str, static_module: str) -> _ResourceConfiguration:
        own = self._resources.get(static_address, {})
        expressions, depends_on = own.get("expressions"), own.get("depends_on")
        provider = own.get("provider_config_key")
        if not isinstance(expressions, Mapping):
            expressions = None
        return _ResourceConfiguration(
            written=expressions,
            references=self._references_in(expressions or {}, static_module),
            depends_on=tuple(map(str, depends_on)) if isinstance(depends_on, list) else (),
            provider=self._providers.get(str(provider)),
            provider_key=provider if isinstance(provider, str) and ":" not in provider else "",
        )

    def _references_in(
        self, expressions: Mapping[str, object], static_module: str
    ) -> Mapping[str, tuple[Target, ...]]:
        """Return the references of each argument; equal *expressions* are often one object."""
        question = (id(expressions), static_module)
        known = self._references.get(question)
        if known is None:
            scope = self._scopes.get(static_module, self._scopes[""])
            known = self._references[question] = {
                argument: found
                for argument, expression in expressions.items()
                if (named := _references_of(expression)) and (found := scope.find(named))
            }
        return known


class _Reader:
    """A plan whose configuration is read once for both sides.

    Args:
        document: The plan.
        file: Its name in errors.
        known: The reader of another plan with the same references; what is one object in both is
            not read again, unless the providers differ.
    """

    __slots__ = ("changes", "configured", "document", "file", "known", "made", "providers", "root")

    def __init__(
        self, document: Mapping[str, Any], file: str, known: "_Reader | None" = None
    ) -> None:
        written = as_object(document.get("configuration"), file, "configuration")
        self.document = document
        self.file = file
        self.providers = dict(_providers_of(written, document.get("variables")))
        self.known = known if known is not None and known.providers == self.providers else None
        # By the position of the change, its identity and the side; the document stays alive.
        self.made: dict[tuple[int, int, Side], Resource] = {}
        if self.known is not None:
            self.providers = self.known.providers
        self.configured: _PlanConfiguration = _PlanConfiguration(
            written.get("root_module"),
            self.providers,
            file,
            None if self.known is None else self.known.configured,
        )
        self.root = as_object(written.get("root_module"), file, "configuration.root_module")
        changes = document.get("resource_changes")
        if changes is None:
            planned = as_object(document.get("planned_values"), file, "planned_values")
            changes = list(_planned(planned.get("root_module"), self.configured))
        self.changes = changes
        if not isinstance(self.changes, list):
            raise UnreadableError(file, "resource_changes must be a list", remedy=_REMEDY)

    def configuration(self, side: Side, origins: Mapping[str, Origin] | None) -> Configuration:
        """Read one side; without *origins*, the plan is the origin of all resources."""
        return Configuration(
            [
                self._resource(at, change, side, origins)
                for at, change in enumerate(self.changes)
                if _is_there(change, side, self.file)
            ],
            outputs=list(_outputs(self.document, self.root, side)),
            variables=list(_variables(self.root)),
        )

    def _resource(
        self, at: int, change: Mapping[str, Any], side: Side, origins: Mapping[str, Origin] | None
    ) -> Resource:
        """Read one side of the change at a position; keep what is the same in the other plan."""
        place = at, id(change), side
        known = None if self.known is None else self.known.made.get(place)
        if known is None or not self._keeps(known):
            known = _resource(change, side, self.configured, self.file, origins)
        self.made[place] = known
        return known

    def _keeps(self, known: Resource) -> bool:
        """Return whether *known* has the same configuration in both plans; the rest is the same."""
        own = self.configured.of_resource(known.static_address, without_keys(known.module))
        return own.written is known.body.written and own.references is known.references


def _planned(module: object, configured: _PlanConfiguration) -> Iterator[dict[str, Any]]:
    """Walk through the resources of `planned_values`, each as a change.

    For a plan whose `resource_changes` are left out. Unknown values are missing there, while those
    that are not set are null.
    """
    found = module if isinstance(module, Mapping) else {}
    address = str(found.get("address") or "")
    for resource in mappings_in(found.get("resources")):
        values = resource.get("values")
        static_module = without_keys(address)
        local = f"{resource.get('type')}.{resource.get('name')}"
        static_address = f"{static_module}.{local}" if static_module else local
        written = configured.of_resource(static_address, static_module).written
        is_known = isinstance(values, Mapping) and "id" in values
        yield {
            **resource,
            "module_address": address,
            "change": {
                "actions": ["no-op" if is_known else "create"],
                "before": values if is_known else None,
                "after": values,
                "after_unknown": _missing(values, written or {}),
                "after_sensitive": resource.get("sensitive_values"),
            },
        }
    for child in mappings_in(found.get("child_modules")):
        yield from _planned(child, configured)


def _missing(values: object, written: Mapping[str, object]) -> dict[str, object]:
    """Return the marks of the arguments that the configuration sets but that have no value yet."""
    marks: dict[str, object] = {}
    known = values if isinstance(values, Mapping) else {}
    for name, expression in written.items():
        if name not in known:
            marks[name] = True
        elif isinstance(expression, list) or not _VALUES & _keys(expression):
            blocks = expression if isinstance(expression, list) else [expression]
            inner = known[name] if isinstance(known[name], list) else [known[name]]
            pairs = zip(inner, blocks, strict=False)
            marks[name] = [
                _missing(value, block) for value, block in pairs if isinstance(block, Mapping)
            ]
    return marks


def _keys(expression: object) -> frozenset[str]:
    return frozenset(expression) if isinstance(expression, Mapping) else frozenset()


def _is_there(change: object, side: Side, file: str) -> bool:
    found = as_object(change, file, "resource_changes[]")
    details = as_object(found.get("change"), file, "resource_changes[].change")
    if found.get("mode", "managed") != "managed" or "deposed" in found:
        return False
    if not isinstance(details.get(side), Mapping):
        return False
    actions = details.get("actions")
    return side is Side.BEFORE or not (
        isinstance(actions, list) and set(map(str, actions)) <= _DELETED
    )


def _resource(
    change: Mapping[str, Any],
    side: Side,
    configured: _PlanConfiguration,
    file: str,
    origins: Mapping[str, Origin] | None,
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
    key = change.get("index")
    own = configured.of_resource(static_address, static_module)
    exists = _exists(details, side)
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
            zero_if_not_set=ZERO_IF_NOT_SET.get(kind, frozenset()) if exists else frozenset(),
            evaluated=True,
            written=own.written,
        ),
        references=own.references,
        depends_on=own.depends_on,
        provider=own.provider,
        provider_key=own.provider_key,
        exists=exists,
        origin=Origin(file=file) if origins is None else origins.get(static_address, Origin()),
    )


def _exists(details: Mapping[str, Any], side: Side) -> bool:
    """Return whether the values are those of an existing resource; a replaced one is new."""
    actions = details.get("actions")
    created = isinstance(actions, list) and "create" in actions
    return side is Side.BEFORE or (isinstance(details.get("before"), Mapping) and not created)


def without_keys(address: str) -> str:
    """Return *address* without instance keys: `module.a.b.c` for `module.a["x.y"].b.c[0]`."""
    if "[" not in address:
        return address
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
            references=_references_of(_expression_of(output)),
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


def _references_of(expression: object) -> Dotted:
    """Return the references of an expression, the most specific of each first."""
    return tuple(_references(expression))


def _expression_of(output: object) -> object:
    """Return the expression of an output."""
    return output.get("expression") if isinstance(output, Mapping) else None


def as_object(value: object, file: str, what: str, *, remedy: str = _REMEDY) -> Mapping[str, Any]:
    """Return *value*, or an empty object for `null`.

    Raises:
        UnreadableError: It is not an object.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UnreadableError(file, f"{what} must be an object", remedy=remedy)
    return value


def _scope(module: object, scope: Scope, file: str) -> Scope:
    """Read the outputs and calls of *module* into *scope*."""
    found = as_object(module, file, "a module of the configuration")
    outputs = as_object(found.get("outputs"), file, "the outputs of a module")
    scope.outputs = {
        name: _references_of(_expression_of(output)) for name, output in outputs.items()
    }
    for name, call in as_object(found.get("module_calls"), file, "module_calls").items():
        details = as_object(call, file, f"the call of module {name}")
        arguments = as_object(details.get("expressions"), file, f"the arguments of module {name}")
        child = Scope(
            address=f"{scope.address}.module.{name}" if scope.address else f"module.{name}",
            parent=scope,
            arguments={key: _references_of(value) for key, value in arguments.items()},
        )
        scope.children[name] = _scope(details.get("module"), child, file)
    return scope


def _index(scope: Scope, scopes: dict[str, Scope]) -> None:
    for child in scope.children.values():
        scopes[child.address] = child
        _index(child, scopes)


def _configured(module: object, address: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Walk through the configurations of resources, by static address."""
    if not isinstance(module, Mapping):
        return
    for resource in mappings_in(module.get("resources")):
        if resource.get("mode", "managed") != "managed":
            continue  # It may have the type and the name of a managed one.
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
        elif "constant_value" not in expression:
            for item in expression.values():
                if isinstance(item, _CONTAINERS):
                    yield from _references(item)


def _providers_of(
    configuration: Mapping[str, Any], variables: object
) -> Iterator[tuple[str, Block]]:
    """Walk through the configurations of the AWS provider, by the keys that resources name.

    A plan has their constants, and the values of the root module's variables.
    """
    written = configuration.get("provider_config")
    for key, provider in written.items() if isinstance(written, Mapping) else ():
        if not isinstance(provider, Mapping) or provider.get("name") != "aws":
            continue
        expressions = provider.get("expressions")
        given = {} if "module_address" in provider else variables
        values, unknown = _constants(
            expressions if isinstance(expressions, Mapping) else {},
            given if isinstance(given, Mapping) else {},
        )
        yield str(key), Block(values=values, unknown=unknown, evaluated=True)


def _constants(
    expressions: Mapping[str, Any], variables: Mapping[str, Any]
) -> tuple[dict[str, object], dict[str, object]]:
    """Separate the arguments of a block into known values, and marks of unknown arguments."""
    values: dict[str, object] = {}
    unknown: dict[str, object] = {}
    for name, expression in expressions.items():
        if isinstance(expression, list):
            parts = [
                _constants(block, variables) for block in expression if isinstance(block, Mapping)
            ]
            values[name] = [inner for inner, _ in parts]
            unknown[name] = [marks for _, marks in parts]
            continue
        known = expression if isinstance(expression, Mapping) else {}
        if name == "region" and "constant_value" not in known:
            known = _region(known, variables)
        if "constant_value" in known:
            values[name] = known["constant_value"]
        else:
            unknown[name] = True
    return values, unknown


def _region(expression: Mapping[str, Any], variables: Mapping[str, Any]) -> Mapping[str, object]:
    """Return the region that *expression* takes from a variable.

    A plan shows which variables an expression refers to, but not how it uses them. If there is only
    one variable and its value is a region, the result is that region.
    """
    names = expression.get("references")
    only = str(names[0]).removeprefix("var.") if isinstance(names, list) and len(names) == 1 else ""
    found = variables.get(only)
    value = found.get("value") if isinstance(found, Mapping) else None
    is_region = isinstance(value, str) and _REGION.fullmatch(value) is not None
    return {"constant_value": value} if is_region else expression
