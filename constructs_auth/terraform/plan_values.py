"""Visits every value of a plan or a state, to collect or to replace it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from itertools import compress
from operator import is_not
from typing import Any, Protocol


def differing(old: Mapping[str, object], new: Mapping[str, object]) -> Iterable[str]:
    """Return the arguments in *new* that may differ from those in *old*.

    A plan repeats most arguments in many resources and on both sides, and `json_text.parse` makes
    one object of equal ones: what is one object does not differ.
    """
    if list(old) != list(new):
        return new
    return compress(new, map(is_not, old.values(), new.values()))


class Seen:
    """The arguments that a visitor has seen and that stay, with their marks.

    They are known by their identity, so this keeps them.
    """

    __slots__ = ("_arguments", "_last", "_whole")

    def __init__(self) -> None:
        self._arguments: set[tuple[str, str, int, int]] = set()
        self._whole: dict[tuple[str, int, int], tuple[Mapping[str, object], object]] = {}
        self._last: dict[object, Mapping[str, object]] = {}

    def others(self, kind: str, values: Mapping[str, object], marks: object) -> Sequence[str]:
        """Return the arguments in *values* that the visitor has not seen.

        Args:
            kind: The type of the resource.
            values: Its arguments.
            marks: Their marks.
        """
        if (kind, id(values), id(marks)) in self._whole:
            return ()
        last = self._last.get((kind, id(marks), *values))
        names = values if last is None else differing(last, values)
        known = self._arguments
        return [name for name in names if _seen_argument(kind, name, values, marks) not in known]

    def add(
        self, kind: str, values: Mapping[str, object], marks: object, names: Iterable[str]
    ) -> None:
        """Add the arguments *names*, which stay, and all others are there already."""
        whole = kind, id(values), id(marks)
        if whole in self._whole:
            return
        self._whole[whole] = values, marks
        self._last[(kind, id(marks), *values)] = values
        self._arguments.update(_seen_argument(kind, name, values, marks) for name in names)


def _seen_argument(
    kind: str, name: str, values: Mapping[str, object], marks: object
) -> tuple[str, str, int, int]:
    """Return what is equal for two arguments only if their values and marks are one object."""
    mark = marks.get(name) if isinstance(marks, dict) else None
    return kind, name, id(values[name]), id(mark)


def as_mapping(value: object) -> Mapping[str, Any]:
    """Return *value* if it is an object, otherwise an empty one."""
    return value if isinstance(value, Mapping) else {}


def mappings_in(value: object) -> Iterator[Mapping[str, Any]]:
    """Walk through the objects of *value* if it is a list."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))


