"""The README of a hand-off: its content, how to run it, and what can never be changed later."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from constructs_auth.facts.replacing import FIXED_ARGUMENTS
from constructs_auth.facts.templates import ExpressionError, interpolated, read_expression
from constructs_auth.handoff.assets import Assets
from constructs_auth.handoff.hcl.bodies import COMMENT, labelled
from constructs_auth.handoff.hcl.expressions import LITERAL, expression
from constructs_auth.handoff.hcl.templates import write
from constructs_auth.handoff.reading import resources
from constructs_auth.handoff.regions import Regional
from constructs_auth.report.counts import counted
from constructs_auth.report.markdown import cell, code, fenced, plain, table
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


def asset_sections(assets: Assets, *, as_module: bool) -> tuple[Section, ...]:
    """Return the section of the files that the Terraform reads; none if it reads none."""
    if not assets.uses:
        return ()
    rows = [
        (code(place), "<br>".join(_file(name, assets) for name in names))
        for place, names in assets.uses.items()
    ]
    about = (
        "The Terraform reads these files from this folder. `manifest.json` has the digest of each."
    )
    if not as_module:
        about += (
            " Some paths have a `trimprefix`: it keeps them as they are in the state of the "
            "program, so that a takeover plans no change."
        )
    return (Section(title="Files", body=f"{about}\n\n{table(('Used by', 'File'), rows)}"),)


def _file(name: str, assets: Assets) -> str:
    if name in assets.files:
        return code(name)
    count = sum(file.startswith(f"{name.rstrip('/')}/") for file in assets.files)
    return f"{code(name)} ({counted(count, 'file')})"


def region_sections(
    regional: Regional, document: Mapping[str, Any], arns: Collection[str]
) -> tuple[Section, ...]:
    """Return the section of what depends on the region; none without a region that can change.

    Args:
        regional: What depends on the region.
        document: The Terraform of the hand-off.
        arns: The places of ARNs that contain an account id.
    """
    if not regional.source:
        return ()
    others = [
        (f"the provider {code(f'{name}.{alias}')}", f"stays {code(str(body['region']))}")
        for (name,), body, _ in labelled(document.get("provider"), 1, "provider")
        if (alias := body.get("alias")) and "region" in body
    ]
    rows = [
        *((code(place), f"follows {code(regional.source)}") for place in regional.following),
        *(
            (code(place), f"stays {code(regional.region)}")
            for place in regional.fixed
            if place not in arns
        ),
        *((code(place), "stays, with its account id") for place in sorted(set(arns))),
        *others,
    ]
    if regional.source.startswith("var."):
        about = (
            "The variable `region` selects the region of all resources. Set it before the first "
            "apply: with an existing state, another region means new resources, and user pools "
            "without users."
        )
    else:
        about = "The region is that of the provider that the caller passes."
    if regional.guard:
        about += (
            " It must be in the same partition as the region of the program (AWS, GovCloud or "
            "China), because the issuers of identity pools and the domains of sign-in pages differ "
            "between partitions."
        )
    if not rows:
        return (Section(title="Region and account", body=about),)
    about += (
        " A value follows it, or its partition, if it names something that this Terraform creates "
        "there. Other values stay: they can name something that exists in one region."
    )
    return (
        Section(title="Region and account", body=f"{about}\n\n{table(('Value', 'Where'), rows)}"),
    )


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
        ("terraform", cell(str(content["required_version"])))
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
        (
            cell(name),
            cell(str(entry.get("version", "any") if isinstance(entry, Mapping) else entry)),
        )
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
    return cell(str(body.get("description") or "n/a"))


def _default(value: Any) -> str:  # noqa: ANN401 - what JSON can hold
    lines = expression(value, LITERAL, "")
    try:
        return write(read_expression("\n".join(lines)))
    except ExpressionError:  # a heredoc
        return " ".join(line.strip() for line in lines)


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"## {title}\n\nNo {title.lower()}."
    return f"## {title}\n\n{table(head, rows)}"


_PARTS_OF_DATA = 3


def edges(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the sorted pairs of addresses in which the first references the second."""
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
