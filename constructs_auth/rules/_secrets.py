"""Whether a secret stands in the open: in the Terraform, or in every plan."""

from collections.abc import Mapping

from constructs_auth.rules._client import undecided_at
from constructs_auth.rules.rule import Answers, Context, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.references import traversals
from constructs_auth.terraform.resource import Resource

_SOURCE = "must come from a sensitive variable or a data source"


def is_not_written_out(resource: Resource, argument: str, key: str | None = None) -> Answers:
    """Ask that *argument*, or its *key* where it is a map, does not stand in the Terraform.

    No answer has the value.
    """
    at = _at(argument, key)
    value = _value(resource, argument, key)
    if value is None or value == "":
        return
    if isinstance(value, Unknown):
        if not _references(resource, argument, key):
            yield undecided_at(at, value)
    elif not resource.body.evaluated or not _references(resource, argument, key):
        yield Violation(text=f"{_SOURCE}, got one that is written out", at=at)


def is_not_shown(
    resource: Resource, context: Context, argument: str, key: str | None = None
) -> Answers:
    """Ask that *argument*, which comes from elsewhere, is not shown in every plan."""
    at = _at(argument, key)
    value = _value(resource, argument, key)
    names = _references(resource, argument, key)
    if not names or value is None or value == "" or _is_marked(resource, argument, key):
        return
    if resource.body.evaluated:
        if isinstance(value, Unknown):
            yield undecided_at(at, value)
        else:
            yield Violation(text=f"{_SOURCE}, got one that every plan shows", at=at)
        return
    shown = _open_variable(resource, names, context.configuration)
    if isinstance(shown, Unknown):
        yield undecided_at(at, shown)
    elif shown is not None:
        text = f"{_SOURCE}, got var.{shown}, which is not sensitive: every plan shows it"
        yield Violation(text=text, at=at)


def _at(argument: str, key: str | None) -> str:
    return argument if key is None else f"{argument}.{key}"


def _value(resource: Resource, argument: str, key: str | None) -> object:
    value = resource.body.peek(argument)
    if key is None or not isinstance(value, Mapping):
        return value
    entries = resource.body.peek_entries(argument)
    return entries.get(key) if isinstance(entries, Mapping) else entries


def _references(resource: Resource, argument: str, key: str | None) -> tuple[str, ...]:
    """Give what is named where the value is written; a plan says it of the whole argument."""
    if resource.body.evaluated:
        expression = (resource.body.written or {}).get(argument)
        names = expression.get("references") if isinstance(expression, Mapping) else None
        return tuple(map(str, names)) if isinstance(names, list) else ()
    raw = resource.body.values.get(argument)
    return traversals(raw.get(key) if key is not None and isinstance(raw, Mapping) else raw)


def _is_marked(resource: Resource, argument: str, key: str | None) -> bool:
    marks = resource.body.sensitive.get(argument)
    if key is not None and isinstance(marks, Mapping):
        marks = marks.get(key)
    return marks is True


def _open_variable(
    resource: Resource, names: tuple[str, ...], configuration: Configuration
) -> str | Unknown | None:
    """Name a variable among *names* that is not sensitive; `None` where there is none."""
    variables = {variable.name: variable for variable in configuration.variables}
    for name in names:
        kind, _, rest = name.partition(".")
        variable = variables.get(rest.partition(".")[0]) if kind == "var" else None
        if kind in {"local", "module"} or (kind == "var" and (variable is None or resource.module)):
            return Unknown(f"set by Terraform: {name}")
        if variable is not None and not variable.sensitive:
            return variable.name
    return None
