"""The README of a hand-off: what is in it, how to run it, what can never be changed later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from constructs_auth.facts.replacing import FIXED_ARGUMENTS
from constructs_auth.handoff.reading import resources
from constructs_auth.handoff.references import edges
from constructs_auth.handoff.tables import tables
from constructs_auth.report.markdown import code, fenced, plain, table

BEGIN: Final = "<!-- BEGIN_TF_DOCS -->"
END: Final = "<!-- END_TF_DOCS -->"


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
    as_module: bool,
    sections: Sequence[Section] = (),
) -> str:
    """Write the README.

    Args:
        name: The name of the stack.
        document: The Terraform of the hand-off.
        how_to: How to run it, as Markdown.
        as_module: Whether another root module calls it.
        sections: What comes from elsewhere.
    """
    kind = "module" if as_module else "root module"
    has_cognito = any("aws_cognito_" in address for address, _ in resources(document))
    subject = "User authentication on Amazon Cognito, as a" if has_cognito else "A"
    parts = [
        f"# {plain(name)}",
        f"{subject} Terraform {kind}.",
        how_to,
        *_diagram(document),
        *_forever(document),
        *(f"## {section.title}\n\n{section.body.strip()}" for section in sections),
        "## Reference",
        "\n".join((BEGIN, "\n\n".join(tables(document)), END)),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram(document: Mapping[str, Any]) -> Iterator[str]:
    """Draw which resource uses which."""
    known = [address for address, _ in resources(document)]
    if not known:
        return
    ids = {address: address.replace(".", "_").replace("-", "__") for address in known}
    lines = [f'  {ids[address]}["{_label(address)}"]' for address in sorted(known)]
    lines += [f"  {ids[user]} --> {ids[used]}" for user, used in edges(document)]
    drawn = fenced("\n".join(["flowchart LR", *lines]), "mermaid")
    yield f"## Architecture\n\nAn arrow points at what a resource needs.\n\n{drawn}"


def _label(address: str) -> str:
    kind, _, name = address.rpartition(".")
    return f"{name}<br/>{kind}"


def _forever(document: Mapping[str, Any]) -> Iterator[str]:
    rows = [
        (code(f"{address}.{fixed.argument}"), fixed.consequence)
        for address, body in resources(document)
        for fixed in FIXED_ARGUMENTS.get(address.partition(".")[0], ())
        if fixed.argument in body and not fixed.is_brief
    ]
    rows += [
        (
            f"the name {code(address)}",
            "a new resource, unless a `moved` block says so",
        )
        for address, _ in resources(document)
        if address.startswith("aws_cognito_user_pool.")
    ]
    if rows:
        written = table(("What", "What a change does"), rows)
        yield (
            "## What can never be changed later\n\n"
            "A change of one of these is a replacement; a plan that shows one deletes what is "
            f"there.\n\n{written}"
        )
