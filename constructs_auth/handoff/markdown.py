"""The README of a hand-off: what is in it, how to run it, what can never be changed later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.handoff.hcl.expressions import LITERAL, expression
from constructs_auth.handoff.reading import resources
from constructs_auth.handoff.references import edges

BEGIN: Final = "<!-- BEGIN_TF_DOCS -->"
END: Final = "<!-- END_TF_DOCS -->"

_FOREVER: Final = {
    "aws_cognito_user_pool": (
        ("name", "a new pool without users"),
        ("username_attributes", "a new pool without users"),
        ("alias_attributes", "a new pool without users"),
        ("username_configuration", "a new pool without users"),
        ("schema", "attributes can be added, never changed or removed"),
    ),
    "aws_cognito_user_pool_client": (
        ("generate_secret", "a new client id: every deployed application stops signing in"),
        ("user_pool_id", "a new client id: every deployed application stops signing in"),
    ),
    "aws_cognito_user_pool_domain": (
        ("domain", "every URL of the sign-in pages changes, also what identity providers know"),
    ),
    "aws_cognito_resource_server": (("identifier", "a new server; every scope gets a new name"),),
    "aws_cognito_identity_provider": (
        ("provider_name", "a new provider; the users who came through it become new users"),
        ("provider_type", "a new provider; the users who came through it become new users"),
    ),
    "aws_cognito_user_group": (("name", "a new group without members"),),
    "aws_cognito_user": (("username", "a new user; the old one is deleted"),),
    "aws_cognito_identity_pool": (
        ("developer_provider_name", "a new identity pool: every identity id changes"),
    ),
}
"""What makes Terraform replace a resource, or the apply fail, by type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the README that comes from elsewhere, such as a security report.

    Attributes:
        title: Its heading.
        body: Its Markdown, whose headings begin at the third level.
    """

    title: str
    body: str


def readme(
    name: str,
    document: Mapping[str, Any],
    *,
    how_to: str,
    sections: Sequence[Section] = (),
) -> str:
    """Write the README.

    Args:
        name: The name of the stack.
        document: The Terraform of the hand-off.
        how_to: How to run it, as Markdown.
        sections: What comes from elsewhere.
    """
    parts = [
        f"# {name}",
        "User authentication on Amazon Cognito, as a Terraform root module.",
        how_to,
        *_diagram(document),
        *_forever(document),
        *(f"## {section.title}\n\n{section.body.strip()}" for section in sections),
        "## Reference",
        "\n".join((BEGIN, "\n\n".join(_tables(document)), END)),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram(document: Mapping[str, Any]) -> Iterator[str]:
    """Draw which resource uses which."""
    known = [address for address, _ in resources(document)]
    if not known:
        return
    ids = {address: address.replace(".", "_").replace("-", "_") for address in known}
    lines = [f'  {ids[address]}["{_label(address)}"]' for address in sorted(known)]
    lines += [f"  {ids[user]} --> {ids[used]}" for user, used in edges(document)]
    drawn = "\n".join(["```mermaid", "flowchart LR", *lines, "```"])
    yield f"## Architecture\n\nAn arrow points at what a resource needs.\n\n{drawn}"


def _label(address: str) -> str:
    kind, _, name = address.rpartition(".")
    return f"{name}<br/>{kind}"


def _forever(document: Mapping[str, Any]) -> Iterator[str]:
    rows = [
        (f"`{address}.{argument}`", consequence)
        for address, body in resources(document)
        for argument, consequence in _FOREVER.get(address.partition(".")[0], ())
        if argument in body
    ]
    rows += [
        (f"`{address}`, its name in this folder", "a new resource, unless a `moved` block says so")
        for address, _ in resources(document)
        if address.startswith("aws_cognito_user_pool.")
    ]
    if rows:
        table = "\n".join(_table(("What", "What a change does"), rows))
        yield (
            "## What can never be changed later\n\n"
            "A change of one of these is a replacement; a plan that shows one deletes what is "
            f"there.\n\n{table}"
        )


def _tables(document: Mapping[str, Any]) -> Iterator[str]:
    """Write the tables of terraform-docs, so that running it changes nothing but its style."""
    terraform = [content for _, content, _ in labelled(document.get("terraform"), 0, "terraform")]
    requirements = [
        ("terraform", content["required_version"])
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
        (name, entry.get("version", "any") if isinstance(entry, Mapping) else entry)
        for name, entry in sorted(providers.items())
    ]
    yield _section("Requirements", ("Name", "Version"), requirements)
    found = sorted(resources(document))
    yield _section(
        "Resources",
        ("Name", "Type"),
        [(f"`{address.removeprefix('data.')}`", _kind(address)) for address, _ in found],
    )
    yield _section(
        "Inputs",
        ("Name", "Description", "Type", "Default", "Required"),
        [_input(name, body) for name, body in _named(document, "variable")],
    )
    yield _section(
        "Outputs",
        ("Name", "Description"),
        [
            (f"`{name}`", _cell(body.get("description")))
            for name, body in _named(document, "output")
        ],
    )


def _kind(address: str) -> str:
    return "data source" if address.startswith("data.") else "resource"


def _named(document: Mapping[str, Any], kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted((labels[0], body) for labels, body, _ in labelled(document.get(kind), 1, kind))


def _input(name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    required = "default" not in body
    default = "n/a" if required else f"`{_default(body['default'])}`"
    kind = f"`{body.get('type', 'any')}`"
    return f"`{name}`", _cell(body.get("description")), kind, default, "yes" if required else "no"


def _default(value: Any) -> str:  # noqa: ANN401 - what JSON can hold
    return " ".join(line.strip() for line in expression(value, LITERAL, ""))


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"## {title}\n\nNo {title.lower()}."
    return "\n".join([f"## {title}", "", *_table(head, rows)])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('-' * (len(title) + 2) for title in head)}|"
    for row in rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"


def _cell(value: object) -> str:
    text = str(value) if isinstance(value, str | int | Decimal) else "n/a"
    return " ".join(text.replace("\\|", "|").replace("|", "\\|").split())
