"""Write docs/rules.md: the catalogue, with a bad and a good example of each rule.

`python -m tools.rules_page > docs/rules.md`. The examples are the first `bad` and `good` case of
each rule in the tests, so they are always right.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.schema import aws_schema
from constructs_auth.rules.catalogue import Example, page
from constructs_auth.rules.registry import RULES
from tests.unit.rules.cases import Case
from tests.unit.rules.test_rules import CASES, SECTIONS

_LONGEST_TEXT = 64
_MOST_ITEMS = 4


def examples(cases: Iterable[Case]) -> Mapping[str, Example]:
    """Return the example of each rule, by its id."""
    found: dict[str, Example] = {}
    for case in cases:
        if case.rule not in found:
            avoid, write = _parts(case.bad), _parts(case.good)
            differs = {at: body for at, body in avoid.items() if write.get(at) != body}
            found[case.rule] = Example(
                avoid=_hcl(differs or avoid),
                write=_hcl({at: body for at, body in write.items() if avoid.get(at) != body}),
            )
    return found


_At = tuple[str, ...]


def _parts(resources: Mapping[str, Any]) -> dict[_At, Any]:
    """Split a configuration into its blocks, by kind and labels."""
    parts: dict[_At, Any] = {}
    for kind, content in resources.items():
        if kind not in SECTIONS:
            parts |= {("resource", kind, name): body for name, body in content.items()}
        elif kind in {"import", "locals", "terraform"}:
            parts[(kind,)] = content
        else:
            parts |= {(kind, name): body for name, body in content.items()}
    return parts


def _hcl(parts: Mapping[_At, Any]) -> str:
    document: dict[str, Any] = {}
    for (*labels, last), body in parts.items():
        place = document
        for label in labels:
            place = place.setdefault(label, {})
        place[last] = _shortened(body)
    return render(document, aws_schema())


def _shortened(value: object) -> object:
    """Shorten long values, of which readers only need the shape."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT and "${" not in value:
        return f"{value[:_LONGEST_TEXT]}…"
    if isinstance(value, Mapping):
        return {str(_shortened(name)): _shortened(item) for name, item in value.items()}
    if isinstance(value, list):
        items = [_shortened(item) for item in value]
        if len(items) > _MOST_ITEMS and all(isinstance(item, str) for item in items):
            return [*items[:2], f"… {len(items):,} in all"]
        return items[:_MOST_ITEMS]
    return value


if __name__ == "__main__":
    sys.stdout.write(page(RULES, examples(CASES)))
