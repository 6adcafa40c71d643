"""The README of a hand-off: its content, how to run it, and what can never be changed later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from constructs_auth.facts.replacing import FIXED_ARGUMENTS
from constructs_auth.facts.templates import interpolated
from constructs_auth.handoff.hcl.bodies import COMMENT, labelled
from constructs_auth.handoff.hcl.expressions import LITERAL, expression
from constructs_auth.handoff.reading import resources
from constructs_auth.report.markdown import code, fenced, plain, table
from constructs_auth.terraform.references import traversals

BEGIN: Final = "<!-- BEGIN_TF_DOCS -->"
END: Final = "<!-- END_TF_DOCS -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the README from another module, such as the security report.

    Attributes:
        title: Its heading.
        body: Its Markdown, with headings from the third level on.
    """

    title: str
    body: str


def readme(
    name: str,
    document: Mapping[str, Any],
    *,
    how_to: str,
    as_module: bool,
    sections: Sequence[Section] = (),
) -> str:
    """Return the README.

    Args:
        name: The name of the stack.
        document: The Terraform of the hand-off.
        how_to: How to run it, as Markdown.
        as_module: Whether another root module calls it.
        sections: Further sections.
    """
    kind = "module" if as_module else "root module"
    has_cognito = any("aws_cognito_" in address for address, _ in resources(document))
    subject = "User authentication on Amazon Cognito, as a" if has_cognito else "A"
    parts = [
        f"# {plain(name)}",
        f"{subject} Terraform {kind}.",
        how_to,
        *_diagram(document),
        *_fixed(document),
        *(f"## {section.title}\n\n{section.body.strip()}" for section in sections),
        "## Reference",
        "\n".join((BEGIN, "\n\n".join(tables(document)), END)),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram(document: Mapping[str, Any]) -> Iterator[str]:
    """Draw which resource references which."""
    known = [address for address, _ in resources(document)]
    if not known:
        return
    ids = {address: address.replace(".", "_").replace("-", "__") for address in known}
    lines = [f'  {ids[address]}["{_label(address)}"]' for address in sorted(known)]
    lines += [f"  {ids[user]} --> {ids[used]}" for user, used in edges(document)]
    drawn = fenced("\n".join(["flowchart LR", *lines]), "mermaid")
    yield (
        f"## Architecture\n\nAn arrow points to a resource that another one references.\n\n{drawn}"
    )


def _label(address: str) -> str:
    kind, _, name = address.rpartition(".")
    return f"{name}<br/>{kind}"


def _fixed(document: Mapping[str, Any]) -> Iterator[str]:
    rows = [
        (code(f"{address}.{fixed.argument}"), fixed.consequence)
        for address, body in resources(document)
        for fixed in FIXED_ARGUMENTS.get(address.partition(".")[0], ())
        if fixed.argument in body and not fixed.is_brief
    ]
    rows += [
        (
            f"the name {code(address)}",
            "a new resource, unless there is a `moved` block",
        )
        for address, _ in resources(document)
        if address.startswith("aws_cognito_user_pool.")
    ]
    if rows:
        written = table(("Setting", "Effect of a change"), rows)
        yield (
            "## What can never be changed later\n\n"
            "A change of one of these settings replaces the resource. Terraform then deletes the "
            f"existing one.\n\n{written}"
        )


def tables(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tables of terraform-docs, so that running it changes only its formatting."""
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
        [(code(name), _description(body)) for name, body in _named(document, "output")],
    )


def _kind(address: str) -> str:
    return "data source" if address.startswith("data.") else "resource"


def _named(document: Mapping[str, Any], kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted((labels[0], body) for labels, body, _ in labelled(document.get(kind), 1, kind))


def _input(name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    required = "default" not in body
    default = "n/a" if required else code(_default(body["default"]))
    kind = code(str(body.get("type", "any")))
    return code(name), _description(body), kind, default, "yes" if required else "no"


def _description(body: Mapping[str, Any]) -> str:
    return plain(str(body.get("description") or "n/a"))


def _default(value: Any) -> str:  # noqa: ANN401 - what JSON can hold
    return " ".join(line.strip() for line in expression(value, LITERAL, ""))


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"## {title}\n\nNo {title.lower()}."
    return f"## {title}\n\n{table(head, rows)}"


_PARTS_OF_DATA = 3


def edges(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the sorted pairs of addresses of which the first references the second."""
    known = {address for address, _ in resources(document)}
    return tuple(
        sorted(
            {
                (address, used)
                for address, body in resources(document)
                for reference in _references(body)
                if (used := _address(reference)) in known and used != address
            }
        )
    )


def _references(body: Mapping[str, Any]) -> Iterator[str]:
    yield from traversals({name: value for name, value in body.items() if name != COMMENT})
    # These two contain references without templates.
    yield from _texts(body.get("depends_on"))
    lifecycle = body.get("lifecycle")
    for block in lifecycle if isinstance(lifecycle, list) else [lifecycle]:
        if isinstance(block, Mapping):
            yield from _texts(block.get("replace_triggered_by"))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _address(reference: str) -> str:
    """Return the address in *reference*: `data.a.b` for `data.a.b["x"].id`."""
    names = (interpolated(reference) or reference).replace("[", ".").split(".")
    return ".".join(names[: _PARTS_OF_DATA if names[0] == "data" else _PARTS_OF_DATA - 1])
