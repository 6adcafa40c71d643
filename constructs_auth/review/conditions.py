"""Reads how a plan is applied: with which providers and provisioners, and how much of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_auth.facts.secret_names import may_hold_secret
from constructs_auth.facts.versions import without_registry
from constructs_auth.terraform.plan_json import without_keys
from constructs_auth.terraform.plan_values import as_mapping, mappings_in
from constructs_auth.terraform.sensitive import (
    HIDDEN,
    Copies,
    is_marked,
    is_marked_whole,
    secret_parts,
    value_of_secret_pair,
    without_login,
)

_EXPRESSION = frozenset({"constant_value", "references"})
_QUIET = (["no-op"], ["read"])
_LATER = ("deferred_changes", "action_invocations", "deferred_action_invocations")
_LATER_KEYS = ("address", "type", "name", "reason")


def read_conditions(
    document: Mapping[str, Any], copies: Copies, references: dict[int, Sequence[str]]
) -> Mapping[str, object]:
    """Return what decides how a plan is applied, besides its changes.

    It is for the fingerprint, and contains no value whose name shows that it is secret.

    Args:
        document: The parsed output of `terraform show -json`.
        copies: Finds copies of the plan's secrets.
        references: The references in the expressions of resources, by the identity of these; this
            adds those of *document*. A plan and its counterparts have most of them alike.
    """
    configuration = as_mapping(document.get("configuration"))
    root = as_mapping(configuration.get("root_module"))
    variables = dict(_open_variables(document, root, copies))
    resources = dict(_resources(root))
    unknown = {
        address: resources[address].get("expressions")
        for address in sorted(set(_with_unknown(document)))
        if address in resources
    }
    for expressions in unknown.values():
        if id(expressions) not in references:
            references[id(expressions)] = _references(expressions)
    return {
        "complete": document.get("complete") is not False,
        "applyable": document.get("applyable") is not False,
        "providers": {
            str(key): _provider(as_mapping(provider), variables, copies)
            for key, provider in as_mapping(configuration.get("provider_config")).items()
        },
        "provider_of": {
            address: str(resource.get("provider_config_key"))
            for address, resource in resources.items()
        },
        "provisioners": {
            address: _written(resource["provisioners"], (), variables, copies)
            for address, resource in resources.items()
            if resource.get("provisioners")
        },
        "unknown": {
            address: references[id(expressions)] for address, expressions in unknown.items()
        },
        "imports": dict(_imports(document, copies)),
        "marks": dict(_changed_marks(document, copies)),
        "outputs": dict(_outputs(document, copies)),
        "reads": dict(_reads(document, copies)),
        "later": {
            key: list(_later(document.get(key), copies)) for key in _LATER if document.get(key)
        },
    }


def _provider(
    provider: Mapping[str, Any], variables: Mapping[str, object], copies: Copies
) -> Mapping[str, object]:
    return {
        "source": without_registry(str(provider.get("full_name"))),
        "version": provider.get("version_constraint"),
        "arguments": _written(provider.get("expressions"), (), variables, copies),
    }


def _written(
    node: object, way: tuple[str, ...], variables: Mapping[str, object], copies: Copies
) -> object:
    """Return the values, references and variables in *node* of a configuration."""
    if isinstance(node, list):
        return [_written(inner, way, variables, copies) for inner in node]
    if not isinstance(node, Mapping):
        return _open(node, way, copies)
    if way and may_hold_secret("", way):
        return _references(node)
    if not _EXPRESSION.issuperset(node):
        return {
            str(name): _written(inner, (*way, str(name)), variables, copies)
            for name, inner in node.items()
        }
    names = [name.removeprefix("var.") for name in _references(node)]
    return {
        "value": _open(node.get("constant_value"), way, copies),
        "references": _references(node),
        "variables": {name: variables[name] for name in names if name in variables},
    }


def _references(node: object) -> Sequence[str]:
    """Return the references in *node* and everything in it, sorted."""
    found: set[str] = set()
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += one
        elif isinstance(one, Mapping):
            written = one.get("references")
            found.update(map(str, written if isinstance(written, list) else ()))
            left += [inner for name, inner in one.items() if name not in _EXPRESSION]
    return sorted(found)


def _open(value: object, way: tuple[str, ...], copies: Copies) -> object:
    """Return *value* without secrets: by name, in URLs, and copies of the plan's secrets."""
    if way and may_hold_secret("", way):
        return None
    if isinstance(value, Mapping):
        secret = value_of_secret_pair(value)
        return {
            str(name): None if name == secret else _open(inner, (*way, str(name)), copies)
            for name, inner in value.items()
            if _is_open_name(str(name), copies)
        }
    if isinstance(value, list):
        return [_open(inner, way, copies) for inner in value]
    if isinstance(value, str):
        text = without_login(value)
        return None if secret_parts(text) else copies.hidden_in(text)
    return None if copies.finds(str(value)) else value


def _is_open_name(name: str, copies: Copies) -> bool:
    return not copies.finds(name) and not secret_parts(name)


