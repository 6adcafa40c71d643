"""Draws what a plan touches, in the language of Mermaid."""

import re
from collections.abc import Iterator, Mapping

from constructs_auth.review.change import Action, Change
from constructs_auth.review.report.words import SHOWN_ACTIONS
from constructs_auth.review.reviewer import Review
from constructs_auth.review.root_cause import OWNERS
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource

_MOST_NODES = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9_.\-\[\] ]")
_STYLES = {
    Action.DELETE: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Action.REPLACE: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Action.UPDATE: "fill:#fff8c5,stroke:#9a6700,color:#1f2328",
    Action.CREATE: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
}


def diagram(review: Review) -> str:
    """Draw the resources that are touched and what they belong to; empty where there are none."""
    touched = [change for action in SHOWN_ACTIONS for change in review.of(action)]
    if not touched:
        return ""
    drawn = {change.address: change for change in touched[:_MOST_NODES]}
    return "\n".join(("flowchart LR", *_lines(drawn, review, len(touched) - len(drawn))))


def _lines(drawn: Mapping[str, Change], review: Review, more: int) -> Iterator[str]:
    names = {address: f"n{at}" for at, address in enumerate(drawn)}
    for address, change in drawn.items():
        yield f'  {names[address]}["{_label(address)}<br/>{change.action}"]:::{change.action}'
    if more:
        yield f'  more["and {more:,} more"]'
    for address, change in drawn.items():
        configuration = review.plan.before if change.before is not None else review.plan.after
        for owner in _owners(change.resource, configuration):
            if owner in names and owner != address:
                yield f"  {names[owner]} --> {names[address]}"
                break
    for action in dict.fromkeys(change.action for change in drawn.values()):
        if action in _STYLES:
            yield f"  classDef {action} {_STYLES[action]}"


def _owners(resource: Resource, configuration: Configuration) -> Iterator[str]:
    for argument, kind, by in OWNERS:
        target = configuration.target(resource, argument, kind, by=by)
        if isinstance(target, Resource):
            yield target.address


def _label(address: str) -> str:
    """Write an address so that nothing in it is taken for Mermaid or HTML."""
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};", address)
