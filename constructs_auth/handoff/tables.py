"""Write the tables of a README: versions, resources, inputs, outputs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.handoff.hcl.expressions import LITERAL, expression
from constructs_auth.handoff.reading import resources
from constructs_auth.report.markdown import code, plain, table


def tables(document: Mapping[str, Any]) -> Iterator[str]:
    """Write the tables of terraform-docs, so that running it changes nothing but its style."""
    terraform = [content for _, content, _ in labelled(document.get("terraform"), 0, "terraform")]
    requirements = [
        ("terraform", plain(str(content["required_version"])))
        for content in terraform
        if "required_version" in content
    ]
    providers = {
        name: entry
        for content in terraform
        for _, entries, _ in labelled(content.get("required_providers"), 0, "")
        for name, entry in entries.items()
    }
    requirements += [
        (name, plain(str(entry.get("version", "any") if isinstance(entry, Mapping) else entry)))
        for name, entry in sorted(providers.items())
    ]
    yield _section("Requirements", ("Name", "Version"), requirements)
    found = sorted(resources(document))
    yield _section(
        "Resources",
        ("Name", "Type"),
        [(code(address.removeprefix("data.")), _kind(address)) for address, _ in found],
    )
    yield _section(
        "Inputs",
        ("Name", "Description", "Type", "Default", "Required"),
        [_input(name, body) for name, body in _named(document, "variable")],
    )
    yield _section(
        "Outputs",
        ("Name", "Description"),
        [(code(name), _said(body)) for name, body in _named(document, "output")],
    )


def _kind(address: str) -> str:
    return "data source" if address.startswith("data.") else "resource"


def _named(document: Mapping[str, Any], kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted((labels[0], body) for labels, body, _ in labelled(document.get(kind), 1, kind))


def _input(name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    required = "default" not in body
    default = "n/a" if required else code(_default(body["default"]))
    kind = code(str(body.get("type", "any")))
    return code(name), _said(body), kind, default, "yes" if required else "no"


def _said(body: Mapping[str, Any]) -> str:
    return plain(str(body.get("description") or "n/a"))


def _default(value: Any) -> str:  # noqa: ANN401 - what JSON can hold
    return " ".join(line.strip() for line in expression(value, LITERAL, ""))


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"## {title}\n\nNo {title.lower()}."
    return f"## {title}\n\n{table(head, rows)}"