def _open_variables(
    document: Mapping[str, Any], root: Mapping[str, Any], copies: Copies
) -> Iterator[tuple[str, object]]:
    """Walk through the variables that are not sensitive, each with its value."""
    declared = as_mapping(root.get("variables"))
    for name, variable in as_mapping(document.get("variables")).items():
        if as_mapping(declared.get(name)).get("sensitive") is not True:
            yield str(name), _open(as_mapping(variable).get("value"), (str(name),), copies)


def _resources(module: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through the managed resources of a configuration, by address without instance keys."""
    for resource in mappings_in(module.get("resources")):
        if resource.get("mode", "managed") == "managed":
            yield f"{at}{resource.get('type')}.{resource.get('name')}", resource
    for name, call in as_mapping(module.get("module_calls")).items():
        yield from _resources(as_mapping(as_mapping(call).get("module")), f"{at}module.{name}.")


def _with_unknown(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the resources whose values are known only after apply.

    Their references decide these values.
    """
    known: dict[int, bool] = {}  # many resources have the same marks
    for entry in mappings_in(document.get("resource_changes")):
        change = as_mapping(entry.get("change"))
        unknown = change.get("after_unknown")
        if id(unknown) not in known:
            known[id(unknown)] = is_marked(unknown)
        if known[id(unknown)] and change.get("actions") not in _QUIET:
            yield without_keys(str(entry.get("address")))


def _imports(document: Mapping[str, Any], copies: Copies) -> Iterator[tuple[str, object]]:
    for entry in mappings_in(document.get("resource_changes")):
        importing = as_mapping(entry.get("change")).get("importing")
        if importing:
            yield str(entry.get("address")), _open(importing, (), copies)


def _changed_marks(document: Mapping[str, Any], copies: Copies) -> Iterator[tuple[str, object]]:
    """Walk through the resources whose sensitive values change with the apply."""
    known: dict[tuple[int, int], tuple[object, object]] = {}  # many resources have the same marks
    for entry in mappings_in(document.get("resource_changes")):
        change = as_mapping(entry.get("change"))
        old, new = change.get("before_sensitive"), change.get("after_sensitive")
        if change.get("before") is None or old is new:
            continue
        both = id(old), id(new)
        if both not in known:
            known[both] = _marks(old, copies), _marks(new, copies)
        before, after = known[both]
        if before != after:
            yield str(entry.get("address")), after


def _marks(marks: object, copies: Copies) -> object:
    """Return only the *marks* of sensitive values; `None` if there are none."""
    if isinstance(marks, Mapping):
        found = {
            str(name) if _is_open_name(str(name), copies) else HIDDEN: kept
            for name, inner in marks.items()
            if (kept := _marks(inner, copies))
        }
        return found or None
    if isinstance(marks, list):
        kept = [_marks(inner, copies) for inner in marks]
        return kept if any(kept) else None
    return True if marks is True else None


def _outputs(document: Mapping[str, Any], copies: Copies) -> Iterator[tuple[str, object]]:
    """Walk through the outputs that change, with their new values unless they are sensitive."""
    for name, found in as_mapping(document.get("output_changes")).items():
        change = as_mapping(found)
        if change.get("actions") != ["no-op"]:
            marks = _marks(change.get("after_sensitive"), copies)
            unknown = _marks(change.get("after_unknown"), copies)
            # The keys of a sensitive map are sensitive too.
            shown = (
                [None, unknown is not None]
                if marks
                else [_open(change.get("after"), (str(name),), copies), unknown]
            )
            yield str(name), [change.get("actions"), *shown, marks]


def _reads(document: Mapping[str, Any], copies: Copies) -> Iterator[tuple[str, object]]:
    """Walk through the data sources that the apply reads, with the known part of their arguments.

    A read may have an effect, for example invoke a function.
    """
    for entry in mappings_in(document.get("resource_changes")):
        change = as_mapping(entry.get("change"))
        if change.get("actions") == ["read"]:
            yield str(entry.get("address")), _planned(change, copies)


def _planned(change: Mapping[str, Any], copies: Copies) -> object:
    return _open(_unmarked(change.get("after"), change.get("after_sensitive")), (), copies)


def _unmarked(value: object, marks: object) -> object:
    """Return *value* without the parts that *marks* hide."""
    if is_marked_whole(marks):
        return None
    if isinstance(value, Mapping):
        known = as_mapping(marks)
        return {name: _unmarked(inner, known.get(name)) for name, inner in value.items()}
    if isinstance(value, list):
        of_items = marks if isinstance(marks, list) else ()
        return [
            _unmarked(inner, of_items[at] if at < len(of_items) else None)
            for at, inner in enumerate(value)
        ]
    return value


def _later(entries: object, copies: Copies) -> Iterator[Mapping[str, object]]:
    """Walk through deferred changes and invoked actions: the kind, the reason and the values."""
    for entry in mappings_in(entries):
        resource = as_mapping(entry.get("resource_change"))
        change = as_mapping(resource.get("change"))
        found = {key: value for key in _LATER_KEYS if isinstance(value := entry.get(key), str)}
        config = _unmarked(entry.get("config_values"), entry.get("config_sensitive"))
        yield {
            **found,
            "address": entry.get("address", resource.get("address")),
            "actions": change.get("actions"),
            "after": _planned(change, copies),
            "config": _open(config, (), copies),
            "trigger": _open(entry.get("lifecycle_action_trigger"), (), copies),
        }
