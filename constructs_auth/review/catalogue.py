"""The catalogue of change rules as Markdown: `python -m constructs_auth.review.catalogue`."""

import sys
from collections.abc import Iterator, Sequence

from constructs_auth.report.markdown import code, plain, table
from constructs_auth.review.registry import CHANGE_RULES
from constructs_auth.review.rule import ChangeRule

_INTRODUCTION = """\
# Change rules

`constructs-auth review` reports these changes, because people or applications notice them.
Severity and effect are those of most cases; a finding may have others.
To accept a finding, name its rule by the id or by the name. Neither ever changes.

A plan does not show CH46 and CH47: they need `--base` and `--synth`."""


def markdown(rules: Sequence[ChangeRule]) -> str:
    """Write *rules* as Markdown."""
    overview = table(
        ("rule", "name", "what happens", "severity", "effect", "resource"),
        [
            (
                f"[{rule.id}](#{rule.id.lower()})",
                code(rule.slug),
                plain(rule.title),
                str(rule.severity),
                str(rule.effect),
                "<br>".join(code(kind) for kind in rule.resource_types),
            )
            for rule in rules
        ],
    )
    sections = [part for rule in rules for part in _section(rule)]
    return "\n\n".join((_INTRODUCTION, overview, *sections)) + "\n"


def _section(rule: ChangeRule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield (
        f"**{plain(rule.title)}** ({code(rule.slug)}). "
        f"Effect: {rule.effect}; severity: {rule.severity}."
    )
    yield f"- instead: {plain(rule.remedy)}\n- source: {plain(rule.source)}"


if __name__ == "__main__":
    sys.stdout.write(markdown(CHANGE_RULES))
