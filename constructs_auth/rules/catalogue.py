"""The catalogue of rules, for a terminal and for `docs/rules.md`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rich.console import Console
from rich.table import Table
from rich.text import Text

from constructs_auth.report.markdown import code, fenced, plain, table
from constructs_auth.rules.report.text import STYLES
from constructs_auth.rules.rule import Family, Rule

_TITLES = {
    Family.VALIDITY: "What Cognito rejects, or quietly does otherwise",
    Family.SECURITY: "What is insecure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Terraform that breaks a rule, and that keeps it.

    Attributes:
        avoid: HCL that the rule objects to.
        write: HCL to write instead; empty where the way out is to leave it out.
    """

    avoid: str
    write: str


_NO_EXAMPLES: Mapping[str, Example] = MappingProxyType({})


def print_list(rules: Sequence[Rule], console: Console) -> None:
    """Print one line a rule."""
    lines = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    for name in ("rule", "severity", "resource", "what has to hold"):
        lines.add_column(name, no_wrap=name != "what has to hold")
    for rule in rules:
        lines.add_row(
            rule.id,
            Text(rule.severity, style=STYLES[rule.severity]),
            rule.resource_type,
            Text.assemble(rule.title, "  ", (rule.slug, "dim")),
        )
    console.print(lines)
    console.print(f"{len(rules)} rules; `constructs-auth rules ID` tells one with its reasons")


def print_rule(rule: Rule, console: Console) -> None:
    """Print one rule with its reasons."""
    lines = Table(box=None, pad_edge=False, show_header=False)
    lines.add_column(style="bold", no_wrap=True)
    lines.add_column(overflow="fold")
    for name, value in _facts(rule):
        lines.add_row(name, Text(value))
    console.print(lines)


def page(rules: Sequence[Rule], examples: Mapping[str, Example] = _NO_EXAMPLES) -> str:
    """Write the whole catalogue as a page, with the example of each rule by its id."""
    return f"""# Rules

{len(rules)} rules, written by `make docs` from what they are; [how they are asked](check.md).
An id never changes, so that an accepted finding stays accepted; the name beside it is accepted
wherever the id is.
A rule that says Plus needs that feature plan, which costs more for each active user; unless the
profile is `strict`, it is shown for information.

{markdown(rules, examples)}"""


def markdown(rules: Iterable[Rule], examples: Mapping[str, Example] = _NO_EXAMPLES) -> str:
    """Write *rules* as Markdown: a table for each family, then each rule."""
    chosen = list(rules)
    parts: list[str] = []
    for family in Family:
        of_family = [rule for rule in chosen if rule.family is family]
        if of_family:
            parts += [f"## {_TITLES[family]}", _table(of_family)]
            parts += [part for rule in of_family for part in _section(rule, examples.get(rule.id))]
    return "\n\n".join(parts) + "\n"


def _table(rules: Sequence[Rule]) -> str:
    return table(
        ("rule", "name", "severity", "resource", "what has to hold"),
        [
            (
                f"[{rule.id}](#{rule.id.lower()})",
                code(rule.slug),
                f"{rule.severity}{' (Plus)' if rule.needs_plus else ''}",
                code(rule.resource_type),
                plain(rule.title),
            )
            for rule in rules
        ],
    )


def _section(rule: Rule, example: Example | None) -> Iterator[str]:
    yield f"### {rule.id}"
    yield f"**{plain(rule.title)}** ({code(rule.slug)}). {plain(rule.why)}"
    yield "\n".join(
        f"- {name}: {code(value) if name == 'resource' else plain(value)}"
        for name, value in _facts(rule)
        if name in {"severity", "resource", "what to do", "source", "meets"}
    )
    if example is not None:
        yield f"Avoid:\n\n{fenced(example.avoid.rstrip(), 'hcl')}"
        if example.write:
            yield f"Write:\n\n{fenced(example.write.rstrip(), 'hcl')}"


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "rule", rule.id
    yield "name", rule.slug
    yield "asks that", rule.title
    yield "resource", rule.resource_type
    plus = "; only the feature plan Plus can mend it" if rule.needs_plus else ""
    yield "severity", f"{rule.severity}{plus}"
    yield "why", rule.why
    yield "what to do", rule.remedy
    yield "source", rule.source
    if rule.baselines:
        yield "meets", ", ".join(rule.baselines)