class Visitor(Protocol):
    """Collects or replaces values; returns the same object for a value that stays.

    Attributes:
        seen: The arguments that it has seen and that stay.
        seen_constants: Those in the configuration.
    """

    seen: Seen
    seen_constants: Seen

    def value(self, kind: str, value: object, marks: object, names: tuple[str, ...] = ()) -> object:
        """Visit a value: arguments of a resource of the type *kind*, or a part at *names*."""

    def change(
        self, kind: str, change: Mapping[str, Any], names: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        """Visit the `change` of one of a plan's `resource_changes` or `output_changes`."""


def with_values(document: Mapping[str, Any], visitor: Visitor) -> Mapping[str, Any]:
    """Return *document* with the value that *visitor* returns for each; itself if all stay."""
    written = as_mapping(as_mapping(document.get("configuration")).get("root_module"))
    declared = as_mapping(written.get("variables"))

    def changed(entry: Mapping[str, Any]) -> Mapping[str, Any]:
        kind, change = str(entry.get("type")), entry.get("change")
        found = visitor.change(kind, change) if isinstance(change, Mapping) else change
        return _with(entry, {"change": found})

    def output(name: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        return visitor.change("", entry, (name,))

    def variable(name: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        marks = _is_sensitive(declared.get(name))
        return _with(entry, {"value": visitor.value("", entry.get("value"), marks, (name,))})

    def deferred(entry: Mapping[str, Any]) -> Mapping[str, Any]:
        change = entry.get("resource_change")
        found = changed(change) if isinstance(change, Mapping) else change
        return _with(entry, {"resource_change": found})

    def invoked(entry: Mapping[str, Any]) -> Mapping[str, Any]:
        marks = entry.get("config_sensitive")
        return _with(entry, {"config_values": visitor.value("", entry.get("config_values"), marks)})

    state = document.get("prior_state")
    in_changes = {str(one.get("address")) for one in mappings_in(document.get("resource_changes"))}
    # A plan has the same values in its changes.
    planned = None if "resource_changes" in document else document.get("planned_values")
    return _with(
        document,
        {
            "resource_changes": _each(document.get("resource_changes"), changed),
            "resource_drift": _each(document.get("resource_drift"), changed),
            "deferred_changes": _each(document.get("deferred_changes"), deferred),
            "action_invocations": _each(document.get("action_invocations"), invoked),
            "output_changes": _named(document.get("output_changes"), output),
            "variables": _named(document.get("variables"), variable),
            **({} if planned is None else {"planned_values": _values(planned, visitor)}),
            "prior_state": _with(
                state, {"values": _not_in(in_changes, state.get("values"), visitor)}
            )
            if isinstance(state, Mapping)
            else state,
            "configuration": _configuration(document.get("configuration"), visitor),
            "values": _values(document.get("values"), visitor),
            "resources": _each(document.get("resources"), lambda one: _raw(one, visitor)),
            "outputs": _named(
                document.get("outputs"), lambda name, one: _output(name, one, visitor)
            ),
        },
    )


def addresses_in(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the addresses with instance keys, and those of modules."""
    for group in ("resource_changes", "resource_drift"):
        for entry in mappings_in(document.get(group)):
            yield from (str(entry.get(key)) for key in ("address", "previous_address"))
    for entry in mappings_in(document.get("deferred_changes")):
        yield str(as_mapping(entry.get("resource_change")).get("address"))
    for values in (document.get("planned_values"), document.get("values")):
        yield from _addresses(as_mapping(values).get("root_module"))
    for resource in mappings_in(document.get("resources")):  # a raw state
        yield str(resource.get("module"))
        for instance in mappings_in(resource.get("instances")):
            key = instance.get("index_key")
            if isinstance(key, str):
                yield f"[{json.dumps(key)}]"


def _addresses(module: object) -> Iterator[str]:
    found = as_mapping(module)
    yield str(found.get("address"))
    yield from (str(one.get("address")) for one in mappings_in(found.get("resources")))
    for child in mappings_in(found.get("child_modules")):
        yield from _addresses(child)


def _values(values: object, visitor: Visitor) -> object:
    """Visit the values of a state, or the planned values."""
    if not isinstance(values, Mapping):
        return values
    return _with(
        values,
        {
            "outputs": _named(values.get("outputs"), lambda name, one: _output(name, one, visitor)),
            "root_module": _module(values.get("root_module"), visitor),
        },
    )


def _not_in(known: AbstractSet[str], values: object, visitor: Visitor) -> object:
    """Visit the values of a plan's prior state that its changes do not contain.

    These are results of data sources, outputs, and everything that a plan with -target leaves out.
    """
    if not isinstance(values, Mapping):
        return values
    return _with(
        values,
        {
            "outputs": _named(values.get("outputs"), lambda name, one: _output(name, one, visitor)),
            "root_module": _module(values.get("root_module"), visitor, known=known),
        },
    )


def _module(module: object, visitor: Visitor, *, known: AbstractSet[str] = frozenset()) -> object:
    if not isinstance(module, Mapping):
        return module

    def resource(one: Mapping[str, Any]) -> Mapping[str, Any]:
        if str(one.get("address")) in known and one.get("mode") != "data":
            return one
        marks = one.get("sensitive_values")
        return _with(one, {"values": visitor.value(str(one.get("type")), one.get("values"), marks)})

    return _with(
        module,
        {
            "resources": _each(module.get("resources"), resource),
            "child_modules": _each(
                module.get("child_modules"),
                lambda one: as_mapping(_module(one, visitor, known=known)),
            ),
        },
    )


def _raw(resource: Mapping[str, Any], visitor: Visitor) -> Mapping[str, Any]:
    """Visit the instances of a resource in a raw state; its marks are paths."""
    kind = str(resource.get("type"))

    def instance(one: Mapping[str, Any]) -> Mapping[str, Any]:
        found = visitor.value(
            kind, one.get("attributes"), marks_of(one.get("sensitive_attributes"))
        )
        return _with(one, {"attributes": found})

    return _with(resource, {"instances": _each(resource.get("instances"), instance)})


def marks_of(paths: object) -> Mapping[str, object]:
    """Convert the marks of a raw state, which are paths, to the shape of the values."""
    marks: dict[str, object] = {}
    for path in paths if isinstance(paths, list) else ():
        steps = path if isinstance(path, list) else []
        first = steps[0].get("value") if steps and isinstance(steps[0], Mapping) else None
        if isinstance(first, str):
            # A marked path hides the whole argument, also its other parts.
            marks[first] = True
    return marks


def _output(name: str, output: Mapping[str, Any], visitor: Visitor) -> Mapping[str, Any]:
    found = visitor.value("", output.get("value"), output.get("sensitive"), (name,))
    return _with(output, {"value": found})


def _configuration(configuration: object, visitor: Visitor) -> object:
    if not isinstance(configuration, Mapping):
        return configuration

    def provider(_key: str, one: Mapping[str, Any]) -> Mapping[str, Any]:
        return _with(one, {"expressions": with_constants(one.get("expressions"), "", visitor)})

    return _with(
        configuration,
        {
            "provider_config": _named(configuration.get("provider_config"), provider),
            "root_module": _configured(configuration.get("root_module"), visitor),
        },
    )


def _configured(module: object, visitor: Visitor) -> object:
    """Visit the constants of a module's configuration."""
    if not isinstance(module, Mapping):
        return module

    def resource(one: Mapping[str, Any]) -> Mapping[str, Any]:
        found = with_constants(one.get("expressions"), str(one.get("type")), visitor)
        return _with(
            one, {"expressions": found, "provisioners": _each(one.get("provisioners"), provisioner)}
        )

    def provisioner(one: Mapping[str, Any]) -> Mapping[str, Any]:
        return _with(one, {"expressions": with_constants(one.get("expressions"), "", visitor)})

    def variable(name: str, one: Mapping[str, Any]) -> Mapping[str, Any]:
        found = visitor.value("", one.get("default"), _is_sensitive(one), (name,))
        return _with(one, {"default": found})

    def output(name: str, one: Mapping[str, Any]) -> Mapping[str, Any]:
        found = _argument(name, one.get("expression"), _is_sensitive(one), visitor)
        return _with(one, {"expression": found})

    def call(_name: str, one: Mapping[str, Any]) -> Mapping[str, Any]:
        declared = as_mapping(as_mapping(one.get("module")).get("variables"))

        def argument(name: str, expression: Mapping[str, Any]) -> Mapping[str, Any]:
            marks = _is_sensitive(declared.get(name))
            return as_mapping(_argument(name, expression, marks, visitor))

        return _with(
            one,
            {
                "expressions": _named(one.get("expressions"), argument),
                "module": _configured(one.get("module"), visitor),
            },
        )

    return _with(
        module,
        {
            "resources": _each(module.get("resources"), resource),
            "variables": _named(module.get("variables"), variable),
            "outputs": _named(module.get("outputs"), output),
            "module_calls": _named(module.get("module_calls"), call),
        },
    )


def _argument(name: str, expression: object, marks: object, visitor: Visitor) -> object:
    """Visit the constant of an output, or of an argument of a module, which may be sensitive."""
    if marks is True and isinstance(expression, Mapping) and expression.get("constant_value"):
        found = visitor.value("", expression["constant_value"], marks, (name,))
        return _with(expression, {"constant_value": found})
    return as_mapping(with_constants({name: expression}, "", visitor)).get(name)


def _is_sensitive(declared: object) -> object:
    """Return whether a variable or an output is sensitive, or no plan may contain its value."""
    return any(as_mapping(declared).get(mark) is True for mark in ("sensitive", "ephemeral"))


def with_constants(
    expression: object, kind: str, visitor: Visitor, names: tuple[str, ...] = ()
) -> object:
    """Return an expression, or the expressions of blocks, with other constants."""
    if isinstance(expression, list):
        found = [with_constants(inner, kind, visitor, names) for inner in expression]
        return found if any(map(is_not, found, expression)) else expression
    if not isinstance(expression, Mapping) or "references" in expression:
        return expression
    if "constant_value" in expression:
        old = expression["constant_value"]
        constant = visitor.value(kind, old, None, names) if old else old
        return expression if constant is old else {**expression, "constant_value": constant}
    left = expression if names else visitor.seen_constants.others(kind, expression, None)
    different: dict[str, object] = {}
    for name in left:
        inner = expression[name]
        other = with_constants(inner, kind, visitor, (*names, name)) if inner else inner
        if other is not inner:
            different[name] = other
    if different:
        return {**expression, **different}
    if not names:
        visitor.seen_constants.add(kind, expression, None, left)
    return expression


def _each(items: object, visit: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> object:
    """Visit the objects of a list."""
    if not isinstance(items, list):
        return items
    found = [visit(item) if isinstance(item, Mapping) else item for item in items]
    return found if any(map(is_not, found, items)) else items


def _named(items: object, visit: Callable[[str, Mapping[str, Any]], Mapping[str, Any]]) -> object:
    """Visit the objects of an object, with their names."""
    if not isinstance(items, Mapping):
        return items
    return _with(
        items,
        {
            name: visit(str(name), item) if isinstance(item, Mapping) else item
            for name, item in items.items()
        },
    )


def _with(old: Mapping[str, Any], new: Mapping[str, object]) -> Mapping[str, Any]:
    """Return *old* with the items of *new* that differ; *old* itself if none does."""
    different = {
        name: value for name, value in new.items() if name in old and value is not old[name]
    }
    return {**old, **different} if different else old
